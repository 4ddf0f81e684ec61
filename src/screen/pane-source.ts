/**
 * What one viewer sees of one screen: a viewport, and what of it has been sent. Each update holds the cells that differ
 * from what the viewer has, however many changes lie between: nothing is queued, a slow viewer gets the newest later.
 */
import { BLANK, CELL_WORDS, type Extra, NO_EXTRA, sameExtra } from "../protocol/cells.ts";
import { encodeRows, type RowSpan } from "../protocol/rows.ts";
import { RowReader } from "./row-reader.ts";
import type { LineMark, Screen } from "./screen.ts";
import type { RawLine } from "./xterm.ts";

export interface Viewport {
  readonly cols: number;
  readonly rows: number;
  /** Lines scrolled up from the bottom. While it is not 0 the lines in view stay in view, whatever is put out below. */
  readonly scroll: number;
}

export class PaneSource {
  readonly #screen: Screen;
  readonly #terminal: number;
  #viewport: Viewport = { cols: 0, rows: 0, scroll: 0 };
  /** The line at the top of a scrolled view. */
  #anchor: LineMark | null = null;
  /** What the viewer has: three words a cell, extras by index of the cell, and which rows continue the one above. */
  #sent = new Uint32Array(0);
  #sentExtras = new Map<number, Extra>();
  #sentWrapped: boolean[] = [];
  #row = new RowReader(0);
  /** The words of the lines that the rows were read from, to pass over a line that is as it was. */
  #raw: RawRow[] = [];
  #full = true;
  #version = -1;
  #sentState = "";

  constructor(screen: Screen, terminal: number) {
    this.#screen = screen;
    this.#terminal = terminal;
  }

  /** Sets what the viewer wants to see. The same size sends only changes, another one everything. */
  view(viewport: Viewport): void {
    const { cols, rows, scroll } = viewport;
    const before = this.#viewport;
    this.#viewport = viewport;
    if (cols !== before.cols || rows !== before.rows) this.forget();
    if (scroll !== before.scroll) {
      this.#anchor?.dispose();
      const base = this.#screen.scrollbackLength;
      this.#anchor = scroll > 0 ? this.#screen.mark(Math.max(0, base - scroll)) : null;
      this.#version = -1;
    }
  }

