import { Box, render, Text, useInput, useWindowSize } from "ink";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { Chrome } from "../../src/dashboard/terminal/chrome.ts";
import { Grid } from "../../src/dashboard/terminal/grid.ts";
import { drawLine } from "../../src/dashboard/terminal/styled-lines.ts";
import { CELL_WORDS, ColorMode, Fg, Bg } from "../../src/protocol/cells.ts";
import { seenInGrid } from "./outer-terminal.ts";

function textOf(grid: Grid): string[] {
  return seenInGrid(grid).map((row) => row.map((cell) => cell?.text ?? "").join(""));
}

function App() {
  const { columns, rows } = useWindowSize();
  const [keys, setKeys] = useState("");
  useInput((input) => setKeys((all) => all + input));
  return (
    <Box width={columns} height={rows} borderStyle="round" overflow="hidden">
      <Text>
        {"\u001b[38;2;255;128;0mkeys\u001b[39m"}: {keys}
      </Text>
    </Box>
  );
}

/** Ink on a chrome, with a way to wait for a frame that shows what is expected; a test that waits in vain shows the last one. */
function inked(cols: number, rows: number) {
  let wanted: { readonly lines: string; readonly done: () => void } | null = null;
  const check = () => {
    if (wanted && textOf(chrome.grid).join("\n") === wanted.lines) wanted.done();
  };
  const chrome: Chrome = new Chrome({ cols, rows, colors: true, onFrame: () => check() });
  const shows = async (...lines: string[]) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    wanted = { lines: lines.join("\n"), done: resolve };
    check();
    const late = setTimeout(resolve, 4000);
    await promise;
    clearTimeout(late);
    expect(textOf(chrome.grid)).toEqual(lines);
  };
  const ink = render(<App />, {
    stdout: chrome.stdout as unknown as NodeJS.WriteStream,
    stdin: chrome.stdin as unknown as NodeJS.ReadStream,
    interactive: true,
    patchConsole: false,
    exitOnCtrlC: false,
    maxFps: 1000,
  });
  return { chrome, ink, shows };
}

describe("the chrome", () => {
  it("turns Ink's frames into cells, passes keys and new sizes on", async () => {
    const { chrome, ink, shows } = inked(16, 3);
    await shows("╭──────────────╮", "│keys:         │", "╰──────────────╯");
    expect(chrome.grid.words[(16 + 1) * CELL_WORDS + 1]).toBe(ColorMode.rgb | 0xff8000);
    chrome.key("ab");
    await shows("╭──────────────╮", "│keys: ab      │", "╰──────────────╯");
    chrome.resize(10, 3);
    await shows("╭────────╮", "│keys: ab│", "╰────────╯");
    ink.unmount();
    chrome.dispose();
  });

  it("draws only the lines that changed", () => {
    const chrome = new Chrome({ cols: 4, rows: 3, colors: true, onFrame: () => {} });
    chrome.stdout.write("\x1b[?25l");
    chrome.stdout.write("one\ntwo\nthr");
    chrome.grid.settle();
    chrome.stdout.write("\x1b[2K\x1b[1A\x1b[2K\x1b[Gone\nTWO\nthr");
    expect([0, 1, 2].map((y) => chrome.grid.rowChanged(y))).toEqual([false, true, false]);
    expect(textOf(chrome.grid)).toEqual(["one ", "TWO ", "thr "]);
  });

  it("blanks the lines that a shorter frame leaves out, and cuts what does not fit", () => {
    const chrome = new Chrome({ cols: 4, rows: 2, colors: true, onFrame: () => {} });
    chrome.stdout.write("123456\nb\nc");
    chrome.stdout.write("\x1b[Gx世世");
    expect(textOf(chrome.grid)).toEqual(["x世 ", "    "]);
  });
});

describe("a styled line", () => {
  const words = (line: string, colors = true) => {
    const grid = new Grid(8, 1);
    drawLine(grid, 0, line, colors);
    return (x: number) => [grid.words[x * CELL_WORDS + 1], grid.words[x * CELL_WORDS + 2]];
  };

  it("keeps every look that Ink writes", () => {
    const at = words("\x1b[1;2;3;4;7;9;53ma\x1b[22;23;24;27;29;55mb\x1b[34;101mc\x1b[39;49md\x1b[38;5;99;48;2;1;2;3me\x1b[0mf");
    expect(at(0)).toEqual([(Fg.bold | Fg.underline | Fg.inverse | Fg.strike) >>> 0, (Bg.dim | Bg.italic | Bg.overline) >>> 0]);
    expect(at(1)).toEqual([0, 0]);
    expect(at(2)).toEqual([ColorMode.p16 | 4, ColorMode.p16 | 9]);
    expect(at(3)).toEqual([0, 0]);
    expect(at(4)).toEqual([ColorMode.p256 | 99, ColorMode.rgb | 0x010203]);
    expect(at(5)).toEqual([0, 0]);
  });

  it("leaves colours out for NO_COLOR and keeps the other looks", () => {
    const at = words("\x1b[1;31;48;5;7mx\x1b[38;2;1;2;3;7my", false);
    expect(at(0)).toEqual([Fg.bold, 0]);
    expect(at(1)).toEqual([(Fg.bold | Fg.inverse) >>> 0, 0]);
  });

  it("puts marks and emoji sequences into one cell, whatever stands before them", () => {
    const grid = new Grid(12, 1);
    drawLine(grid, 0, "ae\u0301b👩‍👩‍👧c\x1b]8;;http://x\x07d\x1b]8;;\x07", true);
    expect(
      seenInGrid(grid)[0]
        ?.slice(0, 7)
        .map((cell) => cell?.text ?? null),
    ).toEqual(["a", "e\u0301", "b", "👩‍👩‍👧", null, "c", "d"]);
  });
});
