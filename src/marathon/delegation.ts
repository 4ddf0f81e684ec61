/** How the work is spread over agents, and whether spawns keep to the hierarchy in force. */
import type { HierarchySpec } from "../plan/types.ts";
import { elapsedAt } from "./clock.ts";
import type { State } from "./types.ts";

export interface Delegation {
  /** Agents started so far: each start of a terminal's agent, and each sub-agent (a swarm counts all of its probes). */
  readonly spawned: number;
  /** Agents at work or idle now, and the most there were at one time. */
  readonly now: number;
  readonly peak: number;
  /** Busy time of all terminals / marathon time, as a factor; null before any time has passed. */
  readonly parallelFactor: number | null;
  /** Spawns that the hierarchy allows / all spawns, 0 to 1; null before the first. */
  readonly compliance: number | null;
}

/** Figures of delegation at marathon time `t` (ms). */
export function delegation(state: State, t: number): Delegation {
  const { spawned, spawnedAllowed, concurrent, peakConcurrent, busyMs } = state.counters;
  const elapsedMs = elapsedAt(state, t);
  let busy = busyMs;
  for (const terminal of Object.values(state.terminals)) if (terminal.state === "busy") busy += Math.max(0, t - terminal.since);
  return {
    spawned,
    now: concurrent,
    peak: peakConcurrent,
    parallelFactor: elapsedMs > 0 ? busy / elapsedMs : null,
    compliance: spawned > 0 ? spawnedAllowed / spawned : null,
  };
}

/**
 * The role that an agent's name states: "qa-tester_2" is QA_TESTER. Known roles are found whatever their
 * separators; another name is kept as it is, without its instance number.
 */
export function roleOf(name: string, hierarchy: HierarchySpec): string {
  const bare = name
    .replace(/\s*\([^)]*\)/g, "")
    .replace(/[_\s#-]*\d+$/, "")
    .trim();
  const key = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, "").toUpperCase();
  const wanted = key(bare);
  return hierarchy.roles.find(({ role }) => key(role) === wanted || key(role) === key(name))?.role ?? (bare || name);
}

/**
 * Whether an agent of role `by` may spawn one of role `role`. A role with a parent may be spawned by that parent or
 * by a commander; specialists, staff and unknown roles without a parent by anyone; a commander
 * by nobody. A spawner whose role is not known is given the benefit of the doubt.
 */
export function spawnAllowed(hierarchy: HierarchySpec, by: string | null, role: string): boolean {
  const spec = hierarchy.roles.find((candidate) => candidate.role === role);
  const spawner = by === null ? undefined : hierarchy.roles.find((candidate) => candidate.role === roleOf(by, hierarchy));
  if (!spec || !spawner) return true;
  if (spec.level === "commander") return false;
  if (spec.parent !== null) return spec.parent === spawner.role || spawner.level === "commander";
  if (spec.level === "deputy" || spec.level === "coordinator") return spawner.level === "commander" || spawner.level === "deputy";
  return true;
}
