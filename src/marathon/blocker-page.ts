/** Everything that is known of a blocker and what can be done about it, as sections of plain lines: for the dashboard and the command. */
import type { BlockerView } from "./blockers.ts";
import { stoppedTasks } from "./blocker-judge.ts";
import { candidatesFor, type Candidate } from "./candidates.ts";
import { chainOf } from "./chain.ts";
import { HOUR } from "./estimates.ts";
import { escalateAfterMs, escalatesItself } from "./escalation.ts";
import { broughtBack, fallbacksOf, type BroughtBack } from "./fallbacks.ts";
import { movedWords } from "./ends-moved.ts";
import { holderWords, hoursHit } from "./blockers.ts";
import { messagesOf } from "./messages.ts";
import { planIndex } from "./plan-index.ts";
import { protocolSteps } from "./protocol-steps.ts";
import { planTime, stopwatch } from "./time/plan-time.ts";
import type { Blocker, Fallback, State } from "./types.ts";
import { undoneWords } from "./undo.ts";
import { oneLine } from "./words.ts";

export interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

const MOST_CANDIDATES = 4;

/** The sections in the order in which a tired person needs them; none is empty. `timeOfDay` says a wall clock's ms as the reader's own clock does. */
export function blockerPage(state: State, t: number, view: BlockerView, timeOfDay: (at: number) => string): readonly Section[] {
  const { blocker } = view;
  const stopped = stoppedTasks(state, blocker);
  const sections: readonly Section[] = [
    { title: "Where it stands", lines: standing(state, view) },
    { title: "What was seen", lines: seen(blocker) },
    { title: "Tried", lines: (blocker.tried ?? []).map((text) => oneLine(text, 300)) },
    { title: "Not tried yet", lines: (blocker.notTried ?? []).map((text) => oneLine(text, 300)) },
    { title: "What it stops", lines: affected(state, view) },
    {
      title: "Who could take over (r)",
      lines: blocker.state === "resolved" ? [] : candidates(state, blocker, stopped),
    },
    { title: "What could be done instead (f)", lines: blocker.state === "open" ? instead(state, t, view, stopped) : [] },
    { title: "What happened", lines: history(blocker, timeOfDay) },
    {
      title: "Steps of the protocol",
      lines: [
        protocolSteps(blocker)
          .map((step) => `[${step.done ? "x" : " "}] ${step.title}${step.step === "record-learnings" && !step.done ? " (X)" : ""}`)
          .join("  "),
      ],
    },
  ];
  return sections.filter(({ lines }) => lines.length > 0);
}

/** "terminal 5 (QA_TESTER): sibling under COORD_QUALITY, and idle; nothing else to do". */
export function candidateLine({ terminal, role, reasons, cautions, refused }: Candidate): string {
  const name = `terminal ${terminal}${role === null ? "" : ` (${role})`}`;
  if (refused !== null) return `${name}: no, ${refused}`;
  return `${name}: ${reasons.join("; ")}${cautions.length > 0 ? ` - but ${cautions.join("; ")}` : ""}`;
}

/** The best; all of them are in the question. */
function candidates(state: State, blocker: Blocker, stopped: readonly number[]): readonly string[] {
  const all = candidatesFor(state, blocker, stopped);
  const left = all.length - MOST_CANDIDATES;
  return [...all.slice(0, MOST_CANDIDATES).map(candidateLine), ...(left > 0 ? [`and ${left} more`] : [])];
}

/** "1.5 h"; what would round to nothing is given in minutes. */
export function hoursWords(ms: number): string {
  if (ms > 0 && ms < HOUR / 10) return planTime(ms);
  return `${Math.round((ms / 3_600_000) * 10) / 10} h`;
}

/** "brings back 1.5 h of 3 h (…)"; empty when nothing can be said. */
export function gainWords({ ms, planned, rule }: BroughtBack, atRiskMs: number): string {
  const words = bringsWords(ms, atRiskMs, planned);
  return words === "" ? "" : `${words} (${rule})`;
}

/** "brings back 1.5 h of 3 h"; empty when it is nothing. */
export function bringsWords(ms: number, atRiskMs: number, planned: boolean): string {
  if (ms <= 0) return "";
  const hours = `${hoursWords(ms)} of ${hoursWords(atRiskMs)}`;
  return planned ? `brings back ${hours}` : `puts ${hours} to use, none of it for the plan`;
}

