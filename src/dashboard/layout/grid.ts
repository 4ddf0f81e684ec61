import type { Size } from "../geometry.ts";

export interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** Panes in all; the last row may hold fewer than the others. */
  readonly count: number;
}

/** Smallest inside of a pane when all terminals are to be seen at once: agents still say there what they do. */
const least: Size = { columns: 50, rows: 7 };
/** What a pane should have when not all terminals fit anyway: agents' full-screen programs stay readable. */
const useful: Size = { columns: 56, rows: 12 };

/**
 * How to cut an area (outer cells, borders shared) into panes: all `terminals` when each then has at least the least size,
 * else as many as have a useful one, and always one. Among equals the shape nearest to 80 × 12 wins.
 */
export function chooseGrid(area: { readonly width: number; readonly height: number }, terminals: number): Grid {
  const count = Math.max(1, terminals);
  const all = best(
    grids(count, count).filter((grid) => holds(area, grid, least)),
    area,
  );
  if (all !== null) return all;
  for (let fewer = count - 1; fewer > 1; fewer--) {
    const some = best(
      grids(fewer, fewer).filter((grid) => grid.columns * grid.rows === fewer && holds(area, grid, useful)),
      area,
    );
    if (some !== null) return some;
  }
  return { columns: 1, rows: 1, count: 1 };
}

function grids(count: number, mostColumns: number): readonly Grid[] {
  return (
    Array.from({ length: mostColumns }, (_, index) => index + 1)
      .map((columns) => ({ columns, rows: Math.ceil(count / columns), count }))
      // 4 columns of 5 panes would leave a last row that is nearly empty: rows may differ by one pane only where the plan forces it.
      .filter((grid) => grid.columns * (grid.rows - 1) < count)
  );
}

function innerSize(area: { readonly width: number; readonly height: number }, grid: Grid): Size {
  return {
    columns: Math.floor((area.width - grid.columns - 1) / grid.columns),
    rows: Math.floor((area.height - grid.rows - 1) / grid.rows),
  };
}

function holds(area: { readonly width: number; readonly height: number }, grid: Grid, size: Size): boolean {
  const inner = innerSize(area, grid);
  return inner.columns >= size.columns && inner.rows >= size.rows;
}

function best(candidates: readonly Grid[], area: { readonly width: number; readonly height: number }): Grid | null {
  const score = (grid: Grid) => {
    const inner = innerSize(area, grid);
    return Math.min(inner.columns / 80, inner.rows / 12);
  };
  return candidates.reduce<Grid | null>((winner, grid) => (winner === null || score(grid) > score(winner) ? grid : winner), null);
}
