/** One line of styled text, as Ink writes it, to cells. */
import { BLANK, Bg, ColorMode, Content, type Extra, Fg, NO_EXTRA } from "../../protocol/cells.ts";
import { graphemes, isNarrow, width as widthOf } from "../format.ts";
import type { Grid } from "./grid.ts";

interface Look {
  fg: number;
  bg: number;
}

/** Cells of one row. */
interface Stretch {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

const TOKEN =
  /\u001b\[([\d;:]*)m|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b\[[\d;:?]*[ -/]*[@-~]|([\u0020-\u007e]+)|([^\u001b\u0020-\u007e]+)/gu;

/**
 * Writes a line into a row of the grid, blanks behind it; what does not fit is cut. Only SGR means something, other
 * sequences are skipped. `colors: false` leaves all colours out (NO_COLOR) and keeps bold, dim, underline and inverse.
 */
export function drawLine(grid: Grid, y: number, line: string, colors: boolean): void {
  drawLineAt(grid, { x: 0, y, width: grid.cols }, line, colors);
}

/** The same for a part of a row; what lies beside it stays as it is. */
export function drawLineAt(grid: Grid, { x: from, y, width }: Stretch, line: string, colors: boolean): void {
  const look: Look = { fg: 0, bg: 0 };
  const end = Math.min(grid.cols, from + width);
  let x = from;
  let rest = "";
  const flush = () => {
    if (isNarrow(rest)) x = drawNarrow(grid, { x, y, width: end - x }, rest, look);
    else for (const cluster of graphemes(rest)) x = drawCluster(grid, { x, y, width: end - x }, cluster, look);
    rest = "";
  };
  for (const match of line.matchAll(TOKEN)) {
    const [, sgr, ascii, other] = match;
    if (other !== undefined) {
      rest += other;
      continue;
    }
    // A mark may belong to the ASCII letter before it, so the last letter waits with what follows.
    if (ascii !== undefined && rest === "") {
      x = drawNarrow(grid, { x, y, width: end - x }, ascii.slice(0, -1), look);
      rest = ascii.slice(-1);
      continue;
    }
    flush();
    if (ascii !== undefined) rest = ascii;
    if (sgr !== undefined) applySgr(look, sgr, colors);
  }
  flush();
  if (x < end) grid.blank(x, y, end - x);
}

/** What is left of a text without its looks. */
const SGR = /\u001b\[[\d;]*m/gu;

/**
 * Whether all who draw this text agree on its cells: its characters are of one column each, and it fits. Of others, a mark without a
 * letter or a new emoji, Ink has an opinion of its own.
 */
export function isUndisputed({ text, width, height }: { readonly text: string; readonly width: number; readonly height: number }): boolean {
  const lines = text.replace(SGR, "").split("\n");
  return lines.length <= height && lines.every((line) => line.length <= width && isNarrow(line));
}

/** Text whose UTF-16 units take one column each. */
function drawNarrow(grid: Grid, { x: start, y, width }: Stretch, text: string, { fg, bg }: Look): number {
  const end = start + Math.min(text.length, width);
  for (let x = start; x < end; x++) grid.set(x, y, text.charCodeAt(x - start) | (1 << Content.widthShift), fg, bg);
  return Math.max(start, end);
}

function drawCluster(grid: Grid, { x, y, width: room }: Stretch, cluster: string, { fg, bg }: Look): number {
  const width = Math.min(2, widthOf(cluster));
  if (width === 0 || room <= 0) return x;
  if (width > room) {
    grid.set(x, y, BLANK, fg, bg);
    return x + 1;
  }
  const codePoint = cluster.codePointAt(0) ?? 0x20;
  const single = cluster.length === (codePoint > 0xffff ? 2 : 1);
  const extra: Extra = single ? NO_EXTRA : { ...NO_EXTRA, text: cluster };
  grid.set(x, y, (single ? codePoint : Content.combined) | (width << Content.widthShift), fg, bg, extra);
  if (width === 2) grid.set(x + 1, y, 0, 0, 0);
  return x + width;
}

const ON: Readonly<Record<number, readonly ["fg" | "bg", number]>> = {
  1: ["fg", Fg.bold],
  2: ["bg", Bg.dim],
  3: ["bg", Bg.italic],
  4: ["fg", Fg.underline],
  5: ["fg", Fg.blink],
  7: ["fg", Fg.inverse],
  8: ["fg", Fg.invisible],
  9: ["fg", Fg.strike],
  53: ["bg", Bg.overline],
};

const OFF: Readonly<Record<number, Partial<Look>>> = {
  22: { fg: Fg.bold, bg: Bg.dim },
  23: { bg: Bg.italic },
  24: { fg: Fg.underline },
  25: { fg: Fg.blink },
  27: { fg: Fg.inverse },
  28: { fg: Fg.invisible },
  29: { fg: Fg.strike },
  55: { bg: Bg.overline },
};

function applySgr(look: Look, sequence: string, colors: boolean): void {
  const codes = sequence.split(/[;:]/u).map(Number);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] ?? 0;
    const on = ON[code];
    const off = OFF[code];
    if (code === 0) {
      look.fg = look.bg = 0;
    } else if (on) {
      look[on[0]] = (look[on[0]] | on[1]) >>> 0;
    } else if (off) {
      look.fg = (look.fg & ~(off.fg ?? 0)) >>> 0;
      look.bg = (look.bg & ~(off.bg ?? 0)) >>> 0;
    } else {
      const { word, color, used } = readColor(codes, i);
      i += used;
      if (colors && word) look[word] = ((look[word] & FLAGS) | color) >>> 0;
    }
  }
}

const FLAGS = 0xfc000000;

/** The colour that the code at `i` sets, and how many further codes it uses. */
function readColor(codes: readonly number[], i: number): { word: "fg" | "bg" | null; color: number; used: number } {
  const code = codes[i] ?? 0;
  const word = code < 40 || (code >= 90 && code < 98) ? "fg" : "bg";
  const digit = code % 10;
  if ((code >= 30 && code < 38) || (code >= 40 && code < 48)) return { word, color: ColorMode.p16 | digit, used: 0 };
  if ((code >= 90 && code < 98) || (code >= 100 && code < 108)) return { word, color: ColorMode.p16 | (digit + 8), used: 0 };
  if (code === 39 || code === 49) return { word, color: 0, used: 0 };
  if (code !== 38 && code !== 48) return { word: null, color: 0, used: 0 };
  const value = (offset: number) => (codes[i + offset] ?? 0) & 0xff;
  if (codes[i + 1] === 5) return { word, color: ColorMode.p256 | value(2), used: 2 };
  if (codes[i + 1] === 2) return { word, color: ColorMode.rgb | (value(2) << 16) | (value(3) << 8) | value(4), used: 4 };
  return { word: null, color: 0, used: 1 };
}
