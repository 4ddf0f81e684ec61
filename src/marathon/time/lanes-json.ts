/** What the time view draws, as JSON: hours from the start of the marathon, to the thousandth. Pure. */
import { HOUR } from "../estimates.ts";
import type { State } from "../types.ts";
import { laneKinds, timeLanes, type LaneKind, type Span } from "./lanes.ts";

interface HourSpan {
  readonly start: number;
  readonly end: number;
}

export interface LaneJson {
  readonly by: LaneKind;
  readonly id: string;
  readonly name: string;
  readonly done: number;
  readonly total: number;
  readonly state: string;
  readonly planned: HourSpan | null;
  readonly bufferEnd: number | null;
  readonly actual: HourSpan | null;
  readonly blocked: readonly HourSpan[];
  readonly forecast: { readonly p50: number; readonly p90: number } | null;
  /** How much later than planned it ended or will end; negative: earlier. */
  readonly pushed: number | null;
  readonly critical: boolean;
}

/** The lanes of every kind that the plan has, at marathon time `t` (ms). */
export function lanesJson(state: State, t: number): readonly LaneJson[] {
  return laneKinds(state.plan).flatMap((by) =>
    timeLanes(state, t, by).map((lane): LaneJson => {
      const { id, name, progress, planned, bufferEnd, actual, blocked, forecast, pushedMs, critical } = lane;
      return {
        by,
        id,
        name,
        done: progress.done,
        total: progress.total,
        state: progress.state,
        planned: planned && hourSpan(planned),
        bufferEnd: bufferEnd === null ? null : hours(bufferEnd),
        actual: actual && hourSpan(actual),
        blocked: blocked.map(hourSpan),
        forecast: forecast && { p50: hours(forecast.p50Ms), p90: hours(forecast.p90Ms) },
        pushed: pushedMs === null ? null : hours(pushedMs),
        critical,
      };
    }),
  );
}

function hourSpan({ from, to }: Span): HourSpan {
  return { start: hours(from), end: hours(to) };
}

function hours(ms: number): number {
  return Math.round((ms / HOUR) * 1000) / 1000;
}
