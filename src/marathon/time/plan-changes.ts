/** What an edited plan would change about the one that runs: tasks added, dropped, moved, and changed in what they are. Pure. */
import type { Plan, PlanTask } from "../../plan/types.ts";

export interface PlanChanges {
  readonly added: readonly PlanTask[];
  readonly dropped: readonly PlanTask[];
  /** To another terminal, stream, session or phase. */
  readonly moved: readonly { readonly task: PlanTask; readonly what: readonly string[] }[];
  /** Another title, command, estimate, priority or other dependencies. */
  readonly changed: readonly { readonly task: PlanTask; readonly what: readonly string[] }[];
}

const PLACES = ["terminal", "stream", "session", "phase"] as const;
const CONTENT = ["title", "target", "run", "fallback", "priority", "role", "kind", "security"] as const;

/** By task number, in the order of the numbers. */
export function planChanges(before: Plan, after: Plan): PlanChanges {
  const was = new Map(before.tasks.map((task) => [task.number, task]));
  const is = new Map(after.tasks.map((task) => [task.number, task]));
  const both = [...is.values()].flatMap((task) => {
    const old = was.get(task.number);
    return old ? [{ task, old }] : [];
  });
  const differing = (what: (old: PlanTask, task: PlanTask) => readonly string[]) =>
    both.map(({ old, task }) => ({ task, what: what(old, task) })).filter((change) => change.what.length > 0);
  return {
    added: ordered([...is.values()].filter((task) => !was.has(task.number))),
    dropped: ordered([...was.values()].filter((task) => !is.has(task.number))),
    moved: differing((old, task) =>
      PLACES.flatMap((key) => (old[key] === task[key] ? [] : [`${key} ${old[key] ?? "any"} to ${task[key] ?? "any"}`])),
    ),
    changed: differing((old, task) => [
      ...CONTENT.flatMap((key) => (old[key] === task[key] ? [] : [key])),
      ...(minutes(old) === minutes(task) ? [] : [`estimate ${minutes(old)} to ${minutes(task)}`]),
      ...(old.dependsOn.join() === task.dependsOn.join() ? [] : [`depends on ${task.dependsOn.join(", ") || "nothing"}`]),
    ]),
  };
}

function ordered(tasks: readonly PlanTask[]): readonly PlanTask[] {
  return tasks.toSorted((a, b) => a.number - b.number);
}

function minutes({ estimate }: PlanTask): string {
  if (estimate === null) return "none";
  return estimate.low === estimate.high ? `${estimate.low}m` : `${estimate.low}-${estimate.high}m`;
}
