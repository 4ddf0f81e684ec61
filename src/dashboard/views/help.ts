/** The page of keys: in two columns where the screen is wide, so that less of it has to be scrolled. */
import { contextOf, contextTitles, type Context } from "../commands.ts";
import { wrap } from "../format.ts";
import { keyTable, type KeyTopic } from "../keymap.ts";
import { fillLine, span, type Line } from "../lines.ts";
import type { Frame } from "../screen.ts";
import { hasWords } from "./palette.ts";
import type { ViewSnapshot } from "../stores/view-store.ts";

/** A line of help is read without turning the head up to this width. */
const ONE_COLUMN = 96;
const TWO_COLUMNS = 156;
const GAP = 3;

/** How wide the page should be on a screen of so many columns, its border included. */
export function helpWidth(columns: number): number {
  return columns >= TWO_COLUMNS + 2 ? TWO_COLUMNS : ONE_COLUMN;
}

/** The context that the page lies over. */
export function beneath(view: ViewSnapshot): Context {
  return contextOf({ ...view, overlay: { kind: "none" } });
}

export function helpTitle({ view, theme }: Pick<Frame, "view" | "theme">): string {
  return `Keys ${theme.glyphs.dot} ${contextTitles[beneath(view)]}`;
}

/** The keys of the context beneath, and what works while a terminal is taken over; of these the ones that are looked for. */
export function helpLines(frame: Pick<Frame, "commands" | "view" | "theme">, width: number): readonly Line[] {
  const { overlay } = frame.view;
  const ascii = frame.theme.glyphs.name === "ascii";
  const all = [...keyTable(frame.commands, [beneath(frame.view)], ascii), ...keyTable(frame.commands, ["take-over"], ascii)];
  if (overlay.kind !== "help" || (overlay.query === "" && !overlay.typing)) return inColumns(all, width, frame);
  const asked: Line = [span("/ ", "key"), span(overlay.query), ...(overlay.typing ? [span(" ", "chip")] : [])];
  const hint = overlay.query === "" ? [span(" type a part of a key or of what it does", "dim")] : [];
  const found = all
    .map(({ title, rows }) => ({
      title,
      rows: rows.filter((row) => hasWords(`${row.keys} ${row.title} ${row.help} ${title}`, overlay.query)),
    }))
    .filter(({ rows }) => rows.length > 0);
  const lines = found.length === 0 ? [[span("no key has that", "dim")]] : stacked(found, Math.min(width, ONE_COLUMN));
  return [[...asked, ...hint], [], ...lines];
}

function inColumns(topics: readonly KeyTopic[], width: number, frame: Pick<Frame, "theme">): readonly Line[] {
  if (width <= ONE_COLUMN) return stacked(topics, width);
  const half = Math.floor((width - GAP) / 2);
  const heights = topics.map((topic) => stacked([topic], half).length + 1);
  const all = heights.reduce((sum, height) => sum + height, 0);
  const above = heights.map((_, index) => heights.slice(0, index).reduce((sum, height) => sum + height, 0));
  // A topic is not torn apart: the right column begins with the first that starts in the lower half.
  const lower = above.findIndex((height) => height * 2 >= all);
  const turn = lower < 0 ? topics.length - 1 : lower;
  const [left, right] = [stacked(topics.slice(0, turn), half), stacked(topics.slice(turn), half)];
  return Array.from({ length: Math.max(left.length, right.length) }, (_, row) => [
    ...fillLine(left[row] ?? [], half + GAP, frame.theme.glyphs.ellipsis),
    ...(right[row] ?? []),
  ]);
}

function stacked(topics: readonly KeyTopic[], width: number): readonly Line[] {
  const keyWidth = Math.min(22, Math.max(0, ...topics.flatMap((topic) => topic.rows.map((row) => row.keys.length))));
  return topics.flatMap((topic, index): readonly Line[] => [
    ...(index === 0 ? [] : [[]]),
    [span(topic.title, "accent")],
    ...topic.rows.flatMap((row): readonly Line[] =>
      wrap(row.help, Math.max(10, width - keyWidth - 2)).map((text, line) => [
        span(line === 0 ? row.keys.padStart(keyWidth) : " ".repeat(keyWidth), "key"),
        span(`  ${text}`),
      ]),
    ),
  ]);
}
