import { describe, expect, test } from "vitest";
import { drawFrame, drawStrong, type FrameBox, type FramePiece } from "../../src/dashboard/frame.ts";
import { rect } from "../../src/dashboard/geometry.ts";
import { junction } from "../../src/dashboard/junctions.ts";

function picture(boxes: readonly FrameBox[], columns: number, rows: number, ascii = false): string {
  const grid = Array.from({ length: rows }, () => Array.from({ length: columns }, () => " "));
  for (const piece of drawFrame({ columns, rows }, boxes, ascii)) {
    for (const [line, text] of piece.text.split("\n").entries())
      for (const [index, character] of [...text].entries()) (grid[piece.y + line] as string[])[piece.x + index] = character;
  }
  return `\n${grid.map((row) => row.join("").trimEnd()).join("\n")}\n`;
}

const box = (x: number, y: number, width: number, height: number, strong = false): FrameBox => ({
  rect: rect(x, y, width, height),
  tone: strong ? "border-focus" : "border",
  strong,
});

describe("borders", () => {
  test("neighbours share their borders and meet in proper corners", () => {
    expect(picture([box(0, 0, 5, 5), box(4, 0, 5, 3), box(4, 2, 5, 3)], 9, 5)).toBe(`
╭───┬───╮
│   │   │
│   ├───┤
│   │   │
╰───┴───╯
`);
  });

  test("the strong box is heavy all around, also where it shares a border", () => {
    expect(picture([box(0, 0, 5, 5), box(4, 0, 5, 3, true), box(4, 2, 5, 3)], 9, 5)).toBe(`
╭───┲━━━┓
│   ┃   ┃
│   ┡━━━┩
│   │   │
╰───┴───╯
`);
  });

  test("in ASCII the strong box can be told without colour too", () => {
    expect(picture([box(0, 0, 4, 3), box(3, 0, 4, 3, true)], 7, 3, true)).toBe(`
+--#==#
|  #  #
+--#==#
`);
  });

  test("a box one row high is a line across", () => {
    expect(picture([box(0, 0, 4, 1)], 4, 1)).toBe("\n────\n");
  });

  test("cells of the strong box carry its tone, so that its colour is not cut by neighbours", () => {
    const pieces = drawFrame({ columns: 9, rows: 3 }, [box(0, 0, 5, 3), box(4, 0, 5, 3, true)], false);
    expect(pieces.filter((piece) => piece.tone === "border-focus").map((piece) => piece.text)).toEqual(["┲━━━┓", "┺━━━┛", "┃", "┃"]);
  });

  test("every way in which light and heavy lines can meet has its own character", () => {
    const seen = new Map<string, string>();
    for (let code = 1; code < 81; code++) {
      const [up, right, down, left] = [Math.floor(code / 27), Math.floor(code / 9) % 3, Math.floor(code / 3) % 3, code % 3] as [
        number,
        number,
        number,
        number,
      ];
      const character = junction({ up, right, down, left }, false);
      expect(character).toMatch(/^[\u2500-\u257f]$/u);
      expect(seen.get(character) ?? null).toBeNull();
      seen.set(character, String(code));
    }
    expect(seen.size).toBe(80);
  });

  test("the strong part alone, laid over the frame without it, is the whole frame", () => {
    const size = { columns: 9, rows: 5 };
    const boxes = [box(0, 0, 5, 3), box(4, 0, 5, 3, true), box(0, 2, 9, 3)];
    const cells = (pieces: readonly FramePiece[]) =>
      pieces.flatMap(({ x, y, height, text }) =>
        height > 1
          ? text.split("\n").map((one, row) => [one, x, y + row] as const)
          : [...text].map((one, column) => [one, x + column, y] as const),
      );
    const laid = new Map<string, string>();
    const weak = boxes.map((one) => ({ ...one, strong: false }));
    for (const [text, x, y] of [...cells(drawFrame(size, weak, false)), ...cells(drawStrong(size, boxes, false))])
      laid.set(`${x},${y}`, text);
    for (const [text, x, y] of cells(drawFrame(size, boxes, false))) expect(laid.get(`${x},${y}`)).toBe(text);
  });
});
