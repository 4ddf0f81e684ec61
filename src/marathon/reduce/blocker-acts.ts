/**
 * What people, agents and the clock do about a blocker. Work moves in one event; an act remembers how things were, so that it can
 * be taken back (see undo.ts). A fact that does not fit the state changes nothing: the journal may be read by another version.
 */
import { endMoves } from "../ends-moved.ts";
import type { Draft } from "../draft.ts";
import { planIndex } from "../plan-index.ts";
import { isOver } from "../terminals.ts";
import type { Blocker, BlockerAct, Event, Task } from "../types.ts";
import { advanced, noteAct, remembered, shut } from "./blockers.ts";
import { carry } from "./carry.ts";
import { forgetFallbacks, move, unblockTerminal } from "./moves.ts";
import { leaveTerminal } from "./tasks.ts";

type Of<T extends Event["type"]> = Extract<Event, { readonly type: T }>;

export function blockerEscalated(draft: Draft, event: Of<"blocker-escalated">): void {
  const blocker = draft.state.blockers[event.blocker];
  if (blocker?.state !== "open") return;
  draft.setBlocker({ ...blocker, holder: event.to, heldSince: event.t, undo: remembered(draft, blocker, "escalated", []) });
  noteAct(draft, blocker.id, { act: "escalated", from: words(blocker.holder), to: words(event.to), note: event.note }, event.by);
}

export function blockerReassigned(draft: Draft, event: Of<"blocker-reassigned">): void {
  const blocker = draft.state.blockers[event.blocker];
  const target = draft.state.terminals[event.to];
  if (!blocker || blocker.state === "resolved" || !target) return;
  const tasks = event.tasks.flatMap((number) => draft.state.tasks[number] ?? []).filter((task) => !isOver(task));
  const undo = remembered(
    draft,
    blocker,
    "reassigned",
    tasks.map((task) => before(task, event.to, event.session === undefined ? undefined : draft)),
  );
  for (const task of tasks) {
    leaveTerminal(draft, task, `task ${task.number} went to terminal ${event.to}`);
    const home = task.movedFrom ?? task.terminal;
    move(draft, task, "ready", {
      terminal: event.to,
      blocker: null,
      clearedSeq: event.seq,
      movedSeq: event.seq,
      movedFrom: home === event.to ? null : home,
    });
    if (task.terminal !== null) unblockTerminal(draft, task.terminal, `task ${task.number} went to terminal ${event.to}`);
    if (event.session !== undefined) carry(draft, event, task.number, event.session, `${blocker.id}: ${blocker.title}`);
  }
  draft.setBlocker({ ...blocker, ...advanced(blocker, "update-plan"), ...acted(draft, blocker), terminal: event.to, undo });
  const from = [...new Set(tasks.map((task) => task.terminal))].filter((number) => number !== null);
  const origin = from.length === 0 ? null : `terminal ${from.join(", ")}`;
  noteAct(draft, blocker.id, { act: "reassigned", from: origin, to: `terminal ${event.to}`, note: event.note ?? event.why }, event.by);
  forgetFallbacks(draft, blocker.id);
  closeIfIdle(draft, blocker.id, event.by, `its work goes on in terminal ${event.to}`);
}

export function blockerFellBack(draft: Draft, event: Of<"blocker-fell-back">): void {
  const blocker = draft.state.blockers[event.blocker];
  if (!blocker || blocker.state === "resolved" || blocker.state === "parked") return;
  const stopped = held(draft, blocker, "blocked");
  const homes = [...new Set([...stopped.map((task) => task.terminal), blocker.terminal])].filter((number) => number !== null);
  const pulled = event.fallback.tasks
    .flatMap((number) => draft.state.tasks[number] ?? [])
    .filter((task) => task.state === "ready" || task.state === "waiting");
  const { session } = event.fallback;
  const taker = (index: number): number | null => homes[index % Math.max(1, homes.length)] ?? null;
  const undo = remembered(draft, blocker, "fell-back", [
    ...stopped.map((task) => before(task, task.terminal, session === undefined ? undefined : draft)),
    ...pulled.map((task, index) => before(task, taker(index))),
  ]);
  for (const task of stopped) {
    move(draft, task, "parked", { waitsFor: null });
    if (session !== undefined) carry(draft, event, task.number, session, `${blocker.id}: ${blocker.title}`);
  }
  for (const number of homes) unblockTerminal(draft, number, `${blocker.id} is parked`);
  for (const [index, task] of pulled.entries()) {
    const to = taker(index);
    if (to === null) continue;
    const from = task.terminal === to ? (task.movedFrom ?? null) : (task.movedFrom ?? task.terminal);
    move(draft, task, task.state, { terminal: to, movedSeq: event.seq, movedFrom: from });
  }
  if (pulled.length === 0 && event.fallback.from !== "buffer") for (const number of homes) setFallback(draft, number, blocker.id, event);
  const now = { ...advanced(blocker, "pivot"), ...acted(draft, blocker) };
  draft.setBlocker({ ...blocker, ...now, state: "parked", fallback: event.fallback, undo });
  noteAct(draft, blocker.id, { act: "fell-back", from: null, to: event.fallback.text, note: event.note }, event.by);
}

