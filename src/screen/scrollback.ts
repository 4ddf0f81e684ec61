/**
 * All lines of a terminal: the packed history (history.ts), the rows that the emulator keeps above its screen (xterm-live.ts), and
 * the screen, counted from the oldest. Where one part ends and the next begins cannot be seen from outside, also not after a
 * resize: before it, as many lines return to the emulator as the new screen could show, whole ones, so that the emulator cuts them
 * as if it had had them all the time. Lines further up are cut from what was printed, not from what an earlier resize made of it: a
 * terminal that gets its width back shows them as they were, where xterm.js has lost cells at wide characters by then.
 */
import type { PackedPlace } from "./history-chunk.ts";
import type { HistoryRow, PlainRow } from "./history-row.ts";
import { History } from "./history.ts";
import type { LineMark } from "./screen.ts";
import type { Emulator, RawLine } from "./xterm.ts";
import type { InnerLine, InnerMarker } from "./xterm-inner.ts";
import { leastRows } from "./xterm-live.ts";

/** Rows above the screen that the emulator keeps. Fewer make resizes faster, and more of them need rows back. */
const LIVE_ROWS = 100;
/**
 * More rows are not put back for one resize. Only lines of many screens are longer; those are then cut where the emulator's part
 * of them begins, once more than they should be.
 */
const MOST_ROWS_BACK = 2000;

/** How many of these lines the emulator is to keep itself. */
export function liveRows(scrollback: number): number {
  return Math.min(scrollback, LIVE_ROWS);
}

export class Scrollback {
  readonly #emulator: Emulator;
  /** Null when the emulator keeps all there is. */
  readonly #history: History | null = null;
  readonly #marks = new Set<Mark>();
  /** Those whose line is with the emulator. */
  readonly #liveMarks = new Set<Mark>();
  /** A smaller width makes more rows of the same lines: none is dropped for it. */
  #resizing = false;

  /** `lines`: how many are kept above the screen; the emulator was made to keep `liveRows` of them. */
  constructor(emulator: Emulator, lines: number) {
    this.#emulator = emulator;
    const packed = lines - liveRows(lines);
    if (packed === 0) return;
    const history = new History(packed, emulator.terminal.cols);
    this.#history = history;
    emulator.live.listen({
      left: (line, row) => this.#left(history, line, row),
      erased: () => history.clear(),
    });
  }

