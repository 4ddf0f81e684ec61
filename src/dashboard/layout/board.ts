/** The board: lists beside a grid of panes, in two or three columns. Neighbours share their borders. */
import { inside, rect, shareBorders, type Rect, type Size } from "../geometry.ts";
import type { ListRect } from "../layout.ts";
import type { RailName } from "../stores/view-store.ts";
import { chooseGrid } from "./grid.ts";

export interface BoardRects {
  readonly lists: readonly ListRect[];
  /** Places for panes, row by row. */
  readonly slots: readonly Rect[];
  readonly eventLines: number;
}

/** Null when the six things that must always be visible do not fit side by side. */
export function boardLayout(size: Size, lanes: number, terminals: number): BoardRects | null {
  if (size.columns < 108 || size.rows < 32) return null;
  const eventLines = size.rows >= 56 ? 2 : 1;
  const body = rect(0, 1, size.columns, size.rows - 2 - eventLines);
  const columns = size.columns >= 148 && size.rows >= 42 ? threeColumns(body, lanes, terminals) : twoColumns(body, lanes, terminals);
  return { ...columns, eventLines };
}

interface Columns {
  readonly lists: readonly ListRect[];
  readonly slots: readonly Rect[];
}

/** Lists left and right, panes between them. */
function threeColumns(body: Rect, lanes: number, terminals: number): Columns {
  const left = clamp(Math.round(body.width * 0.24), 46, 54);
  const right = clamp(Math.round(body.width * 0.21), 33, 44);
  const perLane = lanes * 2 + terminals + 3 + 7 <= body.height ? 2 : 1;
  const heights = stack(body.height, [
    { name: "streams", want: lanes * perLane, least: Math.min(lanes, 4) },
    { name: "terminals", want: terminals, least: Math.min(terminals, 10) },
    { name: "blockers", want: "rest", least: 4 },
  ]);
  const centre = rect(body.x + left - 1, body.y, body.width - left - right + 2, body.height);
  return {
    lists: [
      ...listsOf(rect(body.x, body.y, left, body.height), heights),
      list("hierarchy", rect(body.width - right, body.y, right, body.height)),
    ],
    slots: slotsIn(centre, terminals),
  };
}

/** Lists left; panes right, above the list of all terminals. */
function twoColumns(body: Rect, lanes: number, terminals: number): Columns {
  const left = clamp(Math.round(body.width * 0.45), 48, 58);
  const perLane = body.height >= lanes * 2 + 28 ? 2 : 1;
  const heights = stack(body.height, [
    { name: "streams", want: lanes * perLane, least: Math.min(lanes, 4) },
    { name: "blockers", want: clamp(Math.floor(body.height / 6), 4, 9), least: 4 },
    { name: "hierarchy", want: "rest", least: 6 },
  ]);
  const listHeight = Math.min(terminals, Math.max(1, body.height - 14)) + 2;
  const x = body.x + left - 1;
  const width = body.width - left + 1;
  const split = body.y + body.height - listHeight;
  return {
    lists: [...listsOf(rect(body.x, body.y, left, body.height), heights), list("terminals", rect(x, split, width, listHeight))],
    slots: slotsIn(rect(x, body.y, width, body.height - listHeight + 1), terminals),
  };
}

function slotsIn(area: Rect, terminals: number): readonly Rect[] {
  const grid = chooseGrid(area, terminals);
  const rows = shareBorders(area.y, area.height, grid.rows);
  const slots: Rect[] = [];
  for (const [index, row] of rows.entries()) {
    // The last row may hold fewer: its panes are wider, so that no cell is wasted.
    const inRow = index === grid.rows - 1 ? grid.count - grid.columns * (grid.rows - 1) : grid.columns;
    for (const column of shareBorders(area.x, area.width, inRow)) slots.push(rect(column.start, row.start, column.length, row.length));
  }
  return slots;
}

interface Share {
  readonly name: RailName;
  /** Inner rows; "rest" takes what the others leave. */
  readonly want: number | "rest";
  readonly least: number;
}

/** Inner heights of lists on top of each other with shared borders. When room is short, the tallest gives way first. */
function stack(height: number, shares: readonly Share[]): readonly { readonly name: RailName; readonly rows: number }[] {
  const room = height - (shares.length + 1);
  const rows = shares.map((share) => (share.want === "rest" ? share.least : share.want));
  const total = () => rows.reduce((sum, one) => sum + one, 0);
  while (total() > room) {
    const tallest = rows.reduce(
      (best, one, index) => (one - (shares[index]?.least ?? 0) > (rows[best] ?? 0) - (shares[best]?.least ?? 0) ? index : best),
      0,
    );
    rows[tallest] = Math.max(1, (rows[tallest] ?? 1) - 1);
  }
  const rest = shares.findIndex((share) => share.want === "rest");
  rows[rest] = (rows[rest] ?? 0) + room - total();
  return shares.map((share, index) => ({ name: share.name, rows: rows[index] ?? 1 }));
}

function listsOf(column: Rect, heights: readonly { readonly name: RailName; readonly rows: number }[]): readonly ListRect[] {
  let y = column.y;
  return heights.map(({ name, rows }) => {
    const outer = rect(column.x, y, column.width, rows + 2);
    y += rows + 1;
    return list(name, outer);
  });
}

function list(name: RailName, outer: Rect): ListRect {
  return { name, outer, inner: inside(outer) };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
