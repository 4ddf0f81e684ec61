/** What Claude Code tells a status line (tried: 2.1.329), as far as nothing else tells it: context and limits. */
import type { AgentFact } from "../../marathon/agent-facts.ts";
import type { Limit } from "../../marathon/usage.ts";
import { plainText } from "../../screen/plain-text.ts";

export type MeterReading = Omit<Extract<AgentFact, { type: "meter-read" }>, "type" | "terminal">;

const LIMITS: readonly (readonly [key: string, name: string])[] = [
  ["five_hour", "5 hours"],
  ["seven_day", "7 days"],
];

/** What lies beyond is no date (the year 275760). */
const MOST_SECONDS = 8.64e12;

/** Null when it says none of it. */
export function readStatusLine(payload: unknown): MeterReading | null {
  const given = objectOf(payload);
  const context = objectOf(given["context_window"]);
  const model = objectOf(given["model"])["id"];
  const limits = LIMITS.flatMap(([key, name]) => limitOf(name, objectOf(given["rate_limits"])[key]));
  const reading = {
    model: typeof model === "string" && model !== "" ? plainText(model, 80) : null,
    contextPercent: percentOf(context["used_percentage"]),
    contextSize: numberOf(context["context_window_size"]),
    limits,
  };
  return reading.model === null && reading.contextPercent === null && limits.length === 0 ? null : reading;
}

/** `resets_at` is seconds since 1970. */
function limitOf(name: string, given: unknown): readonly Limit[] {
  const { used_percentage: used, resets_at: resets } = objectOf(given);
  const seconds = numberOf(resets);
  const resetsAt = seconds === null || seconds > MOST_SECONDS ? null : seconds * 1000;
  const limit = { name, usedPercent: percentOf(used), resetsAt };
  return limit.usedPercent === null && limit.resetsAt === null ? [] : [limit];
}

/** Whole percent: each new one is told, and a tenth of it is no news. */
function percentOf(value: unknown): number | null {
  const number = numberOf(value);
  return number === null ? null : Math.round(Math.min(100, number));
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : null;
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
