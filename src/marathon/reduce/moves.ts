/** The moves that all reducers share: a task or a terminal into another state, with its time booked. */
import type { Draft } from "../draft.ts";
import { isUp } from "../terminals.ts";
import { bookedStretch } from "./asking.ts";
import { overtakeHandoff } from "./handoffs.ts";
import type { Task, TaskStateName, Terminal } from "../types.ts";

export type Shown = Pick<Terminal, "state" | "kind" | "source" | "evidence">;

/** Into another state (or the same, with other facts): books the time that the old state took. Returns the new task. */
export function move(draft: Draft, task: Task, state: TaskStateName, facts: Partial<Task>): Task {
  const { t } = draft.state;
  const stretch = Math.max(0, t - task.since);
  const booked: Partial<Task> =
    task.state === state
      ? {}
      : {
          since: t,
          ...(task.state === "running" ? bookedStretch(task, t) : {}),
          blockedMs: task.blockedMs + (task.state === "blocked" || task.state === "parked" ? stretch : 0),
        };
  const next: Task = { ...task, ...booked, state, ...facts };
  draft.setTask(next);
  overtakeHandoff(draft, task, next);
  return next;
}

/** Shows a state: how long it lasts counts anew when the state or its kind changes; busy time is booked when it ends. */
export function showState(draft: Draft, number: number, shown: Shown): void {
  const terminal = draft.state.terminals[number];
  if (!terminal) return;
  const { t, at } = draft.state;
  const { state, kind, source, evidence } = shown;
  const same = terminal.state === state && terminal.kind === kind;
  if (same && terminal.source === source && terminal.evidence === evidence) return;
  if (terminal.state === "busy" && state !== "busy") draft.count({ busyMs: draft.state.counters.busyMs + Math.max(0, t - terminal.since) });
  draft.setTerminal({
    ...terminal,
    state,
    kind,
    source,
    evidence,
    since: same ? terminal.since : t,
    sinceAt: same ? terminal.sinceAt : at,
  });
}

/** Changes facts of a terminal other than the state it shows. */
export function change(draft: Draft, number: number, facts: Partial<Terminal>): void {
  const terminal = draft.state.terminals[number];
  if (terminal) draft.setTerminal({ ...terminal, ...facts });
}

/** Blocked work went on elsewhere or is free again: a terminal that only waited for it is idle. */
export function unblockTerminal(draft: Draft, number: number, why: string): void {
  const terminal = draft.state.terminals[number];
  if (!terminal || terminal.state !== "blocked" || terminal.source !== "task" || !isUp(terminal)) return;
  const running = terminal.perTask && terminal.pid !== null;
  showState(draft, number, { state: running ? "busy" : "idle", kind: null, source: "task", evidence: why });
}

/** Fallbacks that have not begun are called off; a command that runs is left to end. */
export function forgetFallbacks(draft: Draft, blocker: string): void {
  for (const terminal of Object.values(draft.state.terminals))
    if (terminal.fallback?.blocker === blocker && terminal.fallback.state !== "running") draft.setTerminal({ ...terminal, fallback: null });
}