  /** The viewer has nothing any more: the next update holds everything. */
  forget(): void {
    const { cols, rows } = this.#viewport;
    this.#full = true;
    this.#version = -1;
    this.#sent = new Uint32Array(cols * rows * CELL_WORDS);
    for (let at = 0; at < this.#sent.length; at += CELL_WORDS) this.#sent[at] = BLANK;
    this.#sentExtras.clear();
    this.#sentWrapped = Array.from({ length: rows }, () => false);
    this.#row = new RowReader(cols);
    this.#raw = Array.from({ length: rows }, () => NOT_READ);
  }

  /** The encoded changes since the last update, or null when there are none. */
  update(): Uint8Array | null {
    const screen = this.#screen;
    screen.shown();
    if (screen.version === this.#version) return null;
    this.#version = screen.version;
    const { cols, rows } = this.#viewport;
    const scrollback = screen.scrollbackLength;
    const scroll = this.#scroll(scrollback);
    const top = scrollback - scroll + (scroll === 0 ? this.#hiddenAbove() : 0);
    const spans: RowSpan[] = [];
    for (let y = 0; y < rows; y++) this.#changes(y, top + y, spans);
    const cursor = this.#cursor(scrollback - top);
    const state = `${cursor.x} ${cursor.y} ${cursor.visible} ${scroll} ${scrollback}`;
    if (spans.length === 0 && !this.#full && state === this.#sentState) return null;
    this.#sentState = state;
    const full = this.#full;
    this.#full = false;
    return encodeRows({ terminal: this.#terminal, cols, rows, full, cursor, scroll, scrollback, spans });
  }

  /** Gives up the followed line. */
  dispose(): void {
    this.#anchor?.dispose();
    this.#anchor = null;
  }

  #scroll(scrollback: number): number {
    if (this.#viewport.scroll === 0) return 0;
    const anchored = this.#anchor ? scrollback - Math.max(0, this.#anchor.line) : this.#viewport.scroll;
    return Math.max(0, Math.min(anchored, scrollback));
  }

  /** Rows at the top that do not fit when the pane is lower than the screen: the cursor's row stays in view. */
  #hiddenAbove(): number {
    const tooMany = this.#screen.rows - this.#viewport.rows;
    return Math.max(0, Math.min(tooMany, this.#screen.cursor.y - this.#viewport.rows + 1));
  }

  #cursor(screenTop: number): { x: number; y: number; visible: boolean } {
    const { cols, rows } = this.#viewport;
    const cursor = this.#screen.cursor;
    const y = cursor.y + screenTop;
    const inside = cursor.x < cols && y >= 0 && y < rows;
    return { x: Math.min(cursor.x, cols - 1), y: Math.max(0, Math.min(y, rows - 1)), visible: cursor.visible && inside };
  }

  /** Compares a row with what the viewer has of it and notes the difference as sent. */
  #changes(y: number, index: number, spans: RowSpan[]): void {
    const { cols } = this.#viewport;
    const line = index < this.#screen.scrollbackLength + this.#screen.rows ? this.#screen.line(index) : null;
    const wrapped = line?.wrapped ?? false;
    if (line && wrapped === this.#sentWrapped[y] && isAsRead(line, this.#raw[y])) return;
    const row = this.#row;
    row.read(line);
    this.#raw[y] = keepRaw(this.#raw[y], line, row.plain);
    const start = y * cols;
    const [first, end] = this.#difference(start);
    if (first === cols && wrapped === this.#sentWrapped[y]) return;
    this.#sent.set(row.words, start * CELL_WORDS);
    this.#sentWrapped[y] = wrapped;
    this.#keepExtras(start, first);
    const blankFrom = this.#blankStart(first);
    spans.push({
      y,
      x: first,
      // The words are copied into the message before anything else changes them.
      words: this.#sent.subarray((start + first) * CELL_WORDS, (start + Math.min(blankFrom, end)) * CELL_WORDS),
      extras: this.#extrasFrom(first, Math.min(blankFrom, end)),
      blankAfter: blankFrom < end,
      wrapped,
    });
  }

  /** From where to where the row differs from what the viewer has; empty at the row's end when it does not. */
  #difference(start: number): readonly [first: number, end: number] {
    const { cols } = this.#viewport;
    const { words, extras } = this.#row;
    const sent = this.#sent;
    const offset = start * CELL_WORDS;
    const plain = extras.size === 0;
    const same = (x: number): boolean => {
      const at = x * CELL_WORDS;
      if (words[at] !== sent[offset + at] || words[at + 1] !== sent[offset + at + 1] || words[at + 2] !== sent[offset + at + 2])
        return false;
      return plain || sameExtra(extras.get(x) ?? NO_EXTRA, this.#sentExtras.get(start + x) ?? NO_EXTRA);
    };
    let first = 0;
    while (first < cols && same(first)) first++;
    let end = cols;
    while (end > first && same(end - 1)) end--;
    return [first, end];
  }

  /** The column from which on the row is blank, `from` at least. */
  #blankStart(from: number): number {
    let end = this.#viewport.cols;
    while (end > from && this.#row.isBlank(end - 1)) end--;
    return end;
  }

  #keepExtras(start: number, from: number): void {
    const { extras } = this.#row;
    if (extras.size === 0 && this.#sentExtras.size === 0) return;
    for (let x = from; x < this.#viewport.cols; x++) {
      const extra = extras.get(x);
      if (extra) this.#sentExtras.set(start + x, extra);
      else this.#sentExtras.delete(start + x);
    }
  }

  #extrasFrom(x: number, end: number): ReadonlyMap<number, Extra> {
    if (this.#row.extras.size === 0) return NO_EXTRAS;
    const extras = new Map<number, Extra>();
    for (const [at, extra] of this.#row.extras) if (at >= x && at < end) extras.set(at - x, extra);
    return extras;
  }
}

const NO_EXTRAS: ReadonlyMap<number, Extra> = new Map();

/** A line's words as they were read. What stands beside the words of a line that is not plain can change without them. */
interface RawRow {
  readonly words: Uint32Array;
  readonly plain: boolean;
}

function keepRaw(raw: RawRow | undefined, line: RawLine | null, plain: boolean): RawRow {
  if (!line || !plain) return NOT_READ;
  if (raw?.words.length !== line.words.length) return { words: line.words.slice(), plain };
  raw.words.set(line.words);
  return raw;
}

const NOT_READ: RawRow = { words: new Uint32Array(0), plain: false };

function isAsRead({ words }: RawLine, raw: RawRow | undefined): boolean {
  if (!raw?.plain || raw.words.length !== words.length) return false;
  for (let at = 0; at < words.length; at++) if (words[at] !== raw.words[at]) return false;
  return true;
}
