/** When a blocker should go one level up, and when it does so by itself. Times in ms of t. */
import { nextHolder } from "./chain.ts";
import { MINUTE } from "./estimates.ts";
import type { Blocker, Event, Fact, State } from "./types.ts";

/** What the protocol says where the plan says nothing. */
const USUAL_MINUTES = 30;
export const BLOCKER_TIMER = "blocker-30m:";

/** How long a holder has before the next one is to know. */
export function escalateAfterMs(state: Pick<State, "plan">): number {
  return (state.plan.settings.escalation?.afterMinutes ?? USUAL_MINUTES) * MINUTE;
}

/** When the present holder's time is over. At a person it is the time of the last level: nobody is above. */
export function dueAt(state: Pick<State, "plan">, blocker: Blocker): number {
  return (blocker.heldSince ?? blocker.since) + escalateAfterMs(state);
}

/** Its time is over and nobody has ended it or passed it on. */
export function isOverdue(state: State, blocker: Blocker, t: number): boolean {
  return blocker.state === "open" && t >= dueAt(state, blocker);
}

export function escalatesItself(state: Pick<State, "plan">): boolean {
  return state.plan.settings.escalation?.auto === true;
}

/** The blocker whose clock has run out with this event. A timer that was set for an earlier holder means nothing any more. */
export function runOut(state: State, event: Event): Blocker | null {
  if (event.type !== "timer-fired" || !event.timer.startsWith(BLOCKER_TIMER)) return null;
  const blocker = state.blockers[event.timer.slice(BLOCKER_TIMER.length)];
  return blocker && isOverdue(state, blocker, event.t) ? blocker : null;
}

/** One level up, when the plan wants that without a person. Each level's time runs out once, so no transition happens twice. */
export function escalatedByClock(state: State, event: Event): readonly Fact[] {
  const blocker = escalatesItself(state) ? runOut(state, event) : null;
  const to = blocker && nextHolder(state, blocker);
  if (!blocker || !to) return [];
  const minutes = Math.round(escalateAfterMs(state) / MINUTE);
  return [{ type: "blocker-escalated", blocker: blocker.id, to, by: "the clock", note: `nobody ended it within ${minutes} minutes` }];
}
