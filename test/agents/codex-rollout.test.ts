import { describe, expect, test } from "vitest";
import { CodexRollout } from "../../src/engine/agents/codex-rollout.ts";

const AT = Date.parse("2026-11-27T00:01:21.548Z");

/** Tokens in all, read from a cache, written to it, and given out. */
type Counts = readonly [input: number, cached: number, written: number, output: number];

/** A line as Codex 0.169.0 writes it after an answer of its model. */
function counted([input, cached, written, output]: Counts, more: object = {}, at = AT): string {
  const usage = {
    input_tokens: input,
    cached_input_tokens: cached,
    cache_write_input_tokens: written,
    output_tokens: output,
    reasoning_output_tokens: 0,
    total_tokens: input + output,
  };
  const info = { total_token_usage: usage, last_token_usage: usage, model_context_window: 258_400 };
  const payload = { type: "token_count", info, rate_limits: { limit_id: "codex", primary: null, secondary: null }, ...more };
  return JSON.stringify({ timestamp: new Date(at).toISOString(), ordinal: 17, type: "event_msg", payload });
}

const MODEL = JSON.stringify({ timestamp: new Date(AT).toISOString(), type: "turn_context", payload: { model: "gpt-7-codex" } });

function reading(...lines: readonly string[]): CodexRollout {
  const rollout = new CodexRollout();
  for (const line of lines) rollout.read(line, AT);
  return rollout;
}

describe("what Codex writes of its use", () => {
  test("is told as increments of its totals, what came from a cache apart, and no cost", () => {
    const rollout = reading(MODEL, counted([226, 100, 20, 26]), counted([478, 250, 30, 34]));
    const models = { "gpt-7-codex": { input: 198, output: 34, cacheRead: 250, cacheWrite: 30, costUsd: null } };
    expect(rollout.taken()?.usage).toEqual({ models, activeMs: 0, personMs: 0 });
    rollout.read(counted([478, 250, 30, 34]), AT);
    expect(rollout.taken()?.usage).toBeNull();
    expect(rollout.taken()).toBeNull();
    rollout.read(counted([500, 260, 30, 40]), AT);
    expect(rollout.taken()?.usage?.models["gpt-7-codex"]).toMatchObject({ input: 12, output: 6, cacheRead: 10, cacheWrite: 0 });
  });

  test("does not count what was used before its program was started, and counts from there", () => {
    const rollout = reading(counted([1000, 0, 0, 100], {}, AT - 1));
    expect(rollout.taken()).toBeNull();
    rollout.read(counted([1010, 0, 0, 103]), AT);
    expect(rollout.taken()?.usage?.models["unknown"]).toMatchObject({ input: 10, output: 3 });
  });

  test("counts anew where the totals fell", () => {
    const rollout = reading(counted([1000, 0, 0, 100]));
    rollout.taken();
    rollout.read(counted([40, 0, 0, 4]), AT);
    expect(rollout.taken()?.usage?.models["unknown"]).toMatchObject({ input: 40, output: 4 });
  });

  test("says how full the context is, and how the limits of the account stand, by their windows", () => {
    const rate_limits = {
      primary: { used_percent: 42, window_minutes: 300, resets_at: 1_795_800_000 },
      secondary: { used_percent: 7.6, window_minutes: 10_080, resets_at: null },
    };
    expect(reading(MODEL, counted([100_000, 0, 0, 29_200], { rate_limits })).taken()?.meter).toEqual({
      model: "gpt-7-codex",
      contextPercent: 50,
      contextSize: 258_400,
      limits: [
        { name: "5 hours", usedPercent: 42, resetsAt: 1_795_800_000_000 },
        { name: "7 days", usedPercent: 8, resetsAt: null },
      ],
    });
  });

  test.each([
    [60, "1 hour"],
    [1, "1 minute"],
    [1440, "24 hours"],
    [43_200, "30 days"],
  ])("names a window of %i minutes %s", (minutes, name) => {
    const rate_limits = { primary: { used_percent: 1, window_minutes: minutes, resets_at: 1 } };
    expect(reading(counted([1, 0, 0, 1], { rate_limits })).taken()?.meter?.limits).toMatchObject([{ name }]);
  });

  test.each([
    "",
    "null",
    "7",
    '"token_count"',
    '{"type":"event_msg","payload":null}',
    '{"type":"event_msg","payload":{"type":"token_count"}}',
    counted([1, 0, 0, 1]).replace(/"timestamp":"[^"]*"/u, '"timestamp":"soon"'),
  ])("is nothing where %s stands", (line) => {
    expect(reading(line).taken()).toBeNull();
  });

  test("is not believed where it makes no sense", () => {
    const rate_limits = { primary: { used_percent: 1e9, window_minutes: 300, resets_at: 1e300 }, secondary: "no" };
    const read = reading(
      counted([5, 9, 9, 1], { rate_limits, info: { total_token_usage: { input_tokens: 5, output_tokens: -1 } } }),
    ).taken();
    expect(read).toEqual({
      usage: null,
      meter: { model: null, contextPercent: null, contextSize: null, limits: [{ name: "5 hours", usedPercent: 100, resetsAt: null }] },
    });
    expect(reading(counted([5, 9, 9, 1])).taken()?.usage?.models["unknown"]).toMatchObject({ input: 0, output: 1 });
  });
});
