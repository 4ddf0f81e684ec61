import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arrange } from "../../src/dashboard/arrange.ts";
import type { Block } from "../../src/dashboard/views/block.ts";
import { Canvas } from "../../src/dashboard/terminal/canvas.ts";
import { Grid } from "../../src/dashboard/terminal/grid.ts";
import { drawLine } from "../../src/dashboard/terminal/styled-lines.ts";
import { CELL_WORDS, ColorMode, Fg, Bg } from "../../src/protocol/cells.ts";
import { seenInGrid } from "./outer-terminal.ts";

function textOf(grid: Grid): string[] {
  return seenInGrid(grid).map((row) => row.map((cell) => cell?.text ?? "").join(""));
}

const block = (key: string, x: number, y: number, width: number, height: number): Block => ({ key, x, y, width, height, text: key });

describe("a canvas", () => {
  function canvas(...blocks: readonly Block[]) {
    const drawn = { frames: 0 };
    const one = new Canvas({ colors: true, onFrame: () => drawn.frames++ });
    one.expect(arrange(blocks, 20));
    return { canvas: one, drawn, write: (text: string) => one.stdout.write(text), grid: () => one.layers[0]?.grid ?? new Grid(0, 0) };
  }

  it("turns a frame into cells, and says where each part of it belongs", () => {
    const { canvas: one, write, grid, drawn } = canvas(block("a", 50, 3, 4, 2), block("b", 7, 9, 2, 1));
    write("aaaabb\naaaa");
    expect(drawn.frames).toBe(1);
    expect(textOf(grid())).toEqual(["aaaabb", "aaaa  "]);
    expect(one.layers.map(({ fromX, fromY, x, y, width, height }) => ({ fromX, fromY, x, y, width, height }))).toEqual([
      { fromX: 0, fromY: 0, x: 50, y: 3, width: 4, height: 2 },
      { fromX: 4, fromY: 0, x: 7, y: 9, width: 2, height: 1 },
    ]);
  });

  it("draws only the lines that changed", () => {
    const { write, grid } = canvas(block("a", 0, 0, 4, 3));
    write("one\ntwo\nthr");
    grid().settle();
    write("one\nTWO\nthr");
    expect([0, 1, 2].map((y) => grid().rowChanged(y))).toEqual([false, true, false]);
    expect(textOf(grid())).toEqual(["one ", "TWO ", "thr "]);
  });

  it("blanks the lines that a shorter frame leaves out, and cuts what does not fit", () => {
    const { write, grid } = canvas(block("a", 0, 0, 4, 2));
    write("123456\nb\nc");
    write("x世世");
    expect(textOf(grid())).toEqual(["x世 ", "    "]);
  });

  it("keeps what it shows where it is until Ink has drawn the new arrangement", () => {
    const { canvas: one, write } = canvas(block("a", 0, 0, 4, 1));
    write("aaaa");
    one.expect(arrange([block("a", 9, 9, 4, 1)], 20));
    expect(one.layers[0]).toMatchObject({ x: 0, y: 0 });
    write("aaaa");
    expect(one.layers[0]).toMatchObject({ x: 9, y: 9 });
  });

  it("shows texts that changed in their places without Ink, and leaves what lies beside them", () => {
    const { canvas: one, write, grid, drawn } = canvas(block("a", 50, 3, 4, 2), block("b", 7, 9, 2, 2));
    write("aaaabb\naaaabb");
    grid().settle();
    one.show(arrange([block("a", 50, 3, 4, 2), { ...block("b", 7, 9, 2, 2), text: "bb\n\u001b[1mC\u001b[0m" }], 20));
    expect(textOf(grid())).toEqual(["aaaabb", "aaaaC "]);
    expect([0, 1].map((y) => grid().rowChanged(y))).toEqual([true, true]);
    expect(drawn.frames).toBe(2);
  });

  it("shows another arrangement without Ink, and then as Ink draws it", () => {
    const { canvas: one, write, grid } = canvas(block("a", 0, 0, 4, 1));
    write("aaaa");
    const next = arrange([{ ...block("b", 9, 9, 6, 1), text: "ours" }], 20);
    one.show(next);
    expect(textOf(grid())).toEqual(["ours  "]);
    expect(one.layers[0]).toMatchObject({ x: 9, y: 9, width: 6 });
    expect(one.isDrawn(next)).toBe(false);
    one.expect(next);
    write("Ink's");
    expect(textOf(grid())).toEqual(["Ink's "]);
    expect(one.isDrawn(next)).toBe(true);
  });

  it("keeps what is newer than what Ink has drawn", () => {
    const { canvas: one, write, grid } = canvas(block("a", 0, 0, 4, 1));
    write("aaaa");
    const [old, newer] = ["old", "new"].map((text) => arrange([{ ...block("b", 0, 0, 5, 1), text }], 20));
    if (!old || !newer) throw new Error("two arrangements");
    one.show(old);
    one.expect(old);
    one.show(newer);
    write("old");
    expect(textOf(grid())).toEqual(["new  "]);
    one.expect(newer);
    write("new!");
    expect(textOf(grid())).toEqual(["new! "]);
  });

  it("holds nothing when there is nothing to draw", () => {
    const { canvas: one, write } = canvas(block("a", 0, 0, 4, 1));
    write("aaaa");
    one.expect(arrange([], 20));
    write("");
    expect(one.layers).toEqual([]);
  });
});

describe("an arrangement of blocks", () => {
  it("keeps them apart, on an area that is hardly larger than theirs, and loses none", () => {
    const size = fc.record({ width: fc.integer({ min: 1, max: 60 }), height: fc.integer({ min: 1, max: 50 }) });
    fc.assert(
      fc.property(fc.array(size, { maxLength: 30 }), (sizes) => {
        const blocks = sizes.map(({ width, height }, index) => block(`b${index}`, 0, 0, width, height));
        const { columns, rows, parts } = arrange(blocks, 60);
        expect(parts.map((part) => part.block)).toEqual(blocks);
        const taken = new Set<number>();
        for (const { block: one, x, y } of parts) {
          for (let row = y; row < y + one.height; row++) {
            for (let column = x; column < x + one.width; column++) {
              expect(column < columns && row < rows && !taken.has(row * columns + column)).toBe(true);
              taken.add(row * columns + column);
            }
          }
        }
      }),
    );
  });

  it("leaves out what shows nothing", () => {
    expect(arrange([block("", 0, 0, 5, 1), block("a", 0, 0, 0, 1)], 60)).toEqual({ columns: 0, rows: 0, parts: [] });
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
