/**
 * What somebody wants to do about a blocker, judged against the state: the fact to record, or why it is refused. Keys, commands
 * and agents all come through here, so that the same wish has the same outcome wherever it comes from.
 */
import { bufferSession } from "./buffer-session.ts";
import { viewOf } from "./blockers.ts";
import { oneLine } from "./words.ts";
import { candidatesFor, refusal } from "./candidates.ts";
import { nextHolder } from "./chain.ts";
import { broughtBack, chosenFallback, fallbacksOf } from "./fallbacks.ts";
import { isSilence, isStandstill } from "./silence.ts";
import { isOver } from "./terminals.ts";
import { lastActed, undoRefusal } from "./undo.ts";
import type { Blocker, Fact, Fallback, State } from "./types.ts";

export type BlockerWish =
  | { readonly act: "escalate" }
  | { readonly act: "reassign"; readonly to: number }
  /** `task` pulls a task of the plan forward; `choice` takes one of the offered fallbacks by its place, if it still has these `words`; else the first. */
  | { readonly act: "fallback"; readonly task?: number; readonly choice?: number; readonly words?: string }
  | { readonly act: "resume" }
  | { readonly act: "resolve" }
  | { readonly act: "known" }
  /** The note says what it taught; also of one that is over. */
  | { readonly act: "learn" }
  | { readonly act: "undo" };

export interface Actor {
  readonly by: string;
  readonly note: string | null;
}

export type Judged = { readonly fact: Fact } | { readonly refused: string };

const MOST_NOTE = 2000;

/** `id` as people type it: "B1", "b1" or "1"; "last" is the one that was acted on last. */
export function findBlocker(state: State, id: string): Blocker | null {
  if (id.trim().toLowerCase() === "last") return lastActed(state);
  const wanted = /^b?0*([1-9]\d*)$/i.exec(id.trim())?.[1];
  return (wanted === undefined ? undefined : state.blockers[`B${wanted}`]) ?? null;
}

/** Why there is no such blocker, with those that there are. */
export function unknownBlocker(state: State, id: string): string {
  if (id.trim().toLowerCase() === "last") return "nothing was done about any blocker that could be taken back";
  const open = Object.values(state.blockers).filter((blocker) => blocker.state !== "resolved");
  const known = open.length === 0 ? "none is open" : `open are ${open.map((blocker) => blocker.id).join(", ")}`;
  return `there is no blocker "${oneLine(id, 40)}": ${known} (marathon blockers --all lists every one)`;
}

export function judgeWish(state: State, blocker: Blocker, wish: BlockerWish, actor: Actor): Judged {
  const act = { blocker: blocker.id, by: actor.by, note: actor.note === null ? null : oneLine(actor.note, MOST_NOTE) || null };
  const over = blocker.state === "resolved" && wish.act !== "undo" && wish.act !== "learn" ? `${blocker.id} is resolved already` : null;
  if (over !== null) return { refused: over };
  switch (wish.act) {
    case "escalate":
      return escalate(state, blocker, act);
    case "reassign":
      return reassign(state, blocker, wish.to, act);
    case "fallback":
      return fallBack(state, blocker, wish, act);
    case "resume":
      if (parkedTasks(state, blocker).length === 0 && blocker.state !== "parked")
        return { refused: `${blocker.id} is not parked, so there is nothing to bring back; resolve it to try its work again` };
      return { fact: { type: "blocker-resumed", ...act } };
    case "resolve":
      return { fact: { type: "blocker-closed", as: "resolved", ...act } };
    case "known":
      if (blocker.state === "known") return { refused: `${blocker.id} is marked as known already` };
      return { fact: { type: "blocker-closed", as: "known", ...act } };
    case "learn":
      if (act.note === null) return { refused: `say what ${blocker.id} taught: --note "TEXT"` };
      return { fact: { type: "blocker-learnt", ...act } };
    case "undo": {
      const why = undoRefusal(state, blocker);
      return why === null && blocker.undo ? { fact: { type: "blocker-undone", act: blocker.undo.act, ...act } } : { refused: why ?? "" };
    }
  }
}

/** The tasks that an act moves: those it stops, whether blocked or parked. */
export function stoppedTasks(state: State, blocker: Blocker): readonly number[] {
  return blocker.tasks.filter((number) => state.tasks[number]?.blocker === blocker.id);
}

