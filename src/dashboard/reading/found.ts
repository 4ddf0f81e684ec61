/** Hits of a search as the engine tells them: which there are, which is the next, which are in sight. Pure. */
import type { TerminalHits } from "../../protocol/reading.ts";

export interface Found {
  readonly era: number;
  /** Hits from this line on may have changed since. */
  readonly settled: number;
  /** There are more, further back. */
  readonly more: boolean;
  /** Four numbers each, newest first, see `TerminalHits`. */
  readonly hits: readonly number[];
}

export interface Hit {
  readonly line: number;
  readonly x: number;
  readonly endLine: number;
  readonly endX: number;
}

const NUMBERS = 4;

export function hitCount({ hits }: Found): number {
  return hits.length / NUMBERS;
}

/** The newest hit is 0. */
export function hitAt({ hits }: Found, index: number): Hit | null {
  const at = index * NUMBERS;
  const line = hits[at];
  if (line === undefined) return null;
  return { line, x: hits[at + 1] ?? 0, endLine: line + (hits[at + 2] ?? 0), endX: hits[at + 3] ?? 0 };
}

/** What is known after an answer: it tells the hits from a line on, those before it are as they were and as far as they are kept. */
export function merged(known: Found | null, told: TerminalHits, limit: number): Found {
  const { era, settled, from, first } = told;
  if (!known || known.era !== era || from <= first) return { era, settled, more: told.more, hits: told.hits };
  const start = firstAtOrBefore(known, { line: from, x: -1 }) * NUMBERS;
  // Newest first: those that are not kept any more are at the end.
  const end = firstAtOrBefore(known, { line: first, x: -1 }) * NUMBERS;
  const hits = [...told.hits, ...known.hits.slice(start, end)];
  const more = told.more || (known.more && end === known.hits.length) || hits.length > limit * NUMBERS;
  return { era, settled, more, hits: hits.slice(0, limit * NUMBERS) };
}

/** The index of the newest hit that begins at this place or before it; the count when there is none. */
export function firstAtOrBefore(found: Found, place: { readonly line: number; readonly x: number }): number {
  let low = 0;
  let high = hitCount(found);
  while (low < high) {
    const middle = (low + high) >>> 1;
    const line = found.hits[middle * NUMBERS] ?? 0;
    const x = found.hits[middle * NUMBERS + 1] ?? 0;
    if (line < place.line || (line === place.line && x <= place.x)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Hits that touch these lines, with their indices. `longest` rows is as far back as a hit may begin. */
export function hitsBetween(
  found: Found,
  from: number,
  end: number,
  longest = 64,
): readonly { readonly index: number; readonly hit: Hit }[] {
  const seen: { index: number; hit: Hit }[] = [];
  for (let index = firstAtOrBefore(found, { line: end - 1, x: Infinity }); index < hitCount(found); index++) {
    const hit = hitAt(found, index);
    if (!hit || hit.line < from - longest) break;
    if (hit.endLine >= from) seen.push({ index, hit });
  }
  return seen;
}
