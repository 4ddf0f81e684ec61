/** A screen as text, for commands, search and detection rules. */
import { BLANK, CELL_WORDS, cleanBg, cleanFg, Content, widthOf } from "../protocol/cells.ts";
import { DEFAULT_STYLE, sgrTransition, styleOf } from "../protocol/sgr.ts";
import type { RawLine } from "./xterm.ts";

/** What is read of a screen. */
export interface Lines {
  readonly rows: number;
  readonly scrollbackLength: number;
  readonly cursor: { readonly x: number; readonly y: number };
  line(index: number): RawLine | null;
}

/** The screen's lines, or with `lastLines` the last so many that hold something; blank ends of lines are cut. */
export function textOf(screen: Lines, lastLines?: number): string[] {
  const end = screen.scrollbackLength + screen.rows;
  if (lastLines === undefined) return Array.from({ length: screen.rows }, (_, y) => lineText(screen.line(screen.scrollbackLength + y)));
  const lines: string[] = [];
  for (let index = end - 1; index >= 0 && lines.length < lastLines; index--) {
    const text = lineText(screen.line(index));
    if (text !== "" || lines.length > 0) lines.push(text);
  }
  return lines.reverse();
}

/** The text of a line, the first `cells` cells of it. */
export function lineText(line: RawLine | null, cells = Number.POSITIVE_INFINITY): string {
  return line === null ? "" : cellsText(line, 0, Math.min(cells, line.words.length / CELL_WORDS)).trimEnd();
}

/** What stands in a line from one cell to another, blanks included. */
export function cellsText(line: RawLine, from: number, to: number): string {
  let text = "";
  for (let x = from; x < to; x++) text += cellText(line, x);
  return text;
}

/** The text of a line that goes on in the next one: its blanks at the end count, cells that were never written do not. */
export function continuedText(line: RawLine | null): string {
  if (!line) return "";
  let end = line.words.length / CELL_WORDS;
  while (end > 0 && ((line.words[(end - 1) * CELL_WORDS] ?? 0) & (Content.combined | Content.codePoint)) === 0) {
    if (widthOf(line.words[(end - 1) * CELL_WORDS] ?? 0) === 0) break;
    end--;
  }
  let text = "";
  for (let x = 0; x < end; x++) text += cellText(line, x);
  return text;
}

/** "" for the second half of a wide character, " " for a cell that was never written. */
function cellText(line: RawLine, x: number): string {
  const content = line.words[x * CELL_WORDS] ?? BLANK;
  if ((content & Content.combined) !== 0) return line.extra(x).text;
  const codePoint = content & Content.codePoint;
  if (codePoint !== 0) return String.fromCodePoint(codePoint);
  return widthOf(content) === 0 ? "" : " ";
}

/** Lines with SGR sequences; each starts and ends in the default look. Plain blanks at the end are cut. */
export function ansiOf(screen: Lines): string {
  const lines = Array.from({ length: screen.rows }, (_, y) => lineAnsi(screen.line(screen.scrollbackLength + y)));
  while (lines.length > 1 && lines.at(-1) === "") lines.pop();
  return lines.join("\n");
}

function lineAnsi(line: RawLine | null): string {
  if (!line) return "";
  let text = "";
  let style = DEFAULT_STYLE;
  // What may turn out to be the blank end of the line.
  let blanks = "";
  for (let x = 0; x * CELL_WORDS < line.words.length; x++) {
    const fg = cleanFg(line.words[x * CELL_WORDS + 1] ?? 0);
    const bg = cleanBg(line.words[x * CELL_WORDS + 2] ?? 0);
    const cell = shown(cellText(line, x));
    if (fg === 0 && bg === 0 && (cell === " " || cell === "")) {
      blanks += cell;
      continue;
    }
    const next = styleOf(fg, bg, line.extra(x));
    text += blanks === "" ? sgrTransition(style, next) : sgrTransition(style, DEFAULT_STYLE) + blanks + sgrTransition(DEFAULT_STYLE, next);
    text += cell;
    style = next;
    blanks = "";
  }
  return text + sgrTransition(style, DEFAULT_STYLE);
}

/** Controls cannot be in a cell; bidi controls can, and would turn the reader's own terminal around. */
function shown(text: string): string {
  return text.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "");
}

/** FNV-1a over the text, 32 bits, in hexadecimal. Not meant against forgery. */
export function fingerprintOf(lines: readonly string[]): string {
  let hash = 0x811c9dc5;
  for (const line of lines) {
    for (const unit of `${line}\n`) {
      hash ^= unit.codePointAt(0) ?? 0;
      hash = Math.imul(hash, 0x01000193);
    }
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/** Rows that a question takes at most; a program may print megabytes without a line break. */
const PROMPT_ROWS = 16;

/** The text left of the cursor, over all rows of its line when it was wrapped. In the last column it may stand on the last character. */
export function leftOfCursor(screen: Lines & { readonly cols: number }, rows = Number.POSITIVE_INFINITY): string {
  const { x, y } = screen.cursor;
  const row = screen.scrollbackLength + y;
  const least = Math.max(0, row - rows + 1);
  let text = lineText(screen.line(row), x === screen.cols - 1 ? x + 1 : x);
  for (let above = row; above > least && screen.line(above)?.wrapped === true; above--) text = continuedText(screen.line(above - 1)) + text;
  return text;
}

/** The text left of the cursor on its line, however a narrow screen has cut it; or null when there is none. */
export function promptOf(screen: Lines & { readonly cols: number }): string | null {
  const text = leftOfCursor(screen, PROMPT_ROWS);
  return text.trim() === "" ? null : text;
}
