/**
 * What a view hands to a component: painted text and the rectangle that it fills, blanks included; later blocks lie over earlier
 * ones. Plain values, so that "nothing changed" is one comparison.
 */
import type { Rect } from "../geometry.ts";
import { fillLine, paint, type Line } from "../lines.ts";
import type { Theme } from "../theme.ts";

export interface Block extends Rect {
  /** Names the block among those of one view. */
  readonly key: string;
  /** Lines joined by newlines, with their SGR sequences; none is wider than the block. */
  readonly text: string;
}

/** One line of a view; `item` is the list row that it belongs to, for the mouse and the selection. */
export interface Row {
  readonly line: Line;
  readonly item: number | null;
  readonly selected: boolean;
}

/** Paints rows into a rectangle. Only selected rows are filled to the edge, unless `opaque` covers what lies below. */
export function block(key: string, area: Rect, rows: readonly Row[], theme: Theme, opaque = false): Block {
  const { ellipsis } = theme.glyphs;
  const lines = rows.slice(0, area.height).map((row) => {
    const line = row.selected || opaque ? fillLine(row.line, area.width, ellipsis) : row.line;
    return paint(line, theme, row.selected);
  });
  if (opaque) while (lines.length < area.height) lines.push(" ".repeat(area.width));
  return { key, ...area, text: lines.join("\n") };
}

export function lineBlock(key: string, area: Rect, line: Line, theme: Theme): Block {
  return { key, ...area, text: paint(line, theme) };
}

export function plainRows(lines: readonly Line[]): readonly Row[] {
  return lines.map((line) => ({ line, item: null, selected: false }));
}

export function sameBlocks(a: readonly Block[], b: readonly Block[]): boolean {
  return a === b || (a.length === b.length && a.every((one, index) => sameBlock(one, b[index])));
}

function sameBlock(a: Block, b: Block | undefined): boolean {
  return (
    b !== undefined && a.key === b.key && a.text === b.text && a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height
  );
}
