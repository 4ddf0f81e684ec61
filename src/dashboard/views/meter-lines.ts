/** What a terminal's agent told of what it uses, in lines to be read. */
import type { MetersJson, UsageJson } from "../../marathon/usage.ts";
import { stopwatch, plain, timeOfDay } from "../format.ts";

/** Empty where nothing is known: most agents do not tell. */
export function meterLines({ usage, context, limits }: MetersJson): readonly string[] {
  const size = context === null || context.size === null ? "" : ` of ${shortCount(context.size)} tokens`;
  const model = context === null || context.model === null ? "" : ` (${plain(context.model)})`;
  return [
    ...(usage === null ? [] : [`uses     ${usageWords(usage)}${atWork(usage)}${byModel(usage)}`]),
    ...(context === null || context.usedPercent === null ? [] : [`context  ${context.usedPercent} %${size}${model}`]),
    ...limits.map(({ name, usedPercent, resetsAt }) => {
      const used = usedPercent === null ? "" : `: ${usedPercent} % used`;
      return `limit    ${plain(name)}${used}${resetsAt === null ? "" : `, begins anew at ${timeOfDay(Date.parse(resetsAt))}`}`;
    }),
  ];
}

/**
 * "$1.25, 120k tokens": the cost as the agent reckons it, if it does; what it read from a cache is left out, being most of it and cheap.
 * `partial`: not all of those that used them tell their cost.
 */
export function usageWords({ tokens, costUsd }: Pick<UsageJson, "tokens" | "costUsd">, partial = false): string {
  const cost = costUsd === null ? "" : `${partial ? "at least " : ""}$${costUsd.toFixed(2)}, `;
  return `${cost}${shortCount(tokens.input + tokens.output + tokens.cacheWrite)} tokens`;
}

function atWork({ activeMinutes }: UsageJson): string {
  return activeMinutes === null ? "" : `, ${stopwatch(activeMinutes * 60_000)} at work`;
}

function byModel({ models }: UsageJson): string {
  const own = Object.entries(models).map(([name, { tokens, costUsd }]) => {
    const share = costUsd === null ? `${shortCount(tokens.input + tokens.output + tokens.cacheWrite)} tokens` : `$${costUsd.toFixed(2)}`;
    return `${plain(name)} ${share}`;
  });
  return own.length < 2 ? "" : ` (${own.join(", ")})`;
}

function shortCount(count: number): string {
  if (count < 1000) return String(Math.round(count));
  return count < 1e6 ? `${Math.round(count / 1000)}k` : `${(count / 1e6).toFixed(1)}M`;
}
