/** How wrong forecasts have been so far: those of streams and sessions that are over are held against their ends. Pure. */
import { openCount, tallyOf } from "../tally.ts";
import type { Range, State } from "../types.ts";

export interface ForecastError {
  /** Streams and sessions that are over and had been forecast, and forecasts made of them. */
  readonly ended: number;
  readonly forecasts: number;
  /** Shares of those forecasts whose P50, and P90, the end did not exceed: a half and nine tenths, if they are honest. */
  readonly withinP50: number;
  readonly withinP90: number;
  /** Median distance of the end from P50, ms. */
  readonly offMs: number;
  /** How far the marathon's own P50 has moved since the first forecast, ms; null while there is no other. */
  readonly movedMs: number | null;
}

/** Null before the first forecast. */
export function forecastError(state: State): ForecastError | null {
  const { forecast } = state;
  if (!forecast) return null;
  const ends = [...endsOf(state, "stream"), ...endsOf(state, "session")];
  const seen = ends.flatMap(({ kind, id, end }) =>
    [...forecast.past].flatMap((past) => {
      const range: Range | undefined = (kind === "stream" ? past.streams : past.sessions)[id];
      return range && past.t < end ? [{ range, end }] : [];
    }),
  );
  const offs = seen.map(({ range, end }) => Math.abs(end - range.p50)).toSorted((a, b) => a - b);
  const share = (within: (one: { readonly range: Range; readonly end: number }) => boolean): number =>
    seen.length === 0 ? 0 : seen.filter(within).length / seen.length;
  const first = forecast.past.find((past) => past.marathon !== null)?.marathon;
  return {
    ended: new Set(
      ends
        .filter(({ kind, id }) => forecast.past.some((past) => id in (kind === "stream" ? past.streams : past.sessions)))
        .map(({ kind, id }) => `${kind} ${id}`),
    ).size,
    forecasts: seen.length,
    withinP50: share(({ range, end }) => end <= range.p50),
    withinP90: share(({ range, end }) => end <= range.p90),
    offMs: offs[Math.floor(offs.length / 2)] ?? 0,
    movedMs: first && forecast.marathon ? forecast.marathon.p50 - first.p50 : null,
  };
}

function endsOf(
  state: State,
  kind: "stream" | "session",
): { readonly kind: "stream" | "session"; readonly id: string; readonly end: number }[] {
  return (kind === "stream" ? state.plan.streams : state.plan.sessions).flatMap(({ id, tasks }) => {
    const tally = tallyOf(state, tasks);
    return tally.size === 0 || openCount(tally) > 0 ? [] : [{ kind, id, end: tally.lastEnd }];
  });
}
