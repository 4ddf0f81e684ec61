/** A second emulator that stands for the person's terminal, fed with what the compositor writes. */
import { BLANK, CELL_WORDS, cleanBg, cleanFg, type Extra, NO_EXTRA, widthOf } from "../../src/protocol/cells.ts";
import type { Grid } from "../../src/dashboard/terminal/grid.ts";
import { createEmulator, type Emulator } from "../../src/screen/xterm.ts";

/** A cell as a person sees it; the second half of a wide character is null. */
export interface SeenCell {
  readonly text: string;
  readonly width: number;
  readonly fg: number;
  readonly bg: number;
  readonly underline: number;
  readonly underlineColor: number;
}

/** `fill`: what the terminal shows before we draw, to find cells that were never written. */
export function outerTerminal(cols: number, rows: number, fill = "#"): Emulator {
  const emulator = createEmulator({ cols, rows, scrollback: 0 });
  emulator.parseNow(Buffer.from(`\x1b[?7l\x1b[41m${`${fill.repeat(cols)}\r\n`.repeat(rows - 1)}${fill.repeat(cols)}\x1b[m`));
  return emulator;
}

function seen(content: number, fg: number, bg: number, extra: Extra): SeenCell {
  const text = content === 0 ? "" : extra.text === "" ? String.fromCodePoint(content & 0x1fffff || 0x20) : extra.text;
  const underlined = (fg & 0x10000000) !== 0;
  return {
    text,
    width: widthOf(content),
    fg: cleanFg(fg),
    bg: cleanBg(bg),
    underline: underlined ? extra.underline : 0,
    underlineColor: underlined ? extra.underlineColor : 0,
  };
}

export function seenOnTerminal(emulator: Emulator): (SeenCell | null)[][] {
  const { rows, cols } = emulator.terminal;
  const base = emulator.terminal.buffer.active.baseY;
  return Array.from({ length: rows }, (_, y) => {
    const line = emulator.line(base + y);
    const cells = Array.from({ length: cols }, (_cell, x) => {
      const at = x * CELL_WORDS;
      const extra = line?.extra(x) ?? NO_EXTRA;
      return seen(line?.words[at] ?? BLANK, line?.words[at + 1] ?? 0, line?.words[at + 2] ?? 0, extra);
    });
    return withoutHalves(cells);
  });
}

/**
 * The second half of a wide character becomes null. xterm.js keeps halves alone in a few corners (writing on a second half
 * with automatic wrap off, say); no terminal can show those, so they count as blanks.
 */
function withoutHalves(row: SeenCell[]): (SeenCell | null)[] {
  return row.map((cell, x) => {
    if (cell.width === 0 && row[x - 1]?.width === 2) return null;
    const half = cell.width === 0 || (cell.width === 2 && row[x + 1]?.width !== 0);
    return half ? { ...cell, text: " ", width: 1 } : cell;
  });
}

export function seenInGrid(grid: Grid): (SeenCell | null)[][] {
  return Array.from({ length: grid.rows }, (_, y) =>
    withoutHalves(
      Array.from({ length: grid.cols }, (_cell, x) => {
        const index = y * grid.cols + x;
        const at = index * CELL_WORDS;
        return seen(grid.words[at] ?? BLANK, grid.words[at + 1] ?? 0, grid.words[at + 2] ?? 0, grid.extra(index));
      }),
    ),
  );
}
