/** Estimates for tasks that state none, from the hours that the plan states for more than one task (T-67). */
import { showMinutes } from "./durations.ts";
import type { OpenStream } from "./streams.ts";
import type { Budgets, Estimate, PlanSession, PlanTask } from "./types.ts";

/**
 * A task's own cell wins. Else its stream's budget: terminals × hours shared by the stream's tasks; else its
 * session's hours × the terminals allocated there, shared by the session's tasks; else nothing.
 */
export function addEstimates(
  tasks: readonly PlanTask[],
  streams: readonly OpenStream[],
  sessions: readonly PlanSession[],
  budgets: Budgets,
): PlanTask[] {
  const perStream = new Map<string, Estimate | null>();
  const perSession = new Map<string, Estimate | null>();
  const byStream = Map.groupBy(tasks, (task) => task.stream);
  for (const stream of streams) perStream.set(stream.id, ofStream(stream.id, byStream.get(stream.id)?.length ?? 0, budgets));
  for (const session of sessions) perSession.set(session.id, ofSession(session));
  return tasks.map((task) => ({
    ...task,
    estimate: task.estimate ?? perStream.get(task.stream ?? "") ?? perSession.get(task.session ?? "") ?? null,
  }));
}

function ofStream(id: string, tasks: number, budgets: Budgets): Estimate | null {
  const budget = budgets.streams[id];
  if (budget === undefined || tasks === 0) return null;
  return derived(budget.terminals, { low: budget.hoursLow ?? budget.hours, high: budget.hours }, tasks, `stream ${id}`);
}

function ofSession(session: PlanSession): Estimate | null {
  if (session.hours === null || session.tasks.length === 0) return null;
  const allocated = new Set(session.allocations.flatMap((allocation) => allocation.terminals));
  const hours = { low: session.hoursLow ?? session.hours, high: session.hours };
  return derived(Math.max(allocated.size, 1), hours, session.tasks.length, `session ${session.id}`);
}

/** Terminals × hours ÷ tasks; hours that are a range give one. */
function derived(terminals: number, hours: { readonly low: number; readonly high: number }, tasks: number, whose: string): Estimate | null {
  const each = (of: number) => Math.round(((terminals * of * 60) / tasks) * 1000) / 1000;
  const [low, high] = [each(hours.low), each(hours.high)];
  if (!(low > 0)) return null;
  const span = hours.low === hours.high ? `${hours.high}` : `${hours.low}-${hours.high}`;
  const minutes = low === high ? showMinutes(high) : `${showMinutes(low)} to ${showMinutes(high)}`;
  const rule = `${whose}: ${terminals} ${terminals === 1 ? "terminal" : "terminals"} × ${span} h ÷ ${tasks} ${tasks === 1 ? "task" : "tasks"} = ${minutes}`;
  return { low, high, source: "derived", rule };
}
