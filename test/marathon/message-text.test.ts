import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanMessage, MAX_MESSAGE_BYTES } from "../../src/marathon/message-text.ts";

/** Text with what an attacker or a careless script may put into a message. */
const nasty = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("\x1b", "\x1b[201~", "\x1b[A", "\x1b]0;title\x07", "\x03", "\r", "\r\n", "\t", "\x9b31m", "\x7f", "\u2028", "\ud800"),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(""));

describe("a message's text", () => {
  test("holds nothing that could act as a key, whatever it was made of", () => {
    fc.assert(
      fc.property(nasty, (words) => {
        const cleaned = cleanMessage(words);
        if (!cleaned.ok) return;
        // oxlint-disable-next-line no-control-regex -- their absence is the point
        expect(cleaned.text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/u);
        expect(cleaned.text.isWellFormed()).toBe(true);
        expect(cleaned.text.trim()).not.toBe("");
      }),
    );
  });

  test("is the same when it is cleaned again", () => {
    fc.assert(
      fc.property(nasty, (words) => {
        const once = cleanMessage(words);
        if (once.ok) expect(cleanMessage(once.text)).toEqual({ ok: true, text: once.text, removed: 0 });
      }),
    );
  });

  test("loses whole escape sequences, and says how many", () => {
    expect(cleanMessage("be \x1b[31;1mcareful\x1b[0m\x07")).toEqual({ ok: true, text: "be careful", removed: 3 });
    expect(cleanMessage("a\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\")).toMatchObject({ text: "alink" });
    expect(cleanMessage("end of paste \x1b[201~ rm -rf /")).toMatchObject({ text: "end of paste  rm -rf /" });
  });

  test("keeps its lines and its language, and has blanks for tabs", () => {
    expect(cleanMessage("\r\n\r\n  erst\tso,\r\ndann 漢字 🙂  \n\n")).toEqual({ ok: true, text: "  erst  so,\ndann 漢字 🙂", removed: 0 });
  });

  test("is refused when nothing is left of it", () => {
    for (const words of ["", "  \n\t ", "\x1b[A\x1b[B", "\x00"])
      expect(cleanMessage(words)).toMatchObject({ ok: false, reason: expect.stringContaining("empty") as string });
  });

  test("is refused when it is too long, with its size and what to do instead", () => {
    expect(cleanMessage("ä".repeat(MAX_MESSAGE_BYTES / 2))).toMatchObject({ ok: true });
    const reason = /has 33 KB, and 32 KB is the most: write it to a file/u;
    expect(cleanMessage("ä".repeat(MAX_MESSAGE_BYTES / 2 + 1))).toMatchObject({
      ok: false,
      reason: expect.stringMatching(reason) as string,
    });
    expect(cleanMessage("x".repeat(1024 * 1024))).toMatchObject({ ok: false, reason: expect.stringContaining("1.0 MB") as string });
  });
});
