/** One plain sentence per event, for the event line, the log without a screen, and `state.log`. */
import { sayBlocker, sayEnds } from "./describe-blocker.ts";
import { sayMessage } from "./describe-messages.ts";
import { sayPlan } from "./describe-plan.ts";
import { sayReport } from "./describe-reports.ts";
import { gateWords } from "./decision-gate.ts";
import { owedWords } from "./handoffs.ts";
import { isMessageEvent } from "./reduce/messages.ts";
import { isPlanEvent } from "./reduce/plan-events.ts";
import { isReportEvent } from "./reduce/reported.ts";
import { planIndex } from "./plan-index.ts";
import type { AskingKind, Blocker, Event, LogLine, State } from "./types.ts";
import { base, counted, listed, oneLine } from "./words.ts";

/** A second signal of what is known already is no second blocker. */
function blockedWords(event: Extract<Event, { readonly type: "task-blocked" }>, state: State): Words {
  const blocker = state.blockers[state.tasks[event.task]?.blocker ?? ""];
  const known = blocker !== undefined && blocker.evidence.length > Math.max(1, event.evidence.length) && !isRaisedBy(blocker, event);
  if (known) return ["bad", `${by(event.terminal)}${blocker.id} on ${event.task}, more of it: ${event.reason}`, event.terminal];
  return ["bad", `${by(event.terminal)}blocked on ${named(state, event.task)}: ${event.reason}`, event.terminal];
}

function isRaisedBy(blocker: Blocker, event: Extract<Event, { readonly type: "task-blocked" }>): boolean {
  return blocker.evidence[0]?.source === event.source;
}

export type Words = readonly [tone: LogLine["tone"], text: string, terminal?: number | null];

/**
 * What happened, in one sentence without a full stop; null for events that are only of use to the program (a terminal
 * that idles, a timer). `state` is the state after the event.
 */
export function describe(event: Event, state: State): LogLine | null {
  const words = say(event, state);
  if (!words) return null;
  const [tone, text, terminal = null] = words;
  return { seq: event.seq, at: event.at, terminal, tone, text: oneLine(text, 240) };
}

function say(event: Event, state: State): Words | null {
  if (isMessageEvent(event)) return sayMessage(event, state);
  if (isPlanEvent(event)) return sayPlan(event, state);
  if (isReportEvent(event)) return sayReport(event, state);
  switch (event.type) {
    case "marathon-started":
      return ["plain", `marathon ${event.id} started: ${counted(event.plan.tasks.length, "task")}`];
    case "engine-started":
      return ["plain", event.resumed ? `engine ${event.pid} took the marathon up again` : `engine ${event.pid} started`];
    case "engine-lost":
      return ["bad", `engine ${event.pid} was lost: ${whatItRan(event.kept ?? [])}`];
    case "engine-stopped":
      return ["plain", `engine stopped: ${event.reason}`];
    case "file-changed":
      return fileWords(event, state);
    case "file-removed":
      return ["plain", `${base(event.path)} removed`];
    case "person-acted":
      return ["person", event.what, event.terminal];
    case "permission-answered": {
      const what = `${event.allowed ? "allowed" : "refused"} T${event.terminal} ${event.tool}${event.words === "" ? "" : `: ${event.words}`}`;
      return [
        event.by === "person" ? "person" : event.allowed ? "plain" : "warn",
        event.rule === null ? what : `${what} (rule ${event.rule})`,
        event.terminal,
      ];
    }
    case "acted-directly":
      return ["warn", gateWords(event), event.terminal];
    case "noticed":
      return [event.severity === "error" ? "bad" : event.severity === "warning" ? "warn" : "plain", event.text];
    case "forecast-made":
      return sayEnds(event.seq, state);
    case "checked-in":
      return ["plain", `check-in: ${event.line}`];
    case "timer-fired":
      return sayBlocker(event, state);
    case "marathon-settled":
      return ["warn", `nothing can go on without a person: ${event.why}`];
    case "marathon-resumed":
      return ["plain", `the marathon goes on: ${event.why}`];
    case "marathon-done": {
      const owed = owedWords(state);
      return [owed === null ? "good" : "warn", `marathon done: ${overview(state)}${owed === null ? "" : `; ${owed}`}`];
    }
    case "marathon-stopped":
      return ["person", `marathon stopped by ${event.by}: ${overview(state)}`];
    default:
      if (event.type.startsWith("task-")) return sayTask(event, state);
      return event.type.startsWith("terminal-") || event.type === "agent-reported" ? sayTerminal(event) : sayBlocker(event, state);
  }
}

