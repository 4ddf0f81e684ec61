/** All that is drawn around the terminals: a canvas for each region, and the keyboard that Ink is given and never hears from. */
import { PassThrough } from "node:stream";
import { Canvas, type CanvasOptions } from "./canvas.ts";
import type { Layer } from "./layers.ts";

/** Over the terminals lies what has the keys: questions, help, the palette. */
export type Depth = "below the terminals" | "over the terminals";

export class Chrome {
  readonly stdin = new SilentStdin();
  readonly #options: CanvasOptions;
  readonly #canvases: Record<Depth, Canvas[]> = { "below the terminals": [], "over the terminals": [] };

  constructor(options: CanvasOptions) {
    this.#options = options;
  }

  /** A canvas over those that were made before. */
  canvas(depth: Depth): Canvas {
    const canvas = new Canvas(this.#options);
    this.#canvases[depth].push(canvas);
    return canvas;
  }

  layers(depth: Depth): readonly Layer[] {
    return this.#canvases[depth].flatMap((canvas) => canvas.layers);
  }

  dispose(): void {
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
