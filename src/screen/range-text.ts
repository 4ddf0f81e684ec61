/** The text of a part of a terminal's lines, as it is copied. */
import { CELL_WORDS } from "../protocol/cells.ts";
import type { Shape } from "../protocol/reading.ts";
import { type CellPlace, lineAround, LogicalReader } from "./logical-line.ts";
import type { NumberedLines } from "./line-numbers.ts";
import { cellsText, characterStart, characterWidth } from "./row-text.ts";

/**
 * The text between two cells, both of them included, in either order. Rows that only the width has cut are joined, and blanks
 * after a line's end are left out; a block has its rows and columns as they stand. Wide characters are taken whole. Lines that
 * are not kept any more are missing.
 */
export function rangeText(lines: NumberedLines, one: CellPlace, other: CellPlace, shape: Shape): string {
  const [from, to] = inOrder(one, other);
  const first = Math.max(from.line, lines.first);
  const last = Math.min(to.line, lines.end - 1);
  if (shape === "block") return blockText(lines, { first, last, left: Math.min(one.x, other.x), right: Math.max(one.x, other.x) });
  const whole = shape === "lines";
  const left = whole || first > from.line ? { line: first, x: 0 } : { line: first, x: characterStart(lines.line(first), from.x) };
  const right = whole || last < to.line ? { line: last, x: Number.POSITIVE_INFINITY } : { line: last, x: to.x };
  const reader = new LogicalReader({ composes: false });
  let text = "";
  for (let row = first; row <= last; ) {
    const { start, rows } = lineAround(lines, row);
    const end = start + rows.length;
    const line = reader.read(rows, start, true);
    text += line.slice(row === first ? reader.unit(left) : 0, end > last ? reader.unit({ line: right.line, x: right.x + 1 }) : undefined);
    if (end <= last && lines.line(end)?.wrapped !== true) text += "\n";
    row = end;
  }
  return whole && first <= last ? `${text}\n` : text;
}

interface Block {
  readonly first: number;
  readonly last: number;
  readonly left: number;
  readonly right: number;
}

function blockText(lines: NumberedLines, { first, last, left, right }: Block): string {
  const rows: string[] = [];
  for (let number = first; number <= last; number++) {
    const line = lines.line(number);
    const from = characterStart(line, left);
    const lastStart = characterStart(line, right);
    const end = lastStart + characterWidth(line, lastStart);
    const text = line ? cellsText(line, from, end) : "";
    // A row may be shorter than the others: its cells beyond its end are blanks like any.
    const missing = end - Math.max(from, Math.min(end, (line?.words.length ?? 0) / CELL_WORDS));
    rows.push(text + " ".repeat(Math.max(0, missing)));
  }
  return rows.join("\n");
}

function inOrder(one: CellPlace, other: CellPlace): readonly [CellPlace, CellPlace] {
  return one.line < other.line || (one.line === other.line && one.x <= other.x) ? [one, other] : [other, one];
}
