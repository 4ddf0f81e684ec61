/** Where a cursor goes in a terminal's lines, as in vi. */
import type { Motion } from "../protocol/reading.ts";
import { type CellPlace, lineAround, LogicalReader } from "./logical-line.ts";
import type { NumberedLines } from "./line-numbers.ts";
import { characterStart, characterWidth, textEnd } from "./row-text.ts";

/** See `MoveRequest`. */
export interface Move {
  readonly from: CellPlace;
  readonly motion: Motion;
  /** How often; rows down, negative for up. */
  readonly count: number;
  /** The column that going up and down tries to keep. */
  readonly want: number;
  /** The cursor may stand behind a line's text, as for a block. */
  readonly free: boolean;
}

/** The place that the move leads to; always one that is kept, and the first cell of its character. */
export function moved(lines: NumberedLines, move: Move): CellPlace {
  let at = settle(lines, move.from, move.free);
  if (move.motion === "rows") return settle(lines, { line: at.line + move.count, x: move.want }, move.free);
  const step = steps[move.motion];
  for (let count = 0; count < Math.min(MAX_STEPS, Math.max(1, move.count)); count++) {
    const next = settle(lines, step(lines, at, move.free), move.free);
    if (next.line === at.line && next.x === at.x) break;
    at = next;
  }
  return at;
}

/** More is further than any text goes on a screen, and would take long. */
const MAX_STEPS = 1000;

function settle(lines: NumberedLines, { line, x }: CellPlace, free: boolean): CellPlace {
  const number = Math.max(lines.first, Math.min(line, lines.end - 1));
  const row = lines.line(number);
  const last = (free ? lines.cols : textEnd(row)) - 1;
  return { line: number, x: characterStart(row, Math.max(0, Math.min(x, last))) };
}

type Step = (lines: NumberedLines, at: CellPlace, free: boolean) => CellPlace;

const steps: Readonly<Record<Exclude<Motion, "rows">, Step>> = {
  left(lines, { line, x }) {
    if (x > 0) return { line, x: x - 1 };
    const goesOn = line > lines.first && lines.line(line)?.wrapped === true;
    return goesOn ? { line: line - 1, x: lines.cols - 1 } : { line, x };
  },
  right(lines, { line, x }, free) {
    const row = lines.line(line);
    const next = x + characterWidth(row, x);
    if (next < (free ? lines.cols : textEnd(row))) return { line, x: next };
    const goesOn = line + 1 < lines.end && lines.line(line + 1)?.wrapped === true;
    return goesOn ? { line: line + 1, x: 0 } : { line, x };
  },
  "line-start": (lines, { line }) => ({ line: lineAround(lines, line).start, x: 0 }),
  "line-text"(lines, { line }) {
    const { reader, text } = lineOf(lines, line);
    return reader.place(Math.max(0, text.search(/\S/u)));
  },
  "line-end"(lines, { line }) {
    const { reader, text } = lineOf(lines, line);
    return reader.place(Math.max(0, text.length - 1));
  },
  oldest: (lines) => ({ line: lines.first, x: 0 }),
  newest(lines) {
    let line = lines.end - 1;
    while (line > lines.first && textEnd(lines.line(line)) === 0) line--;
    return { line, x: Math.max(0, textEnd(lines.line(line)) - 1) };
  },
  "next-word": (lines, at) => wordForward(lines, at, wordStart) ?? steps.newest(lines, at, false),
  "word-end": (lines, at) => wordForward(lines, at, wordEnd) ?? steps.newest(lines, at, false),
  "word-back": wordBack,
};

interface ReadLine {
  readonly reader: LogicalReader;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function lineOf(lines: NumberedLines, row: number): ReadLine {
  const reader = new LogicalReader({ composes: true });
  const { start, rows } = lineAround(lines, row);
  return { reader, text: reader.read(rows, start, true), start, end: start + rows.length };
}

/** A word is a run of letters, digits and underscores, or a run of anything else that is no blank. */
const WORDS = /[\p{L}\p{M}\p{N}_]+|[^\p{L}\p{M}\p{N}_\s]+/gu;

interface Word {
  readonly start: number;
  readonly last: number;
}

function wordsOf(text: string): Word[] {
  return [...text.matchAll(WORDS)].map((match) => ({ start: match.index, last: match.index + match[0].length - 1 }));
}

const wordStart = (word: Word) => word.start;
const wordEnd = (word: Word) => word.last;

/** The next word's start or end, on this line or on one below it; null when there is none. */
function wordForward(lines: NumberedLines, at: CellPlace, part: (word: Word) => number): CellPlace | null {
  for (let row = at.line; row < lines.end; ) {
    const { reader, text, start, end } = lineOf(lines, row);
    for (const word of wordsOf(text)) {
      const place = reader.place(part(word));
      if (isAfter(place, at)) return place;
    }
    row = Math.max(end, start + 1);
  }
  return null;
}

function wordBack(lines: NumberedLines, at: CellPlace): CellPlace {
  for (let row = at.line; row >= lines.first; ) {
    const { reader, text, start } = lineOf(lines, row);
    for (const word of wordsOf(text).reverse()) {
      const place = reader.place(word.start);
      if (isAfter(at, place)) return place;
    }
    row = start - 1;
  }
  return { line: lines.first, x: 0 };
}

function isAfter(one: CellPlace, other: CellPlace): boolean {
  return one.line > other.line || (one.line === other.line && one.x > other.x);
}
