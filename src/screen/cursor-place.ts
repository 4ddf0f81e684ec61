/**
 * Where the cursor belongs after its line was cut anew at another width. @xterm/headless 6.0.0 can cut that line too
 * (`reflowCursorLine`), but leaves the cursor in the column where it was: what comes next would be written into the text.
 */
import { CELL_WORDS, Content, widthOf } from "../protocol/cells.ts";
import type { InnerBuffer, InnerLine } from "./xterm-inner.ts";

/** Resizes by `resize`, and puts the cursor of this buffer behind the character behind which it stood. */
export function resizeAroundCursor(buffer: InnerBuffer, resize: () => void): void {
  const at = buffer.ybase + buffer.y;
  let start = at;
  while (start > 0 && lineAt(buffer, start)?.isWrapped === true) start--;
  const cells = cellsBetween(buffer, start, at) + buffer.x;
  // The first row of a line is never joined with another, so that its mark stays with it.
  const mark = buffer.addMarker(start);
  try {
    resize();
    if (!mark.isDisposed) place(buffer, mark.line, cells);
  } finally {
    mark.dispose();
  }
}

function place(buffer: InnerBuffer, start: number, cells: number): void {
  let row = start;
  let rest = cells;
  for (let used = usedCells(buffer, row); lineAt(buffer, row + 1)?.isWrapped === true && rest >= used; used = usedCells(buffer, row)) {
    rest -= used;
    row++;
  }
  const y = row - buffer.ybase;
  const width = lineAt(buffer, row)?.length ?? 0;
  if (y < 0 || y >= buffer.lines.length - buffer.ybase) return;
  buffer.y = y;
  // Behind the last column it waits there for the next character, as after one that was written.
  buffer.x = Math.min(rest, width);
}

function cellsBetween(buffer: InnerBuffer, first: number, end: number): number {
  let cells = 0;
  for (let row = first; row < end; row++) cells += usedCells(buffer, row);
  return cells;
}

/** Cells of a row that goes on in the next one. A wide character that does not fit leaves the last one empty. */
function usedCells(buffer: InnerBuffer, row: number): number {
  const line = lineAt(buffer, row);
  if (line === undefined) return 0;
  const next = lineAt(buffer, row + 1);
  const spare = isEmpty(line, line.length - 1) && next !== undefined && widthOf(next._data[0] ?? 0) === 2;
  return line.length - (spare ? 1 : 0);
}

/** Behind the last line the ring still has lines that are none any more. */
function lineAt({ lines }: InnerBuffer, row: number): InnerLine | undefined {
  return row < lines.length ? lines.get(row) : undefined;
}

/** Nothing was written there; the second half of a wide character has no width. */
function isEmpty(line: InnerLine, x: number): boolean {
  const content = line._data[x * CELL_WORDS] ?? 0;
  return (content & (Content.codePoint | Content.combined)) === 0 && widthOf(content) === 1;
}
