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

function seen(content: number, fg: number, bg: number, extra: Extra): SeenCell | null {
  if (content === 0) return null;
  const text = extra.text === "" ? String.fromCodePoint(content & 0x1fffff || 0x20) : extra.text;
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
    return Array.from({ length: cols }, (_cell, x) => {
      const at = x * CELL_WORDS;
      const extra = line?.extra(x) ?? NO_EXTRA;
      return seen(line?.words[at] ?? BLANK, line?.words[at + 1] ?? 0, line?.words[at + 2] ?? 0, extra);
    });
  });
}

/**
 * xterm.js keeps halves of wide characters in a few corners (writing on the second half with automatic wrap off, say). No
 * terminal can show those, so they count as blanks.
 */
export function withoutHalves(rows: (SeenCell | null)[][]): (SeenCell | null)[][] {
  return rows.map((row) =>
    row.map((cell, x) => {
      const cutLead = cell?.width === 2 && row[x + 1] !== null;
      const orphan = cell === null && row[x - 1]?.width !== 2;
      if (!cutLead && !orphan) return cell;
      return {
        text: " ",
        width: 1,
        fg: cell?.fg ?? 0,
        bg: cell?.bg ?? 0,
        underline: cell?.underline ?? 0,
        underlineColor: cell?.underlineColor ?? 0,
      };
    }),
  );
}

/** What a pane may show of a cell: bidi controls and characters that cannot be seen are left out. */
export function withoutUnseen(rows: (SeenCell | null)[][]): (SeenCell | null)[][] {
  return rows.map((row) =>
    row.map((cell) => {
      if (!cell) return null;
      const text = cell.text.replace(/[\u202a-\u202e\u200b]/gu, "");
      return { ...cell, text: text === "" ? " " : text };
    }),
  );
}

export function seenInGrid(grid: Grid): (SeenCell | null)[][] {
  return Array.from({ length: grid.rows }, (_, y) =>
    Array.from({ length: grid.cols }, (_cell, x) => {
      const at = (y * grid.cols + x) * CELL_WORDS;
      return seen(grid.words[at] ?? BLANK, grid.words[at + 1] ?? 0, grid.words[at + 2] ?? 0, grid.extra(y * grid.cols + x));
    }),
  );
}
