/**
 * Some hundred rows of the history, packed into one array: they come and go together. They are kept as they were when they left
 * the screen; at another width they are cut anew (history-wrap.ts).
 */
import { type HistoryRow, isWrappedRow, packRow, plainRow, type PlainRow, unpackRow } from "./history-row.ts";
import { Styles } from "./history-styles.ts";
import { type CellAt, type PackedRows, Wrapping } from "./history-wrap.ts";
import type { PackedBytes } from "./packed-bytes.ts";
import type { InnerLine } from "./xterm-inner.ts";

/** A chunk is full with so many bytes or rows, as soon as a line ends… */
const FULL_BYTES = 32 * 1024;
const FULL_ROWS = 1024;
/** …or with so many times as much in the middle of a line, which is then cut there at other widths. */
const LONG_LINE = 4;

/** A cell by where it is packed: it moves with its row, whatever width the row is cut to. */
export interface PackedPlace {
  readonly chunk: HistoryChunk;
  readonly row: number;
  readonly x: number;
}

export class HistoryChunk implements PackedRows {
  /** Cells of each packed row. */
  readonly cols: number;
  readonly #styles = new Styles();
  #packed: PackedBytes;
  #starts = new Uint32Array(128);
  #count = 0;
  #first = 0;
  #wrapping: Wrapping | null = null;
  /** The number of the row after the last one, by the width that the history is read at. Kept by history.ts. */
  endRow = 0;
  /** None of its rows is in the history any more. */
  gone = false;

  /** Rows are packed into `room` until the chunk is sealed. */
  constructor(cols: number, room: PackedBytes) {
    this.cols = cols;
    this.#packed = room;
  }

  /** Packed rows that are kept: those from `first` to before `end`. */
  get first(): number {
    return this.#first;
  }

  get end(): number {
    return this.#count;
  }

  get bytes(): number {
    return this.#packed.bytes.byteLength + this.#starts.byteLength + this.#styles.bytes;
  }

  /** Whether the next row belongs into another chunk. */
  isFull(continues: boolean): boolean {
    const factor = continues ? LONG_LINE : 1;
    return this.#count >= FULL_ROWS * factor || this.#packed.at >= FULL_BYTES * factor || this.#styles.full;
  }

  push(line: InnerLine): void {
    if (this.#count === this.#starts.length) {
      const starts = new Uint32Array(this.#count * 2);
      starts.set(this.#starts);
      this.#starts = starts;
    }
    this.#starts[this.#count++] = this.#packed.at;
    packRow(line, this.#styles, this.#packed);
    this.#wrapping = null;
  }

  /** No row is added any more: takes no more memory than it needs, and the room may be used for the next chunk. */
  seal(): void {
    this.#packed = this.#packed.copy();
    this.#styles.seal();
    this.#starts = this.#starts.slice(0, this.#count);
  }

  /** Forgets the oldest packed row. */
  shift(): void {
    this.#first++;
    this.#wrapping = null;
  }

  /** Forgets the packed rows from this one on. */
  cut(row: number): void {
    if (row >= this.#count) return;
    this.#packed.at = this.#starts[row] ?? 0;
    this.#count = row;
    this.#wrapping = null;
  }

  /** How many rows it makes at this width. */
  rows(cols: number): number {
    return cols === this.cols ? this.#count - this.#first : this.#wrapped(cols).rows;
  }

  /** A row by its place among those that it makes at this width. */
  row(index: number, cols: number): HistoryRow {
    return cols === this.cols ? this.packedRow(this.#first + index) : this.#wrapped(cols).row(index);
  }

  /** The same as text, if it is plain and was packed at this width. */
  plain(index: number, cols: number): PlainRow | null {
    return cols === this.cols ? plainRow(this.#packed.bytes, this.startOf(this.#first + index)) : null;
  }

  /** Where a packed row's cell is at this width; null when it is not kept any more. */
  find(row: number, x: number, cols: number): CellAt | null {
    if (this.gone || row < this.#first || row >= this.#count) return null;
    return cols === this.cols ? { row: row - this.#first, x } : this.#wrapped(cols).find(row, x);
  }

  /** The place of a row's first cell. */
  place(index: number, cols: number): PackedPlace {
    return { chunk: this, ...(cols === this.cols ? { row: this.#first + index, x: 0 } : this.#wrapped(cols).place(index)) };
  }

  /** The packed row that the last line of the chunk begins with. */
  lastLine(): number {
    let row = this.#count - 1;
    while (row > this.#first && this.isWrapped(row)) row--;
    return row;
  }

  packedRow(row: number): HistoryRow {
    return unpackRow(this.#packed.bytes, this.startOf(row), this.#endOf(row), this.cols, this.#styles);
  }

  get packedBytes(): Uint8Array {
    return this.#packed.bytes;
  }

  startOf(row: number): number {
    return this.#starts[row] ?? 0;
  }

  isWrapped(row: number): boolean {
    return isWrappedRow(this.#packed.bytes, this.startOf(row));
  }

  #endOf(row: number): number {
    return row + 1 < this.#count ? this.startOf(row + 1) : this.#packed.at;
  }

  #wrapped(cols: number): Wrapping {
    if (this.#wrapping?.cols !== cols) this.#wrapping = new Wrapping(this, cols);
    return this.#wrapping;
  }
}
