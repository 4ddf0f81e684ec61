/** Phases: which groups of tasks may start only after others. */
import type { Draft, SessionParts } from "./draft.ts";
import type { BoundTask } from "./streams.ts";
import type { PlanPhase, PlanTask } from "./types.ts";

/**
 * The tree of the plan decides where there is one. Without it, a plan of sessions alone runs them one after
 * another, one phase each; any other plan has its bound tasks in phase 1 and the overflow, if both exist, in 2.
 * A task that the tree forgets goes to the first phase when it is bound and to the last when it is not.
 */
export function buildPhases(drafts: readonly Draft[], tasks: readonly BoundTask[], sequence: readonly SessionParts[]): { tasks: PlanTask[]; phases: PlanPhase[] } {
  const stated = drafts.find((draft) => draft.phases.length > 0)?.phases ?? [];
  const names = new Map<number, string | null>();
  const phaseOf = new Map<number, number>();
  for (const phase of stated) {
    if (!names.has(phase.id)) names.set(phase.id, phase.name);
    for (const number of phase.entries.flatMap((entry) => entry.tasks)) if (!phaseOf.has(number)) phaseOf.set(number, phase.id);
  }
  if (stated.length === 0) sequence.forEach((session, index) => names.set(index + 1, `Session ${session.id}`));
  const sessionPhase = new Map(stated.length === 0 ? sequence.map((session, index) => [session.id, index + 1]) : []);
  const ids = [...names.keys()].sort((a, b) => a - b);
  const first = ids[0] ?? 1;
  const overflow = ids.at(-1) ?? (tasks.some((task) => task.terminal !== null) ? 2 : 1);
  const settled = tasks.map((task): PlanTask => {
    const phase = phaseOf.get(task.number) ?? sessionPhase.get(task.session ?? "") ?? (task.terminal === null ? overflow : first);
    return { ...task, phase };
  });
  const byPhase = Map.groupBy(settled, (task) => task.phase);
  const phases = [...new Set([...ids, ...byPhase.keys()])].sort((a, b) => a - b).map((id): PlanPhase => {
    const own = byPhase.get(id) ?? [];
    const terminals = new Set(own.flatMap((task) => (task.terminal === null ? [] : [task.terminal])));
    return { id, name: names.get(id) ?? null, terminals: [...terminals].sort((a, b) => a - b), tasks: own.map((task) => task.number) };
  });
  return { tasks: settled, phases };
}
