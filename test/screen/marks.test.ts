import { describe, expect, it } from "vitest";
import type { Screen } from "../../src/screen/screen.ts";
import { lineText } from "../../src/screen/text.ts";
import { pair } from "./beside-emulator.ts";

describe("a mark", () => {
  const numbered = (from: number, to: number) =>
    Buffer.from(Array.from({ length: to - from }, (_, index) => `line ${from + index}\r\n`).join(""));
  const textAt = (screen: Screen, index: number) => lineText(screen.line(index));

  it("follows its line from the screen into the history, until it is dropped", () => {
    const { screen, write } = pair({ cols: 20, rows: 4 }, 1000);
    write(numbered(0, 3));
    const mark = screen.mark(1);
    expect(mark?.line).toBe(1);
    write(numbered(3, 500));
    expect(textAt(screen, mark?.line ?? -1)).toBe("line 1");
    write(numbered(500, 1004));
    expect(textAt(screen, mark?.line ?? -1)).toBe("line 1");
    expect(mark?.line).toBe(0);
    write(numbered(1004, 1005));
    expect(mark?.line).toBe(-1);
    mark?.dispose();
  });

  it("follows its line through resizes, out of the history and back, also in the middle of a long one", () => {
    const { screen, write } = pair({ cols: 20, rows: 4 });
    const words = ["begin", "in the middle of it", "end"];
    for (let line = 0; line < 150; line++)
      write(Buffer.from(`${line}:${words.map((word) => `${word}(${line})`.padEnd(20, ".")).join("")}\r\n`.repeat(line % 3 === 0 ? 2 : 1)));
    const marks = Array.from({ length: screen.scrollbackLength }, (_, index) => ({
      mark: screen.mark(index),
      rest: rest(screen, index),
    }));
    for (const [cols, rows] of [
      [11, 2],
      [20, 250],
      [5, 3],
      [60, 9],
      [20, 4],
    ] as const) {
      screen.resize(cols, rows);
      for (const { mark, rest: before } of marks) {
        const now = rest(screen, mark?.line ?? -1);
        // The row that its first cell is in now: that row may begin before it, by less than a row.
        expect(now.endsWith(before)).toBe(true);
        expect(now.length - before.length).toBeLessThan(cols);
      }
    }
    expect(marks.map(({ mark }) => mark?.line)).toEqual(marks.map((_, index) => index));
  });

  it("is gone when the scrollback is erased", () => {
    const { screen, write } = pair({ cols: 20, rows: 4 });
    write(numbered(0, 300));
    const marks = [0, 150, 290].map((index) => screen.mark(index));
    write(Buffer.from("\x1b[3J"));
    expect(marks.map((mark) => mark?.line)).toEqual([-1, -1, -1]);
  });
});

/** The text of a line from this row on. */
function rest(screen: Screen, index: number): string {
  let text = "";
  let at = index;
  do text += lineText(screen.line(at++)).padEnd(screen.line(at)?.wrapped ? screen.cols : 0);
  while (screen.line(at)?.wrapped);
  return text;
}
