/** How terminals change: their programs come and go, and say or show what they are doing. */
import type { Draft } from "../draft.ts";
import type { Event, Terminal } from "../types.ts";
import { oneLine } from "../words.ts";
import { endSubAgents } from "./agents.ts";
import { change, showState } from "./moves.ts";
import { endQuestions } from "./reported.ts";
import { release } from "./tasks.ts";

type Of<T extends Event["type"]> = Extract<Event, { readonly type: T }>;

/** Starts that are remembered against crash loops. */
const STARTS_REMEMBERED = 8;

export function terminalStarting(draft: Draft, event: Of<"terminal-starting">): void {
  const terminal = draft.state.terminals[event.terminal];
  if (!terminal) return;
  emptyHands(draft, terminal, "the terminal was started anew");
  endPrograms(draft, terminal.number, "its agent was started anew");
  showState(draft, terminal.number, { state: "starting", kind: null, source: "engine", evidence: event.reason });
  const startTimes = [...(terminal.startTimes ?? []), event.t].slice(-STARTS_REMEMBERED);
  change(draft, terminal.number, {
    pid: null,
    pidStart: null,
    exit: null,
    starts: terminal.starts + 1,
    lost: false,
    retired: false,
    startTimes,
    ...(event.fresh ? { conversation: null } : {}),
  });
}

/** What its coding agent's CLI tells of itself. */
export function agentKnown(draft: Draft, event: Of<"conversation-known"> | Of<"agent-version">): void {
  const terminal = draft.state.terminals[event.terminal];
  if (!terminal) return;
  if (event.type === "conversation-known") return change(draft, terminal.number, { conversation: event.conversation });
  change(draft, terminal.number, { version: event.version });
  if (event.tried === undefined) return;
  const text = `${terminal.agent} ${event.version} is older than ${event.tried}, which it was tried with: if it does not start or its state is unknown, update it`;
  if (!draft.state.notices.some((notice) => notice.text === text)) draft.notice("warning", text);
}

/** A pid of 0 means an agent with one program per task: the terminal is there, and idle as soon as it says so. */
export function terminalStarted(draft: Draft, event: Of<"terminal-started">): void {
  const terminal = draft.state.terminals[event.terminal];
  if (!terminal) return;
  // Another program has taken the place of whatever ran here.
  emptyHands(draft, terminal, "the terminal was started anew");
  endPrograms(draft, terminal.number, "its agent was started anew");
  const perTask = event.pid === 0;
  // The number of starts counts acts of starting; a program that came up without one was started all the same.
  const starts = Math.max(1, terminal.starts);
  change(draft, terminal.number, {
    pid: perTask ? null : event.pid,
    pidStart: perTask ? null : event.pidStart,
    exit: null,
    lost: false,
    starts,
    perTask,
  });
  showState(draft, terminal.number, { state: perTask ? "starting" : "busy", kind: null, source: "process", evidence: event.program });
  // The engine starts these by the plan, and the plan's agents are the commander's own.
  const { counters } = draft.state;
  draft.count({ spawned: counters.spawned + 1, spawnedAllowed: counters.spawnedAllowed + 1 });
}

export function terminalExited(draft: Draft, event: Of<"terminal-exited">): void {
  const terminal = draft.state.terminals[event.terminal];
  if (!terminal) return;
  const how = event.signal ? `ended by ${event.signal}` : `ended with exit code ${event.code ?? "unknown"}`;
  gone(draft, terminal, { state: "exited", evidence: how, exit: { code: event.code, signal: event.signal }, lost: false });
}

export function terminalFailed(draft: Draft, event: Of<"terminal-failed">): void {
  const terminal = draft.state.terminals[event.terminal];
  if (!terminal) return;
  gone(draft, terminal, { state: "error", evidence: oneLine(event.message), exit: { code: event.code, signal: null }, lost: false });
  draft.notice("error", `terminal ${event.terminal} could not be started: ${oneLine(event.message)}`);
}

export function terminalRetired(draft: Draft, event: Of<"terminal-retired">): void {
  const terminal = draft.state.terminals[event.terminal];
  if (!terminal || terminal.retired) return;
  change(draft, terminal.number, { retired: true });
  draft.notice("warning", `terminal ${event.terminal} takes no more work: ${oneLine(event.reason)}`);
}

/** What the terminal's program says or shows. Nothing comes from a terminal that has ended. */
export function terminalState(draft: Draft, event: Of<"terminal-state">): void {
  const terminal = draft.state.terminals[event.terminal];
  if (!terminal || terminal.exit !== null || terminal.lost || terminal.starts === 0) return;
  if (event.pid !== undefined) {
    if (terminal.pid !== null && event.pid !== terminal.pid) endQuestions(draft, terminal.number, "the program that asked has ended");
    change(draft, terminal.number, { pid: event.pid, pidStart: event.pidStart ?? null });
  }
  // An agent that idles because its task is blocked is shown blocked, until it has work again.
  const waitsBlocked = terminal.state === "blocked" && terminal.task === null && event.state === "idle" && !terminal.perTask;
  if (!waitsBlocked) showState(draft, terminal.number, event);
}

/** The engine is gone, and with it every program that it ran, but for those of `kept` terminals; one that ran none is as it was. */
export function engineGone(draft: Draft, kept: readonly number[] = []): void {
  for (const terminal of Object.values(draft.state.terminals)) {
    if (kept.includes(terminal.number)) continue;
    const running =
      terminal.exit === null &&
      !terminal.lost &&
      terminal.starts > 0 &&
      (terminal.pid !== null || terminal.state === "starting" || terminal.task !== null || terminal.fallback?.state === "running");
    if (!running) continue;
    // The pid stays: the process may have outlived its engine, and a person may want to end it.
    gone(draft, terminal, { state: "exited", evidence: "its engine ended", exit: null, lost: true });
    change(draft, terminal.number, { pid: terminal.pid, pidStart: terminal.pidStart });
  }
  draft.set({ engine: null });
}

function gone(
  draft: Draft,
  terminal: Terminal,
  end: Pick<Terminal, "evidence" | "exit" | "lost"> & { readonly state: "exited" | "error" },
): void {
  emptyHands(draft, terminal, `terminal ${terminal.number} ${end.evidence ?? "ended"}`);
  endPrograms(draft, terminal.number, "its agent has ended");
  // First the fact that it is over: no moment may count a failed terminal as one that is up.
  change(draft, terminal.number, { pid: null, pidStart: null, exit: end.exit, lost: end.lost, ...again(terminal) });
  showState(draft, terminal.number, { state: end.state, kind: null, source: end.lost ? "engine" : "process", evidence: end.evidence });
}

/** Sub-agents and questions live in the program of their terminal, and end with it. */
function endPrograms(draft: Draft, terminal: number, why: string): void {
  endSubAgents(draft, terminal);
  endQuestions(draft, terminal, why);
}

/** A fallback that was running did not end: it is due again. */
function again({ fallback }: Terminal): Pick<Terminal, "fallback"> | Record<string, never> {
  return fallback?.state === "running" ? { fallback: { ...fallback, state: "due" } } : {};
}

/** What it was working on waits for it again. */
function emptyHands(draft: Draft, terminal: Terminal, reason: string): void {
  const task = terminal.task === null ? undefined : draft.state.tasks[terminal.task];
  if (task?.state === "running") release(draft, task, reason);
}
