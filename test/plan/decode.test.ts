import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodePlan, LARGEST_PLAN, refuseBySize } from "../../src/plan/decode.ts";

const bytes = (...parts: (string | number[])[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? [...new TextEncoder().encode(part)] : part)));
const problem = (input: Uint8Array) => decodePlan(input, "p.md").problem;

describe("bytes of a plan", () => {
  it("are text without byte order mark, with plain line ends", () => {
    expect(decodePlan(bytes([0xef, 0xbb, 0xbf], "a\r\nb\rc\n"), "p.md")).toEqual({ text: "a\nb\nc\n", problem: null });
  });

  it("that are not UTF-8 are named by byte, line and column", () => {
    expect(problem(bytes("ok\nä: ", [0xe4], "\n"))).toMatchObject({
      severity: "error",
      code: "not-utf8",
      file: "p.md",
      line: 2,
      column: 4,
    });
    expect(problem(bytes("ok\nä: ", [0xe4], "\n"))?.message).toBe("byte 7 (0xE4) is not UTF-8");
  });

  it.each([
    ["a lone continuation", [0x80]],
    ["an overlong slash", [0xc0, 0xaf]],
    ["a surrogate", [0xed, 0xa0, 0x80]],
    ["beyond Unicode", [0xf4, 0x90, 0x80, 0x80]],
    ["a cut sequence", [0xe2, 0x82]],
  ])("are refused for %s", (_, bad) => {
    expect(problem(bytes("x", bad))).toMatchObject({ code: "not-utf8", column: 2 });
  });

  it("with NUL are binary", () => {
    expect(problem(bytes("a\nb", [0], "c"))).toMatchObject({ code: "binary", line: 2, column: 2 });
  });

  it.each([
    ["little", [0xff, 0xfe, 0x41, 0]],
    ["big", [0xfe, 0xff, 0, 0x41]],
  ])("in %s-endian UTF-16 are called so", (_, input) => {
    expect(problem(Uint8Array.from(input))?.message).toContain("UTF-16");
  });

  it.each(["", " \n\t\n", "\ufeff"])("that say nothing are empty: %j", (text) => {
    expect(problem(bytes(text))).toMatchObject({ code: "empty", line: 1 });
  });

  it("that are too many are refused by their number", () => {
    expect(refuseBySize(LARGEST_PLAN, "p.md")).toBeNull();
    expect(refuseBySize(50 * 1024 * 1024, "p.md")).toMatchObject({ severity: "error", code: "too-large" });
    expect(problem(new Uint8Array(LARGEST_PLAN + 1))?.code).toBe("too-large");
  });

  it("are judged as the platform's strict decoder judges them", () => {
    fc.assert(
      fc.property(fc.uint8Array({ min: 1, maxLength: 12 }), (tail) => {
        const input = Uint8Array.from([0x78, 0x79, ...tail]);
        let valid = true;
        try {
          new TextDecoder("utf-8", { fatal: true }).decode(input);
        } catch {
          valid = false;
        }
        expect(problem(input) === null).toBe(valid);
      }),
      { numRuns: 2000 },
    );
  });
});