function sayTask(event: Event, state: State): Words | null {
  switch (event.type) {
    case "task-assigned":
      return state.tasks[event.task]?.state === "running"
        ? ["plain", `T${event.terminal} works on ${named(state, event.task)}`, event.terminal]
        : ["plain", `${named(state, event.task)} goes to terminal ${event.terminal}: ${event.why}`, event.terminal];
    case "task-done":
      return ["good", `${by(event.terminal)}finished ${named(state, event.task)} (${event.source})`, event.terminal];
    case "task-blocked":
      return blockedWords(event, state);
    case "task-released":
      return [
        "warn",
        `${named(state, event.task)} waits for its terminal again: ${event.reason}`,
        state.tasks[event.task]?.terminal ?? null,
      ];
    case "task-reopened":
      return ["warn", `${named(state, event.task)} reopened: ${event.reason}`];
    case "task-dropped":
      return ["warn", `${named(state, event.task)} dropped: ${event.reason}`];
    default:
      return null;
  }
}

function sayTerminal(event: Event): Words | null {
  switch (event.type) {
    case "terminal-starting":
      return ["plain", `T${event.terminal} starting: ${event.reason}`, event.terminal];
    case "terminal-started":
      return ["plain", `T${event.terminal} up: ${event.program}`, event.terminal];
    case "terminal-exited":
      return event.signal
        ? ["bad", `T${event.terminal} ended by ${event.signal}`, event.terminal]
        : [event.code === 0 ? "plain" : "bad", `T${event.terminal} ended with exit code ${event.code ?? "unknown"}`, event.terminal];
    case "terminal-failed":
      return ["bad", `T${event.terminal} could not be started (${event.code}): ${event.message}`, event.terminal];
    case "terminal-retired":
      return ["warn", `T${event.terminal} takes no more work: ${event.reason}`, event.terminal];
    case "terminal-state":
      // The question itself is an event of its own.
      if (event.state === "asking" && event.source === "report") return null;
      if (event.state === "asking") return ["warn", `T${event.terminal} asks${askedFor(event.kind, event.evidence)}`, event.terminal];
      if (event.state === "busy" && event.kind === "rate-limit")
        return ["warn", `T${event.terminal} was refused for now and tries again${because(event.evidence)}`, event.terminal];
      if (event.state === "error")
        return ["bad", `T${event.terminal} shows an error${event.evidence ? `: ${event.evidence}` : ""}`, event.terminal];
      return null;
    case "terminal-notified": {
      const words = [event.title, event.text].filter((part) => part !== "").join(": ");
      return ["warn", `T${event.terminal} notifies: ${words}${event.missed > 0 ? ` (and ${event.missed} more)` : ""}`, event.terminal];
    }
    case "agent-reported":
      if (event.agent === "") return null;
      return event.state === "error"
        ? ["bad", `T${event.terminal} sub-agent ${event.agent} failed${because(event.message)}`, event.terminal]
        : null;
    default:
      return null;
  }
}

/** "blocked" is what is known of a report without words. */
function askedFor(kind: AskingKind | null, evidence: string | null): string {
  if (evidence !== null && evidence !== "" && evidence !== "blocked") return `: ${evidence}`;
  return kind === "permission" ? " for a permission" : kind === "auth" ? " for a login" : " a question";
}

function fileWords(event: Extract<Event, { readonly type: "file-changed" }>, state: State): Words | null {
  const { name, handoff, blocker } = event.reading;
  // A report speaks through its ticks, which are events of their own.
  if (name.kind === "report" || event.stale) return null;
  const known = state.files[event.path];
  const what = known && known.note !== null ? ` (${known.note})` : "";
  const tone = blocker && !blocker.resolved ? "warn" : handoff ? "good" : "plain";
  return [tone, `${base(event.path)} written${what}`, name.terminal];
}

function overview(state: State): string {
  const tasks = Object.values(state.tasks);
  return `${tasks.filter((task) => task.state === "done").length} of ${tasks.length} tasks done`;
}

/** "33 constraint_service.py". */
function named(state: State, task: number): string {
  const title = planIndex(state.plan).tasks.get(task)?.title;
  return title ? `${task} ${oneLine(title, 60)}` : `task ${task}`;
}

function by(terminal: number | null): string {
  return terminal === null ? "" : `T${terminal} `;
}

function because(note: string | null): string {
  return note ? `: ${note}` : "";
}

function whatItRan(kept: readonly number[]): string {
  if (kept.length === 0) return "what it ran has ended";
  return `the ${kept.length === 1 ? "program of terminal" : "programs of terminals"} ${listed(kept)} went on without it`;
}
