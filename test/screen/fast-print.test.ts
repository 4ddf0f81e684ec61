/** Our way to print beside that of xterm.js itself: the same words in the same cells, whatever the program writes. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEmulator, type Emulator, type Terminal } from "../../src/screen/xterm.ts";
import type { InnerCore } from "../../src/screen/xterm-inner.ts";
import { vtStream } from "./vt-stream.ts";

const coreOf = (terminal: Terminal) => (terminal as unknown as { readonly _core: InnerCore })._core;

/** An emulator that prints as xterm.js does. */
function untouched(cols: number, rows: number): Emulator {
  const emulator = createEmulator({ cols, rows, scrollback: 20 });
  const { _inputHandler: handler } = coreOf(emulator.terminal);
  handler._parser.setPrintHandler((data, start, end) => handler.print(data, start, end));
  return emulator;
}

/** The cursor and every line: its words, the clusters and the looks beside them. */
function cells(terminal: Terminal): unknown[] {
  const { buffer } = coreOf(terminal);
  const lines = Array.from({ length: buffer.lines.length }, (_, row) => {
    const line = buffer.lines.get(row);
    const words = [...(line?._data ?? [])];
    const beside = words.map((word, at) => {
      if (at % 3 === 0 && (word & 0x200000) !== 0) return line?._combined[at / 3];
      return at % 3 === 2 && (word & 0x10000000) !== 0 ? line?._extendedAttrs[(at - 2) / 3]?.ext : undefined;
    });
    return { wrapped: line?.isWrapped, words: words.join(" "), beside };
  });
  return [buffer.x, buffer.y, buffer.ybase, ...lines];
}

function printed(pieces: readonly Uint8Array[], cols: number, rows: number) {
  const ours = createEmulator({ cols, rows, scrollback: 20 });
  const theirs = untouched(cols, rows);
  for (const piece of pieces) {
    ours.parseNow(piece);
    theirs.parseNow(piece);
  }
  return { ours: cells(ours.terminal), theirs: cells(theirs.terminal) };
}

describe("printing in runs", () => {
  it("puts the same into the same cells as xterm.js does one by one", () => {
    const width = fc.integer({ min: 2, max: 14 });
    fc.assert(
      fc.property(fc.array(vtStream(20), { maxLength: 8 }), width, fc.integer({ min: 1, max: 5 }), (pieces, cols, rows) => {
        const { ours, theirs } = printed(pieces, cols, rows);
        expect(ours).toEqual(theirs);
      }),
      { numRuns: 1500 },
    );
  });

  it.each([
    ["a mark that joins the character in the last column", "abcd\u0301e"],
    ["a joiner in front of ordinary letters", "a\u200db\u0600c"],
    ["an emoji that becomes wide by what follows it", "abc❤\ufe0fd"],
    ["what a wide character leaves behind", "漢字\r\x1b[2Cx\rab"],
    ["repeated characters after a pictograph", "✻\x1b[3bé\x1b[2b"],
    ["line drawing and insert mode", "abc\r\x1b(0qx\x1b(B\x1b[4hyz\x1b[4l!"],
    ["a terminal that does not wrap", "\x1b[?7labcdefgh漢x\u200dy"],
  ])("agrees about %s", (_, text) => {
    const { ours, theirs } = printed([Buffer.from(text)], 4, 3);
    expect(ours).toEqual(theirs);
  });
});
