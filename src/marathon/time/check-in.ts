/** Check-ins: every so often a line that says how far it is, at what pace, what stops it, and when it will end. Pure. */
import { blockerViews } from "../blockers.ts";
import { marathonClock } from "../clock.ts";
import { MINUTE } from "../estimates.ts";
import type { Effect, Event, Fact, State } from "../types.ts";
import { counted, listed } from "../words.ts";
import { budgetOf } from "./budgets.ts";
import { planTime } from "./plan-time.ts";

export const CHECK_IN_TIMER = "check-in";
const USUAL_MINUTES = 60;

export interface CheckIn {
  readonly t: number;
  readonly at: number;
  readonly line: string;
}

export interface CheckInFact {
  readonly type: "checked-in";
  readonly line: string;
  /** What is over its budget, with who and why. */
  readonly warnings: readonly string[];
}

/** Between two check-ins, ms of t: what the plan says, else an hour. */
export function checkInEvery(state: State): number {
  return (state.plan.settings["check-in"] ?? USUAL_MINUTES) * MINUTE;
}

/**
 * When the next one is due, ms of t: they keep to the hours of the marathon, however often it was interrupted. Null once it is over,
 * and while nothing can go on: line after line that says the same would bury those that tell something.
 */
export function nextCheckIn(state: State): number | null {
  if (state.status !== "running") return null;
  const every = checkInEvery(state);
  return (Math.floor(state.t / every) + 1) * every;
}

/** The timer for the next one, if one is due. */
export function checkInTimer(state: State): readonly Effect[] {
  const t = nextCheckIn(state);
  return t === null ? [] : [{ kind: "set-timer", timer: CHECK_IN_TIMER, t }];
}

/** The check-in that is due with this event. */
export function checkInDue(state: State, event: Event): readonly Fact[] {
  if (event.type !== "timer-fired" || event.timer !== CHECK_IN_TIMER || nextCheckIn(state) === null) return [];
  return [{ type: "checked-in", line: checkInLine(state, event.t), warnings: budgetOf(state, event.t).warnings }];
}

function checkInLine(state: State, t: number): string {
  const { elapsedMs, plannedMs, behindMs, forecast, done, total } = marathonClock(state, t);
  const open = blockerViews(state, t, (blocker) => blocker.state === "open");
  const oldest = open.reduce((most, view) => Math.max(most, view.ageMs), 0);
  const { inUse, terminals, idleMs, askedMs } = budgetOf(state, t);
  const pace =
    behindMs === null
      ? "no pace yet"
      : Math.abs(behindMs) < MINUTE
        ? "on plan"
        : `${planTime(Math.abs(behindMs))} ${behindMs > 0 ? "behind" : "ahead"}`;
  const parts = [
    `${planTime(elapsedMs)}${plannedMs === null ? "" : ` of ${planTime(plannedMs)}`}`,
    `${done}/${total} done`,
    pace,
    open.length === 0
      ? "nothing blocked"
      : `${counted(open.length, "blocker")} (${listed(open.map((view) => view.blocker.id))}; the oldest ${planTime(oldest)})`,
    forecast === null ? "no forecast" : `ends ${planTime(forecast.p50Ms)} to ${planTime(forecast.p90Ms)}`,
    `${inUse}/${terminals} terminals in use, ${planTime(idleMs)} idle${askedMs >= MINUTE ? ` and ${planTime(askedMs)} waiting for answers` : ""} so far`,
  ];
  return parts.join("; ");
}
