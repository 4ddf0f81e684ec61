/** A rectangle of cells: three words each (protocol/cells.ts), and beside them what does not fit into the words. */
import { BLANK, CELL_WORDS, type Extra, hasExtra, NO_EXTRA, sameExtra } from "../../protocol/cells.ts";
import type { RowsMessage, RowSpan } from "../../protocol/rows.ts";

export class Grid {
  #cols = 0;
  #rows = 0;
  #words = new Uint32Array(0);
  /** Where the words are; larger than they need after a larger size. */
  #room = this.#words;
  /** By index of the cell; only looked at where the words say that there is one. */
  readonly #extras = new Map<number, Extra>();
  /** Rows that changed since `settle`. */
  #changed = new Uint8Array(0);
  #anyChanged = false;

  constructor(cols: number, rows: number) {
    this.resize(cols, rows);
  }

  get cols(): number {
    return this.#cols;
  }

  get rows(): number {
    return this.#rows;
  }

  /** The cells, row by row. To be read; `set` and its kin also note what changed. */
  get words(): Uint32Array {
    return this.#words;
  }

  /** What stands beside the words of the cell with this index. */
  extra(index: number): Extra {
    const at = index * CELL_WORDS;
    if (!hasExtra(this.#words[at] ?? 0, this.#words[at + 2] ?? 0)) return NO_EXTRA;
    return this.#extras.get(index) ?? NO_EXTRA;
  }

  /** Takes a new size, all blank. */
  resize(cols: number, rows: number): void {
    this.#cols = Math.max(0, cols);
    this.#rows = Math.max(0, rows);
    const words = this.#cols * this.#rows * CELL_WORDS;
    // A region that goes between two sizes with every zoom would else be what garbage is collected for.
    if (words > this.#room.length || words * 8 < this.#room.length) this.#room = new Uint32Array(words);
    this.#words = this.#room.subarray(0, words);
    this.#changed = new Uint8Array(this.#rows);
    this.clear();
  }

  clear(): void {
    for (let y = 0; y < this.#rows; y++) this.blank(0, y, this.#cols);
  }

  /** Makes cells of a row blank. */
  blank(x: number, y: number, count: number): void {
    const words = this.#words;
    const start = (y * this.#cols + x) * CELL_WORDS;
    const length = count * CELL_WORDS;
    if (length > 0) {
      words.fill(0, start, start + length);
      words[start] = BLANK;
      // Twice as much each time: a first frame has thousands of cells, and nothing is compiled yet.
      for (let done = CELL_WORDS; done < length; done *= 2) words.copyWithin(start + done, start, start + Math.min(done, length - done));
    }
    this.#note(y);
  }

  set(x: number, y: number, content: number, fg: number, bg: number, extra: Extra = NO_EXTRA): void {
    const index = y * this.#cols + x;
    this.#words[index * CELL_WORDS] = content;
    this.#words[index * CELL_WORDS + 1] = fg;
    this.#words[index * CELL_WORDS + 2] = bg;
    if (extra !== NO_EXTRA) this.#extras.set(index, extra);
    this.#note(y);
  }

  /** Copies cells of another grid's row into this one's. Both ranges must lie inside. */
  copy(from: Grid, fromX: number, fromY: number, x: number, y: number, count: number): void {
    const source = (fromY * from.cols + fromX) * CELL_WORDS;
    const target = (y * this.#cols + x) * CELL_WORDS;
    const words = from.words;
    this.#words.set(words.subarray(source, source + count * CELL_WORDS), target);
    this.#note(y);
    if (from.#extras.size === 0) return;
    for (let cell = 0; cell < count; cell++) {
      const at = source + cell * CELL_WORDS;
      if (hasExtra(words[at] ?? 0, words[at + 2] ?? 0))
        this.#extras.set(y * this.#cols + x + cell, from.extra(fromY * from.cols + fromX + cell));
    }
  }

  /** Whether the cells with these indices look the same. */
  sameCell(index: number, other: Grid, otherIndex: number): boolean {
    const a = index * CELL_WORDS;
    const b = otherIndex * CELL_WORDS;
    const content = this.#words[a] ?? 0;
    const bg = this.#words[a + 2] ?? 0;
    if (content !== other.words[b] || this.#words[a + 1] !== other.words[b + 1] || bg !== other.words[b + 2]) return false;
    return !hasExtra(content, bg) || sameExtra(this.extra(index), other.extra(otherIndex));
  }

  /** Takes over changed rows from the engine; a message for another size changes the size first. */
  apply(message: RowsMessage): void {
    if (message.cols !== this.#cols || message.rows !== this.#rows) this.resize(message.cols, message.rows);
    else if (message.full) this.clear();
    for (const span of message.spans) this.#applySpan(span);
  }

  #applySpan({ x, y, words, extras, blankAfter }: RowSpan): void {
    const count = Math.min(words.length / CELL_WORDS, this.#cols - x);
    if (y >= this.#rows || count < 0) return;
    const start = y * this.#cols + x;
    this.#words.set(words.subarray(0, count * CELL_WORDS), start * CELL_WORDS);
    for (const [index, extra] of extras) if (index < count) this.#extras.set(start + index, extra);
    if (blankAfter) this.blank(x + count, y, this.#cols - x - count);
    this.#note(y);
  }

  /** Whether any row did. */
  get changed(): boolean {
    return this.#anyChanged;
  }

  rowChanged(y: number): boolean {
    return this.#changed[y] === 1;
  }

  /** Everything changed so far has been looked at. */
  settle(): void {
    if (!this.#anyChanged) return;
    this.#anyChanged = false;
    this.#changed.fill(0);
  }

  #note(y: number): void {
    this.#anyChanged = true;
    this.#changed[y] = 1;
  }
}
