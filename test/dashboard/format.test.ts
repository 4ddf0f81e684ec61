import fc from "fast-check";
import { describe, expect, test } from "vitest";
import stringWidth from "string-width";
import { age, fit, fraction, plain, planTime, stopwatch, truncate, truncateMiddle, width, wrap } from "../../src/dashboard/format.ts";

const minute = 60_000;
const hour = 60 * minute;
const text = fc
  .array(fc.constantFrom("a", "Z", " ", "é", "導", "👩‍👩‍👧", "🇩🇪", "—", "e\u0301"), { maxLength: 40 })
  .map((parts) => parts.join(""));

describe("durations", () => {
  test("planned and elapsed times show what has passed whole: seconds of minutes, minutes of hours", () => {
    const times = [0, 41_900, 2 * minute, 125_000, 12 * minute + 59_000, 59_999 + 59 * minute, 161 * minute, 36 * hour];
    expect(times.map(planTime)).toEqual(["0s", "41s", "2m", "2m05", "12m", "59m", "2:41", "36:00"]);
    expect([-500, -61_000, -90 * minute].map(planTime)).toEqual(["0s", "-1m01", "-1:30"]);
  });

  test("a watched clock shows minutes and seconds, and no time of hours can be taken for one of minutes", () => {
    expect([0, 9_000, 5 * minute, 31 * minute + 7_000, hour + 31 * minute + 7_000, -5].map(stopwatch)).toEqual([
      "0s",
      "9s",
      "5m00",
      "31m07",
      "1:31",
      "0s",
    ]);
  });

  test("an age takes at most four columns for as long as a marathon may last", () => {
    expect([14_000, 31 * minute, 125 * minute, 13 * hour, 5 * 24 * hour].map(age)).toEqual(["14s", "31m", "2h05", "13h", "5d"]);
    fc.assert(
      fc.property(fc.integer({ min: -hour, max: 2000 * 24 * hour }), (ms) => {
        expect(age(ms).length).toBeLessThanOrEqual(4);
      }),
    );
  });

  test("the slash of a fraction keeps its column while the count grows", () => {
    expect(fraction(9, 10).indexOf("/")).toBe(fraction(10, 10).indexOf("/"));
  });
});

describe("names", () => {
  test("cutting never gives more columns than asked for and says that it cut", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 30 }), (name, columns) => {
        for (const cut of [truncate(name, columns), truncateMiddle(name, columns)]) {
          expect(stringWidth(cut)).toBeLessThanOrEqual(columns);
          if (columns > 0 && stringWidth(name) > columns) expect(cut).toContain("…");
        }
      }),
    );
  });

  test("fitting gives exactly the columns asked for", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 30 }), (name, columns) => {
        expect(stringWidth(fit(name, columns))).toBe(columns);
      }),
    );
  });

  test("widths are those of string-width for every character that the quick way knows", () => {
    for (let code = 0x20; code < 0x2700; code++) {
      const character = String.fromCharCode(code);
      if (stringWidth(character) !== width(character))
        throw new Error(`U+${code.toString(16)}: ${width(character)} instead of ${stringWidth(character)}`);
    }
  });

  test("what fits is left alone", () => {
    expect(truncate("exactly", 7)).toBe("exactly");
    expect(truncateMiddle("exactly", 7)).toBe("exactly");
  });

  test("a name cut in the middle keeps its beginning and its end", () => {
    expect(truncateMiddle("constraint_service_rest_test.py", 17)).toBe("constrai…_test.py");
  });

  test("wrapping loses no letter and keeps every line narrow enough", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 20 }), (words, columns) => {
        const lines = wrap(words, columns);
        for (const line of lines) expect(width(line)).toBeLessThanOrEqual(columns);
        expect(lines.join("").replaceAll(" ", "")).toBe(words.replaceAll(" ", ""));
      }),
    );
  });

  test("text from outside cannot move the cursor, hide, or turn the line around", () => {
    expect(plain("ok\u001b[2J\r\nnext\u202e.")).toBe("ok [2J next .");
  });
});
