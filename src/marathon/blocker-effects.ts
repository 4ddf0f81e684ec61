/** What must be done because somebody acted on a blocker, besides telling agents: files written, clocks set, people called. */
import { holderWords } from "./blockers.ts";
import { BLOCKER_TIMER, dueAt } from "./escalation.ts";
import { isUp } from "./terminals.ts";
import type { Blocker, Effect, Event, State } from "./types.ts";

type BlockerEvent = Extract<Event, { readonly type: `blocker-${string}` }>;

export function ofBlockerAct(before: State, after: State, event: BlockerEvent): Effect[] {
  const [was, now] = [before.blockers[event.blocker], after.blockers[event.blocker]];
  if (!was || !now || was === now) return [];
  const restarts = event.type === "blocker-escalated" || event.type === "blocker-undone";
  const clock = now.state === "open" && restarts ? timer(after, now, after.t) : [];
  const more = event.type === "blocker-escalated" ? escalated(now) : event.type === "blocker-reassigned" ? handoffs(event) : [];
  // It was with a person and is so no more: their list says so.
  const left = was.holder.level === "human" && (now.state === "resolved" || now.holder.level !== "human");
  const todo: Effect[] = left ? [{ kind: "write", document: "human-todo", blocker: now.id }] : [];
  return [...assignments(before, after), ...clock, ...more, ...todo];
}

/** The clock of the present holder; nothing to set when its time is over, or when it is with a person. */
export function timer(state: State, blocker: Blocker, t: number): Effect[] {
  const due = dueAt(state, blocker);
  return due > t && blocker.holder.level !== "human" ? [{ kind: "set-timer", timer: `${BLOCKER_TIMER}${blocker.id}`, t: due }] : [];
}

/** Terminals whose list of work, or what they do instead, has changed. */
export function assignments(before: State, after: State): Effect[] {
  const concerned = new Set<number | null>();
  for (const [key, task] of Object.entries(after.tasks)) {
    const old = before.tasks[Number(key)];
    if (old !== task) concerned.add(task.terminal).add(old?.terminal ?? null);
  }
  return Object.values(after.terminals).flatMap((terminal): Effect[] => {
    const touched = concerned.has(terminal.number) || before.terminals[terminal.number]?.fallback !== terminal.fallback;
    return touched && isUp(terminal) ? [{ kind: "update-assignment", terminal: terminal.number }] : [];
  });
}

/** What comes of a blocker's going one level up. */
export function escalated(blocker: Blocker): Effect[] {
  const note: Effect = { kind: "write", document: "escalation", blocker: blocker.id };
  if (blocker.holder.level === "human")
    return [
      note,
      { kind: "write", document: "human-todo", blocker: blocker.id },
      { kind: "announce", severity: "error", text: `${blocker.id} waits for you: ${blocker.title}`, notify: true },
    ];
  return [
    note,
    { kind: "announce", severity: "warning", text: `${blocker.id} went up to ${holderWords(blocker.holder)}: ${blocker.title}` },
  ];
}

function handoffs(event: Extract<Event, { readonly type: "blocker-reassigned" }>): Effect[] {
  return event.tasks.map((task) => ({ kind: "write", document: "handoff", blocker: event.blocker, task }));
}
