/** Closeness, variance and earned value of a review's sessions (requirements, part 4). */
import type { ReviewedSession } from "./types.ts";

export interface SessionFigures {
  /** How near the estimate was, in either direction: the smaller of the two hours ÷ the larger, percent. */
  readonly closeness: number | null;
  /** Actual − planned hours: above zero is an overrun. */
  readonly variance: number | null;
  /** Planned hours × completion. */
  readonly earnedHours: number | null;
  /** Earned ÷ actual hours: above 1 is more than the plan asked for. Null when nothing was worked. */
  readonly costIndex: number | null;
}

export interface ReviewTotals {
  readonly planned: number;
  readonly actual: number;
  readonly closeness: number | null;
  readonly variance: number;
  readonly earnedHours: number;
  readonly costIndex: number | null;
  /** Percent, weighted by planned hours. */
  readonly completion: number | null;
}

/** Hours, and percent of the work. */
type Timed = Pick<ReviewedSession, "planned" | "actual" | "completion">;

export function figuresOf({ planned, actual, completion }: Timed): SessionFigures {
  const earned = planned === null || completion === null ? null : (planned * completion) / 100;
  return {
    closeness: planned === null || actual === null ? null : closeness(planned, actual),
    variance: planned === null || actual === null ? null : round(actual - planned, 2),
    earnedHours: earned === null ? null : round(earned, 2),
    costIndex: earned === null || !actual ? null : round(earned / actual, 2),
  };
}

/** Sums over the sessions whose planned and actual hours are both known. */
export function totalsOf(review: { readonly sessions: readonly Timed[] }): ReviewTotals {
  const timed = review.sessions.filter((session) => session.planned !== null && session.actual !== null);
  const sum = (of: (session: Timed) => number) => timed.reduce((total, session) => total + of(session), 0);
  const planned = sum((session) => session.planned ?? 0);
  const actual = sum((session) => session.actual ?? 0);
  const earned = sum((session) => ((session.planned ?? 0) * (session.completion ?? 0)) / 100);
  return {
    planned: round(planned, 2),
    actual: round(actual, 2),
    closeness: closeness(planned, actual),
    variance: round(actual - planned, 2),
    earnedHours: round(earned, 2),
    costIndex: actual === 0 ? null : round(earned / actual, 2),
    completion: planned === 0 ? null : round((earned / planned) * 100, 1),
  };
}

function closeness(planned: number, actual: number): number | null {
  const most = Math.max(planned, actual);
  return most === 0 ? null : Math.round((Math.min(planned, actual) / most) * 100);
}

function round(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round((value + Number.EPSILON) * factor) / factor;
}
