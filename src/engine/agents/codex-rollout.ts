/**
 * What Codex (tried: 0.169.0) writes of its use into the file of each conversation: after every answer of its model the tokens so far,
 * how much of the context they fill, and how its account's limits stand. Its OpenTelemetry tells the tokens alone.
 */
import { NO_MODEL_USAGE, type Limit, type ModelUsage } from "../../marathon/usage.ts";
import { plainText } from "../../screen/plain-text.ts";
import type { ConversationMeter, MeterNews } from "./coding-cli.ts";

type Json = Readonly<Record<string, unknown>>;
type Tokens = Omit<ModelUsage, "costUsd">;

const NONE: Tokens = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };
const HOUR = 60;
const DAY = 24 * HOUR;
/** What lies beyond is no date (the year 275760). */
const MOST_SECONDS = 8.64e12;

export class CodexRollout implements ConversationMeter {
  readonly words = ['"token_count"', '"turn_context"'];
  #model: string | null = null;
  #total = NONE;
  #used = NONE;
  #meter: MeterNews["meter"] = null;

  read(line: string, since: number): void {
    const { timestamp, type, payload } = parsed(line);
    const told = objectOf(payload);
    const { model } = told;
    if (type === "turn_context" && typeof model === "string") this.#model = plainText(model, 80);
    if (type !== "event_msg" || told["type"] !== "token_count") return;
    const info = objectOf(told["info"]);
    const total = tokensIn(info["total_token_usage"]);
    // A count that fell began anew.
    const more = total && (total.input >= this.#total.input && total.output >= this.#total.output ? less(total, this.#total) : total);
    this.#total = total ?? this.#total;
    if (!(Date.parse(String(timestamp)) >= since)) return;
    if (more) this.#used = plus(this.#used, more);
    const size = numberOf(info["model_context_window"]);
    const used = numberOf(objectOf(info["last_token_usage"])["total_tokens"]);
    this.#meter = {
      model: this.#model,
      contextPercent: size === null || size === 0 || used === null ? null : Math.round(Math.min(100, (100 * used) / size)),
      contextSize: size,
      limits: ["primary", "secondary"].flatMap((name) => limitOf(objectOf(objectOf(told["rate_limits"])[name]))),
    };
  }

  taken(): MeterNews | null {
    const used = this.#used;
    const meter = this.#meter;
    this.#used = NONE;
    this.#meter = null;
    const any = Object.values(used).some((count) => count > 0);
    if (!any && meter === null) return null;
    // It tells no cost, and its turns last as long as a person makes them wait.
    const models = { [this.#model ?? "unknown"]: { ...NO_MODEL_USAGE, ...used } };
    return { usage: any ? { models, activeMs: 0, personMs: 0 } : null, meter };
  }
}

function tokensIn(given: unknown): Tokens | null {
  const counts = objectOf(given);
  const [input, output] = [numberOf(counts["input_tokens"]), numberOf(counts["output_tokens"])];
  if (input === null || output === null) return null;
  const cacheRead = numberOf(counts["cached_input_tokens"]) ?? 0;
  const cacheWrite = numberOf(counts["cache_write_input_tokens"]) ?? 0;
  // Its input holds what came from the cache and went there.
  return { input: Math.max(0, input - cacheRead - cacheWrite), output, cacheRead, cacheWrite };
}

function less(a: Tokens, b: Tokens): Tokens {
  const fall = (key: keyof Tokens) => Math.max(0, a[key] - b[key]);
  return { input: fall("input"), output: fall("output"), cacheRead: fall("cacheRead"), cacheWrite: fall("cacheWrite") };
}

function plus(a: Tokens, b: Tokens): Tokens {
  return {
    input: a.input + b.input,
    output: a.output + b.output,
    cacheRead: a.cacheRead + b.cacheRead,
    cacheWrite: a.cacheWrite + b.cacheWrite,
  };
}

/** `resets_at` is seconds since 1970. */
function limitOf({ used_percent: used, window_minutes: window, resets_at: resets }: Json): readonly Limit[] {
  const minutes = numberOf(window);
  const seconds = numberOf(resets);
  const percent = numberOf(used);
  if (minutes === null || minutes === 0 || (seconds === null && percent === null)) return [];
  return [
    {
      name: windowWords(minutes),
      usedPercent: percent === null ? null : Math.round(Math.min(100, percent)),
      resetsAt: seconds === null || seconds > MOST_SECONDS ? null : seconds * 1000,
    },
  ];
}

/** 300: "5 hours", 10080: "7 days". */
function windowWords(minutes: number): string {
  const [count, unit] = minutes >= 2 * DAY ? [minutes / DAY, "day"] : minutes >= HOUR ? [minutes / HOUR, "hour"] : [minutes, "minute"];
  const whole = Math.round(count);
  return `${whole} ${unit}${whole === 1 ? "" : "s"}`;
}

function parsed(line: string): Json {
  try {
    return objectOf(JSON.parse(line));
  } catch {
    return {};
  }
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : null;
}

function objectOf(value: unknown): Json {
  return typeof value === "object" && value !== null ? (value as Json) : {};
}
