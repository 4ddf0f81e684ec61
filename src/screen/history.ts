/**
 * The rows that have left the emulator, packed: about a byte a cell instead of twelve. What was put out is kept row by row as it
 * stood on the screen; a terminal of another width sees the same lines cut anew, only where it looks.
 */
import { HistoryChunk, type PackedPlace } from "./history-chunk.ts";
import type { HistoryRow, PlainRow } from "./history-row.ts";
import type { CellAt } from "./history-wrap.ts";
import { PackedBytes } from "./packed-bytes.ts";
import type { InnerLine } from "./xterm-inner.ts";

const FIRST_ROOM_BYTES = 4 * 1024;

export class History {
  readonly #limit: number;
  #cols: number;
  #chunks: HistoryChunk[] = [];
  /** Where rows of the last chunk are packed, if that one takes more. */
  readonly #room = new PackedBytes(FIRST_ROOM_BYTES);
  #open: HistoryChunk | null = null;
  /** Packed rows that are kept. */
  #count = 0;
  /** The row that was read last: many look at a row and at the one after it, and then go on. */
  #last: { readonly index: number; readonly row: HistoryRow } | null = null;

  /**
   * `limit`: how many rows are kept, as they were when they left the screen, at least 1; cut to a smaller width they are more, and
   * none is lost by it. `cols`: the width at which rows are read.
   */
  constructor(limit: number, cols: number) {
    this.#limit = limit;
    this.#cols = cols;
  }

  /** Rows at the width at which they are read. */
  get length(): number {
    return (this.#chunks.at(-1)?.endRow ?? 0) - this.#top;
  }

  /** Memory that the packed rows take, about. */
  get bytes(): number {
    return this.#chunks.reduce((sum, chunk) => sum + chunk.bytes, 0);
  }

  /**
   * Takes a row after the last one. It must be as wide as the rows that are read. `dropOldest`: rows beyond the limit go; two for
   * one, so that what a smaller width has made of rows becomes few again by and by.
   */
  push(line: InnerLine, dropOldest = true): void {
    this.#last = null;
    let chunk = this.#open;
    if (!chunk || chunk.isFull(line.isWrapped)) chunk = this.#openChunk();
    chunk.push(line);
    chunk.endRow++;
    this.#count++;
    for (let drops = 0; dropOldest && drops < 2 && this.#count > this.#limit; drops++) this.#dropOldest();
  }

  /** A row from the oldest, 0, on. */
  row(index: number): HistoryRow | null {
    if (this.#last?.index === index) return this.#last.row;
    const number = this.#top + index;
    const chunk = index < 0 ? undefined : this.#chunks[this.#chunkOf(number)];
    if (!chunk) return null;
    const row = chunk.row(number - chunk.endRow + chunk.rows(this.#cols), this.#cols);
    this.#last = { index, row };
    return row;
  }

  /** The same as text, if it is plain and was packed at the width at which rows are read. */
  plain(index: number): PlainRow | null {
    const number = this.#top + index;
    const chunk = index < 0 ? undefined : this.#chunks[this.#chunkOf(number)];
    return chunk?.plain(number - chunk.endRow + chunk.rows(this.#cols), this.#cols) ?? null;
  }

  /** The place of a row's first cell, for `find`. */
  place(index: number): PackedPlace | null {
    const number = this.#top + index;
    const chunk = this.#chunks[this.#chunkOf(number)];
    return chunk ? chunk.place(number - chunk.endRow + chunk.rows(this.#cols), this.#cols) : null;
  }

  /** Where this place is now, null when it is not kept any more. */
  find({ chunk, row, x }: PackedPlace): CellAt | null {
    const found = chunk.find(row, x, this.#cols);
    return found && { row: chunk.endRow - chunk.rows(this.#cols) + found.row - this.#top, x: found.x };
  }

  /** From now on rows are read, and taken, at this width. */
  resize(cols: number): void {
    if (cols === this.#cols) return;
    this.#last = null;
    this.#cols = cols;
    this.#seal();
    let endRow = 0;
    for (const chunk of this.#chunks) chunk.endRow = endRow += chunk.rows(cols);
  }

  /** Takes the newest line away, all its rows, unless it has more than `most`: then null. Empty when nothing is kept. */
  takeLine(most: number): readonly HistoryRow[] | null {
    this.#last = null;
    const chunk = this.#chunks.at(-1);
    if (!chunk) return [];
    const first = chunk.lastLine();
    const from = chunk.find(first, 0, this.#cols)?.row ?? 0;
    const end = chunk.rows(this.#cols);
    if (end - from > most) return null;
    const rows = Array.from({ length: end - from }, (_, index) => chunk.row(from + index, this.#cols));
    this.#count -= chunk.end - first;
    chunk.cut(first);
    chunk.endRow -= rows.length;
    if (chunk.end === chunk.first) this.#forget(this.#chunks.pop());
    return rows;
  }

  clear(): void {
    this.#last = null;
    for (const chunk of this.#chunks) chunk.gone = true;
    this.#chunks = [];
    this.#open = null;
    this.#count = 0;
  }

  /** The number of the oldest row. Numbers of rows go on while rows are added and dropped. */
  get #top(): number {
    const chunk = this.#chunks[0];
    return chunk ? chunk.endRow - chunk.rows(this.#cols) : 0;
  }

  #chunkOf(number: number): number {
    let low = 0;
    let high = this.#chunks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#chunks[middle] as HistoryChunk).endRow > number) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #openChunk(): HistoryChunk {
    this.#seal();
    this.#room.at = 0;
    const chunk = new HistoryChunk(this.#cols, this.#room);
    chunk.endRow = this.#chunks.at(-1)?.endRow ?? 0;
    this.#chunks.push(chunk);
    this.#open = chunk;
    return chunk;
  }

  #seal(): void {
    this.#open?.seal();
    this.#open = null;
  }

  #dropOldest(): void {
    const chunk = this.#chunks[0];
    if (!chunk) return;
    chunk.shift();
    this.#count--;
    if (chunk.first === chunk.end) this.#forget(this.#chunks.shift());
  }

  #forget(chunk: HistoryChunk | undefined): void {
    if (!chunk) return;
    chunk.gone = true;
    if (chunk === this.#open) this.#open = null;
  }
}
