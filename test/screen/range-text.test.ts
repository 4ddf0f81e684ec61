import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CellPlace } from "../../src/screen/logical-line.ts";
import type { NumberedLines } from "../../src/screen/line-numbers.ts";
import { rangeText } from "../../src/screen/range-text.ts";
import { charactersOf, output, written } from "./lines-of.ts";

const at = (line: number, x: number): CellPlace => ({ line, x });
const after = (one: CellPlace, other: CellPlace) => one.line > other.line || (one.line === other.line && one.x > other.x);

/** What a person would write down of the characters between two cells. */
function naive(lines: NumberedLines, from: CellPlace, to: CellPlace): string {
  const copied: string[] = [];
  let row = lines.first - 1;
  for (const characters of charactersOf(lines)) {
    const start: number = row + 1;
    for (row = start; row + 1 < lines.end && lines.line(row + 1)?.wrapped === true; ) row++;
    if (row < from.line || start > to.line) continue;
    const touched = characters.filter((one) => !after(at(one.line, one.x), to) && !after(from, at(one.line, one.x + one.width - 1)));
    copied.push(touched.map((one) => one.text).join(""));
  }
  return copied.join("\n");
}

describe("the text of a selection", () => {
  it("is what a person would write down, wherever it begins and ends", () => {
    const place = fc.tuple(fc.nat({ max: 30 }), fc.nat({ max: 8 }));
    fc.assert(
      fc.property(output, place, place, fc.integer({ min: 2, max: 9 }), (text, one, other, cols) => {
        const { lines } = written(text, { cols, rows: 4, scrollback: 40 });
        const [a, b] = [one, other].map(([line, x]) => at(Math.min(line, lines.end - 1), Math.min(x, cols - 1)));
        if (!a || !b) return;
        const [from, to] = after(a, b) ? [b, a] : [a, b];
        const copied = rangeText(lines, a, b, "text");
        expect(copied.normalize("NFC")).toBe(naive(lines, from, to));
        expect(rangeText(lines, b, a, "text")).toBe(copied);
      }),
      { numRuns: 500 },
    );
  });

  it("has no false breaks, no blanks at the ends of lines, and characters as they were written", () => {
    const { lines } = written("a long line of words   \r\nnext e\u0301", { cols: 10, rows: 5 });
    expect(rangeText(lines, at(0, 2), at(3, 9), "text")).toBe("long line of words\nnext e\u0301");
    expect(rangeText(lines, at(0, 0), at(0, 1), "text")).toBe("a ");
  });

  it("takes whole rows and ends with a line break", () => {
    const { lines } = written("one two\r\n\r\nthree   ", { cols: 10, rows: 5 });
    expect(rangeText(lines, at(2, 3), at(0, 5), "lines")).toBe("one two\n\nthree\n");
  });

  it("takes the same columns of each row as a block, with its blanks and whole wide characters", () => {
    const { lines } = written("abcdef\r\nab\r\n世界世", { cols: 10, rows: 5 });
    expect(rangeText(lines, at(0, 3), at(2, 1), "block")).toBe("bcd\nb  \n世界");
    expect(rangeText(lines, at(0, 9), at(1, 8), "block")).toBe("  \n  ");
  });

  it("leaves out what is not kept any more", () => {
    const { lines, write } = written("", { cols: 10, rows: 2, scrollback: 3 });
    for (let line = 0; line < 9; line++) write(`line ${line}\r\n`);
    expect(rangeText(lines, at(0, 2), at(6, 3), "text")).toBe("line 5\nline");
    expect(rangeText(lines, at(0, 0), at(1, 3), "text")).toBe("");
  });
});
