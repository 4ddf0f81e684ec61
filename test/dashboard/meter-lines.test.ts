import { expect, test } from "vitest";
import { meterLines, usageWords } from "../../src/dashboard/views/meter-lines.ts";
import type { UsageJson } from "../../src/marathon/usage.ts";

const tokens = { input: 1000, output: 234, cacheRead: 90_000, cacheWrite: 0 };
const told = (costUsd: number | null, activeMinutes: number | null, models: UsageJson["models"] = {}): UsageJson => ({
  tokens,
  costUsd,
  activeMinutes,
  personMinutes: 0,
  models,
});
const usesOf = (usage: UsageJson) => meterLines({ usage, context: null, limits: [] });

test("what an agent does not tell of its cost and its time at work is left out, and never 0", () => {
  expect(usesOf(told(1.25, 2))).toEqual(["uses     $1.25, 1k tokens, 2m00 at work"]);
  expect(usesOf(told(null, null))).toEqual(["uses     1k tokens"]);
});

test("several models stand with their cost, or else with their tokens", () => {
  const models = { opus: { tokens, costUsd: 1 }, "gpt-7": { tokens: { ...tokens, input: 5000 }, costUsd: null } };
  expect(usesOf(told(1, null, models))).toEqual(["uses     $1.00, 1k tokens (opus $1.00, gpt-7 5k tokens)"]);
});

test("a sum to which not all agents told their cost is said to be at least that", () => {
  expect(usageWords({ tokens, costUsd: 1.5 }, true)).toBe("at least $1.50, 1k tokens");
  expect(usageWords({ tokens, costUsd: null }, true)).toBe("1k tokens");
});
