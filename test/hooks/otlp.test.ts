import fc from "fast-check";
import { expect, test } from "vitest";
import { MetricsReader } from "../../src/engine/hooks/otlp.ts";
import { addUsage, totalOf } from "../../src/marathon/usage.ts";

interface PointOptions {
  readonly type?: string;
  readonly model?: string;
  readonly start?: string;
}

function point(value: number | string, { type, model = "claude-opus-5-5", start = "1" }: PointOptions = {}) {
  const attributes = [
    { key: "session.id", value: { stringValue: "s" } },
    { key: "anthropic.custom_base_url", value: { boolValue: true } },
    ...(type === undefined ? [] : [{ key: "type", value: { stringValue: type } }]),
    { key: "model", value: { stringValue: model } },
  ];
  return {
    attributes,
    startTimeUnixNano: start,
    timeUnixNano: "2",
    ...(typeof value === "string" ? { asInt: value } : { asDouble: value }),
  };
}

/** As Claude Code 2.1.329 sends it; `aggregationTemporality` 1 are increments. */
function metrics(points: Readonly<Record<string, readonly unknown[]>>, aggregationTemporality = 1) {
  const all = Object.entries(points).map(([name, dataPoints]) => ({
    name,
    sum: { aggregationTemporality, isMonotonic: true, dataPoints },
  }));
  return {
    resourceMetrics: [{ resource: { attributes: [] }, scopeMetrics: [{ scope: { name: "com.anthropic.claude_code" }, metrics: all }] }],
  };
}

const ALL = {
  "claude_code.cost.usage": [point(0.00125)],
  "claude_code.token.usage": [
    point(100, { type: "input" }),
    point("42", { type: "output" }),
    point(50, { type: "cacheRead" }),
    point(0, { type: "cacheCreation" }),
    point(7, { type: "input", model: "claude-haiku-4" }),
  ],
  "claude_code.active_time.total": [point(0.683, { type: "cli" }), point(0.541, { type: "user" })],
  "claude_code.session.count": [point(1)],
};

test("tokens and cost by model, and time at work apart from that of the person", () => {
  expect(new MetricsReader().read(metrics(ALL))).toEqual({
    models: {
      "claude-opus-5-5": { input: 100, output: 42, cacheRead: 50, cacheWrite: 0, costUsd: 0.00125 },
      "claude-haiku-4": { input: 7, output: 0, cacheRead: 0, cacheWrite: 0, costUsd: null },
    },
    activeMs: 683,
    personMs: 541,
  });
});

test("sums that only grow are turned into what came since, also when they begin anew", () => {
  const reader = new MetricsReader();
  const input = (value: number, start = "1") =>
    reader.read(metrics({ "claude_code.token.usage": [point(value, { type: "input", start })] }, 2))?.models["claude-opus-5-5"]?.input ?? 0;
  expect([input(100), input(130), input(130), input(20, "9"), input(25, "9")]).toEqual([100, 30, 0, 20, 5]);
});

test("however they are cut into portions, increments add up to the same", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(10_000), { minLength: 1, maxLength: 30 }), (values) => {
      const reader = new MetricsReader();
      let sum = addUsage(undefined, { models: {}, activeMs: 0, personMs: 0 });
      for (const value of values) {
        const more = reader.read(metrics({ "claude_code.token.usage": [point(value, { type: "output" })] }));
        if (more) sum = addUsage(sum, more);
      }
      expect(totalOf(sum).output).toBe(values.reduce((a, b) => a + b, 0));
    }),
  );
});

test.each([
  null,
  5,
  {},
  { resourceMetrics: {} },
  metrics({ "claude_code.token.usage": [point(-5, { type: "input" }), point(Number.NaN)] }),
  metrics({ "http.server.duration": [point(5)] }),
])("of what is no figure of an agent nothing is read (%#)", (payload) => expect(new MetricsReader().read(payload)).toBeNull());

test("of anything at all it never fails", () => {
  fc.assert(
    fc.property(
      fc.anything(),
      (payload) => void new MetricsReader().read({ resourceMetrics: [{ scopeMetrics: [{ metrics: [payload] }] }] }),
    ),
  );
});
