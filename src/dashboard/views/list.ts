import { span, type Line } from "../lines.ts";
import type { Glyphs } from "../theme.ts";
import type { Row } from "./block.ts";

/**
 * What `listRows` gives, of a list that may be long: only what is shown is made, so that ten thousand rows cost as much as fifty. No item is without
 * a line, and `linesOf` says the same whenever it is asked.
 */
export function longListRows(
  count: number,
  linesOf: (item: number) => readonly Line[],
  selected: number | null,
  height: number,
  glyphs: Glyphs,
): readonly Row[] {
  const shownAs = (item: number): readonly Row[] =>
    linesOf(item).map((line, index) => ({ line, item, selected: item === selected && index === 0 }));
  if (count <= height)
    return listRows(
      Array.from({ length: count }, (_, item) => linesOf(item)),
      selected,
      height,
      glyphs,
    );
  const room = Math.max(1, height - 1);
  const from = firstShown(selected === null ? -1 : Math.min(selected, count - 1), room, (item) => linesOf(item).length);
  const rows: Row[] = [];
  let item = from.item;
  for (; item < count && rows.length < room + from.cut; item += 1) rows.push(...shownAs(item));
  const shown = rows.slice(from.cut, from.cut + room);
  if (height <= 1) return shown;
  const torn = rows.length > from.cut + room;
  return [...shown, leftOut(from.item + Number(from.cut > 0), count - item + Number(torn), glyphs)];
}

/** The first item that has a row in sight, and how many of its rows have none: as many as must be left out for the selected one to end in sight. */
function firstShown(selected: number, room: number, heightOf: (item: number) => number): { readonly item: number; readonly cut: number } {
  if (selected < 0) return { item: 0, cut: 0 };
  const own = heightOf(selected);
  if (own >= room) return { item: selected, cut: 0 };
  let used = own;
  for (let item = selected - 1; item >= 0; item -= 1) {
    used += heightOf(item);
    if (used > room) return { item, cut: used - room };
  }
  return { item: 0, cut: 0 };
}

function leftOut(above: number, below: number, glyphs: Glyphs): Row {
  const words = [above > 0 ? `${above} above` : "", below > 0 ? `${below} more` : ""].filter((word) => word !== "").join(", ");
  return { line: [span(`${glyphs.more} ${words}`, "dim")], item: null, selected: false };
}

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
  return [...shown, leftOut(above, below, glyphs)];
}
