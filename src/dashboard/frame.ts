/** Borders of rectangles that share their edges, as the fewest runs of text. */
import { rect, type Rect, type Size } from "./geometry.ts";
import { junction } from "./junctions.ts";
import type { Tone } from "./theme.ts";

export interface FrameBox {
  /** One row high: a line across; one column wide: a line down. One cell of a neighbour's border is the same cell of ours. */
  readonly rect: Rect;
  readonly tone: Tone;
  /** Drawn with heavy lines and over its neighbours: the one that has the keys. */
  readonly strong: boolean;
}

/** A run of border cells of one tone: a row, or a column with one character a line. */
export interface FramePiece {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly text: string;
  readonly tone: Tone;
}

interface Cell {
  readonly x: number;
  readonly y: number;
  up: number;
  right: number;
  down: number;
  left: number;
  tone: Tone;
}

/** @param within nothing is drawn outside of it: what a line would lead to there is not on the screen. */
export function drawFrame(
  size: Size,
  boxes: readonly FrameBox[],
  ascii: boolean,
  within: Rect = rect(0, 0, size.columns, size.rows),
): readonly FramePiece[] {
  return inPieces(trace(boxes, within), ascii);
}

/** Of the same frame only what is heavy: the strong box with the ends of the lines that meet it. */
export function drawStrong(
  size: Size,
  boxes: readonly FrameBox[],
  ascii: boolean,
  within: Rect = rect(0, 0, size.columns, size.rows),
): readonly FramePiece[] {
  const heavy = trace(boxes, within).filter(({ up, right, down, left }) => Math.max(up, right, down, left) > 1);
  return inPieces(heavy, ascii);
}

function trace(boxes: readonly FrameBox[], within: Rect): readonly Cell[] {
  const cells = new Map<number, Cell>();
  // The strong box comes last, so that the cells it shares are its own.
  for (const box of [...boxes].sort((a, b) => Number(a.strong) - Number(b.strong))) outline(cells, within, box);
  return [...cells.values()];
}

function inPieces(all: readonly Cell[], ascii: boolean): readonly FramePiece[] {
  const across = all.filter((cell) => !isVertical(cell)).sort((a, b) => a.y - b.y || a.x - b.x);
  const down = all.filter(isVertical).sort((a, b) => a.x - b.x || a.y - b.y);
  return [...pieces(across, "row", ascii), ...pieces(down, "column", ascii)];
}

/** Some thousand cells of a first frame, before anything is compiled: plain numbers and loops, and nothing made for a cell but the cell. */
function outline(cells: Map<number, Cell>, within: Rect, box: FrameBox): void {
  const { x, y, width, height } = box.rect;
  const { tone } = box;
  const weight = box.strong ? 2 : 1;
  const stride = within.x + within.width;
  const last = within.y + within.height;
  const right = x + width - 1;
  const bottom = y + height - 1;
  const at = (column: number, row: number): Cell => {
    const key = row * stride + column;
    let cell = cells.get(key);
    if (cell === undefined) cells.set(key, (cell = { x: column, y: row, up: 0, right: 0, down: 0, left: 0, tone }));
    else cell.tone = tone;
    return cell;
  };
  // A line across goes on to the edge of the screen, and ends where a neighbour begins.
  const [from, to] = height === 1 ? [x - Number(x === within.x), right + Number(right === stride - 1)] : [x, right];
  for (const row of height > 1 ? [y, bottom] : [y]) {
    if (row < within.y || row >= last) continue;
    for (let column = Math.max(x, within.x); column <= right && column < stride; column++) {
      const cell = at(column, row);
      if (column > from && cell.left < weight) cell.left = weight;
      if (column < to && cell.right < weight) cell.right = weight;
    }
  }
  if (height === 1) return;
  for (const column of [x, right]) {
    if (column < within.x || column >= stride) continue;
    for (let row = Math.max(y, within.y); row <= bottom && row < last; row++) {
      const cell = at(column, row);
      if (row > y && cell.up < weight) cell.up = weight;
      if (row < bottom && cell.down < weight) cell.down = weight;
    }
  }
}

function isVertical(cell: Cell): boolean {
  return cell.left === 0 && cell.right === 0;
}

/** Runs of neighbouring cells of one tone. The cells come in the order in which they lie. */
function pieces(cells: readonly Cell[], along: "row" | "column", ascii: boolean): readonly FramePiece[] {
  const runs: Cell[][] = [];
  for (const cell of cells) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const next =
      last !== undefined && (along === "row" ? cell.y === last.y && cell.x === last.x + 1 : cell.x === last.x && cell.y === last.y + 1);
    if (run !== undefined && next && cell.tone === last?.tone) run.push(cell);
    else runs.push([cell]);
  }
  return runs.flatMap((run) => {
    const [first] = run;
    if (first === undefined) return [];
    const [width, height] = along === "row" ? [run.length, 1] : [1, run.length];
    return [
      {
        x: first.x,
        y: first.y,
        width,
        height,
        text: run.map((cell) => junction(cell, ascii)).join(along === "row" ? "" : "\n"),
        tone: first.tone,
      },
    ];
  });
}
