/**
 * The rows that the emulator itself keeps above its screen, and how they come and go. They are few: a row that is pushed out at
 * the top is handed to a listener before xterm.js overwrites it, and rows may be put back when a larger screen has room for them.
 * It reaches into @xterm/headless 6.0.0 (BufferService.ts, Buffer.ts, CircularList.ts), see xterm-inner.ts.
 */
import type { HistoryRow } from "./history-row.ts";
import type { ExtendedLook } from "./history-styles.ts";
import type { Terminal } from "./xterm.ts";
import type { InnerBuffer, InnerCore, InnerExtended, InnerLine, InnerMarker } from "./xterm-inner.ts";

export interface LiveListener {
  /** This row leaves, the oldest or one that follows it; it may be read until this returns. */
  left(line: InnerLine, row: number): void;
  /** The program has erased everything above the screen, or the terminal. */
  erased(): void;
}

export class LiveRows {
  readonly #terminal: Terminal;
  readonly #core: InnerCore;
  /** Rows kept above the screen. */
  readonly #keep: number;
  #listener: LiveListener | null = null;
  /** Rows that have left since the scrollback was last erased: a saved cursor counts its row from there. */
  #left = 0;

  constructor(terminal: Terminal, core: InnerCore) {
    this.#terminal = terminal;
    this.#core = core;
    this.#keep = core.optionsService.rawOptions.scrollback;
  }

  /** Rows above the screen that keeps lines, whichever screen is up. */
  get above(): number {
    return this.#normal.ybase;
  }

  /** To be called once. */
  listen(listener: LiveListener): void {
    this.#listener = listener;
    const service = this.#core._bufferService;
    const scroll = service.scroll.bind(service);
    service.scroll = (eraseAttributes, isWrapped) => {
      const { normal, active } = service.buffers;
      if (active === normal && normal.scrollTop === 0 && normal.lines.isFull) this.#leave(normal, 1);
      scroll(eraseAttributes, isWrapped);
    };
    const { parser } = this.#terminal;
    const erase = ([what]: readonly (number | number[])[]): false => {
      if (what === 3 && service.buffers.active === service.buffers.normal) this.#erased();
      return false;
    };
    parser.registerCsiHandler({ final: "J" }, erase);
    parser.registerCsiHandler({ prefix: "?", final: "J" }, erase);
    parser.registerEscHandler({ final: "c" }, () => {
      this.#erased();
      return false;
    });
  }

  /** Follows a row by its place from the oldest that is kept here. */
  mark(row: number): InnerMarker {
    return this.#normal.addMarker(row);
  }

  /** Whether a row continues the one above it; also of the oldest, which then continues one that has left. */
  isWrapped(row: number): boolean {
    const { lines } = this.#normal;
    return row < lines.length && lines.get(row)?.isWrapped === true;
  }

  /** How many rows those above the screen make at least, at this width. */
  rowsAbove(cols: number): number {
    const { lines, ybase } = this.#normal;
    let count = 0;
    for (let row = 0; row < ybase; ) {
      const first = row++;
      while (row < ybase && lines.get(row)?.isWrapped === true) row++;
      count += leastRows(row - first, this.#terminal.cols, cols);
    }
    return count;
  }

  /** Puts rows, as wide as those that are here, above the oldest. */
  putBack(rows: readonly HistoryRow[]): void {
    const buffer = this.#normal;
    const { lines } = buffer;
    const model = lines.get(0);
    if (!model || rows.length === 0) return;
    lines.maxLength = Math.max(lines.maxLength, lines.length + rows.length);
    const looks = new Map<ExtendedLook, InnerExtended>();
    lines.splice(0, 0, ...rows.map((row) => this.#lineOf(row, model, looks)));
    buffer.ybase += rows.length;
    buffer.ydisp += rows.length;
    buffer.savedY += rows.length;
    this.#left -= rows.length;
  }

  /** Resizes the terminal; rows above the screen that are too many afterwards leave, and none is lost. */
  resize(cols: number, rows: number): void {
    const { rawOptions } = this.#core.optionsService;
    const { lines, savedY } = this.#normal;
    // As many as there can be: each row in as many as it may be cut to, and those of the screen above it.
    rawOptions.scrollback = this.#keep === 0 ? 0 : this.#keep + lines.length * (Math.ceil(this.#terminal.cols / cols) + 1);
    try {
      this.#terminal.resize(cols, rows);
    } finally {
      rawOptions.scrollback = this.#keep;
      const buffer = this.#normal;
      // Saved in a row that has left: xterm.js takes it for the oldest that it has.
      if (savedY < 0) buffer.savedY = savedY;
      const excess = buffer.ybase - this.#keep;
      if (excess > 0) {
        this.#leave(buffer, excess);
        buffer.lines.trimStart(excess);
        buffer.ybase -= excess;
        buffer.ydisp -= excess;
      }
      buffer.lines.maxLength = Math.max(rows + this.#keep, buffer.lines.length);
    }
  }

  get #normal(): InnerBuffer {
    return this.#core._bufferService.buffers.normal;
  }

  /** So many of the oldest rows are about to go. */
  #leave(buffer: InnerBuffer, count: number): void {
    for (let row = 0; row < count; row++) {
      const line = buffer.lines.get(row);
      if (line) this.#listener?.left(line, row);
    }
    buffer.savedY -= count;
    this.#left += count;
  }

  #erased(): void {
    this.#normal.savedY += this.#left;
    this.#left = 0;
    this.#listener?.erased();
  }

  #lineOf(row: HistoryRow, model: InnerLine, looks: Map<ExtendedLook, InnerExtended>): InnerLine {
    const attributes: Record<number, InnerExtended> = {};
    for (const [x, look] of row.looks) {
      const known = looks.get(look) ?? this.#attributes(look);
      looks.set(look, known);
      attributes[x] = known;
    }
    const line = model.clone();
    line._data.set(row.words);
    return Object.assign(line, { _combined: Object.fromEntries(row.texts), _extendedAttrs: attributes, isWrapped: row.wrapped });
  }

  #attributes({ ext, link }: ExtendedLook): InnerExtended {
    const attributes = this.#core._inputHandler._curAttrData.extended.clone();
    attributes.ext = ext;
    attributes.urlId = link;
    return attributes;
  }
}

/** How many rows a line of so many makes at least at another width: all but the last are full but for one cell. */
export function leastRows(rows: number, cols: number, newCols: number): number {
  return Math.floor(((rows - 1) * (cols - 1)) / newCols) + 1;
}
