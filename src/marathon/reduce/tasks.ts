/** How tasks change. An unknown number is noticed and otherwise ignored: a report must never do harm. */
import type { Draft } from "../draft.ts";
import { roleOf } from "../delegation.ts";
import { planIndex } from "../plan-index.ts";
import { roleOfTerminal, route } from "../routing.ts";
import { isFree, isOver, isUp } from "../terminals.ts";
import type { Event, Task, Terminal } from "../types.ts";
import { oneLine } from "../words.ts";
import { detach, raise } from "./blockers.ts";
import { move, showState } from "./moves.ts";
import { endSilence } from "./silence.ts";

type Of<T extends Event["type"]> = Extract<Event, { readonly type: T }>;

/** Binds the task to the terminal, and sets it to work there when both are ready for it. */
export function taskAssigned(draft: Draft, event: Of<"task-assigned">): void {
  const task = find(draft, event.task);
  const terminal = draft.state.terminals[event.terminal];
  if (!task) return;
  if (!terminal)
    return draft.notice("warning", `task ${event.task} was given to terminal ${event.terminal}, which this marathon does not have`);
  if (isOver(task) || (task.state === "running" && task.terminal === event.terminal)) return;
  const wasReady = task.state === "ready";
  if (task.blocker !== null)
    detach(draft, task, { act: "reassigned", from: named(task.terminal), to: named(event.terminal), note: event.why });
  leaveTerminal(draft, task, `task ${task.number} went to terminal ${event.terminal}`);
  endSilence(draft, task.number, `task ${task.number} went to terminal ${event.terminal}`);
  const bound = move(draft, task, wasReady || task.state === "waiting" ? task.state : "ready", { terminal: event.terminal, blocker: null });
  const free = draft.state.terminals[event.terminal];
  if (!wasReady || !free || !isFree(free)) return;
  move(draft, bound, "running", { startedAt: task.startedAt ?? event.t, attempts: task.attempts + 1, waitsFor: null });
  draft.setTerminal({ ...free, task: task.number });
  countRun(draft, free, task.number);
  // Without a word from the agent itself, having work is being busy. An agent with one program per task says so itself.
  if (!free.perTask && free.state !== "busy")
    showState(draft, free.number, { state: "busy", kind: null, source: "task", evidence: `works on task ${task.number}` });
}

/** A task that the commander's own terminal works on is not delegated: before that, somebody may ask whose it is. */
function countRun(draft: Draft, terminal: Terminal, task: number): void {
  const { state } = draft;
  const role = roleOfTerminal(state, { ...terminal, task });
  const spec = role === null ? undefined : state.hierarchy.roles.find((one) => one.role === roleOf(role, state.hierarchy));
  const direct = spec?.level === "commander";
  const { runs = 0, directRuns = 0 } = state.counters;
  draft.count({ runs: runs + 1, directRuns: directRuns + Number(direct) });
  if (!spec || !direct) return;
  const owner = route(state.hierarchy, planIndex(state.plan).tasks.get(task)?.title ?? "")?.find((one) => one !== spec.role);
  const whose = owner === undefined ? "which deputy owns that?" : `that is ${owner}'s`;
  draft.notice("warning", `${spec.role} works on task ${task} itself instead of delegating it: ${whose}`);
}

export function taskDone(draft: Draft, event: Of<"task-done">): void {
  const task = find(draft, event.task);
  if (!task || isOver(task)) return;
  if (task.blocker !== null) detach(draft, task, { act: "resolved", from: null, to: null, note: `task ${task.number} is done` });
  leaveTerminal(draft, task, `task ${task.number} done`);
  endSilence(draft, task.number, `task ${task.number} is done`);
  const terminal = task.terminal ?? (event.terminal !== null && draft.state.terminals[event.terminal] ? event.terminal : null);
  move(draft, task, "done", { terminal, endedAt: event.t, doneBy: event.source, blocker: null, waitsFor: null });
}

export function taskBlocked(draft: Draft, event: Of<"task-blocked">): void {
  const task = find(draft, event.task);
  if (!task || isOver(task)) return;
  const wasRunning = task.state === "running";
  const blocker = raise(draft, event, task);
  leaveTerminal(draft, task, `task ${task.number} is blocked`);
  move(draft, task, task.state === "parked" ? "parked" : "blocked", { blocker, waitsFor: null });
  const terminal = task.terminal === null ? undefined : draft.state.terminals[task.terminal];
  if (!wasRunning || !terminal || !isUp(terminal)) return;
  showState(draft, terminal.number, {
    state: "blocked",
    kind: null,
    source: "task",
    evidence: `task ${task.number}: ${oneLine(event.reason)}`,
  });
}

export function taskReleased(draft: Draft, event: Of<"task-released">): void {
  const task = find(draft, event.task);
  if (!task || (task.state !== "running" && task.state !== "blocked")) return;
  release(draft, task, event.reason);
}

export function taskReopened(draft: Draft, event: Of<"task-reopened">): void {
  const task = find(draft, event.task);
  if (!task || task.state === "running" || task.state === "ready" || task.state === "waiting") return;
  if (task.blocker !== null) detach(draft, task, { act: "resumed", from: null, to: null, note: event.reason });
  move(draft, task, "ready", { endedAt: null, doneBy: null, blocker: null, clearedSeq: event.seq });
}

export function taskDropped(draft: Draft, event: Of<"task-dropped">): void {
  const task = find(draft, event.task);
  if (!task || isOver(task)) return;
  if (task.blocker !== null) detach(draft, task, { act: "resolved", from: null, to: null, note: `task ${task.number} was dropped` });
  leaveTerminal(draft, task, `task ${task.number} was dropped`);
  endSilence(draft, task.number, `task ${task.number} was dropped`);
  move(draft, task, "dropped", { endedAt: event.t, blocker: null, waitsFor: null });
}

/** Back to ready, bound to the terminal it had. */
export function release(draft: Draft, task: Task, reason: string): void {
  if (task.blocker !== null) detach(draft, task, { act: "resumed", from: null, to: null, note: reason });
  leaveTerminal(draft, task, reason);
  endSilence(draft, task.number, reason);
  move(draft, task, "ready", { blocker: null, ...(task.state === "blocked" ? { clearedSeq: draft.state.seq } : {}) });
}

/** The task's terminal has it no longer. Its agent, when it lives on, has nothing in hand for now. */
export function leaveTerminal(draft: Draft, task: Task, why: string): void {
  if (task.state !== "running" || task.terminal === null) return;
  const terminal = draft.state.terminals[task.terminal];
  if (!terminal || terminal.task !== task.number) return;
  draft.setTerminal({ ...terminal, task: null });
  if (isUp(terminal) && !terminal.perTask && terminal.state === "busy" && isOurs(terminal)) {
    showState(draft, terminal.number, { state: "idle", kind: null, source: "task", evidence: why });
  }
}

/** The state was not told by the agent itself, so what we know of its work may replace it. */
function isOurs(terminal: Terminal): boolean {
  return terminal.source === "task" || terminal.source === "process" || terminal.source === "engine";
}

function find(draft: Draft, number: number): Task | undefined {
  const task = draft.state.tasks[number];
  if (!task) draft.notice("warning", `task ${number} is not in the plan: what was reported of it changes nothing`);
  return task;
}

function named(terminal: number | null): string | null {
  return terminal === null ? null : `terminal ${terminal}`;
}
