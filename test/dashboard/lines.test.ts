import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bar } from "../../src/dashboard/bar.ts";
import { cutLine, fillLine, lineWidth, pack, paint, span, spread, textOf, type Line, type Part } from "../../src/dashboard/lines.ts";
import { createTheme } from "../../src/dashboard/theme.ts";

const { glyphs } = createTheme({ ascii: false, colour: true });
const ascii = createTheme({ ascii: true, colour: false });

const line = fc
  .array(fc.constantFrom("a", "導", " bc", "👩‍👩‍👧", "wide words"), { maxLength: 8 })
  .map((parts): Line => parts.map((part) => span(part, "good")));

describe("lines", () => {
  test("cutting and filling hold the columns, wide characters included", () => {
    fc.assert(
      fc.property(line, fc.integer({ min: 0, max: 40 }), (spans, columns) => {
        expect(lineWidth(cutLine(spans, columns, "…"))).toBeLessThanOrEqual(columns);
        expect(lineWidth(fillLine(spans, columns, "…"))).toBe(columns);
      }),
    );
  });

  test("a line that fits is not cut", () => {
    expect(textOf(cutLine([span("12345")], 5, "…"))).toBe("12345");
    expect(textOf(cutLine([span("123"), span("456")], 5, "…"))).toBe("1234…");
    expect(textOf(cutLine([span("12345"), span("6")], 5, "…"))).toBe("1234…");
  });

  test("what stands at the right edge stays there and the left gives way", () => {
    expect(textOf(spread([span("a long name")], [span(" 9/10")], 12, "…"))).toBe("a long… 9/10");
    expect(textOf(spread([span("ab")], [span("1")], 6, "…"))).toBe("ab   1");
  });

  test("packing drops the lightest parts first, never a kept one, and keeps the order", () => {
    const part = (text: string, weight: number, keep = false): Part => ({ forms: [[span(text)]], weight, keep });
    const parts = [part("first", 1), part("second", 5, true), part("third", 9)];
    expect(textOf(pack(parts, 30, [span(" ")], "…"))).toBe("first second third");
    expect(textOf(pack(parts, 13, [span(" ")], "…"))).toBe("second third");
    expect(textOf(pack(parts, 6, [span(" ")], "…"))).toBe("second");
  });

  test("packing shortens before it drops, and gives left room to the heaviest", () => {
    const parts: Part[] = [
      { forms: [[span("progress bar")], [span("bar")]], weight: 1 },
      { forms: [[span("2:41 of 4:00")], [span("2:41")]], weight: 9 },
    ];
    expect(textOf(pack(parts, 16, [span(" ")], "…"))).toBe("bar 2:41 of 4:00");
    expect(textOf(pack(parts, 9, [span(" ")], "…"))).toBe("bar 2:41");
  });

  test("a packed line is never wider than its room", () => {
    const parts = fc.array(
      fc.record({ forms: fc.array(line, { minLength: 1, maxLength: 3 }), weight: fc.integer({ min: 0, max: 9 }), keep: fc.boolean() }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(parts, fc.integer({ min: 0, max: 60 }), (some, columns) => {
        expect(lineWidth(pack(some, columns, [span("  ")], "…"))).toBeLessThanOrEqual(columns);
      }),
    );
  });

  test("without colour nothing but weight, underline, dimness and inverse is written", () => {
    const theme = createTheme({ ascii: false, colour: false });
    for (const sgr of Object.values(theme.sgr)) expect(sgr.split(";").every((code) => ["", "1", "2", "4", "7"].includes(code))).toBe(true);
    expect(paint([span("x", "good")], theme)).toBe("x");
  });
});

describe("progress bars", () => {
  test("grow by eighths of a cell", () => {
    expect(textOf(bar(1, 16, 2, glyphs))).toBe("▏░");
    expect(textOf(bar(1, 2, 3, glyphs))).toBe("█▌░");
  });

  test("show the first task done, are full only at the last, and keep their width", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 500 }),
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom(glyphs, ascii.glyphs),
        (done, total, columns, set) => {
          const drawn = textOf(bar(done, total, columns, set));
          const full = set.bar.at(-1) ?? "";
          const empty = set.bar[0] ?? "";
          expect([...drawn].length).toBe(columns);
          expect(drawn === full.repeat(columns)).toBe(done >= total);
          // One cell in ASCII has no eighths: it cannot show both that something is done and that not all is.
          if (columns > 1 || set === glyphs) expect(drawn === empty.repeat(columns)).toBe(done === 0);
        },
      ),
    );
  });

  test("a plan without tasks has an empty bar", () => {
    expect(textOf(bar(0, 0, 4, glyphs))).toBe("░░░░");
  });
});
