/** Which cells of a pane are highlighted, and how: hits of a search, what is selected, the cursor of the one who selects. Pure. */
import type { CopyView, SearchView } from "../stores/reading.ts";
import { hitsBetween } from "./found.ts";

export type HighlightKind = "hit" | "current" | "selected";

/** Cells of one row; later highlights lie over earlier ones. */
export interface Highlight {
  readonly y: number;
  readonly x: number;
  readonly end: number;
  readonly kind: HighlightKind;
}

/** A pane as it is shown: the number of the line in its first row. */
export interface ReadPane {
  readonly terminal: number;
  readonly cols: number;
  readonly rows: number;
  readonly top?: { readonly era: number; readonly line: number } | undefined;
}

interface Reading {
  readonly search: SearchView | null;
  readonly copy: CopyView | null;
}

export function highlightsOf(pane: ReadPane, { search, copy }: Reading): readonly Highlight[] {
  const { top } = pane;
  if (!top) return NONE;
  const highlights: Highlight[] = [];
  const selecting = copy?.terminal === pane.terminal && copy.era === top.era ? copy : null;
  if (selecting) highlights.push(...selectionOf(pane, top.line, selecting));
  const found = search?.found[pane.terminal];
  if (found?.era !== top.era) return highlights;
  for (const { index, hit } of hitsBetween(found, top.line, top.line + pane.rows)) {
    const current = search?.current?.terminal === pane.terminal && search.current.index === index;
    highlights.push(...spanOf(pane, top.line, { ...hit, kind: current ? "current" : "hit" }));
  }
  return highlights;
}

const NONE: readonly Highlight[] = [];

interface Span {
  readonly line: number;
  readonly x: number;
  readonly endLine: number;
  /** The column after it in its last row. */
  readonly endX: number;
  readonly kind: HighlightKind;
}

/** From one cell on through whole rows to before another. */
function spanOf(pane: ReadPane, top: number, { line, x, endLine, endX, kind }: Span): Highlight[] {
  const highlights: Highlight[] = [];
  for (let at = Math.max(line, top); at <= Math.min(endLine, top + pane.rows - 1); at++) {
    const from = at === line ? x : 0;
    const end = Math.min(pane.cols, at === endLine ? endX : pane.cols);
    if (from < end) highlights.push({ y: at - top, x: from, end, kind });
  }
  return highlights;
}

function selectionOf(pane: ReadPane, top: number, { anchor, line, x, shape }: CopyView): Highlight[] {
  if (anchor === null) return [];
  const [from, to] = anchor.line < line || (anchor.line === line && anchor.x <= x) ? [anchor, { line, x }] : [{ line, x }, anchor];
  const kind = "selected";
  if (shape === "text") return spanOf(pane, top, { line: from.line, x: from.x, endLine: to.line, endX: to.x + 1, kind });
  if (shape === "lines") return spanOf(pane, top, { line: from.line, x: 0, endLine: to.line, endX: pane.cols, kind });
  const [left, right] = [Math.min(anchor.x, x), Math.max(anchor.x, x)];
  const rows = spanOf(pane, top, { line: from.line, x: 0, endLine: to.line, endX: pane.cols, kind });
  return rows.map((one) => ({ ...one, x: left, end: Math.min(pane.cols, right + 1) }));
}
