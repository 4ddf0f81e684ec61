import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { between } from "./support/between.ts";
import { CATALOGUE, faultTable } from "./faults/catalogue.ts";

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
