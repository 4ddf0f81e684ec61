/** What a blocker, and what was done about it, did to the end of the marathon: told by the engine's own forecasts just before and just after. */
import type { EndMoved } from "./blocker-types.ts";
import type { Draft } from "./draft.ts";
import { isOver } from "./terminals.ts";
import { planTime } from "./time/plan-time.ts";
import type { Blocker, State } from "./types.ts";

/** Forecasts on both sides are at most so old, ms of t: with more between them, other things would be told as effects of this one. */
const NEAR_MS = 3 * 60_000;

/** Something moves the end now: the next forecast tells how far. Nothing where no end was in sight, or only long ago. */
export function endMoves(state: State): EndMoved | undefined {
  const { forecast, t } = state;
  const before = forecast?.marathon?.p50;
  if (forecast === undefined || before === undefined || t - forecast.t > NEAR_MS) return undefined;
  return { before, after: null, t, beside: besides(state) };
}

/** What else moves the end: tasks that were finished, and blockers that came. */
function besides({ tasks, counters }: Pick<State, "tasks" | "counters">): string {
  return `${Object.values(tasks).filter(isOver).length} over, ${counters.blockers} blockers`;
}

/** A forecast was made: those that wait for one have their answer, or never get it because more has happened since. */
export function learnEnds(draft: Draft, p50: number | undefined, seq: number): void {
  const { state } = draft;
  const waiting = Object.values(state.blockers).filter(({ ends }) => ends?.raised?.after === null || ends?.acted?.after === null);
  if (waiting.length === 0) return;
  const beside = besides(state);
  const known = (moved: EndMoved | undefined): EndMoved | undefined => {
    if (moved?.after !== null) return moved;
    const alone = p50 !== undefined && moved.beside === beside && state.t - moved.t <= NEAR_MS;
    return alone ? { ...moved, after: p50, seq } : undefined;
  };
  for (const blocker of waiting) {
    const [raised, acted] = [known(blocker.ends?.raised), known(blocker.ends?.acted)];
    draft.setBlocker({ ...blocker, ends: { ...(raised && { raised }), ...(acted && { acted }) } });
  }
}

/** The acts whose effect this event has told, with the blocker. */
export function endsToldBy(state: State, seq: number): readonly { readonly blocker: Blocker; readonly moved: EndMoved }[] {
  return Object.values(state.blockers).flatMap((blocker) => {
    const moved = blocker.ends?.acted;
    return moved?.seq === seq ? [{ blocker, moved }] : [];
  });
}

/** "8:25 instead of 8:45, 20m sooner"; null as long as no forecast was made since. */
export function movedWords({ before, after }: EndMoved): string | null {
  if (after === null) return null;
  const minutes = Math.round((after - before) / 60_000);
  if (minutes === 0) return `${toTheMinute(after)}, as before`;
  return `${toTheMinute(after)} instead of ${toTheMinute(before)}, ${durationWords(Math.abs(minutes))} ${minutes < 0 ? "sooner" : "later"}`;
}

/** Both ends rounded as their difference is: "8:25 instead of 8:45" must not be 21 minutes. */
function toTheMinute(ms: number): string {
  return planTime(Math.round(ms / 60_000) * 60_000);
}

function durationWords(minutes: number): string {
  return minutes < 60 ? `${minutes}m` : `${Math.round((minutes / 60) * 10) / 10} h`;
}
