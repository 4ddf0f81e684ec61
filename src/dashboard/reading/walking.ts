/** From hit to hit: which one a person is at, where it is put in sight, which one is next. */
import type { CurrentHit, LineRef, SearchView } from "../stores/reading.ts";
import { firstAtOrBefore, hitAt, hitCount, type Found } from "./found.ts";
import type { ViewSnapshot } from "../stores/view-store.ts";
import { bringIntoSight, setSearch, type ReadingParts } from "./place.ts";
import { searchedTerminals, type Answer } from "./questions.ts";

/** Moves the cursor of a selection to a hit; false when nothing is being selected. */
export type GoTo = (place: Omit<CurrentHit, "index" | "older">) => boolean;

/** Where the search began: hits above it are nearer than those below. */
export interface Origin extends LineRef {
  readonly terminal: number;
  readonly x: number;
}

/** After an answer: a new query goes to the hit nearest to where the person was; the hit they are at stays theirs. */
export function settle(parts: ReadingParts, { fresh, origin }: Answer, goTo: GoTo): void {
  const { search, focused } = parts.stores.view.getState();
  if (!search) return;
  if (!fresh && search.current) return stayAt(parts, search, search.current);
  if (!fresh) return;
  const terminal = origin?.terminal ?? focused;
  const found = search.found[terminal];
  const near = found && origin?.era === found.era ? firstAtOrBefore(found, origin) : 0;
  const count = found ? hitCount(found) : 0;
  const current = found && count > 0 ? currentAt(found, terminal, near < count ? near : 0) : null;
  if (current) return arrive(parts, current, goTo);
  // Nothing to see: as it was before the search.
  parts.stores.view.setState((view) => ({
    ...(view.copy || !view.search ? {} : { ...view.search.back }),
    search: view.search && { ...view.search, current: null },
  }));
}

/** The same hit among those that are known now; the nearest older one when it is gone. */
function stayAt(parts: ReadingParts, search: SearchView, current: CurrentHit): void {
  const found = search.found[current.terminal];
  const count = found ? hitCount(found) : 0;
  if (!found || count === 0) return setSearch(parts, { current: null });
  const sameEra = found.era === current.era;
  // In lines that were cut anew the hits are the same ones, but for those of what was put out meanwhile.
  const same = sameEra ? firstAtOrBefore(found, current) : found.more ? current.index : count - 1 - current.older;
  const index = Math.max(0, Math.min(count - 1, same));
  const next = currentAt(found, current.terminal, index);
  setSearch(parts, { current: next });
  // Lines were cut anew: the place of the hit is another.
  const hit = hitAt(found, index);
  if (!sameEra && hit) bringIntoSight(parts, current.terminal, { ...hit, era: found.era });
}

function currentAt(found: Found, terminal: number, index: number): CurrentHit | null {
  const hit = hitAt(found, index);
  return hit && { terminal, era: found.era, line: hit.line, x: hit.x, index, older: hitCount(found) - 1 - index };
}

export function step(parts: ReadingParts, back: 1 | -1, goTo: GoTo): void {
  const { search, focused } = parts.stores.view.getState();
  if (!search) return;
  const at = search.current;
  const here = at?.terminal ?? focused;
  const order = [...searchedTerminals(parts)].sort((a, b) => a - b);
  const found = search.found[here];
  const next = at ? at.index + back : 0;
  if (found && next >= 0 && next < hitCount(found)) return arrive(parts, currentAt(found, here, next), goTo);
  // On to the next terminal that has hits, round to this one at last.
  const start = Math.max(0, order.indexOf(here));
  for (let hop = 1; hop <= order.length; hop++) {
    const terminal = order[(start + hop * back + order.length * hop) % order.length] ?? here;
    const there = search.found[terminal];
    if (!there || hitCount(there) === 0) continue;
    if (terminal === here)
      parts.stores.view.toast(hitCount(there) === 1 ? "the only hit" : back > 0 ? "on from the newest hit" : "on from the oldest hit");
    return arrive(parts, currentAt(there, terminal, back > 0 ? 0 : hitCount(there) - 1), goTo);
  }
  if (search.error === null) parts.stores.view.toast(nowhere(search), "warn");
}

export function nowhere({ query, everywhere }: SearchView): string {
  return `"${query}" is nowhere in ${everywhere ? "any terminal" : "this terminal"}`;
}

function arrive(parts: ReadingParts, current: CurrentHit | null, goTo: GoTo): void {
  const { view } = parts.stores;
  if (!current) return;
  setSearch(parts, { current });
  if (goTo(current)) return;
  if (view.getState().focused !== current.terminal) view.setState((now) => inFront(now, current.terminal));
  const found = view.getState().search?.found[current.terminal];
  const hit = found && hitAt(found, current.index);
  if (hit) bringIntoSight(parts, current.terminal, { ...hit, era: current.era });
}

/** Another terminal comes to the front; the one before is shown as before the search. */
function inFront({ search, scroll, tops, focused, view }: ViewSnapshot, terminal: number): Partial<ViewSnapshot> {
  const back = search?.back ?? { scroll, tops };
  const { [focused]: _, ...others } = tops;
  const { [focused]: top } = back.tops;
  return {
    focused: terminal,
    search: search && { ...search, terminal },
    scroll: { ...scroll, [focused]: back.scroll[focused] ?? 0 },
    tops: top ? { ...others, [focused]: top } : others,
    ...(view === "board" ? { area: "panes" } : {}),
  };
}
