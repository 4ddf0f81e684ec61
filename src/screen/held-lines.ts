/**
 * A terminal's lines as they were at one moment, while its program goes on: a person who selects text needs it to stand still.
 * The screen's lines are copied; those above it do not change and are read where they are, as long as they are kept.
 */
import { Bg, CELL_WORDS, Content, type Extra, NO_EXTRA } from "../protocol/cells.ts";
import type { PlainRow } from "./history-row.ts";
import type { NumberedLines } from "./line-numbers.ts";
import type { Cursor, Screen } from "./screen.ts";
import type { RawLine } from "./xterm.ts";

/** What a pane shows of a terminal. */
export interface ShownLines extends NumberedLines {
  readonly rows: number;
  readonly scrollbackLength: number;
  readonly cursor: Cursor;
}

export class HeldLines implements ShownLines {
  readonly era: number;
  readonly cols: number;
  readonly rows: number;
  readonly screenTop: number;
  readonly cursor: Cursor;
  readonly #screen: Screen;
  readonly #lines: readonly (RawLine | null)[];

  constructor(screen: Screen) {
    const { era, first } = screen.numbers;
    this.#screen = screen;
    this.era = era;
    this.cols = screen.cols;
    this.rows = screen.rows;
    this.cursor = screen.cursor;
    this.screenTop = first + screen.scrollbackLength;
    this.#lines = Array.from({ length: screen.rows }, (_, y) => copied(screen.line(screen.scrollbackLength + y)));
  }

  /** Once lines are cut anew those above are others; what was copied stays. */
  get first(): number {
    return this.#screen.numbers.era === this.era ? Math.min(this.#screen.numbers.first, this.screenTop) : this.screenTop;
  }

  get end(): number {
    return this.screenTop + this.rows;
  }

  get scrollbackLength(): number {
    return this.screenTop - this.first;
  }

  line(number: number): RawLine | null {
    if (number >= this.screenTop) return this.#lines[number - this.screenTop] ?? null;
    return number < this.first ? null : this.#screen.line(number - this.#screen.numbers.first);
  }

  plain(number: number): PlainRow | null {
    return number >= this.screenTop || number < this.first ? null : this.#screen.plain(number - this.#screen.numbers.first);
  }
}

function copied(line: RawLine | null): RawLine | null {
  if (!line) return null;
  const words = line.words.slice();
  const extras = new Map<number, Extra>();
  for (let x = 0; x * CELL_WORDS < words.length; x++) {
    const content = words[x * CELL_WORDS] ?? 0;
    const bg = words[x * CELL_WORDS + 2] ?? 0;
    if ((content & Content.combined) !== 0 || (bg & Bg.extended) !== 0) extras.set(x, line.extra(x));
  }
  return { words, wrapped: line.wrapped, extra: (x) => extras.get(x) ?? NO_EXTRA };
}

/** The lines of a screen as they are at any time. */
export function liveLines(screen: Screen): ShownLines {
  return {
    get rows() {
      return screen.rows;
    },
    get scrollbackLength() {
      return screen.scrollbackLength;
    },
    get cursor() {
      return screen.cursor;
    },
    get era() {
      return screen.numbers.era;
    },
    get cols() {
      return screen.cols;
    },
    get first() {
      return screen.numbers.first;
    },
    get screenTop() {
      return screen.numbers.first + screen.scrollbackLength;
    },
    get end() {
      return screen.numbers.first + screen.scrollbackLength + screen.rows;
    },
    line(number) {
      const index = number - screen.numbers.first;
      return index < 0 || index >= screen.scrollbackLength + screen.rows ? null : screen.line(index);
    },
    plain: (number) => screen.plain(number - screen.numbers.first),
  };
}
