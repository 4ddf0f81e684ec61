/** A forecast as it is journaled and remembered. Times are ms of t, from the start of the marathon. Use it through types.ts. */

/** As likely to end before `p50` as after; nine times in ten before `p90`. */
export interface Range {
  readonly p50: number;
  readonly p90: number;
}

export interface ForecastFact {
  readonly type: "forecast-made";
  /** Null when no end is in sight: nothing can do the rest of the work. */
  readonly marathon: Range | null;
  readonly streams: Readonly<Record<string, Range>>;
  readonly sessions: Readonly<Record<string, Range>>;
  readonly terminals: Readonly<Record<string, Range>>;
  /** What this run takes for one hour of estimate, and the tasks done that tell so. */
  readonly ratio: number;
  readonly measured: number;
  readonly samples: number;
  /** Open tasks that set the end if all took their most likely time, first to last; at most 100. */
  readonly criticalPath?: readonly number[];
}

/** The newest forecast, and some of those before. */
export interface Forecast extends Omit<ForecastFact, "type"> {
  readonly t: number;
  readonly at: number;
  readonly past: readonly PastForecast[];
}

/** What was once forecast, to be held against what came. */
export interface PastForecast {
  readonly t: number;
  readonly marathon: Range | null;
  readonly streams: Readonly<Record<string, Range>>;
  readonly sessions: Readonly<Record<string, Range>>;
}
