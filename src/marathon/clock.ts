/** The marathon's clock: how long it has run, what was planned, and where it will end. */
import { plannedLength } from "./estimates.ts";
import { earnedShare, workedMs } from "./progress.ts";
import { openCount, weightOf, wholeTally } from "./tally.ts";
import { waitsForPerson } from "./terminals.ts";
import type { Range, State, Task } from "./types.ts";

export interface MarathonTime {
  /** Marathon time since the start; stands still once everything is done. All in ms of t. */
  readonly elapsedMs: number;
  /** From the start to the planned end of work. */
  readonly plannedMs: number | null;
  /** Reserve after the planned end. */
  readonly bufferMs: number | null;
  /**
   * Marathon time at which the work will end: as likely before as after, and nine times in ten before. The engine's newest
   * (time/forecast.ts); null before the first, and while the marathon is settled, stopped or done: what does not move has no time of arrival.
   */
  readonly forecast: { readonly p50Ms: number; readonly p90Ms: number } | null;
  /** Elapsed less what the work done was planned to take: plus is behind, minus is ahead. Null without plan or before anything is measured. */
  readonly behindMs: number | null;
  readonly done: number;
  /** All tasks but the dropped ones. */
  readonly total: number;
}

/** Marathon time at `t`, both in ms: it stands still once everything is done, however long the screen is looked at afterwards. */
export function elapsedAt(state: State, t: number): number {
  const tally = wholeTally(state);
  return tally.size > 0 && openCount(tally) === 0 ? tally.lastEnd : t;
}

/** The clock at marathon time `t` (ms). */
export function marathonClock(state: State, t: number): MarathonTime {
  const tally = wholeTally(state);
  const { counts, size } = tally;
  const over = size > 0 && openCount(tally) === 0;
  const elapsedMs = elapsedAt(state, t);
  const planned = plannedLength(state);
  const total = size - counts.dropped;
  const earned = earnedShare(state, tally, (task) => workedMs(asOfItsHalt(state, task, t), t));
  // Only what this marathon has done tells how fast it goes; what the plan came with done does not.
  const whole = weightOf(tally, tally.live, total);
  const given = whole > 0 ? weightOf(tally, tally.doneBefore, tally.given) / whole : 0;
  const known = counts.done > tally.given && earned > given;
  return {
    elapsedMs,
    plannedMs: planned?.plannedMs ?? null,
    bufferMs: planned?.bufferMs ?? null,
    forecast: over || state.status !== "running" ? null : forecastAt(state.forecast?.marathon, t),
    behindMs: planned && known ? elapsedMs - (planned.plannedMs * (earned - given)) / (1 - given) : null,
    done: counts.done,
    total,
  };
}

/** A task whose terminal waits for a person has earned what it had when the wait began: the time since is no work. Questions are booked (reduce/asking.ts). */
function asOfItsHalt(state: State, task: Task, t: number): Task {
  const terminal = task.terminal === null ? undefined : state.terminals[task.terminal];
  if (task.state !== "running" || !terminal || terminal.state === "asking" || !waitsForPerson(state, terminal)) return task;
  const haltedMs = Math.max(0, t - Math.max(task.since, terminal.since));
  return { ...task, since: task.since + haltedMs };
}

/**
 * A forecast does not lie in the past: while one is being made anew, what has not ended will end now at the earliest. One whose later
 * figure has passed, too, was wrong: it says nothing any more.
 */
export function forecastAt(range: Range | null | undefined, t: number): { readonly p50Ms: number; readonly p90Ms: number } | null {
  return range && range.p90 > t ? { p50Ms: Math.max(range.p50, t), p90Ms: range.p90 } : null;
}
