/** Answers about what stands in terminals: search in all of them without holding up anything else, the text of a selection. */
import type { MoveAnswer, MoveRequest, SearchAnswer, SearchRequest, TerminalHits, TextAnswer, TextRequest } from "../protocol/reading.ts";
import type { NumberedLines } from "../screen/line-numbers.ts";
import { moved } from "../screen/motions.ts";
import { PatternError, patternOf } from "../screen/pattern.ts";
import { rangeText } from "../screen/range-text.ts";
import { plainMatcher, searchLines, type Hit, type Matcher, type Search } from "../screen/search.ts";
import { guardedMatcher, RunawayError } from "./guarded-match.ts";
import { RefusedError } from "./server.ts";

/** After this long the engine's other work has its turn: keys, output, sockets. */
const TURN_MS = 3;
/** Hits of one terminal, whatever is asked for: they travel as one message. */
const MAX_HITS = 10_000;
/** How often a search begins anew because lines were cut anew meanwhile. */
const MAX_TRIES = 3;

/** Throws RefusedError for an expression that is none or runs away. */
export async function search(request: SearchRequest, linesOf: (terminal: number) => NumberedLines): Promise<SearchAnswer> {
  const limit = Math.max(1, Math.min(MAX_HITS, request.limit));
  const turn = { end: performance.now() + TURN_MS };
  try {
    const pattern = patternOf(request.query, request.regex);
    const match = request.regex ? guardedMatcher(pattern) : plainMatcher(pattern);
    const terminals: TerminalHits[] = [];
    for (const wanted of request.terminals) {
      const lines = linesOf(wanted.terminal);
      const found = request.query === "" ? nothing(lines) : await inTurns(lines, match, { ...wanted, limit }, turn);
      terminals.push(told(wanted.terminal, lines, found));
    }
    return { terminals };
  } catch (error) {
    if (error instanceof PatternError || error instanceof RunawayError) throw new RefusedError(error.message, "bad-expression");
    throw error;
  }
}

async function inTurns(
  lines: NumberedLines,
  match: Matcher,
  wanted: { readonly era: number; readonly from: number; readonly limit: number },
  turn: { end: number },
): Promise<Search> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const work = searchLines(lines, match, { from: lines.era === wanted.era ? wanted.from : 0, limit: wanted.limit });
    for (;;) {
      const { done, value } = work.next();
      if (done === true && value) return value;
      if (done === true) break;
      if (performance.now() < turn.end) continue;
      await new Promise((resolve) => setImmediate(resolve));
      turn.end = performance.now() + TURN_MS;
    }
  }
  return nothing(lines);
}

function nothing(lines: NumberedLines): Search {
  return { era: lines.era, hits: [], more: false, settled: lines.first, from: lines.first };
}

function told(terminal: number, { first }: NumberedLines, { era, hits, more, settled, from }: Search): TerminalHits {
  return { terminal, era, first, from, settled, more, hits: hits.flatMap(packed) };
}

function packed({ line, x, endLine, endX }: Hit): readonly number[] {
  return [line, x, endLine - line, endX];
}

/** Throws RefusedError when the places mean nothing any more. */
export function text(request: TextRequest, lines: NumberedLines): TextAnswer {
  sameEra(request, lines);
  return { text: rangeText(lines, request.from, request.to, request.shape) };
}

/** Throws RefusedError when the place means nothing any more. */
export function move(request: MoveRequest, lines: NumberedLines): MoveAnswer {
  sameEra(request, lines);
  const { first, end, screenTop } = lines;
  return { ...moved(lines, request), first, end, screenTop };
}

function sameEra({ era, terminal }: { readonly era: number; readonly terminal: number }, lines: NumberedLines): void {
  if (lines.era !== era) throw new RefusedError(`the lines of terminal ${terminal} were cut anew: select again`, "another-era");
}
