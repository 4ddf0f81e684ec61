import { expect, test } from "vitest";
import { addModel, limitedUntil, NO_MODEL_USAGE, type Limit } from "../../src/marathon/usage.ts";

const until = (...limits: readonly Limit[]) => limitedUntil({ model: null, contextPercent: null, contextSize: null, limits, at: 0 }, 1000);

test("an agent that ran into a limit may go on when the one that is used up begins anew", () => {
  const week = { name: "7 days", usedPercent: 93, resetsAt: 9000 };
  expect(until({ name: "5 hours", usedPercent: 100, resetsAt: 5000 }, week)).toBe(5000);
  expect(until({ name: "5 hours", usedPercent: 100, resetsAt: 900 }, week)).toBe(9000);
  expect(until({ name: "5 hours", usedPercent: null, resetsAt: 5000 })).toBe(5000);
});

test("it is not known when, where no limit was nearly used up: it ran into something else", () => {
  expect(until({ name: "5 hours", usedPercent: 42, resetsAt: 5000 }, { name: "7 days", usedPercent: 8, resetsAt: 9000 })).toBeNull();
  expect(until({ name: "5 hours", usedPercent: 100, resetsAt: null })).toBeNull();
  expect(limitedUntil(undefined, 0)).toBeNull();
});

test("a cost that one of two does not tell is that of the other, and unknown if neither does", () => {
  const cost = (a: number | null, b: number | null) =>
    addModel({ ...NO_MODEL_USAGE, costUsd: a }, { ...NO_MODEL_USAGE, costUsd: b }).costUsd;
  expect([cost(1, 2), cost(1, null), cost(null, 2), cost(null, null), cost(0, null)]).toEqual([3, 1, 2, null, 0]);
});
