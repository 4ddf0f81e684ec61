/** Taking the last act about a blocker back: allowed while nothing has come of it. */
import type { Undoable } from "./blocker-types.ts";
import { isOver } from "./terminals.ts";
import type { Blocker, State } from "./types.ts";

/** The blocker that the newest act was about, if that act can be taken back; null when there is none. */
export function lastActed(state: State): Blocker | null {
  let last: Blocker | null = null;
  for (const blocker of Object.values(state.blockers)) if (blocker.undo && blocker.undo.seq > (last?.undo?.seq ?? 0)) last = blocker;
  return last;
}

/** Why the last act cannot be taken back any more, in words; null when it can. */
export function undoRefusal(state: State, blocker: Blocker): string | null {
  const { undo } = blocker;
  if (!undo) return `nothing was done about ${blocker.id} that could be taken back`;
  for (const entry of undo.tasks) {
    if (entry.state === "ready") continue;
    const why = movedOn(state, blocker, entry);
    if (why !== null) return `too late to take it back: ${why}`;
  }
  return null;
}

/** What was done, as a thing that can be taken back: "B1: the escalation was taken back". */
export function undoneWords(act: string): string {
  return UNDONE[act] ?? act;
}

const UNDONE: Readonly<Record<string, string>> = {
  escalated: "the escalation",
  reassigned: "the reassignment",
  "fell-back": "the parking",
  resumed: "the bringing back",
  resolved: "the resolution",
  known: "the mark as known",
};

function movedOn(state: State, blocker: Blocker, { number, now }: Undoable["tasks"][number]): string | null {
  const task = state.tasks[number];
  if (!task) return `task ${number} is not in the plan`;
  if (isOver(task)) return `task ${number} is ${task.state} since`;
  if (task.blocker !== null && task.blocker !== blocker.id) return `task ${number} is stopped by ${task.blocker} since`;
  if (task.terminal !== now) return `task ${number} is in ${task.terminal === null ? "no terminal" : `terminal ${task.terminal}`} since`;
  const terminal = task.terminal === null ? undefined : state.terminals[task.terminal];
  if (task.state === "running" && terminal?.perTask) return `its command runs in terminal ${task.terminal} already`;
  return null;
}