function standing(state: State, { blocker, ageMs, sessionMs, toEscalationMs, atRiskMs, affects }: BlockerView): readonly string[] {
  const clock = stopwatch(escalateAfterMs(state));
  const left = toEscalationMs < 0 ? `over by ${stopwatch(-toEscalationMs)}` : `${stopwatch(toEscalationMs)} left`;
  const auto = escalatesItself(state) ? "then it goes up by itself" : "it goes up only by hand (e)";
  const message = messagesOf(state).findLast((one) => one.blocker === blocker.id);
  return [
    `with ${holderWords(blocker.holder)}${blocker.holder.level === "human" ? ": it waits for you" : ""}`,
    `open for ${stopwatch(ageMs)} since it was identified${sessionMs === null ? "" : `; its session began ${stopwatch(sessionMs)} ago`}`,
    ...(blocker.state === "open" && blocker.holder.level !== "human" ? [`each holder has ${clock}: ${left}; ${auto}`] : []),
    `chain: ${chainOf(state, blocker).map(holderWords).join(" > ")}`,
    ...(atRiskMs > 0 ? [`${hoursWords(atRiskMs)} of planned work at risk${shareWords(state, affects)}`] : []),
    ...(blocker.fallback && blocker.state === "parked" ? [`parked; instead: ${insteadWords(blocker.fallback)}`] : []),
    ...endWords(blocker),
    ...(blocker.cause === null ? [] : [`cause: ${oneLine(blocker.cause, 400)}`]),
    ...(blocker.follows ? [`the same work was stopped before: ${blocker.follows}`] : []),
    ...(blocker.issue ? [blocker.issue.url === null ? `issue text kept in ${blocker.issue.file}` : `issue ${blocker.issue.url}`] : []),
    ...(message ? [`terminal ${message.terminal} was told: ${message.state}${message.why === null ? "" : ` (${message.why})`}`] : []),
  ];
}

/** "; it hits sessions of 12 h out of 32 h planned, 37.5 %". */
function shareWords(state: State, affects: BlockerView["affects"]): string {
  const share = hoursHit(state, affects);
  if (share === null) return "";
  return `; it hits sessions of ${share.hit} h out of ${share.all} h planned, ${Math.round((share.hit / share.all) * 1000) / 10} %`;
}

function insteadWords({ text, gain }: Fallback): string {
  const words = gain ? bringsWords(gain.bringsBackMs, gain.ofMs, gain.planned) : "";
  return `${oneLine(text, 200)}${words === "" ? "" : `: ${words}`}`;
}

/** What the forecasts say: the end with it and without it, and since something was done. */
function endWords({ ends }: Blocker): readonly string[] {
  const [raised, acted] = [ends?.raised && movedWords(ends.raised), ends?.acted && movedWords(ends.acted)];
  return [
    ...(raised ? [`when it came, the end was forecast for ${raised}`] : []),
    ...(acted ? [`since the last act on it, the end is forecast for ${acted}`] : []),
  ];
}

function seen(blocker: Blocker): readonly string[] {
  return blocker.evidence.map(({ source, line, file }) => `${oneLine(line, 400)}  (${oneLine(file === null ? source : base(file), 200)})`);
}

function affected(state: State, { affects }: BlockerView): readonly string[] {
  const { tasks } = planIndex(state.plan);
  return affects.map(({ kind, id, effect }) => {
    const title = kind === "task" ? tasks.get(Number(id))?.title : state.plan.sessions.find((session) => session.id === id)?.name;
    return `${kind} ${id} ${oneLine(title ?? "", 80)}: ${effect.replace("-", " ")}`;
  });
}

function instead(state: State, t: number, { blocker, atRiskMs }: BlockerView, stopped: readonly number[]): readonly string[] {
  const all = fallbacksOf(state, blocker);
  const planned = all.filter((one) => one.from !== "standing" && one.from !== "buffer");
  const buffer = all.filter((one) => one.from === "buffer");
  const standing = all.filter((one) => one.from === "standing");
  const gain = (fallback: Fallback): string => {
    const words = gainWords(broughtBack(state, t, fallback, stopped, atRiskMs), atRiskMs);
    return words === "" ? "" : `: ${words}`;
  };
  return [
    ...planned.map((one) => `${oneLine(one.text, 200)} (the plan says so)${gain(one)}`),
    ...buffer.map((one) => `${oneLine(one.text, 200)}: the plan keeps it for blockers`),
    // What they bring is the same for each.
    ...standing.slice(0, 1).map((one) => `always possible: ${standing.map(({ text }) => text).join("; ")}${gain(one)}`),
  ];
}

function history(blocker: Blocker, timeOfDay: (at: number) => string): readonly string[] {
  return blocker.history.map((act) => {
    const by = act.by.startsWith("file ") ? base(act.by) : act.by;
    return `${timeOfDay(act.at)} ${actWords(act)}, by ${oneLine(by, 80)}${act.note === null ? "" : `: ${oneLine(act.note, 240)}`}`;
  });
}

/** "escalated from QA_TESTER to COORD_QUALITY", "parked; instead: task 6". */
function actWords({ act, from, to }: Blocker["history"][number]): string {
  if (act === "fell-back") return `parked; instead: ${oneLine(to ?? "", 120)}`;
  if (act === "undone") return `${undoneWords(from ?? "")} taken back`;
  if (act === "documented") return `documented in ${base(to ?? "")}`;
  return `${act}${from === null ? "" : ` from ${from}`}${to === null ? "" : ` to ${oneLine(to, 120)}`}`;
}

function base(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
