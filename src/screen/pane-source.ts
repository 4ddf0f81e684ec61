/**
 * What one viewer sees of one screen: a viewport, and what of it has been sent. Each update holds the cells that differ
 * from what the viewer has, however many changes lie between: nothing is queued, a slow viewer gets the newest later.
 */
import { BLANK, CELL_WORDS, type Extra, NO_EXTRA, sameExtra } from "../protocol/cells.ts";
import { encodeRows } from "../protocol/encode-rows.ts";
import type { RowSpan } from "../protocol/rows.ts";
import { HeldLines, liveLines, type ShownLines } from "./held-lines.ts";
import type { NumberedLines } from "./line-numbers.ts";
import { RowReader } from "./row-reader.ts";
import type { LineMark, Screen } from "./screen.ts";
import type { RawLine } from "./xterm.ts";

export interface Viewport {
  readonly cols: number;
  readonly rows: number;
  /** Lines scrolled up from the bottom. While it is not 0 the lines in view stay in view, whatever is put out below. */
  readonly scroll: number;
  /** Instead of `scroll`: the line at the top by its number, which stays there even at the bottom. */
  readonly top?: { readonly era: number; readonly line: number } | undefined;
  /** Everything stays as it is now, whatever the program does. */
  readonly held?: boolean | undefined;
}

/** The line at the top of a view that does not follow the output: by its number, and by a mark for when lines are cut anew. */
interface Anchor {
  readonly era: number;
  readonly line: number;
  readonly mark: LineMark | null;
}

export class PaneSource {
  readonly #screen: Screen;
  readonly #terminal: number;
  #viewport: Viewport = { cols: 0, rows: 0, scroll: 0 };
  readonly #live: ShownLines;
  #held: HeldLines | null = null;
  #anchor: Anchor | null = null;
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
    this.#live = liveLines(screen);
    this.#terminal = terminal;
  }

  /** The lines that stand still for this viewer, or null. */
  get held(): NumberedLines | null {
    return this.#held;
  }

  /** Sets what the viewer wants to see. The same size sends only changes, another one everything. */
  view(viewport: Viewport): void {
    const { cols, rows, scroll, top, held = false } = viewport;
    const before = this.#viewport;
    this.#viewport = viewport;
    const resized = cols !== before.cols || rows !== before.rows;
    if (resized) this.forget();
    // Lines of another width are others: what is held then is what the pane shows now.
    if (!held) this.#held = null;
    else if (!this.#held || (resized && this.#held.era !== this.#live.era)) this.#held = new HeldLines(this.#screen);
    if (held !== (before.held ?? false)) this.#version = -1;
    if (scroll === before.scroll && top?.line === before.top?.line && top?.era === before.top?.era) return;
    this.#version = -1;
    const { era, first, scrollbackLength } = this.#shown;
    if (top?.era === era) this.#keep(top.line);
    else if (scroll > 0) this.#keep(first + Math.max(0, scrollbackLength - scroll));
    else this.#drop();
  }

  /** Lines that the view is scrolled up by now. */
  get scroll(): number {
    return Math.max(0, this.#shown.screenTop - this.#top());
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
    this.#screen.shown();
    if (this.#screen.version === this.#version) return null;
    this.#version = this.#screen.version;
    const { cols, rows } = this.#viewport;
    const { era, first, screenTop, scrollbackLength: scrollback } = this.#shown;
    const top = this.#top();
    const scroll = Math.max(0, screenTop - top);
    const spans: RowSpan[] = [];
    for (let y = 0; y < rows; y++) this.#changes(y, top + y, spans);
    const cursor = this.#cursor(screenTop - top);
    const state = `${cursor.x} ${cursor.y} ${cursor.visible} ${scroll} ${scrollback} ${era} ${first} ${top}`;
    if (spans.length === 0 && !this.#full && state === this.#sentState) return null;
    this.#sentState = state;
    const full = this.#full;
    this.#full = false;
    return encodeRows({ terminal: this.#terminal, cols, rows, full, cursor, scroll, scrollback, top: { era, line: top }, spans });
  }

  /** Gives up what is followed and held. */
  dispose(): void {
    this.#drop();
    this.#held = null;
  }

  get #shown(): ShownLines {
    return this.#held ?? this.#live;
  }

  #keep(line: number): void {
    const { first } = this.#shown;
    this.#drop();
    const number = Math.max(first, line);
    this.#anchor = { era: this.#shown.era, line: number, mark: this.#screen.mark(Math.max(0, number - this.#live.first)) };
  }

  #drop(): void {
    this.#anchor?.mark?.dispose();
    this.#anchor = null;
  }

  /** The number of the line in the first row. */
  #top(): number {
    const { first, screenTop, rows, era } = this.#shown;
    const anchor = this.#anchored(era);
    if (anchor === null) return screenTop + this.#hiddenAbove();
    const hidden = this.#viewport.top ? Math.max(0, rows - this.#viewport.rows) : 0;
    return Math.max(first, Math.min(anchor, screenTop + hidden));
  }

  /** The number of the anchor's line in this era; null while the view follows the output. */
  #anchored(era: number): number | null {
    const anchor = this.#anchor;
    if (!anchor) return null;
    if (anchor.era === era) return anchor.line;
    // The alternate screen has nothing to scroll to; what was read before it comes back with the other one.
    if (this.#screen.alternate) return null;
    const { mark } = anchor;
    if (!mark) return this.#viewport.scroll > 0 ? this.#shown.screenTop - this.#viewport.scroll : null;
    // A line that is not kept any more makes way for the oldest that is.
    const line = this.#live.first + Math.max(0, mark.line);
    this.#anchor = { era, line, mark };
    return line;
  }

  /** Rows at the top that do not fit when the pane is lower than the screen: the cursor's row stays in view. */
  #hiddenAbove(): number {
    const { rows, cursor } = this.#shown;
    return Math.max(0, Math.min(rows - this.#viewport.rows, cursor.y - this.#viewport.rows + 1));
  }

  #cursor(screenTop: number): { x: number; y: number; visible: boolean } {
    const { cols, rows } = this.#viewport;
    const { cursor } = this.#shown;
    const y = cursor.y + screenTop;
    const inside = cursor.x < cols && y >= 0 && y < rows;
    return { x: Math.min(cursor.x, cols - 1), y: Math.max(0, Math.min(y, rows - 1)), visible: cursor.visible && inside };
  }

  /** Compares a row with what the viewer has of it and notes the difference as sent. */
  #changes(y: number, number: number, spans: RowSpan[]): void {
    const { cols } = this.#viewport;
    const line = this.#shown.line(number);
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
