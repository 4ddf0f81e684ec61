/** One large box and a strip of small ones below it: live windows of the other terminals where these are of use, else their titles. */
import { rect, shareBorders, type Rect } from "../geometry.ts";

export interface FocusBoxes {
  readonly large: Rect;
  /** Boxes for the others, row by row; one row high where only a title has room, none where not even all titles have. */
  readonly strip: readonly Rect[];
}

/** A live window says something from this size on, inner cells; more rows than `mostRows` are worth more in the large box. */
const live = { columns: 30, rows: 3, mostRows: 24 };
/** Of the height, at most this much is for live windows. */
const LIVE_SHARE = 0.4;
/** A title tells number, state, age and the start of the task. */
const TITLE_COLUMNS = 34;
/** The large box keeps at least this many rows of its inside when titles ask for room. */
const LEAST_LARGE_ROWS = 10;

/** @param floor the last row of the screen that titles may have; with frames it is the area's lower border. */
export function focusBoxes(area: Rect, floor: number, others: number): FocusBoxes {
  const shape = others === 0 ? null : liveShape(area, others);
  if (shape !== null) return withLiveStrip(area, others, shape);
  const columns = Math.max(1, Math.min(others, Math.floor(area.width / TITLE_COLUMNS)));
  const rows = Math.ceil(others / columns);
  // The first row of titles is the lower border of the large box.
  const top = floor - rows + 1;
  if (others === 0 || top - area.y - 1 < LEAST_LARGE_ROWS) return { large: area, strip: [] };
  const inRows = rowsOf(others, rows);
  return {
    large: rect(area.x, area.y, area.width, top - area.y + 1),
    strip: inRows.flatMap((inRow, row) =>
      shareBorders(area.x, area.width, inRow).map(({ start, length }) => rect(start, top + row, length, 1)),
    ),
  };
}

interface Shape {
  readonly rows: number;
  /** Inner rows of each window. */
  readonly height: number;
}

function withLiveStrip(area: Rect, others: number, { rows, height }: Shape): FocusBoxes {
  const stripHeight = rows * (height + 1) + 1;
  const top = area.y + area.height - stripHeight;
  const inRows = rowsOf(others, rows);
  return {
    large: rect(area.x, area.y, area.width, area.height - stripHeight + 1),
    strip: inRows.flatMap((inRow, row) =>
      shareBorders(area.x, area.width, inRow).map(({ start, length }) => rect(start, top + row * (height + 1), length, height + 2)),
    ),
  };
}

/** The shape whose windows are nearest to 60 × 8; null when none has windows of use. */
function liveShape(area: Rect, others: number): Shape | null {
  let best: (Shape & { readonly score: number }) | null = null;
  for (let rows = 1; rows <= others; rows++) {
    const columns = Math.ceil(others / rows);
    const width = Math.floor((area.width - columns - 1) / columns);
    const height = Math.min(live.mostRows, Math.floor((area.height * LIVE_SHARE) / rows) - 1);
    if (width < live.columns || height < live.rows) continue;
    const score = Math.min(width / 60, height / 8);
    if (best === null || score > best.score) best = { rows, height, score };
  }
  return best;
}

/** How many boxes each row has: the upper ones one more where they cannot be equal. */
function rowsOf(count: number, rows: number): readonly number[] {
  return Array.from({ length: rows }, (_, row) => Math.floor(count / rows) + (row < count % rows ? 1 : 0));
}
