/** The plan's work as it would run if every estimate held: length, critical path, and how long terminals would idle. Pure. */
import type { Plan } from "../../plan/types.ts";
import { weightsOf } from "../estimates.ts";
import { planTerminals } from "../initial.ts";
import { planIndex } from "../plan-index.ts";
import { Course } from "./course.ts";
import { workOf } from "./work.ts";

export interface PlannedCourse {
  /** From the start to the end of the last task, ms; Infinity when no terminal can do some of it. */
  readonly lengthMs: number;
  /** Work of all tasks, ms. */
  readonly workMs: number;
  /** Terminals × length, less the work: minutes in which terminals have nothing to do. */
  readonly idleMs: number;
  readonly terminals: number;
  readonly tasks: readonly { readonly task: number; readonly terminal: number | null; readonly startMs: number; readonly endMs: number }[];
  /** The tasks that set the length, first to last: each began when the one before it ended. */
  readonly criticalPath: readonly number[];
}

/** Null when nothing of the plan has an estimate. `dropped` tasks are not done; tasks of terminals beyond `terminals` go to any. */
export function plannedCourse(
  plan: Plan,
  terminals = planTerminals(plan).length,
  dropped: ReadonlySet<number> = new Set(),
): PlannedCourse | null {
  const weights = weightsOf(plan.tasks);
  if (weights === null) return null;
  const { tasks } = planIndex(plan);
  const work = workOf(plan, {
    open: (number) => !dropped.has(number) && tasks.get(number)?.doneInPlan !== true,
    terminalOf: (number) => tasks.get(number)?.terminal ?? null,
    terminals: Array.from({ length: terminals }, (_, index) => index + 1),
  });
  const durations = Float64Array.from(work.numbers, (number) => weights.get(number) ?? 0);
  const course = new Course(work);
  const lengthMs = course.run({ durations, free: new Float64Array(terminals), inHand: new Int32Array(terminals).fill(-1) });
  const workMs = durations.reduce((sum, duration) => sum + duration, 0);
  return {
    lengthMs,
    workMs,
    idleMs: lengthMs * terminals - workMs,
    terminals,
    tasks: work.numbers.map((task, at) => ({
      task,
      terminal: work.terminals[course.takenBy[at] ?? -1] ?? null,
      startMs: course.starts[at] ?? Number.POSITIVE_INFINITY,
      endMs: course.ends[at] ?? Number.POSITIVE_INFINITY,
    })),
    criticalPath: criticalPath(course),
  };
}

/** From the task that ends last back to what each had waited for last. */
export function criticalPath(course: Course): readonly number[] {
  const { ends, after, work } = course;
  let at = -1;
  for (let position = 0; position < ends.length; position += 1) if ((ends[position] ?? 0) > (ends[at] ?? -1)) at = position;
  const path: number[] = [];
  for (; at >= 0; at = after[at] ?? -1) path.unshift(work.numbers[at] ?? 0);
  return path;
}