  /** Lines above the screen. None in the alternate screen. */
  get length(): number {
    const { above, alternate } = this.#emulator;
    return above + (alternate ? 0 : this.#packed);
  }

  /** A line by its place: 0 is the oldest, `length` the top of the screen. Valid until the next write. */
  line(index: number): RawLine | null {
    const packed = this.#emulator.alternate ? 0 : this.#packed;
    if (index >= packed) return this.#emulator.line(index - packed);
    const row = this.#history?.row(index);
    return row ? this.#emulator.past(row) : null;
  }

  /** A line as text if it is plain ASCII and packed: much cheaper than its cells. Null for any other. */
  plain(index: number): PlainRow | null {
    return this.#emulator.alternate || index >= this.#packed ? null : (this.#history?.plain(index) ?? null);
  }

  /** Follows a line while output and resizes move it; null in the alternate screen, which keeps no lines. */
  mark(index: number): LineMark | null {
    if (this.#emulator.alternate || index < 0) return null;
    const place = this.#placeOf(index);
    if (!place) return null;
    const mark = new Mark(
      (at) => this.#lineOf(at),
      () => this.#forget(mark),
    );
    this.#marks.add(mark);
    this.#move(mark, place);
    return mark;
  }

  resize(cols: number, rows: number): void {
    if (this.#history) {
      this.#putBack(this.#history, cols, rows);
      this.#history.resize(cols);
    }
    const inLines = this.#marksInLines();
    this.#resizing = true;
    try {
      this.#emulator.live.resize(cols, rows);
    } finally {
      this.#resizing = false;
    }
    for (const [mark, cells] of inLines) this.#moveOn(mark, cells);
  }

  get #packed(): number {
    return this.#history?.length ?? 0;
  }

  #left(history: History, line: InnerLine, row: number): void {
    history.push(line, !this.#resizing);
    // This runs for every row of a flood.
    if (this.#liveMarks.size === 0) return;
    for (const mark of this.#liveMarks) {
      const place = mark.live?.line === row ? history.place(history.length - 1) : null;
      if (place) this.#move(mark, { ...place, x: place.x + mark.x });
    }
  }

  /** Gives the emulator the lines back that it needs to fill the screen at its new size. */
  #putBack(history: History, cols: number, rows: number): void {
    const { live, terminal } = this.#emulator;
    const packed = [...this.#marks].map((mark) => [mark, mark.packed && history.find(mark.packed)] as const);
    const taken: (readonly HistoryRow[])[] = [];
    let count = 0;
    let above = live.rowsAbove(cols);
    // A wider screen joins its rows, as many as it has at most; a higher one has room for more.
    const wanted = cols > terminal.cols ? Math.max(rows, terminal.rows) : 0;
    const startsWrapped = () => (taken.at(-1)?.[0]?.wrapped ?? live.isWrapped(0)) && cols !== terminal.cols;
    while (above < wanted || live.above + count < rows - terminal.rows || startsWrapped()) {
      const line = history.takeLine(MOST_ROWS_BACK - count);
      if (!line || line.length === 0) break;
      taken.push(line);
      count += line.length;
      above += leastRows(line.length, terminal.cols, cols);
    }
    live.putBack(taken.reverse().flat());
    for (const [mark, at] of packed) if (at && at.row >= history.length) this.#move(mark, live.mark(at.row - history.length), at.x);
  }

  /**
   * Marks in the middle of a line that the emulator may cut anew, and how many cells before them: they wait at the line's beginning.
   * xterm.js gives up the marks of rows that it joins with the one above.
   */
  #marksInLines(): (readonly [mark: Mark, cells: number])[] {
    const { live, terminal } = this.#emulator;
    const found: (readonly [Mark, number])[] = [];
    for (const mark of this.#liveMarks) {
      const row = mark.live?.line ?? -1;
      let first = row;
      while (first > 0 && live.isWrapped(first)) first--;
      const cells = (row - first) * terminal.cols + mark.x;
      if (cells === 0) continue;
      found.push([mark, cells]);
      this.#move(mark, live.mark(first));
    }
    return found;
  }

  /** Moves the mark so many cells on in its line, as far as that goes. */
  #moveOn(mark: Mark, cells: number): void {
    const { cols } = this.#emulator.terminal;
    const first = mark.line;
    if (first < 0) return;
    let index = first;
    while (index < first + Math.floor(cells / cols) && this.#isWrapped(index + 1)) index++;
    const place = this.#placeOf(index);
    const x = Math.min(cells - (index - first) * cols, cols - 1);
    if (place && "chunk" in place) this.#move(mark, { ...place, x: place.x + x });
    else if (place) this.#move(mark, place, x);
  }

  /** Of the screen that keeps lines, whichever is up. */
  #isWrapped(index: number): boolean {
    const packed = this.#packed;
    return index < packed ? (this.#history?.row(index)?.wrapped ?? false) : this.#emulator.live.isWrapped(index - packed);
  }

  #placeOf(index: number): Place | null {
    if (index < this.#packed) return this.#history?.place(index) ?? null;
    const { live, terminal } = this.#emulator;
    const row = index - this.#packed;
    return row < live.above + terminal.rows ? live.mark(row) : null;
  }

  #lineOf({ live, packed }: Mark): number {
    if (live) return live.isDisposed ? -1 : this.#packed + live.line;
    return (packed && this.#history?.find(packed)?.row) ?? -1;
  }

  #move(mark: Mark, place: Place, x = 0): void {
    mark.live?.dispose();
    const live = "dispose" in place;
    mark.x = x;
    mark.live = live ? place : null;
    mark.packed = live ? null : place;
    if (live) this.#liveMarks.add(mark);
    else this.#liveMarks.delete(mark);
  }

  #forget(mark: Mark): void {
    mark.live?.dispose();
    this.#marks.delete(mark);
    this.#liveMarks.delete(mark);
  }
}

/** In the history, or with the emulator. */
type Place = PackedPlace | InnerMarker;

class Mark implements LineMark {
  /** One of them, as long as the line is kept. */
  live: InnerMarker | null = null;
  packed: PackedPlace | null = null;
  /** The column in a live row: where the marked row began before rows were cut anew. */
  x = 0;
  readonly #lineOf: (mark: Mark) => number;
  readonly dispose: () => void;

  constructor(lineOf: (mark: Mark) => number, dispose: () => void) {
    this.#lineOf = lineOf;
    this.dispose = dispose;
  }

  get line(): number {
    return this.#lineOf(this);
  }
}
