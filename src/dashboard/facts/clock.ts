import { marathonClock } from "../../marathon/clock.ts";
import type { State } from "../../marathon/types.ts";
import type { ClockFacts } from "./types.ts";

export function clockFacts(state: State, t: number): ClockFacts {
  const clock = marathonClock(state, t);
  return {
    elapsed: clock.elapsedMs,
    planned: clock.plannedMs,
    withBuffer: clock.plannedMs === null ? null : clock.plannedMs + (clock.bufferMs ?? 0),
    forecast: clock.forecast === null ? null : { low: clock.forecast.p50Ms, high: clock.forecast.p90Ms },
    behind: clock.behindMs,
  };
}
