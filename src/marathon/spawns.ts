/** Every spawn of a sub-agent, judged by the hierarchy in force. */
import type { HierarchySpec, RoleSpec } from "../plan/types.ts";
import { roleOf, spawnAllowed } from "./delegation.ts";

/** A spawn that has been judged; kept in the state, the newest last. */
export interface Spawn {
  readonly t: number;
  readonly at: number;
  /** Role of the spawner; null when nothing says what its terminal is. */
  readonly by: string | null;
  readonly role: string;
  readonly terminal: number;
  /** How many agents at once (a swarm). */
  readonly count: number;
  readonly verdict: "allowed" | "violation" | "unknown";
  /** The rule that was met or broken, with both names. */
  readonly why: string;
}

/** So many violations are kept with their names; all spawns are counted. */
export const MOST_SPAWNS = 50;

/** Whether `by` may spawn `role`, and why in words. `unknown`: one of them is in no hierarchy, so nothing forbids it. */
export function judgeSpawn(hierarchy: HierarchySpec, by: string | null, role: string): Pick<Spawn, "by" | "verdict" | "why"> {
  const known = (name: string): RoleSpec | undefined => hierarchy.roles.find((spec) => spec.role === roleOf(name, hierarchy));
  if (by === null) return { by, verdict: "unknown", why: `${role} was spawned by an agent whose role is not known` };
  const [spawner, spec] = [known(by), known(role)];
  const name = spawner?.role ?? by;
  if (!spawner) return { by: name, verdict: "unknown", why: `${name} spawned ${role}: ${name} is in no hierarchy` };
  if (!spec) return { by: name, verdict: "unknown", why: `${name} spawned ${role}: ${role} is in no hierarchy` };
  if (spawnAllowed(hierarchy, by, role)) return { by: name, verdict: "allowed", why: `${name} may spawn ${role}` };
  return { by: name, verdict: "violation", why: `${name} spawned ${role}: ${owner(spec, hierarchy)}` };
}

function owner(spec: RoleSpec, hierarchy: HierarchySpec): string {
  if (spec.level === "commander") return "nobody spawns the commander";
  if (spec.parent !== null) return `that is up to ${spec.parent}`;
  const leaders = hierarchy.roles.filter(({ level }) => level === "commander" || level === "deputy").map(({ role }) => role);
  return `that is up to ${leaders.join(" or ")}`;
}
