/**
 * Packed rows at another width than the one they were packed at: rows that continue each other are one line again and are cut
 * anew, as xterm.js does with its own lines (BufferReflow.ts of 6.0). Only where the cuts are is kept; rows are put together when
 * they are looked at.
 */
import { CELL_WORDS, Content } from "../protocol/cells.ts";
import { Code, emptyRow, Flags, type HistoryRow } from "./history-row.ts";
import type { ExtendedLook } from "./history-styles.ts";
import { PackedReader } from "./packed-bytes.ts";

/** Packed rows as they are read here: those from `first` to before `end`. */
export interface PackedRows {
  /** Cells of each. */
  readonly cols: number;
  readonly first: number;
  readonly end: number;
  /** The bytes of all, and where one begins in them. */
  readonly packedBytes: Uint8Array;
  startOf(row: number): number;
  isWrapped(row: number): boolean;
  packedRow(row: number): HistoryRow;
}

export interface CellAt {
  readonly row: number;
  readonly x: number;
}

/** Where a line is cut, in cells from its beginning. */
interface Cuts {
  /** Where its packed rows begin, and where the last one ends. */
  readonly packed: readonly number[];
  /** Where its rows at the new width begin. */
  readonly rows: readonly number[];
}

export class Wrapping {
  readonly cols: number;
  /** How many rows there are at this width. */
  readonly rows: number;
  readonly #chunk: PackedRows;
  /** The packed row that each line begins with, and the row at this width. Both end with where a next line would begin. */
  readonly #lines: Uint32Array;
  readonly #firstRows: Uint32Array;
  // Rows are read in turn, mostly: what the last one was made of is what the next one needs.
  #cutLine = -1;
  #cuts: Cuts = { packed: [], rows: [] };
  #unpackedRow = -1;
  #unpacked: HistoryRow | null = null;

  constructor(chunk: PackedRows, cols: number) {
    this.#chunk = chunk;
    this.cols = cols;
    const count = chunk.end - chunk.first;
    const lines = new Uint32Array(count + 1);
    const firstRows = new Uint32Array(count + 1);
    let line = 0;
    let rows = 0;
    for (let row = chunk.first; row < chunk.end; line++) {
      lines[line] = row;
      firstRows[line] = rows;
      let end = row + 1;
      while (end < chunk.end && chunk.isWrapped(end)) end++;
      rows += countRows(chunk, row, end, cols);
      row = end;
    }
    lines[line] = chunk.end;
    firstRows[line] = rows;
    this.#lines = lines.slice(0, line + 1);
    this.#firstRows = firstRows.slice(0, line + 1);
    this.rows = rows;
  }