type Act = { readonly blocker: string } & Actor;

function escalate(state: State, blocker: Blocker, act: Act): Judged {
  if (blocker.state === "parked") return { refused: `${blocker.id} is parked: its alarm is off. Resume it first, or resolve it` };
  if (blocker.state === "known")
    return { refused: `${blocker.id} is marked as known: its alarm is off. Take that back (undo) to escalate it` };
  const to = nextHolder(state, blocker);
  if (to === null) return { refused: `${blocker.id} is with a person already, and nobody is above: it waits for you` };
  return { fact: { type: "blocker-escalated", to, ...act } };
}

function reassign(state: State, blocker: Blocker, to: number, act: Act): Judged {
  const tasks = stoppedTasks(state, blocker);
  if (isSilence(state, blocker)) return { refused: silent(blocker) };
  if (tasks.length === 0) return { refused: `${blocker.id} stops no task, so there is nothing to move` };
  const why = refusal(state, to, tasks);
  const candidates = candidatesFor(state, blocker, tasks);
  if (why !== null) {
    const best = candidates.find((one) => one.refused === null);
    return { refused: best ? `${why}; terminal ${best.terminal} could take it (${best.reasons[0] ?? "it is there"})` : why };
  }
  const chosen = candidates.find((one) => one.terminal === to);
  const buffer = bufferSession(state.plan);
  const carried = buffer?.terminals.has(to) ? { session: buffer.session.id } : {};
  return { fact: { type: "blocker-reassigned", tasks, to, why: chosen?.reasons.slice(0, 2).join(", ") ?? "chosen", ...carried, ...act } };
}

function fallBack(state: State, blocker: Blocker, wish: Extract<BlockerWish, { act: "fallback" }>, act: Act): Judged {
  if (isSilence(state, blocker)) return { refused: silent(blocker) };
  if (blocker.state === "parked")
    return { refused: `${blocker.id} is parked already: its fallback is "${blocker.fallback?.text ?? "chosen"}"` };
  if (blocker.state === "known") return { refused: `${blocker.id} is marked as known; take that back (undo) to park its work` };
  const fallback = wish.task === undefined ? fallbacksOf(state, blocker)[wish.choice ?? 0] : chosen(state, wish.task);
  if (fallback === undefined) return { refused: `there is no such fallback; marathon blocker ${blocker.id} lists them` };
  if (typeof fallback === "string") return { refused: fallback };
  if (wish.words !== undefined && fallback.text !== wish.words)
    return { refused: `what could be done instead of ${blocker.id} has changed meanwhile: nothing was done; press f again` };
  return { fact: { type: "blocker-fell-back", fallback: { ...fallback, gain: gainOf(state, blocker, fallback) }, ...act } };
}

function gainOf(state: State, blocker: Blocker, fallback: Fallback): NonNullable<Fallback["gain"]> {
  const { atRiskMs } = viewOf(state, state.t, blocker);
  const { ms, planned } = broughtBack(state, state.t, fallback, stoppedTasks(state, blocker), atRiskMs);
  return { bringsBackMs: ms, ofMs: atRiskMs, planned };
}

function silent(blocker: Blocker): string {
  const { terminal, tasks } = blocker;
  if (isStandstill(blocker))
    return `task ${tasks[0]} only waits for a person in terminal ${terminal}: answer it (a) or look at it; if it cannot go on, block the task (B) first`;
  return `the agent in terminal ${terminal} is only silent, and task ${tasks[0]} runs there: look at it; if it hangs, block the task (B) or stop the terminal first`;
}

function chosen(state: State, number: number): Fallback | string {
  const task = state.tasks[number];
  if (!task) return `task ${number} is not in the plan`;
  if (isOver(task)) return `task ${number} is ${task.state} already: choose another`;
  if (task.state === "running") return `terminal ${task.terminal} works on task ${number} already: choose another`;
  if (task.state === "ready") return chosenFallback(state, number);
  return `task ${number} cannot be begun now: it ${task.waitsFor ?? `is ${task.state}`}`;
}

function parkedTasks(state: State, blocker: Blocker): readonly number[] {
  return stoppedTasks(state, blocker).filter((number) => state.tasks[number]?.state === "parked");
}
