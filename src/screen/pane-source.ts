/**
 * What one viewer sees of one screen: a viewport, and what of it has been sent. Each update holds the cells that differ
 * from what the viewer has, however many changes lie between: nothing is queued, a slow viewer gets the newest later.
 */
import { BLANK, Bg, CELL_WORDS, cleanBg, cleanFg, Content, type Extra, hasExtra, NO_EXTRA, sameExtra, widthOf } from "../protocol/cells.ts";
import { encodeRows, type RowSpan } from "../protocol/rows.ts";
import type { LineMark, Screen } from "./screen.ts";
import type { RawLine } from "./xterm.ts";

export interface Viewport {
  readonly cols: number;
  readonly rows: number;
  /** Lines scrolled up from the bottom. While it is not 0 the lines in view stay in view, whatever is put out below. */
  readonly scroll: number;
}

/** Longer link targets are left out; browsers take no more either. */
const MAX_LINK = 2048;

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
  /** One row as it is now. */
  #row = new Uint32Array(0);
  readonly #rowExtras = new Map<number, Extra>();
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
    this.#row = new Uint32Array(cols * CELL_WORDS);
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
    this.#read(line);
    const start = y * cols;
    let first = 0;
    while (first < cols && this.#same(start, first)) first++;
    const wrapped = line?.wrapped ?? false;
    if (first === cols && wrapped === this.#sentWrapped[y]) return;
    let last = cols - 1;
    while (last > first && this.#same(start, last)) last--;
    let end = Math.min(last + 1, cols);
    while (end > first && this.#isBlank(end - 1)) end--;
    const blankAfter = end <= last && this.#isBlankFrom(last + 1);
    if (!blankAfter) end = first === cols ? first : last + 1;
    spans.push(this.#span(y, first, end, { blankAfter, wrapped }));
    this.#sent.set(this.#row, start * CELL_WORDS);
    this.#sentWrapped[y] = wrapped;
    for (let x = first; x < cols; x++) {
      const extra = this.#rowExtras.get(x);
      if (extra) this.#sentExtras.set(start + x, extra);
      else this.#sentExtras.delete(start + x);
    }
  }

  #span(y: number, x: number, end: number, flags: { blankAfter: boolean; wrapped: boolean }): RowSpan {
    const extras = new Map<number, Extra>();
    for (const [at, extra] of this.#rowExtras) if (at >= x && at < end) extras.set(at - x, extra);
    return { y, x, words: this.#row.slice(x * CELL_WORDS, end * CELL_WORDS), extras, ...flags };
  }

  #same(start: number, x: number): boolean {
    const at = x * CELL_WORDS;
    const sent = start * CELL_WORDS + at;
    const content = this.#row[at] ?? 0;
    const bg = this.#row[at + 2] ?? 0;
    if (content !== this.#sent[sent] || this.#row[at + 1] !== this.#sent[sent + 1] || bg !== this.#sent[sent + 2]) return false;
    if (!hasExtra(content, bg)) return true;
    return sameExtra(this.#rowExtras.get(x) ?? NO_EXTRA, this.#sentExtras.get(start + x) ?? NO_EXTRA);
  }

  #isBlank(x: number): boolean {
    const at = x * CELL_WORDS;
    return this.#row[at] === BLANK && this.#row[at + 1] === 0 && this.#row[at + 2] === 0;
  }

  #isBlankFrom(x: number): boolean {
    for (let at = x; at < this.#viewport.cols; at++) if (!this.#isBlank(at)) return false;
    return true;
  }

  /** Reads a line into the row, with equal looks as equal words. */
  #read(line: RawLine | null): void {
    const row = this.#row;
    const available = line ? Math.min(line.words.length, row.length) : 0;
    this.#rowExtras.clear();
    for (let at = 0; at < row.length; at += CELL_WORDS) {
      const inside = line !== null && at < available;
      row[at] = inside ? cleanContent(line.words[at] ?? 0) : BLANK;
      row[at + 1] = inside ? cleanFg(line.words[at + 1] ?? 0) : 0;
      const bg = inside ? (line.words[at + 2] ?? 0) : 0;
      row[at + 2] = cleanBg(bg);
      if (line && inside && hasExtra(line.words[at] ?? 0, bg)) this.#readExtra(line, at);
    }
    // A wide character that the pane's edge cuts.
    const end = row.length - CELL_WORDS;
    if (end >= 0 && widthOf(row[end] ?? 0) === 2) {
      row[end] = BLANK;
      this.#dropText(end);
    }
  }

  #readExtra(line: RawLine, at: number): void {
    const x = at / CELL_WORDS;
    const { text, underline, underlineColor, link } = line.extra(x);
    const extra: Extra = { text, underline, underlineColor, link: link.length > MAX_LINK ? "" : link };
    if (sameExtra(extra, NO_EXTRA)) return;
    this.#rowExtras.set(x, extra);
    if (underline !== 0 || underlineColor !== 0 || extra.link !== "") this.#row[at + 2] = ((this.#row[at + 2] ?? 0) | Bg.extended) >>> 0;
  }

  #dropText(at: number): void {
    const x = at / CELL_WORDS;
    const extra = this.#rowExtras.get(x);
    if (extra) this.#rowExtras.set(x, { ...extra, text: "" });
  }
}

/** Never-written cells are blanks, a combined cell's code point bits hold nothing, and content takes a column at least. */
function cleanContent(content: number): number {
  const width = widthOf(content);
  if ((content & Content.combined) !== 0) return Content.combined | (Math.max(1, width) << Content.widthShift);
  const codePoint = content & Content.codePoint;
  if (codePoint === 0) return width === 0 ? 0 : BLANK;
  return codePoint | (Math.max(1, width) << Content.widthShift);
}
