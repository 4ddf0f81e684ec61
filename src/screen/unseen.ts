/** What cannot be seen of a screen and yet decides what comes of the next output, as the output that sets it. */
import { cleanBg, cleanFg } from "../protocol/cells.ts";
import type { PaneModes } from "../protocol/messages.ts";
import { DEFAULT_STYLE, sgrTransition, styleOf } from "../protocol/sgr.ts";
import type { Emulator } from "./xterm.ts";

const MOUSE: Readonly<Record<PaneModes["mouse"], number | null>> = { none: null, x10: 9, vt200: 1000, drag: 1002, any: 1003 };
const MOUSE_ENCODINGS: Readonly<Record<PaneModes["mouseEncoding"], number | null>> = { default: null, sgr: 1006, "sgr-pixels": 1016 };

/** For a terminal of the same size that was just reset. */
export function unseenOf({ terminal, scrollRegion, pen }: Emulator, modes: PaneModes): string {
  const { insertMode, wraparoundMode, reverseWraparoundMode, originMode } = terminal.modes;
  const { cursorX, cursorY } = terminal.buffer.active;
  const { top, bottom } = scrollRegion;
  return [
    privately(1, modes.applicationCursorKeys),
    modes.applicationKeypad ? "\x1b=" : "\x1b>",
    privately(2004, modes.bracketedPaste),
    privately(1004, modes.focusEvents),
    oneOf([9, 1000, 1002, 1003], MOUSE[modes.mouse]),
    oneOf([1006, 1016], MOUSE_ENCODINGS[modes.mouseEncoding]),
    `\x1b[${modes.cursorStyle} q`,
    privately(25, modes.cursorVisible),
    `\x1b[=${modes.kittyFlags ?? 0}u`,
    `\x1b[>4;${modes.modifyOtherKeys ?? 0}m`,
    `\x1b[4${insertMode ? "h" : "l"}`,
    privately(7, wraparoundMode),
    privately(45, reverseWraparoundMode),
    top === 0 && bottom === terminal.rows - 1 ? "\x1b[r" : `\x1b[${top + 1};${bottom + 1}r`,
    privately(6, originMode),
    `\x1b[${cursorY + 1 - (originMode ? top : 0)};${Math.min(cursorX, terminal.cols - 1) + 1}H`,
    sgrTransition(DEFAULT_STYLE, styleOf(cleanFg(pen.fg), cleanBg(pen.bg), pen.extra)),
  ].join("");
}

/** Each of these modes ends the others, also by being reset. */
function oneOf(numbers: readonly number[], set: number | null): string {
  return numbers.map((number) => privately(number, false)).join("") + (set === null ? "" : privately(set, true));
}

function privately(number: number, set: boolean): string {
  return `\x1b[?${number}${set ? "h" : "l"}`;
}
