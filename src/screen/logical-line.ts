/** Text of lines as a person reads them: rows that only the screen's width has cut are one line again. */
import { CELL_WORDS, Content, widthOf } from "../protocol/cells.ts";
import type { NumberedLines } from "./line-numbers.ts";
import type { RawLine } from "./xterm.ts";

/** Rows that are read as one line at most: a program may print megabytes without a line break. */
export const MAX_JOINED_ROWS = 512;

/** A cell by the number of its line and its column. */
export interface CellPlace {
  readonly line: number;
  readonly x: number;
}

/** Rows that are one line. */
export interface Logical {
  /** The number of the first of them. */
  readonly start: number;
  /** Valid until the next write. */
  readonly rows: readonly RawLine[];
}

/** The line that ends with this row, as far as it is kept. */
export function lineUpTo(lines: NumberedLines, last: number): Logical {
  const least = Math.max(lines.first, last - MAX_JOINED_ROWS + 1);
  const rows: RawLine[] = [];
  let start = last + 1;
  for (let wrapped = true; wrapped && start > least; ) {
    const row = lines.line(--start);
    if (row) rows.push(row);
    wrapped = row?.wrapped === true;
  }
  return { start, rows: rows.reverse() };
}

/** The line that this row is a part of. */
export function lineAround(lines: NumberedLines, row: number): Logical {
  const most = Math.min(lines.end, row + MAX_JOINED_ROWS);
  let last = row;
  while (last + 1 < most && lines.line(last + 1)?.wrapped === true) last++;
  return lineUpTo(lines, last);
}

/** Reads rows into one text without the blanks at its end. It can be asked afterwards which cell a unit of that text stands in. */
export class LogicalReader {
  /** Puts what is combined in a cell into normal form C, so that composed and decomposed characters read the same. */
  readonly #composes: boolean;
  #units = new Uint16Array(4096);
  #rows = new Uint16Array(0);
  #columns = new Uint16Array(0);
  #length = 0;
  #start = 0;

  constructor({ composes }: { readonly composes: boolean }) {
    this.#composes = composes;
  }

  /** The text of these rows, of which the first has the number `start`; with `places` also where each unit of it stands. */
  read(rows: readonly RawLine[], start: number, places: boolean): string {
    this.#length = 0;
    this.#start = start;
    for (let row = 0; row < rows.length; row++) {
      const line = rows[row];
      if (line) this.#row(line, row, rows[row + 1] ?? null, places);
    }
    const units = this.#units;
    let length = this.#length;
    while (length > 0 && units[length - 1] === 0x20) length--;
    this.#length = length;
    return textOf(units, length);
  }

  /** The cell in which this unit of the text that was read last stands; the cell after the last one for its end. */
  place(unit: number): CellPlace {
    if (this.#length === 0) return { line: this.#start, x: 0 };
    const at = Math.min(unit, this.#length - 1);
    return { line: this.#start + (this.#rows[at] ?? 0), x: (this.#columns[at] ?? 0) + (unit > at ? 1 : 0) };
  }

  /** The unit at which the text of this cell begins, or of the next one that has text; the text's length behind them all. */
  unit({ line, x }: CellPlace): number {
    const row = line - this.#start;
    for (let at = 0; at < this.#length; at++) {
      const here = this.#rows[at] ?? 0;
      if (here > row || (here === row && (this.#columns[at] ?? 0) >= x)) return at;
    }
    return this.#length;
  }

  #row(line: RawLine, row: number, next: RawLine | null, places: boolean): void {
    const { words } = line;
    const cells = endOfRow(words, next);
    let at = this.#length;
    for (let x = 0; x < cells; x++) {
      this.#reserve(at + cells - x, places);
      const start = at;
      at = copyPlain(words, x, cells, this.#units, at);
      const end = stoppedAt;
      if (places) this.#note(row, words, { x, end, start });
      x = end;
      if (x >= cells) break;
      const text = this.#cluster(line, x);
      this.#reserve(at + text.length, places);
      for (let unit = 0; unit < text.length; unit++, at++) {
        this.#units[at] = text.charCodeAt(unit);
        if (places) this.#columns[at] = x;
        if (places) this.#rows[at] = row;
      }
    }
    this.#length = at;
  }

  /** Notes where the units of cells without clusters stand: each has one, but for the second halves of wide characters. */
  #note(row: number, words: Uint32Array, cells: { readonly x: number; readonly end: number; readonly start: number }): void {
    let at = cells.start;
    for (let x = cells.x; x < cells.end; x++) {
      if (((words[x * CELL_WORDS] ?? 0) & (Content.codePoint | Content.widthMask)) === 0) continue;
      this.#rows[at] = row;
      this.#columns[at++] = x;
    }
  }

  /** The text of a cell that has more than one unit. */
  #cluster(line: RawLine, x: number): string {
    const content = line.words[x * CELL_WORDS] ?? 0;
    if ((content & Content.combined) === 0) return String.fromCodePoint(content & Content.codePoint);
    const { text } = line.extra(x);
    return this.#composes ? text.normalize("NFC") : text;
  }

  #reserve(units: number, places: boolean): void {
    if (units > this.#units.length) this.#units = grown(this.#units, units);
    if (!places || this.#rows.length >= this.#units.length) return;
    this.#rows = grown(this.#rows, this.#units.length);
    this.#columns = grown(this.#columns, this.#units.length);
  }
}

/** Where `copyPlain` stopped: a second result without an object for each row. */
let stoppedAt = 0;

/** Copies the characters of cells from `x` on until one has more than one unit. This loop sees every cell of a search. */
function copyPlain(words: Uint32Array, x: number, cells: number, units: Uint16Array, at: number): number {
  let to = at;
  let cell = x;
  for (let word = x * CELL_WORDS; cell < cells; cell++, word += CELL_WORDS) {
    const content = words[word] as number;
    const text = content & (Content.codePoint | Content.combined);
    if (text > 0xffff) break;
    if (text !== 0) units[to++] = text;
    else if ((content & Content.widthMask) !== 0) units[to++] = 0x20;
  }
  stoppedAt = cell;
  return to;
}

/** A wide character that did not fit into the row's last cell has left it empty: no blank stands there. */
function endOfRow(words: Uint32Array, next: RawLine | null): number {
  const cells = words.length / CELL_WORDS;
  const last = words[(cells - 1) * CELL_WORDS] ?? 0;
  const skipped = next?.wrapped === true && isNeverWritten(last) && !isWide(words, cells - 2) && isWide(next.words, 0);
  return skipped ? cells - 1 : cells;
}

function isNeverWritten(content: number): boolean {
  return (content & (Content.codePoint | Content.combined)) === 0;
}

function isWide(words: Uint32Array, x: number): boolean {
  return x >= 0 && widthOf(words[x * CELL_WORDS] ?? 0) === 2;
}

function grown(array: Uint16Array<ArrayBuffer>, least: number): Uint16Array<ArrayBuffer> {
  const larger = new Uint16Array(Math.max(least, array.length * 2));
  larger.set(array);
  return larger;
}

const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function textOf(units: Uint16Array, length: number): string {
  if (LITTLE_ENDIAN) return Buffer.from(units.buffer, units.byteOffset, length * 2).toString("utf16le");
  return new TextDecoder("utf-16be").decode(units.subarray(0, length));
}
