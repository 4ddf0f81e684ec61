/** One event into a draft. Every fact has its case here; a new one that has none does not compile. */
import type { Draft } from "../draft.ts";
import { describe } from "../describe.ts";
import type { Event } from "../types.ts";
import { oneLine } from "../words.ts";
import { agentEvent, isAgentEvent, type AgentEvent } from "./agent-events.ts";
import { agentReported } from "./agents.ts";
import { bookAsking } from "./asking.ts";
import { blockerEvent, isBlockerEvent, type BlockerEvent } from "./blocker-events.ts";
import { fileChanged, fileRemoved } from "./files.ts";
import { isTimeEvent, timeEvent, type TimeEvent } from "./forecast.ts";
import { isMessageEvent, messageEvent, type MessageEvent } from "./messages.ts";
import { isPlanEvent, planEvent, type PlanEvent } from "./plan-events.ts";
import { isReportEvent, reportEvent, type ReportEvent } from "./reported.ts";
import { taskAssigned, taskBlocked, taskDone, taskDropped, taskReleased, taskReopened } from "./tasks.ts";
import {
  agentKnown,
  engineGone,
  terminalExited,
  terminalFailed,
  terminalRetired,
  terminalStarted,
  terminalStarting,
  terminalState,
} from "./terminals.ts";

/** Folds the event in. Events must come in the order of the journal. */
export function apply(draft: Draft, event: Event): void {
  draft.set({ seq: event.seq, at: event.at, t: event.t });
  if (isMessageEvent(event)) messageEvent(draft, event);
  else if (isBlockerEvent(event)) blockerEvent(draft, event);
  else if (isTimeEvent(event)) timeEvent(draft, event);
  else if (isPlanEvent(event)) planEvent(draft, event);
  else if (isAgentEvent(event)) agentEvent(draft, event);
  else if (isReportEvent(event)) reportEvent(draft, event);
  else reduce(draft, event);
  bookAsking(draft);
  draft.settle();
  const line = describe(event, draft.state);
  if (line) draft.log(line);
}

function reduce(draft: Draft, event: Exclude<Event, MessageEvent | BlockerEvent | TimeEvent | PlanEvent | ReportEvent | AgentEvent>): void {
  switch (event.type) {
    case "engine-started":
      draft.set({ engine: { pid: event.pid, version: event.version, startedAt: event.at } });
      if ((event.standIns ?? true) !== (draft.state.standIns ?? true)) draft.set({ standIns: event.standIns ?? true });
      if (draft.state.status === "stopped") draft.set({ status: "running" });
      if (draft.state.degraded) draft.set({ degraded: {} });
      return;
    case "engine-lost":
      return engineGone(draft, event.kept);
    case "engine-stopped":
      return engineGone(draft);
    case "terminal-starting":
      return terminalStarting(draft, event);
    case "conversation-known":
    case "agent-version":
      return agentKnown(draft, event);
    case "terminal-started":
      return terminalStarted(draft, event);
    case "terminal-exited":
      return terminalExited(draft, event);
    case "terminal-failed":
      return terminalFailed(draft, event);
    case "terminal-retired":
      return terminalRetired(draft, event);
    case "terminal-state":
      return terminalState(draft, event);
    case "task-assigned":
      return taskAssigned(draft, event);
    case "task-done":
      return taskDone(draft, event);
    case "task-blocked":
      return taskBlocked(draft, event);
    case "task-released":
      return taskReleased(draft, event);
    case "task-reopened":
      return taskReopened(draft, event);
    case "task-dropped":
      return taskDropped(draft, event);
    case "file-changed":
      return fileChanged(draft, event);
    case "file-removed":
      return fileRemoved(draft, event);
    case "agent-reported":
      return agentReported(draft, event);
    case "person-acted":
      return draft.count({ lastHumanAt: event.at });
    case "permission-answered":
      return event.by === "person" ? draft.count({ lastHumanAt: event.at }) : undefined;
    case "noticed":
      return noticed(draft, event);
    // Only ever the first event, and then it makes the state (initial.ts).
    case "marathon-started":
    case "terminal-notified":
    case "timer-fired":
      return;
    default:
      return standing(draft, event);
  }
}

function noticed(draft: Draft, event: Extract<Event, { readonly type: "noticed" }>): void {
  const text = oneLine(event.text, 400);
  draft.notice(event.severity, text);
  if (event.begins !== undefined) draft.set({ degraded: { ...draft.state.degraded, [event.begins]: text } });
  if (event.ends === undefined) return;
  const { [event.ends]: _over, ...rest } = draft.state.degraded ?? {};
  draft.set({ degraded: rest });
}

function standing(draft: Draft, event: Extract<Event, { readonly type: keyof typeof STATUS }>): void {
  // A journal of a later version may hold events that this one does not know: they change nothing here.
  if (event.type in STATUS) draft.set({ status: STATUS[event.type], statusAt: event.at });
}

const STATUS = {
  "marathon-settled": "settled",
  "marathon-resumed": "running",
  "marathon-done": "done",
  "marathon-stopped": "stopped",
} as const;
