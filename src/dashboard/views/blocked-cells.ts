/** Which cells of a bar are blocked: as many as there was blocked time, and never all of it for a moment of it. */
import type { Span } from "../../marathon/time/lanes.ts";

interface Scale {
  /** What is in sight, ms of t, on so many columns. */
  readonly from: number;
  readonly to: number;
  readonly columns: number;
}

/**
 * Columns of the cells to be drawn as blocked. A cell is blocked when blocked time covers at least half of it. A blocked span
 * without such a cell gets the one it covers most, the longest first, as long as no more than half of the bar (or one cell) is marked.
 * @param bar the time from start to end, ms of t; null when nothing was begun
 */
export function blockedCells(blocked: readonly Span[], bar: Span | null, scale: Scale): ReadonlySet<number> {
  const perCell = (scale.to - scale.from) / scale.columns;
  const spans = merged(blocked, scale);
  const cells = new Set<number>();
  const short: { readonly cell: number; readonly length: number }[] = [];
  const covers = new Map<number, number>();
  const touchedBy = (span: Span): number[] => {
    const first = Math.floor((span.from - scale.from) / perCell);
    const last = Math.min(scale.columns - 1, Math.ceil((span.to - scale.from) / perCell) - 1);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  };
  const covered = ({ from, to }: Span, cell: number): number =>
    Math.min(to, scale.from + (cell + 1) * perCell) - Math.max(from, scale.from + cell * perCell);
  for (const span of spans) for (const cell of touchedBy(span)) covers.set(cell, (covers.get(cell) ?? 0) + covered(span, cell));
  for (const [cell, ms] of covers) if (ms >= perCell / 2) cells.add(cell);
  for (const span of spans) {
    const touched = touchedBy(span);
    if (touched.some((cell) => cells.has(cell))) continue;
    const most = touched.toSorted((a, b) => covered(span, b) - covered(span, a))[0];
    if (most !== undefined) short.push({ cell: most, length: span.to - span.from });
  }
  const most = bar === null ? scale.columns : Math.max(1, Math.floor((bar.to - bar.from) / perCell / 2));
  for (const { cell } of short.toSorted((a, b) => b.length - a.length)) if (cells.size < most) cells.add(cell);
  return cells;
}

/** What is in sight of them, in order, each moment once: two blockers at one time are not twice the time. */
function merged(spans: readonly Span[], { from, to }: Scale): readonly Span[] {
  const inSight = spans
    .map((span) => ({ from: Math.max(from, span.from), to: Math.min(to, span.to) }))
    .filter((span) => span.to > span.from)
    .toSorted((a, b) => a.from - b.from);
  const apart: Span[] = [];
  for (const span of inSight) {
    const last = apart.at(-1);
    if (last && span.from <= last.to) apart[apart.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else apart.push(span);
  }
  return apart;
}
