import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { visible, visibleLines } from "../../src/plan/visible.ts";

describe("text from outside", () => {
  test.each([
    ["an escape sequence", "a\x1b]0;title\x07b", "a␛]0;title␇b"],
    ["a carriage return that would hide what is before it", "rm -rf /\recho hello", "rm -rf /␍echo hello"],
    ["writing turned around", "a\u202egnp.sh", "a<U+202E>gnp.sh"],
    ["an invisible letter", "pay\u200bpal", "pay<U+200B>pal"],
    ["an eight-bit control", "\u009b31m", "<U+009B>31m"],
    ["a tag that nobody sees", "x\u{e0041}", "x<U+E0041>"],
    ["half a character", "\ud800", "<U+D800>"],
  ])("%s is seen for what it is", (_name, text, seen) => {
    expect(visible(text)).toBe(seen);
  });

  test("letters of all scripts, emoji and their joiners stay as they are", () => {
    const text = "Grüße, 日本語, العربية, नमस्ते, 👩‍💻, ✔️, می‌خواهم";
    expect(visible(text)).toBe(text);
    expect(visibleLines("a\tb\nc\x1b[2J")).toBe("a  b\nc␛[2J");
  });

  test("nothing that a terminal would obey is left, whatever comes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
        // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
        expect(visible(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u);
      }),
      { numRuns: 2000 },
    );
  });
});
