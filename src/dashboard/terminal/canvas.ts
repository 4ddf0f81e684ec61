/**
 * The surface that Ink draws one region on: a stream that takes Ink's frames and turns them into cells. It is not the person's
 * terminal, so nothing that Ink writes reaches that.
 *
 * To be used with Ink's `debug: true`, which means that each commit is written whole and at once: nothing is erased and nothing
 * waits, and so the cells always belong to the arrangement that was told last.
 */
import { Writable } from "node:stream";
import type { Arrangement } from "../arrange.ts";
import { Grid } from "./grid.ts";
import type { Layer } from "./layers.ts";
import { drawLine } from "./styled-lines.ts";

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
  #arrangement = NOTHING;
  #layers: readonly Layer[] = [];
  /** The lines as drawn: those that stay are not parsed again. */
  #lines: string[] = [];

  constructor(options: CanvasOptions) {
    this.#options = options;
    this.stdout = new CanvasStdout((frame) => this.#draw(frame));
  }

  /** Where the parts of the canvas go. */
  get layers(): readonly Layer[] {
    return this.#layers;
  }

  /** Says what the next frame will hold. To be called before Ink lays it out. */
  arrange(arrangement: Arrangement): void {
    this.#arrangement = arrangement;
    this.stdout.fit(arrangement.columns, arrangement.rows);
  }

  #draw(frame: string): void {
    const { columns, rows, parts } = this.#arrangement;
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
    this.#layers = parts.map(({ block, x, y }) => {
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
