import type { Grid } from "./grid.ts";

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

/** Whether the same parts lie at the same places; what is in them may differ. */
export function sameLayers(a: readonly Layer[], b: readonly Layer[]): boolean {
  if (a.length !== b.length) return false;
  return a.every((layer, index) => {
    const other = b[index];
    return (
      other !== undefined &&
      layer.grid === other.grid &&
      layer.fromX === other.fromX &&
      layer.fromY === other.fromY &&
      layer.x === other.x &&
      layer.y === other.y &&
      layer.width === other.width &&
      layer.height === other.height
    );
  });
}
