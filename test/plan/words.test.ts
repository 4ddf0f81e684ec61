import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDuration, showMinutes } from "../../src/plan/durations.ts";
import { parseRange, showRange, splitEvenly } from "../../src/plan/ranges.ts";
import { clean, placeholderIn, plain, repairMojibake, unbold } from "../../src/plan/text.ts";

describe("ranges", () => {
  it.each([
    ["1-3", [1, 2, 3]],
    ["1–3", [1, 2, 3]],
    ["1 — 3", [1, 2, 3]],
    ["1 to 3", [1, 2, 3]],
    ["Terminals 1-3", [1, 2, 3]],
    ["Terminal 1", [1]],
    ["tasks 31-33", [31, 32, 33]],
    ["task 94", [94]],
    ["9", [9]],
    ["T4", [4]],
    ["#12, #14", [12, 14]],
    ["3, 1, 5-7", [1, 3, 5, 6, 7]],
    ["1 and 2 & 3", [1, 2, 3]],
    ["Overflow", []],
    ["any available terminal", []],
    ["-", []],
    ["", []],
  ])("%j", (text, numbers) => {
    expect(parseRange(text)).toEqual(numbers);
  });

  it.each(["five", "3-1", "1-1000000", "99999999", "1-2-3", "1.5", "-4", "1;;2"])("%j is none", (text) => {
    expect(parseRange(text)).toBeNull();
  });

  it("are written so that they are read back", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 60 }), (numbers) => {
        expect(parseRange(showRange(numbers))).toEqual([...numbers].sort((a, b) => a - b));
      }),
    );
  });

  it("are cut evenly, in order, without loss", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 50 }), fc.integer({ min: 1, max: 12 }), (list, parts) => {
        const pieces = splitEvenly(list, parts);
        const lengths = pieces.map((piece) => piece.length);
        expect(pieces.flat()).toEqual(list);
        expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("durations", () => {
  it.each([
    ["45m", 45, 45],
    ["90 min", 90, 90],
    ["1h 30m", 90, 90],
    ["1h30m", 90, 90],
    ["1 hour and 5 minutes", 65, 65],
    ["2h", 120, 120],
    ["1.5 hours", 90, 90],
    ["2-4 h", 120, 240],
    ["2–4h", 120, 240],
    ["30m - 2h", 30, 120],
    ["~3 h", 180, 180],
    ["1 day", 480, 480],
    ["30s", 0.5, 0.5],
  ])("%j", (text, low, high) => {
    expect(parseDuration(text)).toEqual({ low, high });
  });

  it.each(["", "soon", "0h", "4-2 h", "5", "h", "1x", "-3h", "1h later"])("%j is none", (text) => {
    expect(parseDuration(text)).toBeNull();
  });

  it("take a bare number as what the column means", () => {
    expect(parseDuration("4", "hours")).toEqual({ low: 240, high: 240 });
    expect(parseDuration("2-3", "hours")).toEqual({ low: 120, high: 180 });
  });

  it.each([
    [0.5, "30s"],
    [7.3, "7m 18s"],
    [28.8, "28m 48s"],
    [60, "1h"],
    [90, "1h 30m"],
    [3239.9999, "54h"],
  ])("%d minutes are %s", (minutes, text) => {
    expect(showMinutes(minutes)).toBe(text);
  });
});

describe("text", () => {
  const encode1252 = (text: string): string => {
    const upper = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
    return [...new TextEncoder().encode(text)]
      .map((byte) => (byte >= 0x80 && byte < 0xa0 ? [...upper][byte - 0x80] : String.fromCharCode(byte)))
      .join("");
  };

  it("is repaired when it was read in the wrong encoding, whatever it says", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."→✅✓×–—…“”äéß€🔄 abc|") }), (text) => {
        expect(repairMojibake(encode1252(text))).toBe(text);
      }),
    );
  });

  it("is repaired where a byte was lost, too", () => {
    expect(clean("\u00e2\u0161\u00a0\u00ef\u00b8 a \u00e2\u0152 b \u00e2\u00b3 c")).toBe("⚠️ a ❌ b ⏳ c");
  });

  it.each(["Größe → naïve café × 2", "façade", "ÄÖÜ", "â la carte", "plain"])("stays when nothing is broken: %s", (text) => {
    expect(repairMojibake(text)).toBe(text);
  });

  it("loses bold markers in pairs only", () => {
    expect(plain("**Total:** 3 * 4 and a*b")).toBe("Total: 3 * 4 and a*b");
    expect(unbold("**Total**")).toBe("Total");
    expect(unbold("src/**/*.ts and **more**")).toBe("src/**/*.ts and **more**");
  });

  it.each(["#XXX", "SESSION_XXX_HANDOFF", "YYYYMMDD_x", "[Name]", "session-NNN-x"])("has a placeholder: %s", (text) => {
    expect(placeholderIn(text)).not.toBeNull();
  });

  it.each(["XX", "CNNN", "[x]", "2025-12-30"])("has no placeholder: %s", (text) => {
    expect(placeholderIn(text)).toBeNull();
  });
});
