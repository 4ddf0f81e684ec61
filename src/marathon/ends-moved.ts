/** What a blocker, and what was done about it, did to the end of the marathon: told by the engine's own forecasts just before and just after. */
import type { EndMoved } from "./blocker-types.ts";
import type { Draft } from "./draft.ts";
import type { Blocker, State } from "./types.ts";

/** Something moves the end now: the next forecast tells how far. Nothing where no end was in sight. */
export function endMoves(state: State): EndMoved | undefined {
  const before = state.forecast?.marathon?.p50;
  return before === undefined ? undefined : { before, after: null };
}

/** A forecast was made: those that wait for one have their answer. */
export function learnEnds(draft: Draft, p50: number | undefined, seq: number): void {
  if (p50 === undefined) return;
  const known = (moved: EndMoved): EndMoved => (moved.after === null ? { before: moved.before, after: p50, seq } : moved);
  for (const blocker of Object.values(draft.state.blockers)) {
    const { raised, acted } = blocker.ends ?? {};
    if (raised?.after !== null && acted?.after !== null) continue;
    draft.setBlocker({ ...blocker, ends: { ...(raised && { raised: known(raised) }), ...(acted && { acted: known(acted) }) } });
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
  if (minutes === 0) return `${clockWords(after)}, as before`;
  return `${clockWords(after)} instead of ${clockWords(before)}, ${durationWords(Math.abs(minutes))} ${minutes < 0 ? "sooner" : "later"}`;
}

/** "8:25", hours and minutes of the marathon. */
function clockWords(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  return `${Math.floor(minutes / 60)}:${`${minutes % 60}`.padStart(2, "0")}`;
}

function durationWords(minutes: number): string {
  return minutes < 60 ? `${minutes}m` : `${Math.round((minutes / 60) * 10) / 10} h`;
}
