/** What stands out of a row of the screen by its look alone: programs mark an option by another background, or by reversing it. */
import { CELL_WORDS, ColorMode, Fg } from "../protocol/cells.ts";
import { cellsText, type Lines } from "./text.ts";

/** Colour and mode of a background word; what else is in it changes no background. */
const COLOR = ColorMode.mask | 0xffffff;

/** The parts of a row whose background is not the one of most of it, without blanks at their ends, from left to right. */
export function highlightsOn(screen: Lines, row: number): readonly string[] {
  const line = screen.line(screen.scrollbackLength + row);
  if (!line) return [];
  const looks = Array.from({ length: line.words.length / CELL_WORDS }, (_, x) => lookOf(line.words, x));
  const usual = mostOf(looks);
  const found: string[] = [];
  for (let start = 0, x = 1; x <= looks.length; x++) {
    if (x < looks.length && looks[x] === looks[start]) continue;
    if (looks[start] !== usual) found.push(cellsText(line, start, x).trim());
    start = x;
  }
  return found.filter((text) => text !== "");
}

function lookOf(words: Uint32Array, x: number): number {
  const [fg = 0, bg = 0] = [words[x * CELL_WORDS + 1], words[x * CELL_WORDS + 2]];
  return (fg & Fg.inverse) !== 0 ? -1 - ((fg & COLOR) >>> 0) : (bg & COLOR) >>> 0;
}

function mostOf(looks: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const look of looks) counts.set(look, (counts.get(look) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}
