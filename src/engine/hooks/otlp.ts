/**
 * What an agent measures, out of OTLP/HTTP metrics in JSON (OpenTelemetry protocol 1.x; numbers may be strings there). Tried with
 * Claude Code 2.1.329, which sends increments; sums that only grow are turned into increments here.
 */
import { addModel, NO_MODEL_USAGE, type ModelUsage } from "../../marathon/usage.ts";
import { plainText } from "../../screen/plain-text.ts";

export interface Increment {
  readonly models: Readonly<Record<string, ModelUsage>>;
  readonly activeMs: number;
  readonly personMs: number;
}

/** OTLP's name for "since the beginning". */
const CUMULATIVE = 2;
/** Series that are remembered of one agent; more is no agent. */
const MOST_SERIES = 2000;
const TOKENS: Readonly<Record<string, keyof ModelUsage>> = {
  input: "input",
  output: "output",
  cacheRead: "cacheRead",
  cacheCreation: "cacheWrite",
};

/** Reads the metrics of one terminal's agent. */
export class MetricsReader {
  readonly #before = new Map<string, number>();

  /** What was used since the last reading; null when nothing was, or it is no metrics. */
  read(payload: unknown): Increment | null {
    const models: Record<string, ModelUsage> = {};
    let activeMs = 0;
    let personMs = 0;
    for (const { metric, value, attributes } of this.#points(payload)) {
      const model = attributes["model"] ?? "unknown";
      const add = (usage: Partial<ModelUsage>) => {
        models[model] = addModel(models[model] ?? NO_MODEL_USAGE, { ...NO_MODEL_USAGE, ...usage });
      };
      const kind = TOKENS[attributes["type"] ?? ""];
      if (metric === "claude_code.token.usage" && kind) add({ [kind]: value });
      if (metric === "claude_code.cost.usage") add({ costUsd: value });
      if (metric === "claude_code.active_time.total" && attributes["type"] === "user") personMs += value * 1000;
      else if (metric === "claude_code.active_time.total") activeMs += value * 1000;
    }
    const used = activeMs > 0 || personMs > 0 || Object.keys(models).length > 0;
    return used ? { models, activeMs: Math.round(activeMs), personMs: Math.round(personMs) } : null;
  }

  *#points(payload: unknown): Generator<Point> {
    for (const resource of listOf(payload, "resourceMetrics"))
      for (const scope of listOf(resource, "scopeMetrics"))
        for (const metric of listOf(scope, "metrics")) {
          const { name, sum } = objectOf(metric);
          if (typeof name !== "string") continue;
          const cumulative = objectOf(sum)["aggregationTemporality"] === CUMULATIVE;
          for (const point of listOf(sum, "dataPoints")) {
            const read = pointOf(name, objectOf(point));
            const value = read && (cumulative ? this.#since(read) : read.value);
            if (read && value !== null && value > 0) yield { ...read, value };
          }
        }
  }

  #since({ series, value }: Point): number {
    const before = this.#before.get(series) ?? 0;
    if (this.#before.size < MOST_SERIES || this.#before.has(series)) this.#before.set(series, value);
    // A series that fell began anew.
    return value >= before ? value - before : value;
  }
}

interface Point {
  readonly metric: string;
  readonly value: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly series: string;
}

function pointOf(metric: string, point: Readonly<Record<string, unknown>>): Point | null {
  const value = Number(point["asDouble"] ?? point["asInt"]);
  if (!Number.isFinite(value) || value < 0) return null;
  const attributes: Record<string, string> = {};
  for (const attribute of listOf(point, "attributes")) {
    const { key, value: given } = objectOf(attribute);
    const text = objectOf(given)["stringValue"];
    if (typeof key === "string" && typeof text === "string") attributes[plainText(key, 60)] = plainText(text, 80);
  }
  return { metric, value, attributes, series: JSON.stringify([metric, point["startTimeUnixNano"], attributes]) };
}

function listOf(value: unknown, name: string): readonly unknown[] {
  const list = objectOf(value)[name];
  return Array.isArray(list) ? list : [];
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
