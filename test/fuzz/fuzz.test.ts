/** A little of every night's fuzzing, and everything that has ever failed. */
import { describe, expect, it, test } from "vitest";
import { random } from "../conformance/random.ts";
import { corpusOf, errorOf, fuzz } from "./fuzz.ts";
import { mutated, shrunk } from "./mutate.ts";
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

function fail(): never {
  throw new Error("broken");
}
