/**
 * Rows of a table that hold nothing but words: cut at their bars, without the parser. A plan of ten thousand tasks is made of
 * them, and the parser's tokens for it cost seconds. Whatever holds a sign that means something inside of a line (escapes, code,
 * HTML, links, entities; emphasis is no such thing here), or looks otherwise unlike a row, is left to the parser.
 */
import type { Row, Text } from "./markdown.ts";
import { clean } from "./text.ts";

export interface PlainRows {
  /** Where they end in the source; at the start of a line. */
  readonly end: number;
  readonly rows: readonly Row[];
}

/** Fewer than this in a row are not worth leaving the parser for, which must then begin the table anew. */
const LEAST = 4;
const CELL_SPACE = /^ *| *$/g;
// No tabs and other controls: they have rules of their own.
// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what is to be kept out.
const PLAIN = /^\|(?:[^|\\`<&[\]\u0000-\u001f\u007f]*\|)+ *$/;

/** The plain rows from `start` on, the start of line number `line` (from 1); null when there are too few. */
export function plainRows(source: string, start: number, line: number, file: string): PlainRows | null {
  const rows: Row[] = [];
  let at = start;
  for (;;) {
    const end = source.indexOf("\n", at);
    if (end === -1) break;
    const text = source.slice(at, end);
    if (!PLAIN.test(text)) break;
    rows.push(rowOf(text, line + rows.length, file));
    at = end + 1;
  }
  return rows.length < LEAST ? null : { end: at, rows };
}

function rowOf(text: string, line: number, file: string): Row {
  const cells: Text[] = [];
  let from = 1;
  for (let bar = text.indexOf("|", 1); bar !== -1; bar = text.indexOf("|", from)) {
    const cell = text.slice(from, bar);
    const words = cell.replace(CELL_SPACE, "");
    const said = clean(words);
    // The place of an empty cell is its bar.
    const column = words === "" ? from : from + cell.indexOf(words) + 1;
    cells.push({ file, line, column, text: said, raw: said, codes: [], isCode: false });
    from = bar + 1;
  }
  return { cells, place: { file, line, column: 1 } };
}
