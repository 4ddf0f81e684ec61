import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDuration, showMinutes } from "../../src/plan/durations.ts";
import { agrees, parseFigure, showFigure } from "../../src/plan/figures.ts";
import { parseRange, showRange } from "../../src/plan/ranges.ts";

const EXACT = { qualifier: "exactly", unit: null, of: null, share: null, estimated: false };

describe("a figure", () => {
  it.each([
    ["~4", { value: 4, qualifier: "about" }],
    ["about 30", { value: 30, qualifier: "about" }],
    ["26+", { value: 26, qualifier: "at-least" }],
    ["at least 5", { value: 5, qualifier: "at-least" }],
    ["80%+", { value: 80, unit: "percent", qualifier: "at-least" }],
    ["~60%", { value: 60, unit: "percent", qualifier: "about" }],
    ["6.0x", { value: 6, unit: "times" }],
    ["10-100x", { value: 10, high: 100, unit: "times" }],
    ["+39,676", { value: 39_676 }],
    ["-1,270", { value: -1270 }],
    ["1,342", { value: 1342 }],
    ["18K+", { value: 18_000, qualifier: "at-least" }],
    ["50/81 (62%)", { value: 50, of: 81, share: 62 }],
    ["7.5/10", { value: 7.5, of: 10 }],
    ["18/18", { value: 18, of: 18 }],
    ["~25%*", { value: 25, unit: "percent", qualifier: "about", estimated: true }],
    ["0", { value: 0 }],
    ["2-4 hours", { value: 2, high: 4 }],
    ["67% (estimated)", { value: 67, unit: "percent" }],
  ])("%j is read with all that qualifies it", (text, wanted) => {
    const figure = parseFigure(text);
    expect(figure).toEqual({ ...EXACT, high: "high" in wanted ? wanted.high : wanted.value, ...wanted });
  });

  it.each(["-", "–", "", "none", "Ad-hoc", "Complete", "+", "x3", "v2"])("%j is none", (text) => {
    expect(parseFigure(text)).toBeNull();
  });

  it("comes back from what it is shown as", () => {
    const qualifier = fc.constantFrom("exactly", "about", "at-least") as fc.Arbitrary<"exactly">;
    const unit = fc.constantFrom(null, "percent", "times") as fc.Arbitrary<"percent">;
    const figures = fc.record({ low: fc.nat(99_999), more: fc.nat(500), range: fc.boolean(), qualifier, unit });
    fc.assert(
      fc.property(figures, ({ low, more, range, ...rest }) => {
        const figure = { value: low, high: range ? low + more + 1 : low, of: null, share: null, estimated: false, ...rest };
        expect(parseFigure(showFigure(figure))).toEqual(figure);
      }),
    );
  });

  it("agrees with what its qualifier allows, and with nothing else", () => {
    const agreesWith = (text: string, counted: number) => {
      const figure = parseFigure(text);
      return figure !== null && agrees(figure, counted);
    };
    expect([26, 30].map((count) => agreesWith("26+", count))).toEqual([true, true]);
    expect(agreesWith("26+", 25)).toBe(false);
    expect([27, 33].map((count) => agreesWith("~30", count))).toEqual([true, true]);
    expect(agreesWith("~30", 26)).toBe(false);
    expect([2, 3, 5, 6].map((count) => agreesWith("3-5", count))).toEqual([false, true, true, false]);
    fc.assert(fc.property(fc.nat(), fc.nat(), (stated, counted) => agreesWith(String(stated), counted) === (stated === counted)));
  });

  it("never throws on any text", () => {
    fc.assert(fc.property(fc.string(), (text) => parseFigure(text) === null || Number.isFinite(parseFigure(text)?.value)));
  });
});

describe("a range", () => {
  const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 60 });
  const sorted = (list: readonly number[]) => [...list].sort((a, b) => a - b);

  it("comes back from what it is shown as, behind any word and with any dash", () => {
    fc.assert(
      fc.property(numbers, fc.constantFrom("", "tasks ", "Terminals "), fc.constantFrom("-", "–", "—"), (list, word, dash) => {
        expect(parseRange(word + showRange(list).replaceAll("–", dash))).toEqual(sorted(list));
      }),
    );
  });

  it("is ascending, without doubles, or none", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\d ,;&a-zT–-]{0,20}$/), (text) => {
        const list = parseRange(text);
        expect(list === null || [...new Set(list)].sort((a, b) => a - b).join() === list.join()).toBe(true);
      }),
    );
  });
});

describe("a duration", () => {
  it("comes back from what it is shown as", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), (tenths) => {
        const minutes = Math.max(1, tenths / 10);
        expect(parseDuration(showMinutes(minutes))?.low).toBeCloseTo(minutes, 6);
      }),
    );
  });

  it("that is a range stays one, with its ends in order", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 90 }),
        fc.integer({ min: 0, max: 90 }),
        fc.constantFrom("m", "h", " hours"),
        (low, more, unit) => {
          const minutes = unit === "m" ? 1 : 60;
          expect(parseDuration(`${low}-${low + more}${unit}`)).toEqual({ low: low * minutes, high: (low + more) * minutes });
        },
      ),
    );
  });

  it.each(["0h", "0", "-2h", "4-2 h", "h", "soon", "2 parsecs", ""])("%j is none", (text) => {
    expect(parseDuration(text, "hours")).toBeNull();
  });
});
