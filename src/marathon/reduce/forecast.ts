/** What is kept of check-ins and forecasts: the newest whole, and of those before as many as tell how wrong they were. */
import { learnEnds } from "../ends-moved.ts";
import type { Draft } from "../draft.ts";
import type { PastForecast } from "../time/forecast-types.ts";
import type { Event } from "../types.ts";

/** Kept of those before; when there are more, every second goes, so that they stay spread over the whole run. */
const PAST = 32;
const LEAST_GAP_MS = 60_000;

export type TimeEvent = Extract<Event, { readonly type: "forecast-made" | "checked-in" }>;

export function isTimeEvent(event: Event): event is TimeEvent {
  return event.type === "forecast-made" || event.type === "checked-in";
}

export function timeEvent(draft: Draft, event: TimeEvent): void {
  if (event.type === "checked-in") checkedIn(draft, event);
  else forecastMade(draft, event);
}

function forecastMade(draft: Draft, event: Extract<Event, { readonly type: "forecast-made" }>): void {
  const { type: _type, seq: _seq, cause: _cause, ...made } = event;
  const { forecast } = draft.state;
  draft.set({ forecast: { ...made, past: forecast ? remembered(forecast.past, forecast, event.t) : [] } });
  learnEnds(draft, made.marathon?.p50, event.seq);
}

function remembered(past: readonly PastForecast[], before: PastForecast, t: number): readonly PastForecast[] {
  const last = past.at(-1);
  if (last && before.t - last.t < Math.max(LEAST_GAP_MS, t / PAST)) return past;
  const { marathon, streams, sessions } = before;
  const all = [...past, { t: before.t, marathon, streams, sessions }];
  return all.length <= PAST ? all : all.filter((_, index) => index % 2 === 0);
}

/** A day of check-ins every quarter of an hour. */
const CHECK_INS = 100;

function checkedIn(draft: Draft, event: Extract<Event, { readonly type: "checked-in" }>): void {
  const all = [...(draft.state.checkIns ?? []), { t: event.t, at: event.at, line: event.line }];
  draft.set({ checkIns: all.slice(-CHECK_INS) });
  // What was told an hour ago and is still so is no news.
  for (const warning of event.warnings) if (!draft.state.notices.some(({ text }) => text === warning)) draft.notice("warning", warning);
}
