import { endMoves } from "../ends-moved.ts";
import type { Draft } from "../draft.ts";
import { isUp } from "../terminals.ts";
import { undoRefusal } from "../undo.ts";
import type { Event } from "../types.ts";
import { noteAct } from "./blockers.ts";
import { carry } from "./carry.ts";
import { forgetFallbacks, move, showState } from "./moves.ts";
import { leaveTerminal } from "./tasks.ts";

/** Puts the blocker, and its tasks as far as nothing has come of them, back to how they were. Time that has passed stays booked. */
export function blockerUndone(draft: Draft, event: Extract<Event, { readonly type: "blocker-undone" }>): void {
  const blocker = draft.state.blockers[event.blocker];
  if (!blocker?.undo || undoRefusal(draft.state, blocker) !== null) return;
  const { act, blocker: was, tasks } = blocker.undo;
  forgetFallbacks(draft, blocker.id);
  const { heldSince: _later, ends: _moved, ...rest } = blocker;
  const moves = endMoves(draft.state);
  const ends = { ...blocker.ends, ...(moves && { acted: moves }) };
  draft.setBlocker({ ...rest, ...was, ends, undo: null, ...(act === "fell-back" ? { fallback: null } : {}) });
  for (const entry of tasks) {
    const task = draft.state.tasks[entry.number];
    if (!task) continue;
    const begun = task.state !== "ready" && task.state !== "waiting";
    if (entry.state === "ready") {
      // Pulled forward and begun since: it is work of the plan and goes on.
      if (!begun && task.terminal === entry.now)
        move(draft, task, task.state, { terminal: entry.terminal, movedSeq: null, movedFrom: null });
      continue;
    }
    if (entry.session !== undefined) carry(draft, event, entry.number, entry.session, `${blocker.id}: ${act} was taken back`);
    leaveTerminal(draft, task, `${blocker.id}: ${act} was taken back`);
    move(draft, task, entry.state, {
      terminal: entry.terminal,
      blocker: entry.blocker,
      waitsFor: null,
      ...(act === "reassigned" || act === "resumed" ? { movedSeq: null, movedFrom: null } : {}),
    });
    if (entry.state === "blocked") showBlocked(draft, entry.terminal, entry.number);
  }
  noteAct(draft, blocker.id, { act: "undone", from: act, to: null, note: event.note }, event.by);
}

/** A terminal that has nothing in hand shows again that its task is blocked. */
function showBlocked(draft: Draft, number: number | null, task: number): void {
  const terminal = number === null ? undefined : draft.state.terminals[number];
  if (!terminal || !isUp(terminal) || terminal.task !== null || terminal.state !== "idle") return;
  showState(draft, terminal.number, { state: "blocked", kind: null, source: "task", evidence: `task ${task} is blocked again` });
}
