import { span, type Line } from "../lines.ts";
import type { Glyphs } from "../theme.ts";
import type { Row } from "./block.ts";

/**
 * The part of a list that fits. Items may have several lines. The selected item is always inside; when something is left out,
 * the last line says how much.
 */
export function listRows(items: readonly (readonly Line[])[], selected: number | null, height: number, glyphs: Glyphs): readonly Row[] {
  const rows = items.flatMap((lines, item) => lines.map((line, index) => ({ line, item, selected: item === selected && index === 0 })));
  if (rows.length <= height) return rows;
  const room = Math.max(1, height - 1);
  const last = rows.findLastIndex((row) => row.item === selected);
  const first =
    selected === null || last < room
      ? 0
      : Math.min(
          last - room + 1,
          rows.findIndex((row) => row.item === selected),
        );
  const shown = rows.slice(first, first + room);
  if (height <= 1) return shown;
  const below = new Set(rows.slice(first + room).map((row) => row.item)).size;
  const above = new Set(rows.slice(0, first).map((row) => row.item)).size;
  const words = [above > 0 ? `${above} above` : "", below > 0 ? `${below} more` : ""].filter((word) => word !== "").join(", ");
  return [...shown, { line: [span(`${glyphs.more} ${words}`, "dim")], item: null, selected: false }];
}
