/** A little of every night's fuzzing, and everything that has ever failed. */
import { describe, expect, it, test } from "vitest";
import { random } from "../conformance/random.ts";
import { corpusOf, errorOf, fuzz } from "./fuzz.ts";
import { mutated, shrunk } from "./mutate.ts";
import { fuzzTable } from "./record.ts";
import { TARGETS } from "./targets.ts";

const SEED = Number(process.env["MARATHON_TEST_SEED"] ?? Math.floor(Math.random() * 1e9));

describe.each(TARGETS)("$name: $promise", (target) => {
  it(`holds for random inputs (seed ${SEED})`, () => {
    const failure = fuzz(target, target.each, SEED);
    if (failure) expect.fail(`${failure.error.message}\ninput (base64): ${Buffer.from(failure.bytes).toString("base64")}`);
  });

  it("holds for all that has failed before", () => {
    for (const { name, bytes } of corpusOf(target)) expect(errorOf(target, bytes), name).toBeNull();
  });
});

test("a broken promise is found, made small, and the same with the same seed", () => {
  const target = { ...(TARGETS[0] as (typeof TARGETS)[0]), check: (bytes: Uint8Array) => void (bytes.includes(255) && fail()) };
  const found = fuzz(target, 5000, 7);
  expect([...(found?.bytes ?? [])]).toEqual([255]);
  expect(fuzz(target, 5000, 7)).toEqual(found);
  expect([...shrunk(Uint8Array.of(1, 2, 255, 3), (bytes) => bytes.includes(255))]).toEqual([255]);
});

test("inputs differ from each other", () => {
  const next = random(1);
  const [target] = TARGETS;
  const seen = new Set(
    Array.from({ length: 200 }, () => Buffer.from(mutated(next, target?.examples ?? [], target?.tokens ?? [])).toString("hex")),
  );
  expect(seen.size).toBeGreaterThan(150);
});

test("the table of the last runs has a line for each target that was run, the newest one", () => {
  const run = { inputs: 1_000_000, seconds: 60, failure: null };
  const first = fuzzTable("", { ...run, target: "plan", seed: 1 }, new Date(0));
  const both = fuzzTable(first, { ...run, target: "wire", seed: 2 }, new Date(0));
  const again = fuzzTable(both, { ...run, target: "plan", seed: 3, failure: "two tasks of one number" }, new Date(0));
  expect(again.split("\n").filter((line) => /^\| (plan|wire)/u.test(line))).toEqual([
    "| wire | 1000000 | 2 | 60 s | 1970-01-01 | held |",
    "| plan | 1000000 | 3 | 60 s | 1970-01-01 | two tasks of one number |",
  ]);
});

function fail(): never {
  throw new Error("broken");
}
