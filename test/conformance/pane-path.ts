/**
 * A whole pane, from a program's bytes to the cells of the person's terminal: screen and viewer of the engine, frames on the
 * wire, the dashboard's grids, the compositor, an emulated outer terminal. Beside it a reference that is fed directly.
 */
import { vi } from "vitest";
import { Compositor } from "../../src/dashboard/terminal/compositor.ts";
import { Grid } from "../../src/dashboard/terminal/grid.ts";
import { layerAt } from "../../src/dashboard/terminal/layers.ts";
import { PaneGrids } from "../../src/dashboard/pane-grids.ts";
import { Viewer } from "../../src/engine/viewer.ts";
import { Content } from "../../src/protocol/cells.ts";
import { encodeFrames, FrameReader } from "../../src/protocol/frames.ts";
import { FrameKind } from "../../src/protocol/messages.ts";
import { Scheduler } from "../../src/screen/schedule.ts";
import { Screen } from "../../src/screen/screen.ts";
import { FORGOTTEN, IMPOSSIBLE, PlainTerminal, type SeenCell } from "./plain-terminal.ts";

export interface PanePlace {
  readonly x: number;
  readonly y: number;
}

export interface PaneSize {
  readonly cols: number;
  readonly rows: number;
}

/** Columns and rows of chrome around the largest pane. */
const MARGIN = { cols: 9, rows: 5 };
/** Longer than a program may hold its frame back, and longer than the time between two frames, ms. */
const HELD_MS = 150;
const FRAME_MS = 20;
/** So many differences are told: the first ones say what is wrong. */
const TOLD = 6;

export class PanePath {
  readonly screen: Screen;
  readonly outer: PlainTerminal;
  /** Every byte that went to the person's terminal. */
  written = "";
  /** Every byte that went to the program. */
  replies = "";
  readonly #reference: PlainTerminal | null;
  #size: PaneSize;
  #place: PanePlace = { x: 3, y: 2 };
  /** Bytes of a character that is not complete yet: the reference gets it whole. */
  #tail: Uint8Array = new Uint8Array(0);
  /** Lines scrolled up. */
  #scroll = 0;
  #turns: (() => void)[] = [];
  readonly #viewer: Viewer;
  readonly #reader = new FrameReader();
  readonly #panes = new PaneGrids();
  readonly #chrome: Grid;
  readonly #compositor: Compositor;

  /**
   * Needs fake timers (`vi.useFakeTimers`). `largest`: no later size may be larger. `judged: false` leaves the reference out,
   * for output that would keep it busy for minutes.
   */
  constructor(size: PaneSize, { largest = size, judged = true }: { readonly largest?: PaneSize; readonly judged?: boolean } = {}) {
    const [cols, rows] = [largest.cols + MARGIN.cols, largest.rows + MARGIN.rows];
    this.#size = size;
    this.#reference = judged ? new PlainTerminal(size.cols, size.rows) : null;
    this.outer = new PlainTerminal(cols, rows, 0);
    this.#chrome = hashes(cols, rows);
    this.#compositor = new Compositor({ cols, rows, depth: "truecolor", links: true });
    // As the dashboard takes its terminal: without automatic wrap, on a screen full of something else.
    this.outer.write(Buffer.from(`\x1b[44m${"?".repeat(cols * rows)}\x1b[m\x1b[?7l`));
    this.screen = new Screen({
      ...size,
      scrollback: 1000,
      scheduler: new Scheduler({ now: () => 0, later: (turn) => void this.#turns.push(turn) }),
      now: () => performance.now(),
      onReply: (bytes) => {
        this.replies += Buffer.from(bytes).toString("latin1");
      },
      onChange: () => this.#viewer.changed(1),
    });
    this.#viewer = new Viewer({
      screen: () => this.screen,
      comesBack: () => false,
      floods: () => false,
      sendRows: (payloads) => this.#receive(encodeFrames(FrameKind.rows, payloads)),
      unsentBytes: () => 0,
      now: () => performance.now(),
    });
    this.#show();
  }

