/**
 * Numbers for a terminal's lines that stay while output goes on. A line's index changes whenever an older line is dropped; its
 * number does not, so that a viewer may keep places in it. Where lines are cut anew (another width) or replaced (another screen),
 * a new era begins and the numbers of the one before mean nothing any more.
 */
import type { PlainRow } from "./history-row.ts";
import type { LineMark } from "./screen.ts";
import type { RawLine } from "./xterm.ts";

/** Lines by their numbers, as search, copying and moving about read them. */
export interface NumberedLines {
  readonly era: number;
  readonly cols: number;
  /** The oldest line that is kept. */
  readonly first: number;
  /** The top line of the screen: those above it do not change any more. */
  readonly screenTop: number;
  /** One after the last line of the screen. */
  readonly end: number;
  /** Null for a line that is not kept. Valid until the next write. */
  line(number: number): RawLine | null;
  /** A line as text if it is ASCII alone and that is cheaper to have than its cells; else null. Empty cells at its end are left out. */
  plain(number: number): PlainRow | null;
}

/** What is read of a screen. */
export interface CountedScreen {
  readonly cols: number;
  readonly rows: number;
  readonly scrollbackLength: number;
  readonly alternate: boolean;
  mark(index: number): LineMark | null;
}

/** A mark nearer to the oldest line than this part of the scrollback is set anew, before a burst of output can drop it. */
const SAFE_PART = 0.9;

export class LineNumbers {
  readonly #screen: CountedScreen;
  #lastEra = 1;
  /** Of the screen that keeps lines; it goes on when a program comes back from the other one. */
  #era = 1;
  #alternateEra: number | null = null;
  #alternateCols = 0;
  #cols: number;
  /** A line of the scrollback, which nothing but the dropping of older lines can move, and its number. */
  #mark: LineMark | null = null;
  #number = 0;

  constructor(screen: CountedScreen) {
    this.#screen = screen;
    this.#cols = screen.cols;
  }

  get era(): number {
    return this.#alternateEra ?? this.#era;
  }

  /** The number of the line with index 0. */
  get first(): number {
    return this.#alternateEra === null && this.#mark ? this.#number - this.#mark.line : 0;
  }

  /** To be called after every change of the screen. */
  follow(): void {
    const { alternate, cols, rows, scrollbackLength } = this.#screen;
    if (alternate) {
      if (this.#alternateEra === null || cols !== this.#alternateCols) this.#alternateEra = ++this.#lastEra;
      this.#alternateCols = cols;
      return;
    }
    this.#alternateEra = null;
    const line = this.#mark?.line ?? 0;
    if (cols !== this.#cols || line < 0 || line >= scrollbackLength + rows || (this.#mark && scrollbackLength === 0)) this.#begin();
    if (scrollbackLength > 0 && (!this.#mark || this.#mark.line < (scrollbackLength - 1) * SAFE_PART)) this.#remark(scrollbackLength - 1);
  }

  dispose(): void {
    this.#mark?.dispose();
    this.#mark = null;
  }

  #begin(): void {
    this.#cols = this.#screen.cols;
    this.#era = ++this.#lastEra;
    this.dispose();
  }

  #remark(index: number): void {
    const number = this.first + index;
    const mark = this.#screen.mark(index);
    if (!mark) return;
    this.#mark?.dispose();
    this.#mark = mark;
    this.#number = number;
  }
}
