import { describe, expect, it } from "vitest";
import { OutputTail } from "../../src/engine/output-tail.ts";

function tailOf(...texts: readonly string[]): OutputTail {
  const tail = new OutputTail();
  for (const text of texts) tail.add(Buffer.from(text));
  return tail;
}

describe("the tail of a program's output", () => {
  it("is its last lines without colours, blank lines and what was written over", () => {
    const tail = tailOf("first\r\n\r\n\x1b[31mERROR\x1b[0m: no disk\r\n", "10 %\r50 %\r100 %\r\n", "last wor", "ds");
    expect(tail.lines(10)).toEqual(["first", "ERROR: no disk", "100 %", "last words"]);
    expect(tail.lines(2)).toEqual(["100 %", "last words"]);
  });

  it("keeps the end of a flood and forgets the rest", () => {
    const tail = tailOf("lost\n", "x".repeat(100_000), "\nkept\n");
    expect(tail.lines(1)).toEqual(["kept"]);
    expect(tail.lines(10).join("").length).toBeLessThan(10_000);
    expect(tail.lines(10)).not.toContain("lost");
  });

  it("is empty for a program that said nothing", () => {
    expect(tailOf("\r\n \r\n").lines(5)).toEqual([]);
  });
});
