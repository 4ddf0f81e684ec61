/** Handoffs that sessions owe: none counts as closed before the next one is told about it. Pure. */
import type { PlanSession } from "../plan/types.ts";
import { openCount, tallyOf } from "./tally.ts";
import type { State } from "./types.ts";
import { listed } from "./words.ts";

/**
 * Sessions that owe a handoff, in the order of the plan: their work is over, or some of it is stopped, and no SESSION_NNN_HANDOFF.md
 * tells the next one about it. Commands of a shell write none.
 */
export function missingHandoffs(state: State): readonly string[] {
  return state.plan.sessions.filter((session) => owesHandoff(state, session)).map(({ id }) => id);
}

export function owesHandoff(state: State, { id, tasks }: PlanSession): boolean {
  const tally = tallyOf(state, tasks);
  const stopped = tally.counts.blocked + tally.counts.parked > 0;
  if (state.handoffs[id] !== undefined || !tally.started || (openCount(tally) > 0 && !stopped)) return false;
  // Of all that the tally cannot say, who has begun: only sessions that end are looked at so closely.
  return tasks.some((number) => {
    const task = state.tasks[number];
    return task && task.startedAt !== null && task.terminal !== null && state.terminals[task.terminal]?.perTask !== true;
  });
}

/** "no handoff of sessions 024 and 025 yet"; null when none is owed. */
export function owedWords(state: State, most = 8): string | null {
  const missing = missingHandoffs(state);
  return missing.length === 0 ? null : `no handoff of session${missing.length === 1 ? "" : "s"} ${listed(missing, most)} yet`;
}
