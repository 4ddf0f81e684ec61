/** Phases: which groups of tasks may start only after others. */
import type { Draft, DraftPhase, SessionParts } from "./draft.ts";
import type { BoundTask } from "./streams.ts";
import type { PlanPhase, PlanTask } from "./types.ts";

/**
 * The tree of the plan decides where there is one; a task that it forgets goes to its first phase when it is bound to
 * a terminal and to its last when it is not. Without a tree, a plan of sessions alone runs them one after another, one
 * phase each; any other plan has its overflow streams in phase 2, when it has any, and all the rest in phase 1.
 */
export function buildPhases(
  drafts: readonly Draft[],
  tasks: readonly BoundTask[],
  sequence: readonly SessionParts[],
  overflow: ReadonlySet<string>,
): { tasks: PlanTask[]; phases: PlanPhase[] } {
  const stated = drafts.find((draft) => draft.phases.length > 0)?.phases ?? [];
  const rule = stated.length > 0 ? ofTree(stated) : sequence.length > 0 ? ofSessions(sequence) : ofOverflow(tasks, overflow);
  const settled = tasks.map((task): PlanTask => ({ ...task, phase: rule.phaseOf(task) }));
  const byPhase = Map.groupBy(settled, (task) => task.phase);
  const ids = [...new Set([...rule.names.keys(), ...byPhase.keys()])].sort((a, b) => a - b);
  const phases = ids.map((id): PlanPhase => {
    const own = byPhase.get(id) ?? [];
    const terminals = new Set(own.flatMap((task) => (task.terminal === null ? [] : [task.terminal])));
    return { id, name: rule.names.get(id) ?? null, terminals: [...terminals].sort((a, b) => a - b), tasks: own.map((task) => task.number) };
  });
  return { tasks: settled, phases };
}

interface PhaseRule {
  readonly names: ReadonlyMap<number, string | null>;
  readonly phaseOf: (task: BoundTask) => number;
}

function ofTree(stated: readonly DraftPhase[]): PhaseRule {
  const names = new Map<number, string | null>();
  const phases = new Map<number, number>();
  for (const phase of stated) {
    if (!names.has(phase.id)) names.set(phase.id, phase.name);
    for (const number of phase.entries.flatMap((entry) => entry.tasks)) if (!phases.has(number)) phases.set(number, phase.id);
  }
  const ids = [...names.keys()].sort((a, b) => a - b);
  return { names, phaseOf: (task) => phases.get(task.number) ?? (task.terminal === null ? ids.at(-1) : ids[0]) ?? 1 };
}

function ofSessions(sequence: readonly SessionParts[]): PhaseRule {
  const order = new Map(sequence.map((session, index) => [session.id, index + 1]));
  return {
    names: new Map(sequence.map((session, index) => [index + 1, `Session ${session.id}`])),
    phaseOf: (task) => order.get(task.session ?? "") ?? 1,
  };
}

/** What other work depends on cannot wait for phase 2, and neither can what that depends on. */
function ofOverflow(tasks: readonly BoundTask[], overflow: ReadonlySet<string>): PhaseRule {
  const byNumber = new Map(tasks.map((task) => [task.number, task]));
  const first = tasks.filter((task) => task.terminal !== null || !overflow.has(task.stream));
  if (first.length === 0) return { names: new Map(), phaseOf: () => 1 };
  const early = new Set(first.map((task) => task.number));
  for (let task = first.pop(); task !== undefined; task = first.pop()) {
    for (const number of task.dependsOn) {
      const needed = byNumber.get(number);
      if (needed === undefined || early.has(number)) continue;
      early.add(number);
      first.push(needed);
    }
  }
  return { names: new Map(), phaseOf: (task) => (early.has(task.number) ? 1 : 2) };
}
