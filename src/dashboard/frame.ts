/** Borders of rectangles that share their edges, as the fewest runs of text. */
import type { Rect, Size } from "./geometry.ts";
import { junction } from "./junctions.ts";
import type { Tone } from "./theme.ts";

export interface FrameBox {
  /** One row high: a line across. One cell of a neighbour's border is the same cell of ours. */
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
  up: number;
  right: number;
  down: number;
  left: number;
  tone: Tone;
}

export function drawFrame(size: Size, boxes: readonly FrameBox[], ascii: boolean): readonly FramePiece[] {
  const cells = new Map<number, Cell>();
  // The strong box comes last, so that the cells it shares are its own.
  for (const box of [...boxes].sort((a, b) => Number(a.strong) - Number(b.strong))) outline(cells, size, box);
  return [...rowPieces(cells, size, ascii), ...columnPieces(cells, size, ascii)];
}

function outline(cells: Map<number, Cell>, size: Size, box: FrameBox): void {
  const { x, y, width, height } = box.rect;
  const weight = box.strong ? 2 : 1;
  const join = (column: number, row: number, arms: Partial<Record<"up" | "right" | "down" | "left", true>>) => {
    const key = row * size.columns + column;
    const cell = cells.get(key) ?? { up: 0, right: 0, down: 0, left: 0, tone: box.tone };
    for (const arm of ["up", "right", "down", "left"] as const) if (arms[arm] === true) cell[arm] = Math.max(cell[arm], weight);
    cell.tone = box.tone;
    cells.set(key, cell);
  };
  const right = x + width - 1;
  const bottom = y + height - 1;
  for (const row of height > 1 ? [y, bottom] : [y]) {
    for (let column = x; column <= right; column++) {
      join(column, row, { ...(column > x || height === 1 ? { left: true } : {}), ...(column < right || height === 1 ? { right: true } : {}) });
    }
  }
  if (height === 1) return;
  for (const column of [x, right]) {
    for (let row = y; row <= bottom; row++) join(column, row, { ...(row > y ? { up: true } : {}), ...(row < bottom ? { down: true } : {}) });
  }
}

function isVertical(cell: Cell): boolean {
  return cell.left === 0 && cell.right === 0;
}

function rowPieces(cells: ReadonlyMap<number, Cell>, size: Size, ascii: boolean): readonly FramePiece[] {
  const pieces: FramePiece[] = [];
  for (let y = 0; y < size.rows; y++) {
    let text = "";
    let tone: Tone = "border";
    let start = 0;
    for (let x = 0; x <= size.columns; x++) {
      const cell = x < size.columns ? cells.get(y * size.columns + x) : undefined;
      const usable = cell !== undefined && !isVertical(cell);
      if (text !== "" && (!usable || cell.tone !== tone)) {
        pieces.push({ x: start, y, width: text.length, height: 1, text, tone });
        text = "";
      }
      if (!usable) continue;
      if (text === "") [start, tone] = [x, cell.tone];
      text += junction(cell, ascii);
    }
  }
  return pieces;
}

function columnPieces(cells: ReadonlyMap<number, Cell>, size: Size, ascii: boolean): readonly FramePiece[] {
  const pieces: FramePiece[] = [];
  for (let x = 0; x < size.columns; x++) {
    let run: string[] = [];
    let tone: Tone = "border";
    let start = 0;
    for (let y = 0; y <= size.rows; y++) {
      const cell = y < size.rows ? cells.get(y * size.columns + x) : undefined;
      const usable = cell !== undefined && isVertical(cell);
      if (run.length > 0 && (!usable || cell.tone !== tone)) {
        pieces.push({ x, y: start, width: 1, height: run.length, text: run.join("\n"), tone });
        run = [];
      }
      if (!usable) continue;
      if (run.length === 0) [start, tone] = [y, cell.tone];
      run.push(junction(cell, ascii));
    }
  }
  return pieces;
}
