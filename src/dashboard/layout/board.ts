/** The board: lists beside an area for panes, in two or three columns. Neighbours share their borders. */
import { rect, type Rect, type Size } from "../geometry.ts";
import type { RailName } from "../stores/view-store.ts";

export interface ListBox {
  readonly name: RailName | "events";
  readonly box: Rect;
}

export interface BoardBoxes {
  readonly lists: readonly ListBox[];
  /** Where the panes go. */
  readonly panes: Rect;
}

/** Whether the six things that must always be visible fit side by side. */
export function holdsBoard(size: Size): boolean {
  return size.columns >= 108 && size.rows >= 32;
}

/** From this height on, rows of the body, the right column has room for a list of events. */
const TALL = 50;

/** Lines of events where no list tells them: the more there is of the screen, the further back they tell. */
export function boardEvents({ rows }: Size): number {
  return rows >= 100 ? 5 : rows >= 80 ? 3 : rows >= 56 ? 2 : 1;
}

/** Lines of events below the grid, which may have a list of them. */
export function gridEvents(size: Size): number {
  return isWide(size) ? 1 : boardEvents(size);
}

function isWide({ columns, rows }: Size): boolean {
  return columns >= 148 && rows >= 42;
}

/** Lists beside the panes of a grid, on a canvas for a screen of this size. */
export function boardBoxes(size: Size, canvas: Rect, wants: Wants): BoardBoxes {
  return isWide(size) ? threeColumns(canvas, wants) : twoColumns(canvas, wants);
}

/** How much there is to list. */
interface Wants {
  readonly lanes: number;
  readonly terminals: number;
  /** Rows of the list of blockers while it has the keys, else 0. */
  readonly blockers: number;
}

/** Lists left and right, panes between them. */
function threeColumns(body: Rect, { lanes, terminals }: Wants): BoardBoxes {
  // On a very wide screen the lists get room to say everything, the panes the rest.
  const left = clamp(Math.round(body.width * 0.24), 46, 54 + wider(body));
  const right = clamp(Math.round(body.width * 0.21), 33, 44 + wider(body));
  const perLane = lanes * 2 + terminals + 3 + 7 <= body.height ? 2 : 1;
  const perTerminal = lanes * perLane + terminals * 2 + 4 + 10 <= body.height ? 2 : 1;
  const heights = stack(body.height, [
    { name: "streams", want: lanes * perLane, least: Math.min(lanes, 4) },
    { name: "terminals", want: terminals * perTerminal, least: Math.min(terminals, 10) },
    { name: "blockers", want: "rest", least: 4 },
  ]);
  return {
    lists: [
      ...boxesOf(rect(body.x, body.y, left, body.height), heights),
      ...boxesOf(rect(body.x + body.width - right, body.y, right, body.height), rightStack(body.height, terminals)),
    ],
    panes: rect(body.x + left - 1, body.y, body.width - left - right + 2, body.height),
  };
}

/** Lists left; panes right, above the list of all terminals. */
function twoColumns(body: Rect, { lanes, terminals, blockers }: Wants): BoardBoxes {
  const left = clamp(Math.round(body.width * 0.45), 48, 58);
  const listHeight = Math.min(terminals, Math.max(1, body.height - 14)) + 2;
  const x = body.x + left - 1;
  const width = body.width - left + 1;
  const split = body.y + body.height - listHeight;
  return {
    lists: [
      ...boxesOf(rect(body.x, body.y, left, body.height), leftStack(body.height, lanes, blockers)),
      { name: "terminals", box: rect(x, split, width, listHeight) },
    ],
    panes: rect(x, body.y, width, body.height - listHeight + 1),
  };
}

/** Lists left, as narrow as they can be read; everything else for the terminals, which say themselves what the list of them says. */
export function focusBoard(body: Rect, { lanes, blockers }: Pick<Wants, "lanes" | "blockers">): BoardBoxes {
  const left = clamp(Math.round(body.width * 0.3), 40, 54 + wider(body));
  return {
    lists: boxesOf(rect(body.x, body.y, left, body.height), leftStack(body.height, lanes, blockers)),
    panes: rect(body.x + left - 1, body.y, body.width - left + 1, body.height),
  };
}

function wider(body: Rect): number {
  return Math.max(0, Math.floor((body.width - 240) / 10));
}

/** Streams, blockers and the hierarchy on top of each other. */
function leftStack(height: number, lanes: number, blockers: number): Heights {
  const perLane = height >= lanes * 2 + 28 ? 2 : 1;
  const usual = clamp(Math.floor(height / 6), 4, 9);
  return stack(height, [
    { name: "streams", want: lanes * perLane, least: Math.min(lanes, 4) },
    { name: "blockers", want: clamp(blockers, usual, Math.max(usual, Math.floor(height / 2))), least: 4 },
    { name: "hierarchy", want: "rest", least: 6 },
  ]);
}

/** The hierarchy has a row for each terminal, its commanders, and what it has started; what is left tells what happened. */
function rightStack(height: number, terminals: number): Heights {
  if (height < TALL) return stack(height, [{ name: "hierarchy", want: "rest", least: 6 }]);
  return stack(height, [
    { name: "hierarchy", want: clamp(terminals * 2 + Math.floor(height / 6), 16, Math.floor(height * 0.6)), least: 16 },
    { name: "events", want: "rest", least: 10 },
  ]);
}

type Heights = readonly { readonly name: ListBox["name"]; readonly rows: number }[];

interface Share {
  readonly name: ListBox["name"];
  /** Inner rows; "rest" takes what the others leave. */
  readonly want: number | "rest";
  readonly least: number;
}

/** Inner heights of lists on top of each other with shared borders. When room is short, the tallest gives way first. */
function stack(height: number, shares: readonly Share[]): Heights {
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

function boxesOf(column: Rect, heights: Heights): readonly ListBox[] {
  let y = column.y;
  return heights.map(({ name, rows }) => {
    const box = rect(column.x, y, column.width, rows + 2);
    y += rows + 1;
    return { name, box };
  });
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
