/** What is used of the emulator's inside. A new version of @xterm/headless that moves it fails here, not in somebody's night. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CELL_WORDS, cleanBg, cleanFg, ColorMode, Content, Fg, widthOf } from "../../src/protocol/cells.ts";
import { createEmulator } from "../../src/screen/xterm.ts";

function emulator(text: string, cols = 20, rows = 3) {
  const made = createEmulator({ cols, rows, scrollback: 10 });
  expect(made.parseNow(Buffer.from(text))).toBe(true);
  return made;
}

describe("the emulator's inside", () => {
  it("parses at once and gives a line's words", () => {
    const line = emulator("\x1b[1;31;48;2;1;2;3mA").line(0);
    const [content = 0, fg = 0, bg = 0] = line?.words ?? [];
    expect(line?.words.length).toBe(20 * CELL_WORDS);
    expect([content & Content.codePoint, widthOf(content)]).toEqual([0x41, 1]);
    expect(cleanFg(fg)).toBe((ColorMode.p16 | 1 | Fg.bold) >>> 0);
    expect(cleanBg(bg)).toBe(ColorMode.rgb | 0x010203);
  });

  it("leaves rubbish of an earlier colour in its words, which is cleaned off", () => {
    const word = emulator("\x1b[38;2;255;255;255m\x1b[38;5;7mA").line(0)?.words[1] ?? 0;
    expect(cleanFg(word)).toBe(ColorMode.p256 | 7);
  });

  it("counts widths by grapheme clusters", () => {
    const { words } = emulator("👩‍👩‍👧x❤️y").line(0) ?? { words: [] };
    const widths = [0, 2, 3, 5].map((x) => widthOf(words[x * CELL_WORDS] ?? 0));
    expect(widths).toEqual([2, 1, 2, 1]);
  });

  it("gives clusters, underline looks and links", () => {
    const line = emulator("e\u0301\x1b[4:3;58;5;9mu\x1b[59mv\x1b[m\x1b]8;;https://a.b/c;d\x07l\x1b]8;;\x07n").line(0);
    expect(line?.extra(0)).toEqual({ text: "e\u0301", underline: 0, underlineColor: 0, link: "", linkId: 0 });
    expect(line?.extra(1)).toMatchObject({ underline: 3, underlineColor: ColorMode.p256 | 9 });
    expect(line?.extra(2)).toMatchObject({ underline: 3, underlineColor: 0 });
    expect(line?.extra(3)).toMatchObject({ text: "", link: "https://a.b/c;d" });
    expect(line?.extra(4).link).toBe("");
  });

  it("keeps the target of ten thousand links and no more", () => {
    const made = createEmulator({ cols: 20, rows: 3, scrollback: 20_000 });
    made.parseNow(Buffer.from(Array.from({ length: 10_010 }, (_, index) => `\x1b]8;;http://x/${index}\x07a\x1b]8;;\x07`).join("\r\n")));
    expect(made.line(0)?.extra(0).link).toBe("");
    expect(made.line(10)?.extra(0).link).toBe("http://x/10");
    expect(made.line(10_009)?.extra(0).link).toBe("http://x/10009");
    expect(made.terminal.markers.length).toBe(0);
  });

  it("knows the cursor's look and the form of mouse reports", () => {
    const made = emulator("\x1b[?25l\x1b[6 q\x1b[?1000h\x1b[?1016h");
    expect([made.cursorHidden, made.cursorStyle, made.mouseEncoding]).toEqual([true, 6, "sgr-pixels"]);
    expect(emulator("").cursorStyle).toBe(0);
  });

  it("erases above the last column without a change to lines that have left the screen", () => {
    const made = emulator("one that wraps\r\n2\r\n3\r\n4\r\nfive\x1b[3A\x1b[5G\x1b[1J", 5, 4);
    const wrapped = Array.from({ length: 7 }, (_, index) => made.line(index)?.wrapped);
    expect(wrapped).toEqual([false, true, true, false, false, false, false]);
  });

  it("erases above the last cell of the screen, where xterm.js 6 throws", () => {
    const made = emulator("ab\r\ncd\x1b[1J\x1b[Hx", 2, 2);
    const text = [0, 1].map((y) => made.terminal.buffer.active.getLine(y)?.translateToString(true));
    expect(text).toEqual(["x", ""]);
  });

  it("keeps the line that the cursor stands in, and the cursor behind the same character, at any width", () => {
    const size = fc.record({ cols: fc.integer({ min: 2, max: 90 }), rows: fc.integer({ min: 60, max: 70 }) });
    const words = fc.array(fc.constantFrom("Measure now? ", "[y/N] ", "界", "x", "👩‍👩‍👧"), { maxLength: 12 });
    fc.assert(
      fc.property(words, words, fc.array(size, { minLength: 1, maxLength: 4 }), (above, prompt, sizes) => {
        const made = emulator(`${above.join("")}\r\n${prompt.join("")}`, 60, 60);
        for (const { cols, rows } of sizes) made.terminal.resize(cols, rows);
        made.parseNow(Buffer.from("X"));
        made.terminal.resize(400, 60);
        const { active } = made.terminal.buffer;
        expect(active.getLine(active.baseY + active.cursorY)?.translateToString(true)).toBe(`${prompt.join("")}X`);
      }),
      { numRuns: 150 },
    );
  });
});
