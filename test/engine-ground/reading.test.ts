import { describe, expect, it } from "vitest";
import { move, search, text } from "../../src/engine/reading.ts";
import type { SearchRequest } from "../../src/protocol/reading.ts";
import { written } from "../screen/lines-of.ts";

const asked = (query: string, more: Partial<SearchRequest> = {}): SearchRequest => ({
  name: "search",
  query,
  regex: false,
  limit: 100,
  terminals: [{ terminal: 3, era: 0, from: 0 }],
  ...more,
});

describe("a search", () => {
  it("answers for each terminal in the order asked for, newest hit first", async () => {
    const screens = [written("one two one"), written("none")];
    const terminals = [2, 1].map((terminal) => ({ terminal, era: 0, from: 0 }));
    const { terminals: found } = await search(asked("one", { terminals }), (terminal) => screens[terminal - 1]?.lines ?? written("").lines);
    expect(found.map(({ terminal, hits }) => [terminal, hits])).toEqual([
      [2, [0, 1, 0, 4]],
      [1, [0, 8, 0, 11, 0, 0, 0, 3]],
    ]);
  });

  it("tells only what may have changed since the answer before, and everything in another era", async () => {
    const { lines, write } = written("one\r\none\r\none\r\none\r\none\r\none\r\none");
    const [before] = (await search(asked("one"), () => lines)).terminals;
    if (!before) throw new Error("no answer");
    write("\r\none");
    const again = { terminal: 3, era: before.era, from: before.settled };
    const [after] = (await search(asked("one", { terminals: [again] }), () => lines)).terminals;
    expect(after).toMatchObject({ from: before.settled, settled: before.settled + 1 });
    expect(after?.hits).toHaveLength(5 * 4);
    const [whole] = (await search(asked("one", { terminals: [{ ...again, era: 99 }] }), () => lines)).terminals;
    expect(whole?.hits).toHaveLength(8 * 4);
  });

  it("for nothing finds nothing", async () => {
    expect((await search(asked(""), () => written("one").lines)).terminals).toMatchObject([{ hits: [], more: false }]);
  });

  it("lets other work have its turn, and goes on in lines that output moves meanwhile", async () => {
    const { lines, write } = written("", { cols: 80, rows: 10, scrollback: 10_000 });
    for (let block = 0; block < 100; block++) write("some words of output\r\n".repeat(120));
    let turns = 0;
    const others = () => {
      turns++;
      write("some words more\r\n".repeat(100));
      if (turns < 20) setImmediate(others);
    };
    setImmediate(others);
    const terminals = Array.from({ length: 10 }, (_, index) => ({ terminal: index + 1, era: 0, from: 0 }));
    const answer = await search(asked("WORDS", { limit: 10_000, regex: true, terminals }), () => lines);
    const found = await search(asked("words of", { limit: 10_000, terminals }), () => lines);
    expect(turns).toBeGreaterThan(1);
    expect(answer.terminals.every(({ hits }) => hits.length === 0)).toBe(true);
    expect(found.terminals.every(({ hits, first }) => hits.length > 0 && hits.every((value, at) => at % 4 !== 0 || value >= first))).toBe(
      true,
    );
  });

  it("refuses an expression that is none, and one that would run for years", async () => {
    const { lines } = written(`${"a".repeat(60)}!`, { cols: 80, rows: 3 });
    await expect(search(asked("(", { regex: true }), () => lines)).rejects.toMatchObject({
      message: "Unterminated group",
      code: "bad-expression",
    });
    await expect(search(asked("^(a+)+$", { regex: true }), () => lines)).rejects.toMatchObject({
      message: expect.stringContaining("takes too long") as string,
      code: "bad-expression",
    });
    expect((await search(asked("a+!", { regex: true }), () => lines)).terminals[0]?.hits).toEqual([0, 0, 0, 61]);
  });
});

describe("places of another era", () => {
  it("are refused", () => {
    const { lines } = written("one");
    const [from, to] = [
      { line: 0, x: 0 },
      { line: 0, x: 2 },
    ] as const;
    expect(text({ name: "text", terminal: 3, era: lines.era, from, to, shape: "text" }, lines)).toEqual({ text: "one" });
    expect(() => text({ name: "text", terminal: 3, era: 9, from, to, shape: "text" }, lines)).toThrow("terminal 3 were cut anew");
    const step = { name: "move", terminal: 3, from, motion: "line-end", count: 1, want: 0, free: false } as const;
    expect(move({ ...step, era: lines.era }, lines)).toMatchObject({ line: 0, x: 2, first: 0, end: 4, screenTop: 0 });
    expect(() => move({ ...step, era: 9 }, lines)).toThrow("cut anew");
  });
});
