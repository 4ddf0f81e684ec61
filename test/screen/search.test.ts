import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { NumberedLines } from "../../src/screen/line-numbers.ts";
import { patternOf } from "../../src/screen/pattern.ts";
import { plainMatcher, searchLines, type Hit, type Search } from "../../src/screen/search.ts";
import { charactersOf, output, written } from "./lines-of.ts";

function search(lines: NumberedLines, query: string, options: { regex?: boolean; from?: number; limit?: number } = {}): Search | null {
  const work = searchLines(lines, plainMatcher(patternOf(query, options.regex ?? false)), {
    from: options.from ?? 0,
    limit: options.limit ?? 10_000,
  });
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

function places(lines: NumberedLines, query: string, options?: Parameters<typeof search>[2]) {
  return (search(lines, query, options)?.hits ?? []).map(({ line, x, endLine, endX }) => [line, x, endLine, endX]);
}

/** Every match by looking at every character of every line. Newest first. */
function naive(lines: NumberedLines, query: string): Hit[] {
  const sensitive = query !== query.toLowerCase();
  const same = (text: string) => (sensitive ? text : text.toLowerCase());
  const hits: Hit[] = [];
  for (const row of charactersOf(lines)) {
    const units = row.flatMap((one) => [...one.text].map((text) => ({ text, one })));
    const wanted = [...query];
    for (let at = 0; at + wanted.length <= units.length; at++) {
      if (!wanted.every((text, index) => same(units[at + index]?.text ?? "") === same(text))) continue;
      const first = units[at]?.one;
      const last = units[at + wanted.length - 1]?.one;
      if (!first || !last) continue;
      hits.push({ line: first.line, x: first.x, endLine: last.line, endX: last.x + last.width });
      at += wanted.length - 1;
    }
  }
  return hits.reverse();
}

describe("search in a terminal's lines", () => {
  it("finds what a look at every character finds, whatever was written and however wide the screen is", () => {
    const query = fc.constantFrom("a", "ab", "ba", "A", "é", "世", "界世", "a b", "x-y", "aba", "世a");
    fc.assert(
      fc.property(output, query, fc.integer({ min: 2, max: 9 }), (text, wanted, cols) => {
        const { lines } = written(text, { cols, rows: 4, scrollback: 40 });
        expect(search(lines, wanted)?.hits).toEqual(naive(lines, wanted));
      }),
      { numRuns: 400 },
    );
  });

  it("finds the same in rows that are packed", () => {
    const long = fc.array(output, { minLength: 20, maxLength: 40 }).map((texts) => texts.join("\r\nplain ab text that wraps ab\r\n"));
    const query = fc.constantFrom("a", "ab", "b t", "世", "a b", "aba", "sab", "ab\u0301");
    fc.assert(
      fc.property(long, query, fc.integer({ min: 2, max: 12 }), fc.boolean(), (text, wanted, cols, widened) => {
        const { screen, lines } = written(text, { cols, rows: 4, scrollback: 400 });
        if (widened) screen.resize(cols + 3, 4);
        expect(search(lines, wanted)?.hits).toEqual(naive(lines, wanted));
      }),
      { numRuns: 60 },
    );
  });

  it("joins rows that only the width has cut, over wide characters that did not fit", () => {
    const { lines } = written("say 12345世界 twice\r\nend", { cols: 10, rows: 4 });
    expect(places(lines, "5世界 t")).toEqual([[0, 8, 1, 6]]);
    expect(places(lines, "界")).toEqual([[1, 2, 1, 4]]);
    expect(places(lines, "twice end")).toEqual([]);
  });

  it("takes small letters for both and capitals for themselves", () => {
    const { lines } = written("Error error ERROR");
    expect(places(lines, "error")).toHaveLength(3);
    expect(places(lines, "Error")).toEqual([[0, 0, 0, 5]]);
    expect(places(lines, String.raw`\S+R`, { regex: true })).toHaveLength(1);
  });

  it("takes everything in a plain text for itself", () => {
    const { lines } = written("a.b (c) [d] $1 \\n /x/ ^");
    for (const text of ["a.b", "(c)", "[d]", "$1", "\\n", "/x/", "^"]) expect([text, places(lines, text).length]).toEqual([text, 1]);
    expect(places(lines, "a?b")).toEqual([]);
  });

  it("finds composed and decomposed characters by each other", () => {
    const { lines } = written("cafe\u0301 café");
    expect(places(lines, "café")).toEqual([
      [0, 5, 0, 9],
      [0, 0, 0, 4],
    ]);
    expect(places(lines, "cafe\u0301")).toHaveLength(2);
  });

  it("knows the ends of lines in expressions, not those of rows", () => {
    const { lines } = written("0123456789abcdef\r\nxyz f  \r\n", { cols: 10, rows: 4 });
    expect(places(lines, "f$", { regex: true })).toEqual([
      [2, 4, 2, 5],
      [1, 5, 1, 6],
    ]);
    expect(places(lines, "^.", { regex: true })).toHaveLength(2);
    expect(places(lines, "q*", { regex: true })).toEqual([]);
  });

  it("keeps the newest when there are more than were asked for, and says so", () => {
    const { lines } = written("x x\r\nx x\r\nx x");
    expect(search(lines, "x", { limit: 3 })).toMatchObject({
      more: true,
      hits: [
        { line: 2, x: 2 },
        { line: 2, x: 0 },
        { line: 1, x: 2 },
      ],
    });
    expect(search(lines, "x", { limit: 6 })).toMatchObject({ more: false });
    expect(search(lines, "x", { limit: 7 })).toMatchObject({ more: false });
  });

  it("finds the same at the same numbers after output has moved and dropped lines", () => {
    const { lines, write } = written("", { cols: 20, rows: 3, scrollback: 10 });
    for (let line = 0; line < 10; line++) write(`word ${line}\r\n`);
    const before = search(lines, "word");
    for (let line = 10; line < 18; line++) write(`else ${line}\r\n`);
    const after = search(lines, "word");
    expect(after?.era).toBe(before?.era);
    expect(lines.first).toBeGreaterThan(0);
    expect(after?.hits).toEqual(before?.hits.filter((hit) => hit.line >= lines.first));
    expect(after?.hits.length).toBeGreaterThan(0);
  });

  it("needs to look only from where lines were settled", () => {
    fc.assert(
      fc.property(output, output, fc.integer({ min: 2, max: 9 }), (first, second, cols) => {
        const { lines, write } = written(first, { cols, rows: 4, scrollback: 400 });
        const before = search(lines, "a");
        write(second);
        const whole = search(lines, "a");
        if (!before || !whole || before.era !== whole.era) return;
        const rest = search(lines, "a", { from: before.settled });
        const kept = before.hits.filter((hit) => hit.line < before.settled);
        expect([...(rest?.hits ?? []), ...kept]).toEqual(whole.hits);
      }),
      { numRuns: 300 },
    );
  });

  it("gives up when the lines are cut anew while it looks", () => {
    const { screen, lines } = written("ab\r\n".repeat(50));
    const work = searchLines(lines, plainMatcher(patternOf("a", false)), { from: 0, limit: 10 });
    work.next();
    screen.resize(7, 4);
    expect(work.next()).toEqual({ done: true, value: null });
  });
});

describe("an expression", () => {
  it("may be written as in other programs", () => {
    const { lines } = written("a-b {x} c");
    expect(places(lines, String.raw`a\-b`, { regex: true })).toHaveLength(1);
    expect(places(lines, "{x}", { regex: true })).toHaveLength(1);
  });

  it("that is none is refused with its fault", () => {
    expect(() => patternOf("(", true)).toThrow(/^Unterminated group$/u);
    expect(() => patternOf("a[", true)).toThrow("Unterminated character class");
    expect(() => patternOf("x".repeat(1001), false)).toThrow("longer than 1000");
  });
});
