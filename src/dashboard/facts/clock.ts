import { marathonClock, type MarathonTime } from "../../marathon/clock.ts";
import type { State } from "../../marathon/types.ts";
import type { ClockFacts } from "./types.ts";

export function clockFacts(state: State, t: number): ClockFacts {
  const clock = marathonClock(state, t);
  return {
    elapsed: clock.elapsedMs,
    planned: clock.plannedMs,
    withBuffer: clock.plannedMs === null ? null : clock.plannedMs + (clock.bufferMs ?? 0),
    // What is over needs no forecast.
    forecast: clock.forecast === null || state.status === "done" ? null : { low: clock.forecast.p50Ms, high: clock.forecast.p90Ms },
    behind: settled(clock.behindMs, clock.plannedMs),
    late: settled(lateness(state, clock), clock.plannedMs),
  };
}

/** The end, likely or come, less the planned one, ms. Until something is measured a forecast says no more than the plan's own figures do. */
function lateness({ status }: State, { forecast, plannedMs, elapsedMs, behindMs }: MarathonTime): number | null {
  if (plannedMs === null || behindMs === null) return null;
  if (status === "done") return elapsedMs - plannedMs;
  return forecast === null ? null : forecast.p50Ms - plannedMs;
}

/** Differences that nobody should act on: below a minute, and below a twentieth of a short estimate. */
const TOLERANCE_MS = 60_000;
const TOLERANCE_SHARE = 1 / 20;

/** How far behind (positive) or ahead, ms; 0 within the tolerance, which says "on plan". */
export function settled(behind: number | null, estimate: number | null): number | null {
  if (behind === null) return null;
  const tolerance = Math.min(TOLERANCE_MS, (estimate ?? Number.POSITIVE_INFINITY) * TOLERANCE_SHARE);
  return Math.abs(behind) < Math.max(1000, tolerance) ? 0 : behind;
}
