/** Sentences about what is done with blockers. */
import { bringsWords } from "./blocker-page.ts";
import { holderWords } from "./blockers.ts";
import type { Words } from "./describe.ts";
import { endsToldBy, movedWords } from "./ends-moved.ts";
import { escalateAfterMs, escalatesItself, runOut } from "./escalation.ts";
import type { Event, Fallback, State } from "./types.ts";
import { deadWords, isOver } from "./terminals.ts";
import { undoneWords } from "./undo.ts";
import { listed } from "./words.ts";

/** See `describe`; null for what is of no use to a person. */
export function sayBlocker(event: Event, state: State): Words | null {
  switch (event.type) {
    case "blocker-closed":
      return event.as === "known"
        ? ["warn", `${event.blocker} marked as known${by(event)}${because(event.note)}`]
        : ["good", `${event.blocker} resolved${by(event)}${because(event.note)}${standsStill(event, state)}`];
    case "blocker-escalated":
      return [
        event.to.level === "human" ? "bad" : "warn",
        `${event.blocker} escalated to ${holderWords(event.to)}${by(event)}${because(event.note)}`,
      ];
    case "blocker-reassigned":
      return [
        "person",
        `${event.blocker}: ${listed(event.tasks)} reassigned to terminal ${event.to}${event.session === undefined ? "" : ` in session ${event.session}`}${by(event)} (${event.why})`,
        event.to,
      ];
    case "blocker-fell-back":
      return [
        "person",
        `${event.blocker} parked${by(event)}; instead: ${event.fallback.text}${gain(event.fallback)}`,
        state.blockers[event.blocker]?.terminal ?? null,
      ];
    case "blocker-resumed":
      return ["person", `${event.blocker} resumed${by(event)}: its work is tried again${because(event.note)}${standsStill(event, state)}`];
    case "blocker-undone":
      return ["person", `${event.blocker}: ${undoneWords(event.act)} was taken back${by(event)}${because(event.note)}`];
    case "blocker-documented":
      return ["person", `${event.blocker} documented in ${base(event.file)}${by(event)}`];
    case "blocker-learnt":
      return ["person", `what ${event.blocker} taught, noted${by(event)}${because(event.note)}`];
    case "blocker-issued":
      return [
        "person",
        `${event.blocker} ${event.url === null ? `issue text kept in ${base(event.file ?? "")}` : `is issue ${event.url}`}`,
      ];
    case "silence-began":
      return ["bad", silenceWords(event), event.terminal];
    case "silence-ended":
      return ["good", `T${event.terminal} goes on`, event.terminal];
    case "fallback-started":
      return ["plain", `T${event.terminal} runs the fallback of ${event.blocker}`, event.terminal];
    case "fallback-ended":
      return [
        event.code === 0 ? "good" : "bad",
        `T${event.terminal} fallback ended ${event.signal ? `by ${event.signal}` : `with exit code ${event.code ?? "unknown"}`}`,
        event.terminal,
      ];
    default:
      return overdue(event, state);
  }
}

function silenceWords({ terminal, task, minutes, waits }: Extract<Event, { readonly type: "silence-began" }>): string {
  if (waits === undefined) return `T${terminal} has shown nothing for ${minutes} minutes on task ${task}: look at it`;
  const what = waits === "asking" ? "asked" : waits === "error" ? "shown an error" : "said that it is blocked";
  return `T${terminal} has ${what} for ${minutes} minutes on task ${task}, and nobody came`;
}

/** What choosing it was reckoned to bring. */
function gain({ gain: reckoned }: Fallback): string {
  const words = reckoned ? bringsWords(reckoned.bringsBackMs, reckoned.ofMs, reckoned.planned) : "";
  return words === "" ? "" : ` (${words})`;
}

/** What a forecast has told of acts on blockers: the newest of them. */
export function sayEnds(seq: number, state: State): Words | null {
  const told = endsToldBy(state, seq).at(-1);
  const words = told && movedWords(told.moved);
  return words ? ["person", `the end is now forecast for ${words}, after what was done about ${told.blocker.id}`] : null;
}

/** Work is given back to a terminal in which nothing can begin. */
function standsStill({ blocker }: { readonly blocker: string }, state: State): string {
  const tasks = (state.blockers[blocker]?.tasks ?? []).flatMap((number) => state.tasks[number] ?? []);
  const homes = [...new Set(tasks.filter((task) => !isOver(task)).flatMap(({ terminal }) => terminal ?? []))];
  return homes.flatMap((number) => deadWords(state, number) ?? []).reduce((said, words) => `${said}. ${words.replace(/\.$/u, "")}`, "");
}

/** A holder's time is over. What goes up by itself is said when it does. */
function overdue(event: Event, state: State): Words | null {
  const blocker = runOut(state, event);
  if (!blocker || escalatesItself(state)) return null;
  return ["bad", `${blocker.id} is ${escalateAfterMs(state) / 60_000} minutes old and still open: ${blocker.title}`, blocker.terminal];
}

/** Files and the marathon itself speak in the words that they give. */
function by(event: { readonly by: string }): string {
  return /^(?:a person|the clock|terminal )/.test(event.by) ? ` by ${event.by}` : "";
}

function because(note: string | null): string {
  return note ? `: ${note}` : "";
}

function base(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