  /** Output of the program, as it comes from the pty. */
  write(chunk: Uint8Array): void {
    const bytes = Buffer.concat([this.#tail, chunk]);
    const end = lastBoundary(bytes);
    this.#tail = Uint8Array.from(bytes.subarray(end));
    this.#reference?.write(bytes.subarray(0, end));
    this.screen.write(Uint8Array.from(chunk));
    this.#parse();
  }

  /** The pane has another size and place, as when somebody zooms it or drags the window's edge. */
  resize(size: PaneSize, place: PanePlace = this.#place): void {
    this.#size = size;
    this.#place = place;
    this.screen.resize(size.cols, size.rows);
    this.#reference?.resize(Math.max(2, size.cols), size.rows);
    this.#show();
  }

  /** Scrolls back by so many lines, or as far as there are any. Answers how many lines there are. */
  scroll(lines: number): number {
    const most = this.#reference?.terminal.buffer.active.baseY ?? 0;
    this.#scroll = Math.min(lines, most);
    this.#show();
    return most;
  }

  /** Draws what a person sees now. `patient`: after as long as a program may hold a frame back. */
  draw(patient = true): void {
    vi.advanceTimersByTime(patient ? HELD_MS : FRAME_MS);
    const layers = [layerAt(this.#chrome, 0, 0)];
    const grid = this.#panes.get(1)?.grid;
    if (grid) layers.push(layerAt(grid, this.#place.x, this.#place.y));
    const frame = this.#compositor.frame(layers, null);
    this.written += frame.toString("utf8");
    this.outer.write(frame);
  }

  /** The pane's rectangle in the person's terminal. */
  shown(): (SeenCell | null)[][] {
    return this.outer.cells({ ...this.#place, width: this.#size.cols, height: this.#size.rows });
  }

  /** The pane as text. */
  text(): string {
    return this.shown()
      .map((row) => row.map((cell) => cell?.text ?? "").join(""))
      .join("\n");
  }

  /** Cells around the pane that are not as they were. */
  outsideChanged(): string[] {
    return this.#compare(null);
  }

  /** The cells that differ from the reference, or that were changed outside of the pane; empty when all is well. */
  differences(): string[] {
    return this.#compare(this.#reference?.cells({ x: 0, y: -this.#scroll, width: this.#size.cols, height: this.#size.rows }) ?? null);
  }

  dispose(): void {
    this.#viewer.dispose();
    this.screen.dispose();
  }

  #compare(expected: (SeenCell | null)[][] | null): string[] {
    const out: string[] = [];
    for (const [y, row] of this.outer.cells().entries()) {
      for (const [x, cell] of row.entries()) {
        const [column, line] = [x - this.#place.x, y - this.#place.y];
        const inside = column >= 0 && column < this.#size.cols && line >= 0 && line < this.#size.rows;
        if (inside && !expected) continue;
        const wanted = inside ? withoutBidi(expected?.[line]?.[column] ?? null) : CHROME;
        if (!sameCell(cell, wanted)) out.push(`${x},${y}: ${JSON.stringify(cell)} instead of ${JSON.stringify(wanted)}`);
      }
    }
    return out.length > TOLD ? [...out.slice(0, TOLD), `and ${out.length - TOLD} more`] : out;
  }

  #parse(): void {
    for (let turn = this.#turns.shift(); turn; turn = this.#turns.shift()) turn();
  }

  #show(): void {
    this.#viewer.show([{ terminal: 1, ...this.#size, scroll: this.#scroll }], 1);
  }

  /** Cut as a socket may cut them. */
  #receive(bytes: Uint8Array): void {
    const middle = Math.floor(bytes.length / 2);
    for (const part of [bytes.subarray(0, middle), bytes.subarray(middle)])
      for (const { payload } of this.#reader.push(part)) this.#panes.apply(payload);
  }
}

/** Every character right up to the end is complete before this place. */
function lastBoundary(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

const CHROME: SeenCell = { text: "#", width: 1, fg: "default", bg: "default", looks: "", underline: "0", link: "" };

/**
 * The one thing that a pane does not show as it is: controls of writing direction. They cannot be seen, but in the person's
 * terminal they would turn around what stands beside the pane. A blank takes their place.
 */
function withoutBidi(cell: SeenCell | null): SeenCell | null {
  if (!cell) return null;
  const text = cell.text.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "");
  return text === cell.text ? cell : { ...cell, text: text === "" ? " " : text };
}

/** `b` is the reference's. */
function sameCell(a: SeenCell | null, b: SeenCell | null): boolean {
  if (b?.text === IMPOSSIBLE) return true;
  if (a === null || b === null) return a === b;
  return (
    a.text === b.text &&
    a.width === b.width &&
    a.fg === b.fg &&
    a.bg === b.bg &&
    a.looks === b.looks &&
    a.underline === b.underline &&
    (a.link === b.link || b.link === FORGOTTEN)
  );
}

function hashes(cols: number, rows: number): Grid {
  const grid = new Grid(cols, rows);
  for (let y = 0; y < rows; y++) for (let x = 0; x < cols; x++) grid.set(x, y, 0x23 | (1 << Content.widthShift), 0, 0);
  return grid;
}
