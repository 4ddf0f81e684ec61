/** Finds text in a terminal's lines: scrollback and screen, across the rows that a long line was cut into. */
import type { NumberedLines } from "./line-numbers.ts";
import { lineUpTo, LogicalReader, MAX_JOINED_ROWS } from "./logical-line.ts";
import { characterWidth } from "./row-text.ts";

/** Where a match stands. */
export interface Hit {
  readonly line: number;
  readonly x: number;
  /** The line of its last cell, and the column after that cell. */
  readonly endLine: number;
  readonly endX: number;
}

/** Finds the matches in some texts: `[index of the text, first unit, unit after the last]`, in their order. */
export type Matcher = (texts: readonly string[]) => readonly (readonly [text: number, start: number, end: number])[];

export interface Search {
  readonly era: number;
  /** Newest first. */
  readonly hits: readonly Hit[];
  /** There are more, further back, than were asked for. */
  readonly more: boolean;
  /** Lines from this number on may still change. */
  readonly settled: number;
  /** Lines from this number on were looked at. */
  readonly from: number;
}

export interface SearchOptions {
  /** Only lines from this number on. */
  readonly from: number;
  /** So many hits are enough. */
  readonly limit: number;
}

/** Text that is given to the matcher in one go (UTF-16 units). */
const BATCH_UNITS = 32 * 1024;
const BATCH_LINES = 512;

/**
 * Looks through the lines from the newest to the oldest. It yields after each batch, so that other work may have its turn;
 * lines that output drops meanwhile are not found any more. Null when a new era began meanwhile: what was found means nothing.
 */
export function* searchLines(lines: NumberedLines, match: Matcher, options: SearchOptions): Generator<void, Search | null> {
  const { era } = lines;
  const settled = lineUpTo(lines, Math.min(lines.screenTop, lines.end - 1)).start;
  const from = Math.max(options.from, lines.first);
  const reader = new LogicalReader({ composes: true });
  const hits: Hit[] = [];
  let next = lines.end - 1;
  while (next >= Math.max(from, lines.first) && hits.length < options.limit) {
    const batch = readBatch(lines, reader, next, from);
    next = (batch.lines.at(-1)?.start ?? from) - 1;
    const found = match(batch.texts);
    for (const hit of placed(lines, reader, batch.lines, found, options.limit + 1 - hits.length)) hits.push(hit);
    yield;
    if (lines.era !== era) return null;
  }
  const more = hits.length > options.limit || (hits.length === options.limit && next >= Math.max(from, lines.first));
  const kept = hits.slice(0, options.limit).filter((hit) => hit.line >= lines.first);
  return { era, hits: kept, more, settled, from };
}

/** The rows of a line. */
interface Rows {
  readonly start: number;
  readonly last: number;
}

interface Batch {
  readonly texts: string[];
  readonly lines: Rows[];
}

function readBatch(lines: NumberedLines, reader: LogicalReader, newest: number, from: number): Batch {
  const batch: Batch = { texts: [], lines: [] };
  let units = 0;
  for (let row = newest; row >= from && units < BATCH_UNITS && batch.lines.length < BATCH_LINES; ) {
    const { start, text } = plainUpTo(lines, row) ?? textUpTo(lines, reader, row);
    batch.texts.push(text);
    batch.lines.push({ start, last: row });
    units += text.length;
    row = start - 1;
  }
  return batch;
}

interface Text {
  readonly start: number;
  readonly text: string;
}

/** The line that ends with this row, if all its rows are plain. */
function plainUpTo(lines: NumberedLines, last: number): Text | null {
  const row = lines.plain(last);
  if (!row) return null;
  if (!row.wrapped || last === lines.first) return { start: last, text: row.text.trimEnd() };
  let text = row.text;
  for (let start = last - 1; start > last - MAX_JOINED_ROWS; start--) {
    const above = lines.plain(start);
    if (!above) return null;
    text = above.text.padEnd(lines.cols) + text;
    if (!above.wrapped || start === lines.first) return { start, text: text.trimEnd() };
  }
  return null;
}

function textUpTo(lines: NumberedLines, reader: LogicalReader, last: number): Text {
  const { start, rows } = lineUpTo(lines, last);
  return { start, text: reader.read(rows, start, false) };
}

/** The newest of them, `limit` at most and newest first. Lines with a match are read once more, to know their cells. */
function placed(lines: NumberedLines, reader: LogicalReader, batch: readonly Rows[], found: ReturnType<Matcher>, limit: number): Hit[] {
  const hits: Hit[] = [];
  for (let at = 0; at < found.length && hits.length < limit; ) {
    const index = found[at]?.[0] ?? 0;
    const from = at;
    while (found[at]?.[0] === index) at++;
    const { start: row, rows } = lineUpTo(lines, batch[index]?.last ?? 0);
    reader.read(rows, row, true);
    // Those of one line are in reading order: the newest is the last.
    for (const [, start, end] of found.slice(from, at).reverse()) hits.push(hitAt({ start: row, rows }, reader, start, end));
  }
  return hits;
}

function hitAt({ start: line, rows }: ReturnType<typeof lineUpTo>, reader: LogicalReader, start: number, end: number): Hit {
  const first = reader.place(start);
  const last = reader.place(end - 1);
  return { line: first.line, x: first.x, endLine: last.line, endX: last.x + characterWidth(rows[last.line - line] ?? null, last.x) };
}

/** Matches an expression that cannot run away, such as that of a plain text. */
export function plainMatcher(pattern: RegExp): Matcher {
  return (texts) => matchAll(pattern, texts);
}

/** All matches that hold something. `pattern` is global. */
export function matchAll(pattern: RegExp, texts: readonly string[]): (readonly [number, number, number])[] {
  const found: (readonly [number, number, number])[] = [];
  for (let index = 0; index < texts.length; index++) {
    const text = texts[index] ?? "";
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
      if (match[0] === "") pattern.lastIndex++;
      else found.push([index, match.index, match.index + match[0].length]);
    }
  }
  return found;
}
