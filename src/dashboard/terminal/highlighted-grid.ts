/** A pane's cells with highlights over them, for the compositor; the cells themselves stay as the engine sent them. */
import { Bg, CELL_WORDS, ColorMode, Fg, widthOf } from "../../protocol/cells.ts";
import type { Highlight, HighlightKind } from "../reading/highlights.ts";
import { Grid } from "./grid.ts";

export class HighlightedGrid {
  readonly grid = new Grid(0, 0);
  readonly #looks: Readonly<Record<HighlightKind, Look>>;
  #source: Grid | null = null;
  /** The highlights of each row as they are drawn. */
  #drawn: string[] = [];

  /** `colors`: false where highlights must be told apart without them. */
  constructor(colors: boolean) {
    this.#looks = colors ? COLORED : PLAIN;
  }

  /** Draws what changed since the last time. The source's changes are settled. */
  draw(source: Grid, highlights: readonly Highlight[]): Grid {
    if (source !== this.#source || source.cols !== this.grid.cols || source.rows !== this.grid.rows) {
      this.#source = source;
      this.grid.resize(source.cols, source.rows);
      this.#drawn = [];
    }
    const byRow = new Map<number, Highlight[]>();
    for (const one of highlights) byRow.set(one.y, [...(byRow.get(one.y) ?? []), one]);
    for (let y = 0; y < source.rows; y++) {
      const row = byRow.get(y) ?? [];
      const key = row.map(({ x, end, kind }) => `${x}-${end}${kind}`).join(" ");
      if (this.#drawn[y] === key && !source.rowChanged(y)) continue;
      this.#drawn[y] = key;
      this.grid.copy(source, 0, y, 0, y, source.cols);
      for (const one of row) this.#highlight(one);
    }
    source.settle();
    return this.grid;
  }

  #highlight({ y, x, end, kind }: Highlight): void {
    const { grid } = this;
    const look = this.#looks[kind];
    const start = y * grid.cols;
    // A wide character is highlighted whole.
    const from = x > 0 && widthOf(grid.words[(start + x) * CELL_WORDS] ?? 0) === 0 ? x - 1 : x;
    const last = end < grid.cols && widthOf(grid.words[(start + end - 1) * CELL_WORDS] ?? 0) === 2 ? end + 1 : end;
    for (let cell = from; cell < Math.min(last, grid.cols); cell++) {
      const at = (start + cell) * CELL_WORDS;
      const [content, fg, bg] = [grid.words[at] ?? 0, grid.words[at + 1] ?? 0, grid.words[at + 2] ?? 0];
      const extra = grid.extra(start + cell);
      grid.set(cell, y, content, look.fg(fg), look.bg(bg), extra);
    }
  }
}

interface Look {
  fg(word: number): number;
  bg(word: number): number;
}

const BLACK = ColorMode.p16;
const YELLOW = ColorMode.p16 | 3;
const BRIGHT_MAGENTA = ColorMode.p16 | 13;

/** Text in a colour on a colour; what else the cell has, such as bold and italic, stays. */
function on(color: number, more = 0): Look {
  return {
    fg: (word) => ((word & (Fg.flags & ~(Fg.inverse | Fg.invisible))) | BLACK | more) >>> 0,
    bg: (word) => ((word & (Bg.flags & ~Bg.dim)) | (word & Bg.extended) | color) >>> 0,
  };
}

function flagged(flags: number): Look {
  return { fg: (word) => (word ^ flags) >>> 0, bg: (word) => word };
}

const COLORED: Readonly<Record<HighlightKind, Look>> = {
  hit: on(YELLOW),
  current: on(BRIGHT_MAGENTA, Fg.bold | Fg.underline),
  selected: flagged(Fg.inverse),
};

const PLAIN: Readonly<Record<HighlightKind, Look>> = {
  hit: { fg: (word) => (word | Fg.underline) >>> 0, bg: (word) => word },
  current: { fg: (word) => (word ^ Fg.inverse) | Fg.bold | Fg.underline, bg: (word) => word },
  selected: flagged(Fg.inverse),
};
