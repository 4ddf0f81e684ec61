import type { Grid } from "./grid.ts";

/** Where the cursor is shown; null for a hidden one. `style` is a DECSCUSR value. */
export interface CursorPlace {
  readonly x: number;
  readonly y: number;
  readonly style: number;
}

/** A part of a grid, and where on the screen it lies. Later layers cover earlier ones. */
export interface Layer {
  readonly grid: Grid;
  /** Top left of the part, in the grid. */
  readonly fromX: number;
  readonly fromY: number;
  /** Top left on the screen. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A layer of a whole grid at a place. */
export function layerAt(grid: Grid, x: number, y: number): Layer {
  return { grid, fromX: 0, fromY: 0, x, y, width: grid.cols, height: grid.rows };
}

/** Whether the same part lies at the same place; what is in it may differ. */
export function sameLayer(a: Layer, b: Layer): boolean {
  return (
    a.grid === b.grid &&
    a.fromX === b.fromX &&
    a.fromY === b.fromY &&
    a.x === b.x &&
    a.y === b.y &&
    a.width === b.width &&
    a.height === b.height
  );
}
