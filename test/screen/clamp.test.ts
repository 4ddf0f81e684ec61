import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Clamp } from "../../src/screen/clamp.ts";
import { clusters, createEmulator } from "../../src/screen/xterm.ts";
import { chunksOf, vtStream } from "./vt-stream.ts";

/** What comes out for these chunks, as one text. */
function clamped(...chunks: (string | Uint8Array)[]): string {
  const clamp = new Clamp(clusters);
  return Buffer.concat(chunks.flatMap((chunk) => clamp.push(Buffer.from(chunk)))).toString("latin1");
}

describe("the clamp in front of the emulator", () => {
  it("passes ordinary output on as the very same bytes, without a copy", () => {
    const bytes = Buffer.from("plain \x1b[1;38;5;208mcolour\x1b[0m Grüße 世界 👩‍👩‍👧 \x1b]0;title\x07\x1b[?2026h\x1b[12;40H");
    const [piece, ...more] = new Clamp(clusters).push(bytes);
    expect(more).toEqual([]);
    expect(piece?.buffer).toBe(bytes.buffer);
    expect(Buffer.from(piece ?? []).equals(bytes)).toBe(true);
  });

  it("lets no count pass that keeps the emulator busy", () => {
    expect(clamped("\x1b[1000000000L")).toBe("\x1b[500L");
    expect(clamped("a\x1b[999999999b")).toBe("a\x1b[9999b");
    expect(clamped("\x1b[?99999;7h")).toBe("\x1b[?9999;7h");
    expect(clamped("\x1b[00000000000000005A")).toBe("\x1b[00000000000000005A");
    expect(clamped("\x1b[3;4294967297;5m")).toBe("\x1b[3;9999;5m");
  });

  it("finds the number however it is cut, and wherever controls and stray bytes stand in it", () => {
    expect(clamped("\x1b", "[", "10000", "00000", "L")).toBe("\x1b[500L");
    expect(clamped("\x1b[1000\n000000L")).toBe("\x1b[\n500L");
    expect(clamped("\x1b[1000\x7f000000L")).toBe("\x1b[500L");
    expect(clamped(Buffer.from("\x1b[1000\xff\xc3000000L", "latin1"))).toBe("\x1b[500L");
    expect(clamped("\x1b\n\x7f[1000000000L")).toBe("\n\x7f\x1b[500L");
    expect(clamped(Buffer.from("\x1b\xff[1000000000L", "latin1"))).toBe("\x1b[500L");
    expect(clamped("\u009b1000000000L")).toBe("\xc2\x9b500L");
    expect(clamped("\x1b]0;x\u009b1000000000L")).toBe("\x1b]0;x\xc2\x9b500L");
    expect(clamped("\x1b]0;x", "\x1b", "\n[1000000000L")).toBe("\x1b]0;x\x1b\n\x1b[500L");
    expect(clamped("\x1b[5\x1b[1000000000L")).toBe("\x1b[5\x1b[500L");
  });

  it("passes controls inside an endless sequence on at once", () => {
    expect(clamped("\x1b\n\n")).toBe("\n\n");
    expect(clamped(`\x1b[${"1;".repeat(2000)}`)).toBe("\x18");
  });

  it("cancels a string that does not end, and swallows the rest of it with its bell", () => {
    const long = "x".repeat(1_100_000);
    const out = clamped(`\x1b]0;${long}`, long, "more\x07after");
    expect(out.length).toBeLessThan(1000);
    expect(out.endsWith("\x18after")).toBe(true);
    expect(clamped(`\x1bP${long}`, "q\x1b\\after").endsWith("\x18\x1b\\after")).toBe(true);
  });

  it("keeps 32 marks of a cluster and drops what would grow it further", () => {
    expect([...Buffer.from(clamped(`a${"\u0301".repeat(1000)}b`), "latin1").toString("utf8")].length).toBe(1 + 32 + 1);
    expect([...Buffer.from(clamped("👩\u200d".repeat(1000)), "latin1").toString("utf8")].length).toBeLessThanOrEqual(33);
    const family = "👨🏽‍👩🏽‍👧🏽‍👦🏽";
    expect(Buffer.from(clamped(family.repeat(50)), "latin1").toString("utf8")).toBe(family.repeat(50));
  });

  it("holds a character back until it is whole", () => {
    const [first, second] = [Buffer.from("…").subarray(0, 2), Buffer.from("…").subarray(2)];
    const clamp = new Clamp(clusters);
    expect(clamp.push(first)).toEqual([]);
    expect(Buffer.concat(clamp.push(second)).toString()).toBe("…");
  });

  it("cuts output where costly sequences add up", () => {
    const pieces = new Clamp(clusters).push(Buffer.from("\x1b[60L".repeat(100)));
    expect(pieces.length).toBeGreaterThan(20);
    expect(Buffer.concat(pieces).toString()).toBe("\x1b[60L".repeat(100));
    expect(new Clamp(clusters).push(Buffer.from("text\r\n".repeat(10_000))).length).toBe(1);
  });

  it("gives the same bytes in any chunks, and leaves sane streams as they are", () => {
    fc.assert(
      fc.property(vtStream(), fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 9 }), (bytes, cuts) => {
        expect(clamped(...chunksOf(bytes, cuts))).toBe(bytes.toString("latin1"));
      }),
    );
  });

  it("changes nothing that the emulator shows, whatever bytes come", () => {
    const hostile = fc.constantFrom(
      "\x1b",
      "[",
      "]",
      "P",
      "0",
      "9",
      "1",
      ";",
      "m",
      "L",
      "\x9b",
      "\xc2",
      "\x18",
      "\x07",
      "\n",
      "\x7f",
      "\xe2\x80",
      "a",
      "\x1b\\",
      "?",
      "#",
    );
    fc.assert(
      fc.property(
        fc.array(hostile, { maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 }),
        (parts, cuts) => {
          const bytes = Buffer.from(parts.join(""), "latin1");
          // Counts that are cut to the largest that matters end in the same screen.
          const [plain, filtered] = [
            createEmulator({ cols: 8, rows: 3, scrollback: 10 }),
            createEmulator({ cols: 8, rows: 3, scrollback: 10 }),
          ];
          const ended = Buffer.concat([bytes, Buffer.from("\x18.")]);
          if (!/\d{6}/u.test(ended.toString("latin1").replace(/[^\d;]/gu, ""))) plain.parseNow(ended);
          else return;
          const clamp = new Clamp(clusters);
          for (const chunk of chunksOf(ended, cuts)) for (const piece of clamp.push(chunk)) filtered.parseNow(piece);
          expect(textIn(filtered)).toEqual(textIn(plain));
        },
      ),
      { numRuns: Number(process.env["FUZZ_RUNS"] ?? 1000) },
    );
  });
});

function textIn({ terminal }: ReturnType<typeof createEmulator>): string[] {
  const { active } = terminal.buffer;
  return Array.from({ length: active.length }, (_, y) => active.getLine(y)?.translateToString() ?? "");
}
