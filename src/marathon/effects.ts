/** What must be done because of an event, besides recording decisions. Derived from the event and the states around it. */
import { ofBlockerAct, timer } from "./blocker-effects.ts";
import { holderWords } from "./blockers.ts";
import { nextHolder } from "./chain.ts";
import { escalateAfterMs, escalatesItself, runOut } from "./escalation.ts";
import { checkInTimer } from "./time/check-in.ts";
import { ofPlanEvent } from "./plan-effects.ts";
import { isPlanEvent } from "./reduce/plan-events.ts";
import { isUp } from "./terminals.ts";
import type { Effect, Event, State, Terminal } from "./types.ts";
import { oneLine } from "./words.ts";

/** After an engine has started, whether anything goes on is asked once it has had time to start terminals (ms of t). */
const STANDING_TIMER = "standing";
const STANDING_AFTER_MS = 1000;

/** The effects of `event`, in the order in which they must happen. */
export function consequences(before: State, after: State, event: Event): readonly Effect[] {
  if (isPlanEvent(event)) return ofPlanEvent(before, after, event);
  switch (event.type) {
    case "terminal-starting":
      return after.terminals[event.terminal]
        ? [
            { kind: "update-assignment", terminal: event.terminal },
            { kind: "start-terminal", terminal: event.terminal },
          ]
        : [];
    case "task-done":
      return [...ofTask(before, after, event.task), ...newBlockers(before, after), ...ofListed(after, event.task)];
    case "task-assigned":
    case "task-blocked":
    case "task-released":
    case "task-reopened":
    case "task-dropped":
      return [...ofTask(before, after, event.task), ...newBlockers(before, after)];
    case "file-changed":
    case "silence-began":
      return newBlockers(before, after);
    case "blocker-closed":
    case "blocker-escalated":
    case "blocker-reassigned":
    case "blocker-fell-back":
    case "blocker-resumed":
    case "blocker-undone":
      return ofBlockerAct(before, after, event);
    case "fallback-started":
      return [{ kind: "run-fallback", terminal: event.terminal }];
    case "terminal-exited":
      // What is decided about the task says it.
      return event.crash ? [] : ofTerminal(before, after, event.terminal);
    case "terminal-state":
    case "terminal-failed":
    case "terminal-retired":
      return ofTerminal(before, after, event.terminal);
    case "engine-started":
      return engineStarted(after);
    case "checked-in":
    case "marathon-resumed":
      return checkInTimer(after);
    case "timer-fired":
      return overdue(after, event);
    case "marathon-settled":
      return [announce("warning", `nothing can go on without a person: ${event.why}`)];
    case "marathon-done":
      return [
        ...upOnes(after).map((terminal): Effect => ({ kind: "update-assignment", terminal: terminal.number })),
        announce("info", "the marathon is done"),
        { kind: "finish" },
      ];
    default:
      return [];
  }
}

/** Timers live in the engine: a new one sets them anew. */
function engineStarted(state: State): Effect[] {
  const standing: Effect = { kind: "set-timer", timer: STANDING_TIMER, t: state.t + STANDING_AFTER_MS };
  const open = Object.values(state.blockers).filter((blocker) => blocker.state === "open");
  return [standing, ...checkInTimer(state), ...open.flatMap((blocker) => timer(state, blocker, state.t))];
}

/** Terminals whose list of work changed are told; the one that now has the task is handed it. */
function ofTask(before: State, after: State, number: number): Effect[] {
  const [old, now] = [before.tasks[number], after.tasks[number]];
  if (!old || !now || old === now) return [];
  const concerned = new Set([old.terminal, now.terminal]);
  const effects = upOnes(after).flatMap((terminal): Effect[] =>
    concerned.has(terminal.number) ? [{ kind: "update-assignment", terminal: terminal.number }] : [],
  );
  if (now.state === "running" && now.terminal !== null && !(old.state === "running" && old.terminal === now.terminal)) {
    effects.push({ kind: "hand-over", terminal: now.terminal, task: number });
  }
  return effects;
}

function ofTerminal(before: State, after: State, number: number): Effect[] {
  const [old, now] = [before.terminals[number], after.terminals[number]];
  if (!old || !now) return [];
  if (now.state === "asking" && old.state !== "asking")
    return [announce("warning", `terminal ${number} asks: ${oneLine(now.evidence ?? "a question")}`)];
  if (now.retired && !old.retired) return [announce("warning", `terminal ${number} takes no more work`)];
  if (now.exit === null || old.exit !== null) return [];
  if (now.state === "error") return [announce("error", `terminal ${number} could not be started: ${oneLine(now.evidence ?? "")}`)];
  const bad = now.exit.signal !== null || now.exit.code !== 0;
  return bad && old.task !== null && after.tasks[old.task]?.state === "ready"
    ? [announce("error", `terminal ${number} ${now.evidence ?? "ended"} in the middle of task ${old.task}`)]
    : [];
}

/** Its line in the list for people is ticked. */
function ofListed({ todo, tasks }: State, task: number): Effect[] {
  return todo?.tasks?.[task] !== undefined && tasks[task]?.state === "done" ? [{ kind: "write-listed", task }] : [];
}

function newBlockers(before: State, after: State): Effect[] {
  if (before.counters.blockers === after.counters.blockers) return [];
  const fresh = Object.values(after.blockers).filter((blocker) => !(blocker.id in before.blockers));
  return fresh.flatMap((blocker) => [
    announce(blocker.priority === "P0" ? "error" : "warning", `blocker ${blocker.id} (${blocker.priority}): ${blocker.title}`),
    ...timer(after, blocker, after.t),
  ]);
}

function overdue(state: State, event: Event): Effect[] {
  const blocker = runOut(state, event);
  // What goes up by itself is said when it does.
  if (!blocker || (escalatesItself(state) && nextHolder(state, blocker) !== null)) return [];
  const minutes = Math.round(escalateAfterMs(state) / 60_000);
  const stands =
    blocker.heldSince === undefined ? `is ${minutes} minutes old` : `has been with ${holderWords(blocker.holder)} for ${minutes} minutes`;
  return [announce("error", `blocker ${blocker.id} ${stands}: escalate it (${blocker.title})`)];
}

function upOnes(state: State): Terminal[] {
  return Object.values(state.terminals).filter(isUp);
}

function announce(severity: "info" | "warning" | "error", text: string): Effect {
  return { kind: "announce", severity, text };
}
