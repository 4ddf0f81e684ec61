/**
 * The surface of one region: cells that are drawn twice. What changes is drawn at once and directly, line by line, which takes
 * microseconds; Ink lays out and draws the same when it has its turn (ink-turns.ts), which takes milliseconds, and what Ink draws is
 * what stays. Both draw the same cells (test/components/exact.test.ts), so nobody sees the second drawing.
 *
 * For Ink the surface is a stream that takes its frames. It is not the person's terminal, so nothing that Ink writes reaches that.
 * To be used with Ink's `debug: true`, which means that each commit is written whole and at once: nothing is erased and nothing
 * waits, and so a frame always belongs to the arrangement that was told last.
 */
import { Writable } from "node:stream";
import { type Arrangement, type Part, sameStructure } from "../arrange.ts";
import { Grid } from "./grid.ts";
import type { Layer } from "./layers.ts";
import { drawLine, drawLineAt } from "./styled-lines.ts";

export interface CanvasOptions {
  /** False for NO_COLOR. */
  readonly colors: boolean;
  /** The cells or their places have changed. */
  readonly onFrame: () => void;
}

const NOTHING: Arrangement = { columns: 0, rows: 0, parts: [] };

export class Canvas {
  readonly stdout: CanvasStdout;
  readonly #grid = new Grid(0, 0);
  readonly #options: CanvasOptions;
  /** What the cells show. */
  #shown = NOTHING;
  /** The same, as long as it was drawn directly and not by Ink. */
  #direct: Arrangement | null = null;
  /** What Ink's next frame holds, and what its last one held. */
  #expected = NOTHING;
  #drawn: Arrangement | null = null;
  #layers: readonly Layer[] = [];
  /** The lines as Ink drew them: those that stay are not parsed again. */
  #lines: (string | undefined)[] = [];

  constructor(options: CanvasOptions) {
    this.#options = options;
    this.stdout = new CanvasStdout((frame) => this.#draw(frame));
  }

  /** Where the parts of the canvas go. */
  get layers(): readonly Layer[] {
    return this.#layers;
  }

  /** Whether Ink has drawn this arrangement. */
  isDrawn(arrangement: Arrangement): boolean {
    return this.#drawn === arrangement;
  }

  /** Draws it at once, without Ink; of one that differs from the last in its texts alone, only the lines that differ. */
  show(arrangement: Arrangement): void {
    const before = sameStructure(arrangement, this.#shown) ? this.#shown : null;
    if (before === null) this.#grid.resize(arrangement.columns, arrangement.rows);
    if (before === null) this.#lines = [];
    for (const [index, part] of arrangement.parts.entries()) this.#drawPart(part, before?.parts[index]);
    this.#direct = arrangement;
    this.#now(arrangement);
  }

  /** Says what Ink's next frame will hold. To be called before Ink lays it out. */
  expect(arrangement: Arrangement): void {
    this.#expected = arrangement;
    this.stdout.fit(arrangement.columns, arrangement.rows);
  }

  #drawPart({ block, x, y }: Part, before: Part | undefined): void {
    if (block.text === before?.block.text) return;
    const lines = block.text.split("\n");
    const old = before?.block.text.split("\n") ?? [];
    for (let row = 0; row < block.height; row++) {
      const line = lines[row] ?? "";
      if (before !== undefined && line === (old[row] ?? "")) continue;
      drawLineAt(this.#grid, { x, y: y + row, width: block.width }, line, this.#options.colors);
      this.#lines[y + row] = undefined;
    }
  }

  #draw(frame: string): void {
    this.#drawn = this.#expected;
    // Something newer is there already, and what Ink drew of it comes later.
    if (this.#direct !== null && this.#direct !== this.#expected) return;
    this.#direct = null;
    const { columns, rows } = this.#expected;
    if (this.#grid.cols !== columns || this.#grid.rows !== rows) {
      this.#grid.resize(columns, rows);
      this.#lines = [];
    }
    const lines = frame.split("\n");
    for (let y = 0; y < rows; y++) {
      const line = lines[y] ?? "";
      if (this.#lines[y] !== line) drawLine(this.#grid, y, line, this.#options.colors);
      this.#lines[y] = line;
    }
    this.#now(this.#expected);
  }

  #now(arrangement: Arrangement): void {
    this.#shown = arrangement;
    this.#layers = arrangement.parts.map(({ block, x, y }) => {
      return { grid: this.#grid, fromX: x, fromY: y, x: block.x, y: block.y, width: block.width, height: block.height };
    });
    this.#options.onFrame();
  }
}

export class CanvasStdout extends Writable {
  columns = 1;
  rows = 1;
  readonly isTTY = false;
  readonly #onFrame: (frame: string) => void;

  constructor(onFrame: (frame: string) => void) {
    super({ decodeStrings: false });
    this.#onFrame = onFrame;
  }

  /** Ink asks the system for the size of a terminal where it finds a size of nothing. */
  fit(columns: number, rows: number): void {
    this.columns = Math.max(1, columns);
    this.rows = Math.max(1, rows);
  }

  override _write(chunk: string | Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.#onFrame(typeof chunk === "string" ? chunk : chunk.toString("utf8"));
    done();
  }
}
