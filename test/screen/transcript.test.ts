import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MISSING } from "../../src/screen/asciicast.ts";
import { Transcript } from "../../src/screen/transcript.ts";

function transcriptOf(...output: readonly (string | { readonly size: string } | { readonly mark: string })[]): string[] {
  const transcript = new Transcript({ cols: 20, rows: 4 });
  const lines: string[] = [];
  for (const one of output) {
    if (typeof one === "string") lines.push(...transcript.push({ code: "o", data: one }));
    else lines.push(...transcript.push("size" in one ? { code: "r", data: one.size } : { code: "m", data: one.mark }));
  }
  return [...lines, ...transcript.end()];
}

describe("a transcript", () => {
  it("tells each line once, in order, without escape sequences", () => {
    const numbers = Array.from({ length: 30_000 }, (_, index) => `\x1b[3${index % 8}mline ${index}\x1b[m`);
    expect(transcriptOf(`${numbers.join("\r\n")}\r\n`)).toEqual(numbers.map((_, index) => `line ${index}`));
  });

  it("is the same however the output is cut", () => {
    const output = Array.from({ length: 12 }, (_, index) => `\x1b[1mé ${index}\x1b[m 世界 \x1b]0;title\x07`).join("\r\n");
    const whole = transcriptOf(output);
    fc.assert(
      fc.property(fc.array(fc.nat(output.length)), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), output.length];
        expect(transcriptOf(...places.slice(1).map((end, index) => output.slice(places[index], end)))).toEqual(whole);
      }),
    );
  });

  it("has a progress bar that is redrawn in place once, as it was last", () => {
    const steps = Array.from({ length: 101 }, (_, percent) => `\r\x1b[K${percent}%`).join("");
    expect(transcriptOf(`begin\r\n${steps}\r\ndone\r\n`)).toEqual(["begin", "100%", "done"]);
  });

  it("has a wrapped line as one, with the blanks where it was wrapped", () => {
    const long = "a line of words that is longer than the screen is wide, by far";
    expect(transcriptOf(`${long}\r\nshort\r\n\r\n\r\n\r\nend`)).toEqual([long, "short", "", "", "", "end"]);
    expect(transcriptOf("1234567890123456789世界")).toEqual(["1234567890123456789世界"]);
  });

  it("has the last screen of a full-screen program, and what went on below", () => {
    expect(transcriptOf("before\r\n\x1b[?1049h\x1b[Hframe 1\x1b[Hframe 2\r\n", "\x1b[?1049l", "after\r\n")).toEqual([
      "frame 2",
      "before",
      "after",
    ]);
    expect(transcriptOf("\x1b[?1049h\x1b[Hstill here")).toEqual(["still here"]);
  });

  it("tells no line twice when the size changes", () => {
    const lines = Array.from({ length: 9 }, (_, index) => `number ${index}`);
    expect(transcriptOf(lines.slice(0, 6).join("\r\n"), { size: "10x2" }, { size: "40x8" }, `\r\n${lines.slice(6).join("\r\n")}`)).toEqual(
      lines,
    );
  });

  it("says what is missing, where it is missing", () => {
    expect(transcriptOf("one\r\ntwo\r\nthree\r\nfour\r\n", { mark: "task 1 begins" }, { mark: `${MISSING}7 bytes` }, "five\r\n")).toEqual([
      "one",
      `[${MISSING}7 bytes]`,
      "two",
      "three",
      "four",
      "five",
    ]);
  });

  it("survives a program that erases its scrollback and prints on", () => {
    expect(transcriptOf("1\r\n2\r\n3\r\n4\r\n5\r\n\x1b[H\x1b[2J\x1b[3Jnew\r\n")).toEqual(["new"]);
    expect(transcriptOf("1\r\n2\r\n3\r\n4\r\n5\r\n", "\x1b[H\x1b[2J\x1b[3Jnew\r\n")).toEqual(["1", "2", "new"]);
  });
});
