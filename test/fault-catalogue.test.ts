import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { between } from "./support/between.ts";
import { CATALOGUE, faultTable } from "./faults/catalogue.ts";
import { describeRounds, roundsIn, withRounds, type Round, type Rounds } from "./faults/rounds.ts";

const ROOT = join(import.meta.dirname, "..");
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");

describe("the catalogue of faults", () => {
  test("names only tests that exist", () => {
    const named = CATALOGUE.flatMap((fault) => ("tests" in fault ? fault.tests : []));
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter(([file, title]) => !isWritten(title, file))).toEqual([]);
  });

  test("holds every fault once, with a test or the reason why there is none", () => {
    const numbers = CATALOGUE.map(({ id }) => Number(/\d+/u.exec(id)?.[0]));
    expect(numbers).toEqual(Array.from({ length: 48 }, (_, index) => index + 1));
  });

  test("is what FAULTS.md shows: the same faults, promises and tests, results aside", () => {
    const rows = (text: string) =>
      text
        .split("\n")
        .filter((line) => line.startsWith("| F"))
        .map((line) => line.split(" | ").slice(0, 4));
    expect(rows(read("test/faults/FAULTS.md"))).toEqual(rows(faultTable([])));
  });

  test("tells in its result what failed and what did not run", () => {
    const [fault] = CATALOGUE;
    if (!fault || !("tests" in fault)) throw new Error("the first fault has tests");
    const all = CATALOGUE.flatMap((one) => ("tests" in one ? one.tests.map(([file, title]) => ({ file, title, status: "passed" })) : []));
    const cell = (text: string) => text.split("\n").find((line) => line.startsWith(`| ${fault.id}`)) ?? "";
    expect(cell(faultTable(all))).toMatch(/\| passed \|$/u);
    expect(cell(faultTable([]))).toContain("did not run");
    expect(cell(faultTable(all.map((result) => ({ ...result, status: "failed" }))))).toContain("failed: ");
  });
});

describe("how often in a row all of it passed", () => {
  const round = (number: number, ...failed: readonly string[]): Round => ({
    number,
    seconds: 10,
    load: number,
    results: ["a", "b"].map((title) => ({ file: "test/x.ts", title, status: failed.includes(title) ? "failed" : "passed" })),
  });
  const rounds = (gates: boolean, ...all: readonly Round[]): Rounds => ({ gates, commit: "abc", at: new Date(0), rounds: all });

  test("is counted over rounds in which everything passed, and every other is told with what failed in it", () => {
    const line = describeRounds(rounds(true, round(1), round(2, "b"), round(3), round(4), { ...round(5), results: [] }));
    expect(line).toMatch(
      /^- the twelve: 3 of 5 rounds passed, 2 in a row \(2 tests a round, 1970-01-01, abc, load 1\.0 to 5\.0, 10 s a round\)/u,
    );
    expect(line).toMatch(/; round 2: `test\/x\.ts`: b; round 5: it did not run$/u);
  });

  test("is kept when the table is written anew, and replaced by the next rounds of its kind alone", () => {
    const first = withRounds(faultTable([]), rounds(true, round(1), round(2)));
    const both = withRounds(faultTable([], roundsIn(first)), rounds(false, round(1)));
    expect(roundsIn(both).map((line) => line.slice(0, 40))).toEqual([
      "- everything: 1 of 1 rounds passed, 1 in",
      "- the twelve: 2 of 2 rounds passed, 2 in",
    ]);
    expect(roundsIn(withRounds(both, rounds(true, round(1, "a"))))[1]).toContain("0 of 1 rounds passed, 0 in a row");
  });
});

describe("the README's table of what survives what", () => {
  const rows = between(read("README.md"), "promises")
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| when"))
    .map((line) => line.split("|").map((cell) => cell.trim()));

  test("names a test for each promise, and each of them exists", () => {
    expect(rows.length).toBeGreaterThan(10);
    for (const [, when, , proof = ""] of rows) {
      const [, file = ""] = /`(test\/[\w./-]+)`/u.exec(proof) ?? [];
      expect(file, when).not.toBe("");
      expect(written(file).length, file).toBeGreaterThan(0);
    }
  });
});

/** Whether a title of the file begins so; `%s` stands for anything in it. */
function isWritten(title: string, file: string): boolean {
  if (written(file).includes(title)) return true;
  return [...read(file).matchAll(/"([^"\n]+)%s/gu)].some(([, before = ""]) => title.startsWith(before));
}

/** A test file's text as its titles are read: quotes without their escapes, `%s` and `$name` left as they are written. */
function written(file: string): string {
  return read(file).replaceAll('\\"', '"').replaceAll("%s", "").replaceAll("\\'", "'");
}
