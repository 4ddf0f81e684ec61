/** An agent that ends badly in the middle of a task: it is started again as often as the plan says, else the task is blocked. */
import { isOver } from "./terminals.ts";
import type { Event, Fact, State } from "./types.ts";

/**
 * What follows from a crash. `retries` of the plan's front matter counts per task: an agent that was given the task for the
 * `retries + 1`th time and crashes again needs somebody who looks. Without it nothing is tried again.
 */
export function afterCrash(before: State, after: State, event: Event): readonly Fact[] {
  if (event.type !== "terminal-exited" || event.crash === undefined) return [];
  const { terminal: number, crash } = event;
  const [task, terminal] = [after.tasks[crash.task], after.terminals[number]];
  // Ended by a person, or the task was reported done or blocked with its last breath.
  if (!task || !terminal || isOver(task) || before.tasks[crash.task]?.state !== "running" || task.state !== "ready") return [];
  const retries = after.plan.settings.retries ?? 0;
  if (task.attempts <= retries && !terminal.retired) {
    const reason = `its agent crashed (${crash.reason}): task ${task.number} is tried again, ${task.attempts} of ${retries}`;
    return [{ type: "terminal-starting", terminal: number, reason }];
  }
  const tried = task.attempts > 1 ? ` (attempt ${task.attempts})` : "";
  const { reason, ...facts } = crash;
  return [{ type: "task-blocked", terminal: number, ...facts, reason: `${reason}${tried}` }];
}
