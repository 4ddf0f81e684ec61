/**
 * Rows of a table that hold nothing but plain text: cut at their bars, without the parser, whose tokens for a plan of ten thousand
 * tasks cost seconds. Whatever looks otherwise is left to the parser.
 */
import type { Row, TableBlock, Text } from "./markdown.ts";
import { endOfLine } from "./plain-spots.ts";
import { placeIn, textOfWords, withoutBlanks, wordsOf, type Where } from "./plain-text.ts";

export interface PlainRows {
  /** Where they end in the source; at the start of a line, or at the end. */
  readonly end: number;
  readonly rows: readonly Row[];
}

const DELIMITER = /^\|(?: *:?-+:? *\|)+ *$/;

/** The plain rows from `start` on, the start of line number `line` (from 1). */
export function plainRows(source: string, start: number, line: number, where: Where): PlainRows {
  const rows: Row[] = [];
  let at = start;
  while (source[at] === "|") {
    const end = endOfLine(source, at);
    const row = rowOf(source.slice(at, end), line + rows.length, where);
    if (row === null) break;
    rows.push(row);
    at = Math.min(end + 1, source.length);
  }
  return { end: at, rows };
}

/** A table whose head begins at `start`, as far as its rows are plain; null when there is none, or its head is not. */
export function plainTable(source: string, start: number, line: number, where: Where): { end: number; table: TableBlock } | null {
  if (!startsTable(source, start)) return null;
  const end = endOfLine(source, start);
  const head = rowOf(source.slice(start, end), line, where);
  if (head === null) return null;
  const below = endOfLine(source, end + 1);
  const { rows, end: at } = plainRows(source, Math.min(below + 1, source.length), line + 2, where);
  return { end: at, table: { kind: "table", head: head.cells, rows, place: placeIn(where, line, 1) } };
}

/** Whether a row and the delimiter row below it begin here, both with bars at both ends. */
export function startsTable(source: string, start: number): boolean {
  if (source[start] !== "|") return false;
  const end = endOfLine(source, start);
  const head = source.slice(start, end);
  const delimiter = source.slice(end + 1, endOfLine(source, end + 1));
  return (
    withoutBlanks(head).endsWith("|") &&
    !head.includes("\\") &&
    !DELIMITER.test(head) &&
    DELIMITER.test(delimiter) &&
    bars(head) === bars(delimiter)
  );
}

function bars(row: string): number {
  return row.split("|").length;
}

/** The next bar that is not escaped. A row with an escaped backslash is not plain anyway. */
function barFrom(row: string, from: number): number {
  let bar = row.indexOf("|", from);
  while (bar !== -1 && row[bar - 1] === "\\") bar = row.indexOf("|", bar + 1);
  return bar;
}

/** Null: not plain. */
function rowOf(text: string, line: number, where: Where): Row | null {
  const row = withoutBlanks(text);
  if (!row.endsWith("|") || row.length < 2) return null;
  const cells: Text[] = [];
  let from = 1;
  for (let bar = barFrom(row, 1); bar !== -1; bar = barFrom(row, from)) {
    const cell = row.slice(from, bar);
    const written = withoutBlanks(cell).replace(/^ +/, "");
    // In a table, and in code of a table too, this is a bar.
    const raw = written.replaceAll("\\|", "|");
    const words = wordsOf(raw);
    if (words === null) return null;
    // The place of an empty cell is its bar.
    cells.push(textOfWords(words, raw, placeIn(where, line, raw === "" ? from : from + cell.indexOf(written) + 1)));
    from = bar + 1;
  }
  if (from < row.length) return null;
  return { cells, place: placeIn(where, line, 1) };
}