export function blockerResumed(draft: Draft, event: Of<"blocker-resumed">): void {
  const blocker = draft.state.blockers[event.blocker];
  if (!blocker || blocker.state === "resolved") return;
  const parked = held(draft, blocker, "parked");
  const undo = remembered(
    draft,
    blocker,
    "resumed",
    parked.map((task) => before(task, task.terminal)),
  );
  for (const task of parked) move(draft, task, "ready", { blocker: null, clearedSeq: event.seq, movedSeq: event.seq });
  draft.setBlocker({ ...blocker, ...acted(draft, blocker), undo });
  forgetFallbacks(draft, blocker.id);
  noteAct(draft, blocker.id, { act: "resumed", from: null, to: null, note: event.note }, event.by);
  closeIfIdle(draft, blocker.id, event.by, "its work is tried again");
}

export function blockerDocumented(draft: Draft, event: Of<"blocker-documented">): void {
  const blocker = draft.state.blockers[event.blocker];
  if (!blocker) return;
  draft.setBlocker({ ...blocker, ...advanced(blocker, "document") });
  noteAct(draft, blocker.id, { act: "documented", from: null, to: event.file, note: event.note }, event.by);
}

export function blockerIssued(draft: Draft, event: Of<"blocker-issued">): void {
  const blocker = draft.state.blockers[event.blocker];
  if (!blocker) return;
  draft.setBlocker({ ...blocker, ...advanced(blocker, "issue"), issue: { url: event.url, file: event.file } });
  noteAct(draft, blocker.id, { act: "issued", from: null, to: event.url ?? event.file, note: event.note }, event.by);
}

export function blockerLearnt(draft: Draft, event: Of<"blocker-learnt">): void {
  const blocker = draft.state.blockers[event.blocker];
  if (!blocker) return;
  draft.setBlocker({ ...blocker, ...advanced(blocker, "record-learnings") });
  noteAct(draft, blocker.id, { act: "learnt", from: null, to: null, note: event.note }, event.by);
}

export function fallbackStarted(draft: Draft, event: Of<"fallback-started">): void {
  const terminal = draft.state.terminals[event.terminal];
  if (terminal?.fallback) draft.setTerminal({ ...terminal, fallback: { ...terminal.fallback, state: "running" } });
}

export function fallbackEnded(draft: Draft, event: Of<"fallback-ended">): void {
  const terminal = draft.state.terminals[event.terminal];
  if (!terminal?.fallback) return;
  const { blocker, text } = terminal.fallback;
  draft.setTerminal({ ...terminal, fallback: null });
  const how = event.signal ? `ended by ${event.signal}` : `ended with exit code ${event.code ?? "unknown"}`;
  noteAct(
    draft,
    blocker,
    { act: "noted", from: null, to: null, note: `the fallback in terminal ${event.terminal} ${how}: ${text}` },
    "marathon",
  );
}

function setFallback(draft: Draft, number: number, blocker: string, { fallback }: Of<"blocker-fell-back">): void {
  const terminal = draft.state.terminals[number];
  if (!terminal || terminal.fallback?.state === "running") return;
  const state = terminal.perTask && fallback.run !== null ? "due" : "told";
  draft.setTerminal({ ...terminal, fallback: { blocker, text: fallback.text, run: fallback.run, state } });
}

/** A blocker that stops nothing any more is over. */
function closeIfIdle(draft: Draft, id: string, by: string, why: string): void {
  const blocker = draft.state.blockers[id];
  if (!blocker || blocker.state === "resolved") return;
  if (!blocker.tasks.some((number) => draft.state.tasks[number]?.blocker === id)) shut(draft, id, "resolved", by, why);
  else if (blocker.state === "parked" && held(draft, blocker, "blocked").length > 0) draft.setBlocker({ ...blocker, state: "open" });
}

function held(draft: Draft, blocker: Blocker, state: Task["state"]): readonly Task[] {
  return blocker.tasks.flatMap((number) => {
    const task = draft.state.tasks[number];
    return task?.blocker === blocker.id && task.state === state ? [task] : [];
  });
}

/** The next forecast will tell what the act does to the end. */
function acted(draft: Draft, { ends }: Blocker): Pick<Blocker, "ends"> {
  const moves = endMoves(draft.state);
  return moves === undefined ? {} : { ends: { ...ends, acted: moves } };
}

/** `carries`: the act takes it to another session, too. */
function before(task: Task, now: number | null, carries?: Draft): Parameters<typeof remembered>[3][number] {
  const state = task.state === "blocked" || task.state === "parked" ? task.state : "ready";
  const session = carries && { session: planIndex(carries.state.plan).tasks.get(task.number)?.session ?? null };
  return { number: task.number, state, terminal: task.terminal, blocker: task.blocker, now, ...session };
}

function words({ level, role, terminal }: Blocker["holder"]): BlockerAct["from"] {
  const who = level === "human" ? "a person" : (role ?? level);
  return terminal === null ? who : `${who} (terminal ${terminal})`;
}
