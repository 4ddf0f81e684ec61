import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Motion } from "../../src/protocol/reading.ts";
import { characterStart, textEnd } from "../../src/screen/row-text.ts";
import { moved } from "../../src/screen/motions.ts";
import { charactersOf, output, written, type Written } from "./lines-of.ts";

function walk({ lines }: Written, from: readonly [number, number], ...motions: readonly Motion[]): readonly [number, number][] {
  let at = { line: from[0], x: from[1] };
  return motions.map((motion) => {
    at = moved(lines, { from: at, motion, count: 1, want: at.x, free: false });
    return [at.line, at.x];
  });
}

describe("a cursor in a terminal's lines", () => {
  it("goes by characters, over rows that only the width has cut, and stops at the ends of lines", () => {
    const screen = written("ab世cd\r\nx", { cols: 4, rows: 4 });
    expect(walk(screen, [0, 0], "right", "right", "right", "right", "right")).toEqual([
      [0, 1],
      [0, 2],
      [1, 0],
      [1, 1],
      [1, 1],
    ]);
    expect(walk(screen, [1, 1], "left", "left", "left", "left", "left")).toEqual([
      [1, 0],
      [0, 2],
      [0, 1],
      [0, 0],
      [0, 0],
    ]);
  });

  it("goes by words as vi does", () => {
    const screen = written("one.two  three\r\n\r\n four_4", { cols: 20, rows: 5 });
    expect(walk(screen, [0, 0], "next-word", "next-word", "next-word", "next-word")).toEqual([
      [0, 3],
      [0, 4],
      [0, 9],
      [2, 1],
    ]);
    expect(walk(screen, [0, 1], "word-end", "word-end", "word-end", "word-end", "word-end")).toEqual([
      [0, 2],
      [0, 3],
      [0, 6],
      [0, 13],
      [2, 6],
    ]);
    expect(walk(screen, [2, 3], "word-back", "word-back", "word-back")).toEqual([
      [2, 1],
      [0, 9],
      [0, 4],
    ]);
  });

  it("finds the ends of a line that is cut into rows, and of all lines", () => {
    const screen = written("first\r\n  a long line\r\nx\r\n", { cols: 6, rows: 9 });
    expect(walk(screen, [2, 1], "line-start", "line-text", "line-end", "oldest", "newest")).toEqual([
      [1, 0],
      [1, 2],
      [3, 0],
      [0, 0],
      [4, 0],
    ]);
  });

  it("keeps its column over shorter lines, and may stand behind them for a block", () => {
    const { lines } = written("long line\r\nab\r\nlong line");
    const down = { motion: "rows", count: 1, want: 7 } as const;
    expect(moved(lines, { ...down, from: { line: 0, x: 7 }, free: false })).toEqual({ line: 1, x: 1 });
    expect(moved(lines, { ...down, from: { line: 1, x: 1 }, free: false })).toEqual({ line: 2, x: 7 });
    expect(moved(lines, { ...down, from: { line: 0, x: 7 }, free: true })).toEqual({ line: 1, x: 7 });
  });

  it("always stands on a character that is kept, whatever was written and wherever it goes", () => {
    const motion = fc.constantFrom<Motion>(
      ...([
        "rows",
        "left",
        "right",
        "next-word",
        "word-back",
        "word-end",
        "line-start",
        "line-text",
        "line-end",
        "oldest",
        "newest",
      ] as const),
    );
    const move = fc.record({
      from: fc.record({ line: fc.integer({ min: -5, max: 60 }), x: fc.integer({ min: -2, max: 12 }) }),
      motion,
      count: fc.integer({ min: -9, max: 9 }),
      want: fc.nat({ max: 12 }),
      free: fc.boolean(),
    });
    fc.assert(
      fc.property(output, fc.array(move, { maxLength: 8 }), fc.integer({ min: 2, max: 9 }), (text, moves, cols) => {
        const { lines } = written(text, { cols, rows: 4, scrollback: 10 });
        for (const one of moves) {
          const { line, x } = moved(lines, one);
          const row = lines.line(line);
          expect(row).not.toBeNull();
          expect(characterStart(row, x)).toBe(x);
          expect(x).toBeLessThan(one.free ? cols : Math.max(1, textEnd(row)));
        }
      }),
    );
  });

  it("reaches every word on its way back", () => {
    fc.assert(
      fc.property(output, fc.integer({ min: 2, max: 9 }), (text, cols) => {
        // Ends on an empty line, so that the cursor starts behind every word.
        const screen = written(`${text}\x1b[9;1H\r\n`, { cols, rows: 4, scrollback: 40 });
        const words = charactersOf(screen.lines).flatMap((row) =>
          row.filter((one, index) => /\S/u.test(one.text) && (index === 0 || kind(row[index - 1]?.text) !== kind(one.text))),
        );
        let at: readonly [number, number] = [screen.lines.end - 1, cols];
        const back = words.map(() => (at = walk(screen, at, "word-back")[0] ?? at)).reverse();
        expect(back).toEqual(words.map(({ line, x }) => [line, x]));
      }),
    );
  });
});

function kind(text: string | undefined): "blank" | "word" | "other" {
  if (text === undefined || /^\s/u.test(text)) return "blank";
  return /^[\p{L}\p{N}_]/u.test(text) ? "word" : "other";
}
