/** All that is drawn around the terminals: a canvas for each region, and the keyboard that Ink is given and never hears from. */
import { PassThrough } from "node:stream";
import type { Block } from "../views/block.ts";
import { Canvas, type CanvasOptions } from "./canvas.ts";
import { Grid } from "./grid.ts";
import { InkTurns } from "./ink-turns.ts";
import { layerAt, type Layer } from "./layers.ts";
import { drawLine } from "./styled-lines.ts";

/** Over the terminals lies what has the keys: questions, help, the palette. */
export type Depth = "below the terminals" | "over the terminals";

export interface ChromeOptions extends CanvasOptions {
  /** Calls back after `ms`; answers how to cancel. */
  readonly later: (ms: number, callback: () => void) => () => void;
}

export class Chrome {
  readonly stdin = new SilentStdin();
  readonly turns: InkTurns;
  readonly #options: CanvasOptions;
  /** Null: it is to be drawn when somebody looks. */
  #sketch: readonly Layer[] | null = [];
  #blocks: () => readonly Block[] = () => [];
  readonly #canvases: Record<Depth, Canvas[]> = { "below the terminals": [], "over the terminals": [] };

  constructor(options: ChromeOptions) {
    this.#options = options;
    this.turns = new InkTurns(options.later);
  }

  /** A canvas over those that were made before. */
  canvas(depth: Depth): Canvas {
    const canvas = new Canvas(this.#options);
    this.#canvases[depth].push(canvas);
    return canvas;
  }

  /**
   * Shows these blocks without Ink, below all canvases: what there is to see before Ink is loaded. None: nothing. They are asked
   * for at the next frame, so that many changes before it cost one drawing.
   */
  sketch(blocks: () => readonly Block[]): void {
    this.#blocks = blocks;
    this.#sketch = null;
  }

  layers(depth: Depth): readonly Layer[] {
    const drawn = this.#canvases[depth].flatMap((canvas) => canvas.layers);
    if (depth === "over the terminals") return drawn;
    this.#sketch ??= this.#blocks().map((block) => this.#drawn(block));
    return [...this.#sketch, ...drawn];
  }

  #drawn(block: Block): Layer {
    const grid = new Grid(block.width, block.height);
    for (const [y, line] of block.text.split("\n").slice(0, block.height).entries()) drawLine(grid, y, line, this.#options.colors);
    return layerAt(grid, block.x, block.y);
  }

  dispose(): void {
    this.turns.stop();
    this.stdin.end();
    for (const canvases of Object.values(this.#canvases)) for (const canvas of canvases) canvas.stdout.end();
  }
}

/** Looks like a terminal to Ink. Keys reach the controller, never Ink. */
class SilentStdin extends PassThrough {
  readonly isTTY = true;

  setRawMode(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}
