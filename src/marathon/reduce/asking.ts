/** Books how long a task stood because its agent asked: nobody works meanwhile, so that is no working time. */
import type { Draft } from "../draft.ts";
import type { Task } from "../types.ts";

/** After each event: the questions that have begun, and those that are over. */
export function bookAsking(draft: Draft): void {
  const { t, tasks, terminals } = draft.state;
  for (const terminal of Object.values(terminals)) {
    const task = terminal.task === null ? undefined : tasks[terminal.task];
    if (task?.state !== "running" || task.terminal !== terminal.number) continue;
    const { stretchMs = 0, since = null, totalMs = 0 } = task.asked ?? {};
    const asks = terminal.state === "asking";
    if (asks === (since !== null)) continue;
    draft.setTask({ ...task, asked: { totalMs, stretchMs: stretchMs + (since === null ? 0 : t - since), since: asks ? t : null } });
  }
}

/** What a running stretch that ends at `t` is booked as. */
export function bookedStretch(task: Task, t: number): Pick<Task, "workedMs" | "asked"> {
  const stretch = Math.max(0, t - task.since);
  if (task.asked === undefined) return { workedMs: task.workedMs + stretch };
  const { totalMs, stretchMs, since } = task.asked;
  const asked = Math.min(stretch, stretchMs + (since === null ? 0 : t - since));
  return { workedMs: task.workedMs + stretch - asked, asked: { totalMs: totalMs + asked, stretchMs: 0, since: null } };
}
