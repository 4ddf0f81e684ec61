/** The lists of tasks that a plan itself has: of its streams and of its sessions. Built once per plan object and remembered. */
import type { Plan } from "../plan/types.ts";

interface PlanLists {
  readonly byTask: ReadonlyMap<number, readonly (readonly number[])[]>;
  readonly whole: ReadonlySet<readonly number[]>;
}

const known = new WeakMap<Plan, PlanLists>();

/** The plan's streams and sessions: each list once, though it be both, and by its tasks. */
export function listsOf(plan: Plan): PlanLists {
  const found = known.get(plan);
  if (found) return found;
  const byTask = new Map<number, (readonly number[])[]>();
  const whole = new Set([...plan.streams, ...plan.sessions].map(({ tasks }) => tasks));
  for (const tasks of whole) {
    for (const number of tasks) {
      const own = byTask.get(number);
      if (own) own.push(tasks);
      else byTask.set(number, [tasks]);
    }
  }
  const made: PlanLists = { byTask, whole };
  known.set(plan, made);
  return made;
}
