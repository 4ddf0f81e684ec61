/**
 * What an agent that knows nothing must be told with its work: whom it answers to and may start, and the five things that every
 * delegation needs. What the plan does not say is not made up: the list says that it is missing.
 */
import { isAbsolute, resolve } from "node:path";
import { spawnAllowed } from "../../marathon/delegation.ts";
import type { State } from "../../marathon/types.ts";
import { oneLine } from "../../marathon/words.ts";
import type { HierarchySpec, PlanStream } from "../../plan/types.ts";
import type { AssignedTask } from "./agent.ts";

export interface CommandChain {
  /** From whoever it reports to up to the person. */
  readonly above: readonly string[];
  /** Roles that it may start, by the hierarchy in force; null when its own role is not known, so that nothing forbids any. */
  readonly maySpawn: readonly string[] | null;
}

export interface Checklist {
  readonly have: number;
  readonly of: 5;
  readonly items: readonly { readonly name: string; readonly says: string | null }[];
}

/** `role`: its own; `reportsTo`: the role above, as the assignment has it. */
export function commandChain(hierarchy: HierarchySpec, role: string | null, reportsTo: string | null): CommandChain {
  const above: string[] = [];
  for (let name = reportsTo; name !== null && !above.includes(name); ) {
    above.push(name);
    name = hierarchy.roles.find((spec) => spec.role === name)?.parent ?? commanderOver(hierarchy, name);
  }
  const known = role !== null && hierarchy.roles.some((spec) => spec.role === role.replace(/_\d+$/u, "") || spec.role === role);
  const spawns = hierarchy.roles.filter((spec) => spec.role !== role && spawnAllowed(hierarchy, role, spec.role)).map((spec) => spec.role);
  return { above: [...above, "human"], maySpawn: known ? spawns : null };
}

function commanderOver(hierarchy: HierarchySpec, name: string): string | null {
  const commander = hierarchy.roles.find((spec) => spec.level === "commander")?.role ?? null;
  return commander === name ? null : commander;
}

interface Delegated {
  readonly stream: PlanStream | null;
  readonly tasks: readonly AssignedTask[];
  readonly returnPath: string;
}

/** Decision context, assumptions, related decisions, expected outcome, return path: what the plan and the run so far say of each. */
export function checklist(state: State, { stream, tasks, returnPath }: Delegated): Checklist {
  const open = tasks.filter((task) => task.state !== "done" && task.state !== "dropped");
  const items = [
    { name: "decision context", says: contextOf(state, stream, open) },
    { name: "assumptions", says: joined(assumptions(state, open)) },
    { name: "related decisions", says: joined(decisions(state, open)) },
    { name: "expected outcome", says: joined(outcomes(state, open)) },
    { name: "return path", says: returnPath },
  ];
  return { have: items.filter((item) => item.says !== null).length, of: 5, items };
}

function contextOf(state: State, stream: PlanStream | null, open: readonly AssignedTask[]): string | null {
  const ids = new Set(open.map((task) => task.session));
  const session = state.plan.sessions.find((one) => ids.has(one.id));
  return stream?.goal ?? (session ? `session ${session.id}, ${session.name}` : null);
}

function assumptions(state: State, open: readonly AssignedTask[]): readonly string[] {
  const needs = new Set(open.flatMap((task) => task.dependsOn));
  const met = [...needs].map((number) => {
    const { state: stands = "unknown", terminal = null } = state.tasks[number] ?? {};
    return `task ${number} is ${stands}${terminal === null ? "" : ` (terminal ${terminal})`}`;
  });
  return [...met, ...open.flatMap((task) => task.takenOver?.assumptions ?? [])];
}

function decisions(state: State, open: readonly AssignedTask[]): readonly string[] {
  const taken = (state.risks ?? []).map((risk) => `${risk.id}: ${risk.text}`);
  return [...taken, ...open.flatMap((task) => task.takenOver?.priorDecisions ?? [])];
}

function outcomes(state: State, open: readonly AssignedTask[]): readonly string[] {
  const ids = new Set(open.map((task) => task.session));
  const criteria = state.plan.sessions
    .filter((session) => ids.has(session.id))
    .flatMap((session) => session.criteria.map(({ text }) => text));
  const own = open.flatMap((task) =>
    task.target === null && task.to === null && task.run === null
      ? []
      : [
          `${task.number}: ${[task.target, task.to === null ? null : `to ${task.to}`, task.run === null ? null : "its command succeeds"].filter((part) => part !== null).join(", ")}`,
        ],
  );
  return [...own, ...criteria];
}

/** Such a list is to remind, not to replace the plan. */
const MOST_SAID = 8;

function joined(texts: readonly string[]): string | null {
  if (texts.length === 0) return null;
  const more = texts.length > MOST_SAID ? `; and ${texts.length - MOST_SAID} more` : "";
  return `${texts
    .slice(0, MOST_SAID)
    .map((text) => oneLine(text))
    .join("; ")}${more}`;
}

/** A path in a file column that leads somewhere only from the project's folder: an agent may work in another one. */
export function absoluteTargets(
  project: string,
  tasks: readonly AssignedTask[],
  exists: (path: string) => boolean,
): Readonly<Record<number, string>> {
  const found: Record<number, string> = {};
  for (const { number, target } of tasks) {
    if (target === null || isAbsolute(target) || !/^[\w.@-][\w./@-]*$/u.test(target)) continue;
    const path = resolve(project, target);
    if (exists(path)) found[number] = path;
  }
  return found;
}
