/** One row of a screen by columns: where its characters begin and where its text ends. */
import { CELL_WORDS, Content, widthOf } from "../protocol/cells.ts";
import type { RawLine } from "./xterm.ts";

/** The column of the character that this cell is a part of. */
export function characterStart(line: RawLine | null, x: number): number {
  return x > 0 && line && isSecondHalf(line, x) ? x - 1 : x;
}

/** Columns of the character that begins here. */
export function characterWidth(line: RawLine | null, x: number): number {
  return line ? Math.max(1, widthOf(line.words[x * CELL_WORDS] ?? 0)) : 1;
}

/** The column after the last character that is no blank. */
export function textEnd(line: RawLine | null): number {
  if (!line) return 0;
  let end = line.words.length / CELL_WORDS;
  while (end > 0 && isBlank(line.words[(end - 1) * CELL_WORDS] ?? 0)) end--;
  // The second half of a wide character holds nothing, and belongs to it.
  return end > 0 && widthOf(line.words[(end - 1) * CELL_WORDS] ?? 0) === 2 ? Math.min(end + 1, line.words.length / CELL_WORDS) : end;
}

/** The characters that begin in these columns. */
export function cellsText(line: RawLine, from: number, end: number): string {
  let text = "";
  for (let x = from; x < Math.min(end, line.words.length / CELL_WORDS); x++) {
    const content = line.words[x * CELL_WORDS] ?? 0;
    const codePoint = content & Content.codePoint;
    if ((content & Content.combined) !== 0) text += line.extra(x).text;
    else if (codePoint !== 0) text += String.fromCodePoint(codePoint);
    else if (widthOf(content) !== 0 || !isSecondHalf(line, x)) text += " ";
  }
  return text;
}

function isSecondHalf(line: RawLine, x: number): boolean {
  return widthOf(line.words[x * CELL_WORDS] ?? 0) === 0 && widthOf(line.words[(x - 1) * CELL_WORDS] ?? 0) === 2;
}

function isBlank(content: number): boolean {
  if ((content & Content.combined) !== 0) return false;
  const codePoint = content & Content.codePoint;
  return codePoint === 0 || codePoint === 0x20;
}