  row(index: number): HistoryRow {
    const line = lastAtMost(this.#firstRows, index);
    const first = this.#lines[line] ?? 0;
    const { packed, rows } = this.#cutsOf(line);
    const nth = index - (this.#firstRows[line] ?? 0);
    const from = rows[nth] ?? 0;
    // A line of one row that still is one keeps what colours the rest of its row.
    const whole = packed.length === 2 && rows.length === 1;
    const end = whole ? Math.min(this.#chunk.cols, this.cols) : (rows[nth + 1] ?? packed.at(-1) ?? 0);
    const row: NewRow = { words: emptyRow(this.cols), texts: NOTHING, looks: NOTHING };
    for (let part = partOf(packed, from); part < packed.length - 1; part++) {
      const start = packed[part] ?? 0;
      if (start >= end) break;
      const partEnd = whole ? end : (packed[part + 1] ?? 0);
      const cells = [Math.max(from, start) - start, Math.min(end, partEnd) - start] as const;
      copyCells(this.#unpack(first + part), cells, row, Math.max(0, start - from));
    }
    return { ...row, wrapped: nth > 0 || this.#chunk.isWrapped(first) };
  }

  /** The row at this width that a packed row's cell is in, and its column there. */
  find(packedRow: number, x: number): CellAt {
    const line = lastAtMost(this.#lines, packedRow);
    const { packed, rows } = this.#cutsOf(line);
    const cell = (packed[packedRow - (this.#lines[line] ?? 0)] ?? 0) + x;
    const nth = lastAtMost(rows, cell);
    return { row: (this.#firstRows[line] ?? 0) + nth, x: cell - (rows[nth] ?? 0) };
  }

  /** The packed row and its cell that a row at this width begins with. */
  place(index: number): CellAt {
    const line = lastAtMost(this.#firstRows, index);
    const { packed, rows } = this.#cutsOf(line);
    const cell = rows[index - (this.#firstRows[line] ?? 0)] ?? 0;
    const part = partOf(packed, cell);
    return { row: (this.#lines[line] ?? 0) + part, x: cell - (packed[part] ?? 0) };
  }

  #unpack(row: number): HistoryRow {
    if (this.#unpackedRow !== row || !this.#unpacked) this.#unpacked = this.#chunk.packedRow(row);
    this.#unpackedRow = row;
    return this.#unpacked;
  }

  #cutsOf(line: number): Cuts {
    if (this.#cutLine !== line) {
      this.#cuts = cut(this.#chunk, this.#lines[line] ?? 0, this.#lines[line + 1] ?? 0, this.cols);
      this.#cutLine = line;
    }
    return this.#cuts;
  }
}

interface NewRow {
  readonly words: Uint32Array;
  texts: ReadonlyMap<number, string>;
  looks: ReadonlyMap<number, ExtendedLook>;
}

const NOTHING: ReadonlyMap<number, never> = new Map<number, never>();

function copyCells(source: HistoryRow, cells: readonly [from: number, end: number], to: NewRow, at: number): void {
  const [from, end] = cells;
  to.words.set(source.words.subarray(from * CELL_WORDS, end * CELL_WORDS), at * CELL_WORDS);
  to.texts = withMoved(to.texts, source.texts, cells, at);
  to.looks = withMoved(to.looks, source.looks, cells, at);
}

/** With what stands beside these cells, which are at column `at` now. */
function withMoved<T>(
  known: ReadonlyMap<number, T>,
  more: ReadonlyMap<number, T>,
  [from, end]: readonly [number, number],
  at: number,
): ReadonlyMap<number, T> {
  if (more.size === 0) return known;
  const moved = new Map(known);
  for (const [x, value] of more) if (x >= from && x < end) moved.set(x - from + at, value);
  return moved;
}

/** How many rows the line of these packed rows makes. */
function countRows(chunk: PackedRows, first: number, end: number, cols: number): number {
  if (end === first + 1 && cellsOf(chunk, first) <= cols) return 1;
  if (hasWide(chunk, first, end)) return cutWide(chunk, first, end, cols).rows.length;
  return Math.max(1, Math.ceil(((end - first - 1) * chunk.cols + cellsOf(chunk, end - 1)) / cols));
}

function cut(chunk: PackedRows, first: number, end: number, cols: number): Cuts {
  if (hasWide(chunk, first, end)) return cutWide(chunk, first, end, cols);
  const last = (end - first - 1) * chunk.cols;
  const cells = last + cellsOf(chunk, end - 1);
  return {
    packed: [...Array.from({ length: end - first }, (_, row) => row * chunk.cols), cells],
    rows: Array.from({ length: Math.max(1, Math.ceil(cells / cols)) }, (_, row) => row * cols),
  };
}

function hasWide(chunk: PackedRows, first: number, end: number): boolean {
  for (let row = first; row < end; row++) if (((chunk.packedBytes[chunk.startOf(row)] ?? 0) & Flags.wide) !== 0) return true;
  return false;
}

function cellsOf(chunk: PackedRows, row: number): number {
  return new PackedReader(chunk.packedBytes, chunk.startOf(row) + 1).varint();
}

/** No wide character is cut in two: one that does not fit leaves the row's last cell empty. */
function cutWide(chunk: PackedRows, first: number, end: number, cols: number): Cuts {
  const packed = [0];
  const rows = [0];
  let cell = 0;
  let column = 0;
  for (let row = first; row < end; row++) {
    const reader = new PackedReader(chunk.packedBytes, chunk.startOf(row) + 1);
    const cells = reader.varint();
    // The empty cell in which a wide character had no room is no part of the line.
    const skipped = row + 1 < end && cells < chunk.cols && startsWide(chunk, row + 1) ? 1 : 0;
    const rowEnd = cell + (row + 1 < end ? chunk.cols - skipped : cells);
    const textEnd = cell + cells;
    while (cell < rowEnd) {
      const width = cell < textEnd ? passCell(reader) : 1;
      column += width;
      if (column > cols) {
        rows.push(cell);
        column = width;
      }
      cell += width;
    }
    packed.push(cell);
  }
  return { packed, rows };
}

function startsWide(chunk: PackedRows, row: number): boolean {
  const reader = new PackedReader(chunk.packedBytes, chunk.startOf(row) + 1);
  return reader.varint() > 1 && passCell(reader) === 2;
}

/** Goes on to the next character; answers the columns of this one. */
function passCell(reader: PackedReader): number {
  const code = reader.byte();
  if (code >= 0x20 && code < 0x80) return 1;
  if (code === Code.wide) {
    reader.at += utf8Length(reader.bytes[reader.at] ?? 0);
    return 2;
  }
  if (code >= 0x80) reader.at += utf8Length(code) - 1;
  else if (code === Code.cluster || code === Code.wideCluster) reader.passText();
  else if (code === Code.raw && (reader.word() & Content.combined) !== 0) reader.passText();
  return code === Code.wideCluster ? 2 : 1;
}

/** Bytes of a character, by its first one. */
function utf8Length(first: number): number {
  return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/** Which packed row of a line has this cell. */
function partOf(packed: readonly number[], cell: number): number {
  return Math.min(lastAtMost(packed, cell), packed.length - 2);
}

/** The index of the last number that is not above the value; the numbers ascend and the first is not above it. */
function lastAtMost(numbers: Uint32Array | readonly number[], value: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((numbers[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
