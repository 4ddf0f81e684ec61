import { rect, shareBorders, type Rect, type Size } from "../geometry.ts";

/** What a pane is good for, in cells of its inside. */
export interface PaneSizes {
  /** Smallest when all terminals are to be seen at once: agents still say there what they do. */
  readonly least: Size;
  /** What a pane should have when not all terminals fit anyway. */
  readonly useful: Size;
}

/** Beside the lists: agents' full-screen programs stay readable. */
export const besideLists: PaneSizes = { least: { columns: 50, rows: 7 }, useful: { columns: 56, rows: 12 } };
/** Where a person asked for terminals and nothing else. */
export const wallOf: PaneSizes = { least: { columns: 40, rows: 5 }, useful: { columns: 50, rows: 7 } };

interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** Panes in all; rows differ by at most one pane. */
  readonly count: number;
}

/** Boxes with shared borders for the panes of these many terminals, row by row; for as many as have a useful size, at least one. */
export function gridBoxes(area: Rect, terminals: number, sizes: PaneSizes): readonly Rect[] {
  const grid = chooseGrid(area, terminals, sizes);
  const fewest = Math.floor(grid.count / grid.rows);
  return shareBorders(area.y, area.height, grid.rows).flatMap((row, index) => {
    // Lower rows may hold one fewer: their panes are wider, so that no cell is wasted.
    const inRow = fewest + (index < grid.count % grid.rows ? 1 : 0);
    return shareBorders(area.x, area.width, inRow).map((column) => rect(column.start, row.start, column.length, row.length));
  });
}

/**
 * How to cut an area (outer cells, borders shared) into panes: all `terminals` when each then has at least the least size,
 * else as many as have a useful one, and always one. Among equals the shape nearest to 80 × 12 wins.
 */
function chooseGrid(area: Rect, terminals: number, { least, useful }: PaneSizes): Grid {
  const count = Math.max(1, terminals);
  const all = best(
    grids(count).filter((grid) => holds(area, grid, least)),
    area,
  );
  if (all !== null) return all;
  for (let fewer = count - 1; fewer > 1; fewer--) {
    const some = best(
      grids(fewer).filter((grid) => grid.columns * grid.rows === fewer && holds(area, grid, useful)),
      area,
    );
    if (some !== null) return some;
  }
  return { columns: 1, rows: 1, count: 1 };
}

function grids(count: number): readonly Grid[] {
  return (
    Array.from({ length: count }, (_, index) => index + 1)
      .map((columns) => ({ columns, rows: Math.ceil(count / columns), count }))
      // Four columns of five panes would be two rows of three and two: three columns are the same with wider panes.
      .filter((grid) => grid.columns * (grid.rows - 1) < count && Math.ceil(count / grid.rows) === grid.columns)
  );
}

function innerSize(area: Rect, grid: Grid): Size {
  return {
    columns: Math.floor((area.width - grid.columns - 1) / grid.columns),
    rows: Math.floor((area.height - grid.rows - 1) / grid.rows),
  };
}

function holds(area: Rect, grid: Grid, size: Size): boolean {
  const inner = innerSize(area, grid);
  return inner.columns >= size.columns && inner.rows >= size.rows;
}

function best(candidates: readonly Grid[], area: Rect): Grid | null {
  const score = (grid: Grid) => {
    const inner = innerSize(area, grid);
    return Math.min(inner.columns / 80, inner.rows / 12);
  };
  return candidates.reduce<Grid | null>((winner, grid) => (winner === null || score(grid) > score(winner) ? grid : winner), null);
}
