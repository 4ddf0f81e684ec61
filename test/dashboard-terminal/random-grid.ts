/** Random cells, as rows from the engine or the chrome may hold them. */
import fc from "fast-check";
import { Bg, BLANK, ColorMode, Content, Fg, NO_EXTRA, type Extra } from "../../src/protocol/cells.ts";
import type { Grid } from "../../src/dashboard/terminal/grid.ts";
import { clusters } from "../../src/screen/xterm.ts";

export interface RandomCell {
  readonly text: string;
  readonly fg: number;
  readonly bg: number;
  readonly underline: number;
}

const TEXTS = [
  "a",
  "B",
  "~",
  " ",
  " ",
  " ",
  "é",
  "─",
  "│",
  "█",
  "●",
  "⠋",
  "世",
  "カ",
  "한",
  "👍",
  "👩‍👩‍👧",
  "🇩🇪",
  "❤️",
  "🫠",
  "e\u0301",
  "\u0301",
  "\u200d",
  "\ue0b0",
  "नि",
  "ﷺ",
];
const color = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  fc.integer({ min: 0, max: 15 }).map((value) => ColorMode.p16 | value),
  fc.integer({ min: 0, max: 255 }).map((value) => ColorMode.p256 | value),
  fc.integer({ min: 0, max: 0xffffff }).map((value) => ColorMode.rgb | value),
);
const flags = (bits: readonly number[]) => fc.subarray([...bits]).map((some) => some.reduce((sum, bit) => sum | bit, 0));

export const randomCell: fc.Arbitrary<RandomCell> = fc
  .record({
    text: fc.constantFrom(...TEXTS),
    fgColor: color,
    bgColor: color,
    fgFlags: fc.oneof(
      { weight: 3, arbitrary: fc.constant(0) },
      flags([Fg.bold, Fg.blink, Fg.inverse, Fg.invisible, Fg.strike, Fg.underline]),
    ),
    bgFlags: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, flags([Bg.dim, Bg.italic, Bg.overline])),
    underline: fc.constantFrom(0, 0, 2, 3),
  })
  .map(({ text, fgColor, bgColor, fgFlags, bgFlags, underline }) => ({
    text,
    fg: (fgColor | fgFlags) >>> 0,
    bg: (bgColor | bgFlags) >>> 0,
    underline: (fgFlags & Fg.underline) !== 0 ? underline : 0,
  }));

/** Puts a cell there if it fits, with the width that the emulator counts for its text. */
export function putCell(grid: Grid, x: number, y: number, { text, fg, bg, underline }: RandomCell): void {
  const width = Math.min(2, widthOf(text));
  if (x + width > grid.cols) return;
  // No terminal shows half a character, so nothing is put on one.
  for (const at of [x - 1, x + 1]) if (isWide(grid, at, y)) grid.set(at, y, BLANK, 0, 0);
  if (isWide(grid, x, y)) grid.set(x + 1, y, BLANK, 0, 0);
  if (x > 0 && grid.words[(y * grid.cols + x) * 3] === 0) grid.set(x - 1, y, BLANK, 0, 0);
  if (width === 2 && isWide(grid, x + 1, y)) grid.set(x + 2, y, BLANK, 0, 0);
  const points = [...text];
  const extra: Extra =
    points.length === 1 && underline === 0
      ? NO_EXTRA
      : { text: points.length === 1 ? "" : text, underline, underlineColor: 0, link: "", linkId: 0 };
  const content = points.length === 1 ? (text.codePointAt(0) ?? 0x20) : Content.combined;
  grid.set(x, y, content | (width << Content.widthShift), fg, underline === 0 ? bg : (bg | Bg.extended) >>> 0, extra);
  if (width === 2) grid.set(x + 1, y, 0, 0, 0);
}

function isWide(grid: Grid, x: number, y: number): boolean {
  return x >= 0 && x + 1 < grid.cols && grid.words[(y * grid.cols + x + 1) * 3] === 0;
}

function widthOf(text: string): number {
  let preceding = 0;
  for (const character of text) preceding = clusters.charProperties(character.codePointAt(0) ?? 0, preceding);
  return (preceding >> 1) & 3;
}
