/** Colours for terminals that show fewer of them. */
import { ColorMode } from "./cells.ts";

/** `none` shows no colour at all. */
export type ColorDepth = "truecolor" | "256" | "16" | "none";

/** The word with its colour in the nearest one that the depth has; flags stay. */
export function reduceColor(word: number, depth: ColorDepth): number {
  const mode = word & ColorMode.mask;
  if (depth === "truecolor" || mode === ColorMode.default) return word;
  const flags = word & 0xfc000000;
  if (depth === "none") return flags;
  if (mode === ColorMode.rgb && depth === "256") return flags | ColorMode.p256 | nearest256(word & 0xffffff);
  if (mode === ColorMode.rgb) return flags | ColorMode.p16 | nearest16(word & 0xffffff);
  const index = word & 0xff;
  if (mode === ColorMode.p16 || depth === "256") return word;
  return flags | ColorMode.p16 | (index < 16 ? index : nearest16(rgbOf256(index)));
}

/** The value of a colour of the cube or the greys (16–255) as 0xRRGGBB. */
function rgbOf256(index: number): number {
  if (index >= 232) return (8 + (index - 232) * 10) * 0x010101;
  const cube = index - 16;
  const level = (value: number) => LEVELS[value] ?? 0;
  return (level(Math.floor(cube / 36)) << 16) | (level(Math.floor(cube / 6) % 6) << 8) | level(cube % 6);
}

/** Brightness of the six steps of the cube. */
const LEVELS = [0, 95, 135, 175, 215, 255];

/** xterm's first 16 colours; terminals differ, the hues do not. */
const BASIC = [
  0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff,
  0xff00ff, 0x00ffff, 0xffffff,
];

function nearest256(rgb: number): number {
  const step = (value: number) =>
    LEVELS.reduce((best, level, at) => (Math.abs(level - value) < Math.abs((LEVELS[best] ?? 0) - value) ? at : best), 0);
  const cube = 16 + step(rgb >>> 16) * 36 + step((rgb >>> 8) & 0xff) * 6 + step(rgb & 0xff);
  const mean = ((rgb >>> 16) + ((rgb >>> 8) & 0xff) + (rgb & 0xff)) / 3;
  const grey = 232 + Math.max(0, Math.min(23, Math.round((mean - 8) / 10)));
  return distance(rgbOf256(grey), rgb) < distance(rgbOf256(cube), rgb) ? grey : cube;
}

function nearest16(rgb: number): number {
  return BASIC.reduce((best, color, at) => (distance(color, rgb) < distance(BASIC[best] ?? 0, rgb) ? at : best), 0);
}

/** Weighted for the eye: green counts most. */
function distance(a: number, b: number): number {
  const red = (a >>> 16) - (b >>> 16);
  const green = ((a >>> 8) & 0xff) - ((b >>> 8) & 0xff);
  const blue = (a & 0xff) - (b & 0xff);
  return 2 * red * red + 4 * green * green + 3 * blue * blue;
}
