import { describe, expect, it } from "vitest";
import { History } from "../../src/screen/history.ts";
import { createEmulator } from "../../src/screen/xterm.ts";
import type { InnerCore } from "../../src/screen/xterm-inner.ts";

const COLS = 120;

/** Bytes that a row takes, of ten thousand that look like this. */
function bytesOfRow(text: (row: number) => string): number {
  const emulator = createEmulator({ cols: COLS, rows: 50, scrollback: 0 });
  const core = (emulator.terminal as unknown as { readonly _core: InnerCore })._core;
  const history = new History(10_000, COLS);
  for (let row = 0; row < 10_000; row++) {
    emulator.parseNow(Buffer.from(`\x1b[H\x1b[m\x1b[2K${text(row)}`));
    const line = core.buffer.lines.get(0);
    if (line) history.push(line);
  }
  expect(history.length).toBe(10_000);
  return history.bytes / history.length;
}

describe("the history", () => {
  it("takes little more than a byte for each column of plain text, and hardly anything for what is empty", () => {
    expect(bytesOfRow((row) => String(row).padEnd(COLS, "text "))).toBeLessThan(COLS + 15);
    expect(bytesOfRow(() => "")).toBeLessThan(10);
  });

  it("takes a few bytes more for each change of colour, and for each character that is none of ASCII", () => {
    expect(bytesOfRow((row) => `\x1b[3${row % 8}m${row}\x1b[m `.repeat(10).padEnd(200, "x"))).toBeLessThan(COLS + 90);
    expect(bytesOfRow(() => "世界".repeat(30))).toBeLessThan(COLS * 2 + 15);
  });

  it("knows no rows outside of those it has", () => {
    const history = new History(10, COLS);
    expect([history.row(-1), history.row(0), history.place(0), history.takeLine(10)]).toEqual([null, null, null, []]);
  });
});
