/** Handoffs that sessions owe: none counts as closed before the next one is told how it ended. Pure. */
import type { PlanSession } from "../plan/types.ts";
import { openCount, tallyOf } from "./tally.ts";
import type { State } from "./types.ts";
import { listed } from "./words.ts";

/**
 * Sessions that owe a handoff, in the order of the plan: their work is over, or stopped by a blocker and none of it runs, and no
 * SESSION_NNN_HANDOFF.md tells the next one how it ended: there is none, or the session went on after it. Commands of a shell write none.
 */
export function missingHandoffs(state: State): readonly string[] {
  return state.plan.sessions.filter((session) => owesHandoff(state, session)).map(({ id }) => id);
}

export function owesHandoff(state: State, { id, tasks }: PlanSession): boolean {
  const tally = tallyOf(state, tasks);
  const { running, blocked, parked } = tally.counts;
  const stopped = openCount(tally) === 0 || (running === 0 && blocked + parked > 0);
  if (!tally.started || !stopped || (state.handoffs[id] !== undefined && !isOvertaken(state, id))) return false;
  // Of all that the tally cannot say, who has begun: only sessions that end are looked at so closely.
  return tasks.some((number) => {
    const task = state.tasks[number];
    return task && task.startedAt !== null && task.terminal !== null && state.terminals[task.terminal]?.perTask !== true;
  });
}

/** Whether the session went on after its handoff was written. */
function isOvertaken({ handoffs, files }: State, session: string): boolean {
  return files[handoffs[session] ?? ""]?.handoff?.overtaken === true;
}

/** "no handoff of sessions 024 and 025 yet", "the handoff of session 026 is older than its work"; null when none is owed. */
export function owedWords(state: State, most = 8): string | null {
  const missing = missingHandoffs(state);
  const old = missing.filter((id) => isOvertaken(state, id));
  const none = missing.filter((id) => !old.includes(id));
  const words = [
    ...(none.length > 0 ? [`no handoff of session${none.length === 1 ? "" : "s"} ${listed(none, most)} yet`] : []),
    ...(old.length === 1 ? [`the handoff of session ${old[0]} is older than its work`] : []),
    ...(old.length > 1 ? [`the handoffs of sessions ${listed(old, most)} are older than their work`] : []),
  ];
  return words.length === 0 ? null : words.join(", ");
}
