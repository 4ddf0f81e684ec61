/**
 * The surface that Ink draws on: a stream that takes Ink's frames and turns them into cells, and a stream that gives Ink its
 * keys. Neither is the person's terminal, so Ink writes no modes and reads no keys that are not meant for it.
 *
 * To be used as `render(<App/>, { stdout: chrome.stdout, stdin: chrome.stdin, interactive: true, patchConsole: false,
 * exitOnCtrlC: false, maxFps: 20 })`. Ink then writes one chunk a frame: what erases the frame before, then the frame.
 */
import { PassThrough, Writable } from "node:stream";
import { Grid } from "./grid.ts";
import { drawLine } from "./styled-lines.ts";

export interface ChromeOptions {
  readonly cols: number;
  readonly rows: number;
  /** False for NO_COLOR. */
  readonly colors: boolean;
  /** A new frame is in the grid. */
  readonly onFrame: () => void;
}

export class Chrome {
  readonly stdout: ChromeStdout;
  readonly stdin: ChromeStdin;
  readonly grid: Grid;
  readonly #options: ChromeOptions;
  /** The lines as drawn: those that stay are not parsed again. */
  #lines: string[] = [];

  constructor(options: ChromeOptions) {
    this.#options = options;
    this.grid = new Grid(options.cols, options.rows);
    this.stdout = new ChromeStdout(options.cols, options.rows, (text) => this.#written(text));
    this.stdin = new ChromeStdin();
  }

  /** The person's terminal has a new size: Ink lays out again. */
  resize(cols: number, rows: number): void {
    this.grid.resize(cols, rows);
    // The old frame as far as it fits: better than nothing until Ink's next one, and all there is if Ink draws the same again.
    const lines = this.#lines;
    this.#lines = [];
    this.#draw(lines);
    this.stdout.columns = cols;
    this.stdout.rows = rows;
    this.stdout.emit("resize");
  }

  /** Gives Ink a key, as the bytes a terminal would send. */
  key(bytes: Uint8Array | string): void {
    this.stdin.write(bytes);
  }

  dispose(): void {
    this.stdin.end();
    this.stdout.end();
  }

  #written(text: string): void {
    const frame = frameIn(text);
    if (frame === null) return;
    this.#draw(frame.split("\n"));
    this.#options.onFrame();
  }

  #draw(lines: readonly string[]): void {
    for (let y = 0; y < this.grid.rows; y++) {
      const line = lines[y] ?? "";
      if (this.#lines[y] !== line) drawLine(this.grid, y, line, this.#options.colors);
      this.#lines[y] = line;
    }
  }
}

/** The frame follows the last `ESC [ G` of Ink's erasing; null for chunks that only show or hide the cursor. */
function frameIn(text: string): string | null {
  const erased = text.lastIndexOf("\x1b[G");
  const frame = erased < 0 ? text : text.slice(erased + 3);
  // eslint-disable-next-line no-control-regex -- cursor sequences are looked for
  return frame.replace(/\u001b\[\?25[hl]/gu, "") === "" ? null : frame;
}

export class ChromeStdout extends Writable {
  columns: number;
  rows: number;
  readonly isTTY = false;
  readonly #onText: (text: string) => void;

  constructor(columns: number, rows: number, onText: (text: string) => void) {
    super({ decodeStrings: false });
    this.columns = columns;
    this.rows = rows;
    this.#onText = onText;
  }

  override _write(chunk: string | Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.#onText(typeof chunk === "string" ? chunk : chunk.toString("utf8"));
    done();
  }
}

/** Looks like a terminal to Ink, which then listens for keys; nothing but `Chrome.key` feeds it. */
export class ChromeStdin extends PassThrough {
  readonly isTTY = true;
  isRaw = false;

  setRawMode(raw: boolean): this {
    this.isRaw = raw;
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}
