/**
 * The looks of cells as SGR sequences (ECMA-48 8.3.117, XTerm Control Sequences, and kitty's underline styles and colours).
 * Sub-parameters are written with colons, so that a terminal that does not know them skips them whole.
 */
import { Bg, ColorMode, Fg, NO_EXTRA, type Extra } from "./cells.ts";
import { reduceColor, type ColorDepth } from "./colors.ts";

/** Words of cells.ts, cleaned; of the extra only underline and underlineColor count. */
export interface Style {
  readonly fg: number;
  readonly bg: number;
  readonly underline: number;
  readonly underlineColor: number;
}

export const DEFAULT_STYLE: Style = { fg: 0, bg: 0, underline: 0, underlineColor: 0 };

/** The look of a cell with colours that the terminal can show. An underline's style or colour without an underline is none. */
export function styleOf(fg: number, bg: number, extra: Extra = NO_EXTRA, depth: ColorDepth = "truecolor"): Style {
  const underlined = (fg & Fg.underline) !== 0;
  return {
    fg: depth === "truecolor" ? fg : reduceColor(fg, depth),
    bg: (depth === "truecolor" ? bg : reduceColor(bg, depth)) & ~Bg.extended,
    underline: underlined ? extra.underline : 0,
    underlineColor: underlined ? reduceColor(extra.underlineColor, depth) : 0,
  };
}

/** The shortest sequence that leads from one look to the other; "" when they are the same. */
export function sgrTransition(from: Style, to: Style): string {
  const reset = absolute(to);
  if (reset === "") return isDefault(from) ? "" : "\x1b[m";
  const changes = relative(from, to);
  if (changes.length === 0) return "";
  const short = changes.join(";");
  return short.length <= reset.length + 2 ? `\x1b[${short}m` : `\x1b[0;${reset}m`;
}

function isDefault(style: Style): boolean {
  return absolute(style) === "";
}

/** Parameters that set this look on top of a reset. */
function absolute(style: Style): string {
  return relative(DEFAULT_STYLE, style).join(";");
}

interface Switch {
  readonly word: "fg" | "bg";
  readonly bit: number;
  readonly on: string;
  readonly off: string;
}

const SWITCHES: readonly Switch[] = [
  { word: "bg", bit: Bg.italic, on: "3", off: "23" },
  { word: "fg", bit: Fg.blink, on: "5", off: "25" },
  { word: "fg", bit: Fg.inverse, on: "7", off: "27" },
  { word: "fg", bit: Fg.invisible, on: "8", off: "28" },
  { word: "fg", bit: Fg.strike, on: "9", off: "29" },
  { word: "bg", bit: Bg.overline, on: "53", off: "55" },
];

function relative(from: Style, to: Style): string[] {
  const out = intensity(from, to);
  for (const { word, bit, on, off } of SWITCHES) {
    const wanted = (to[word] & bit) !== 0;
    if (wanted !== ((from[word] & bit) !== 0)) out.push(wanted ? on : off);
  }
  const underline = underlineOf(to);
  if (underline !== underlineOf(from)) out.push(underline);
  if (((from.fg ^ to.fg) & COLOR_BITS) !== 0) out.push(color(to.fg, 30));
  if (((from.bg ^ to.bg) & COLOR_BITS) !== 0) out.push(color(to.bg, 40));
  if (from.underlineColor !== to.underlineColor) out.push(underlineColor(to.underlineColor));
  return out;
}

const COLOR_BITS = 0x3ffffff;

/** Bold and dim have one code to switch off, which switches off both. */
function intensity(from: Style, to: Style): string[] {
  const was = { bold: (from.fg & Fg.bold) !== 0, dim: (from.bg & Bg.dim) !== 0 };
  const wanted = { bold: (to.fg & Fg.bold) !== 0, dim: (to.bg & Bg.dim) !== 0 };
  const off = (was.bold && !wanted.bold) || (was.dim && !wanted.dim);
  const out = off ? ["22"] : [];
  if (wanted.bold && (off || !was.bold)) out.push("1");
  if (wanted.dim && (off || !was.dim)) out.push("2");
  return out;
}

function underlineOf(style: Style): string {
  if ((style.fg & Fg.underline) === 0) return "24";
  return style.underline > 1 ? `4:${style.underline}` : "4";
}

/** `base` is 30 for the foreground, 40 for the background. */
function color(word: number, base: 30 | 40): string {
  const value = word & 0xffffff;
  switch (word & ColorMode.mask) {
    case ColorMode.p16:
      return String(value < 8 ? base + value : base + 60 + value - 8);
    case ColorMode.p256:
      return `${base + 8};5;${value}`;
    case ColorMode.rgb:
      return `${base + 8};2;${value >>> 16};${(value >>> 8) & 0xff};${value & 0xff}`;
    default:
      return String(base + 9);
  }
}

function underlineColor(word: number): string {
  const value = word & 0xffffff;
  switch (word & ColorMode.mask) {
    case ColorMode.rgb:
      return `58:2::${value >>> 16}:${(value >>> 8) & 0xff}:${value & 0xff}`;
    case ColorMode.default:
      return "59";
    default:
      return `58:5:${value}`;
  }
}
