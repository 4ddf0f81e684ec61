/** Mouse reports for the program in a pane: in its own coordinates, only those it asked for, in the form it asked for. */
import type { PaneModes } from "../../protocol/messages.ts";
import { contains, type Rect } from "../geometry.ts";

const MOTION = 32;
const WHEEL = 64;
const MODIFIERS = 4 | 8 | 16;
const NO_BUTTON = 3;
/** X10 reports have one byte a coordinate, counted from 33. */
const MAX_X10 = 223;
/** Size of a cell that programs are told (see replies.ts of the screen), for reports in pixels. */
const CELL_PIXELS = { width: 10, height: 20 };

/**
 * The bytes for a report ("0;10;5M": button, column, row from 1, as SGR has them) of the outer terminal, or null when it is not
 * this program's: outside of its pane, or nothing it asked for.
 */
export function paneMouse(report: string, pane: Rect, modes: PaneModes): Uint8Array | null {
  const match = /^(\d+);(\d+);(\d+)([Mm])$/u.exec(report);
  if (!match || modes.mouse === "none") return null;
  const [code, column, row] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const released = match[4] === "m";
  if (!contains(pane, column - 1, row - 1) || !asked(modes.mouse, code, released)) return null;
  const x = column - pane.x;
  const y = row - pane.y;
  const button = modes.mouse === "x10" ? code & ~MODIFIERS : code;
  switch (modes.mouseEncoding) {
    case "sgr":
      return Buffer.from(`\x1b[<${button};${x};${y}${match[4]}`);
    case "sgr-pixels":
      return Buffer.from(`\x1b[<${button};${pixel(x, CELL_PIXELS.width)};${pixel(y, CELL_PIXELS.height)}${match[4]}`);
    case "default":
      if (x > MAX_X10 || y > MAX_X10) return null;
      // The old form does not say which button was released.
      return Buffer.from([0x1b, 0x5b, 0x4d, 32 + (released ? (button & ~3) | NO_BUTTON : button), 32 + x, 32 + y]);
  }
}

/** The middle of a cell, in pixels from 1. */
function pixel(cell: number, size: number): number {
  return (cell - 1) * size + size / 2;
}

function asked(mode: PaneModes["mouse"], code: number, released: boolean): boolean {
  const wheel = (code & WHEEL) !== 0;
  const motion = (code & MOTION) !== 0;
  switch (mode) {
    case "x10":
      return !released && !wheel && !motion;
    case "vt200":
      return !motion;
    case "drag":
      return !motion || (code & 3) !== NO_BUTTON;
    case "any":
      return true;
    case "none":
      return false;
  }
}
