/** What agents use, as they measure it themselves: nothing here is reckoned by us, and what is not told is not known. Pure. */
import { iso } from "./json-values.ts";
import type { State } from "./types.ts";

/** Tokens, and US dollars as the agent reckons them; null: it does not tell. */
export interface ModelUsage {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly costUsd: number | null;
}

export interface Usage {
  readonly models: Readonly<Record<string, ModelUsage>>;
  /** Time at work, ms; that of a person at its keyboard apart. */
  readonly activeMs: number;
  readonly personMs: number;
}

/** A limit of an agent's account: how much of it is used, and when it begins anew (wall clock, ms). */
export interface Limit {
  readonly name: string;
  readonly usedPercent: number | null;
  readonly resetsAt: number | null;
}

export interface Meter {
  readonly model: string | null;
  readonly contextPercent: number | null;
  readonly contextSize: number | null;
  readonly limits: readonly Limit[];
  /** When it was read, wall clock, ms. */
  readonly at: number;
}

interface ModelUsageJson {
  readonly tokens: { readonly input: number; readonly output: number; readonly cacheRead: number; readonly cacheWrite: number };
  readonly costUsd: number | null;
}

export interface UsageJson extends ModelUsageJson {
  /** Null while no agent told any. */
  readonly activeMinutes: number | null;
  readonly personMinutes: number;
  readonly models: Readonly<Record<string, ModelUsageJson>>;
}

export interface MetersJson {
  readonly usage: UsageJson | null;
  readonly context: {
    readonly usedPercent: number | null;
    readonly size: number | null;
    readonly model: string | null;
    readonly at: string | null;
  } | null;
  readonly limits: readonly { readonly name: string; readonly usedPercent: number | null; readonly resetsAt: string | null }[];
}

export const NO_MODEL_USAGE: ModelUsage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, costUsd: null };

/** Both together; null for nothing at all. */
export function addUsage(a: Usage | undefined, b: Usage): Usage {
  if (a === undefined) return b;
  const models = { ...a.models };
  for (const [name, usage] of Object.entries(b.models)) models[name] = addModel(models[name] ?? NO_MODEL_USAGE, usage);
  return { models, activeMs: a.activeMs + b.activeMs, personMs: a.personMs + b.personMs };
}

export function addModel(a: ModelUsage, b: ModelUsage): ModelUsage {
  return {
    input: a.input + b.input,
    output: a.output + b.output,
    cacheRead: a.cacheRead + b.cacheRead,
    cacheWrite: a.cacheWrite + b.cacheWrite,
    costUsd: a.costUsd === null || b.costUsd === null ? (a.costUsd ?? b.costUsd) : a.costUsd + b.costUsd,
  };
}

/** All models of it together. */
export function totalOf({ models }: Usage): ModelUsage {
  return Object.values(models).reduce(addModel, NO_MODEL_USAGE);
}

/** That of the whole marathon, and how many of its terminals told any, and any cost; null while none has. */
export function marathonUsage(state: State): { readonly usage: Usage; readonly terminals: number; readonly costs: number } | null {
  const all = Object.values(state.usage?.terminals ?? {});
  const [first, ...rest] = all;
  if (first === undefined) return null;
  const costs = all.filter((one) => totalOf(one).costUsd !== null).length;
  return { usage: rest.reduce<Usage>((sum, one) => addUsage(sum, one), first), terminals: all.length, costs };
}

/** For JSON: fields are added, never renamed; null where nothing was told. */
export function usageJson(usage: Usage | undefined): UsageJson | null {
  if (usage === undefined) return null;
  const plain = ({ input, output, cacheRead, cacheWrite, costUsd }: ModelUsage) => ({
    tokens: { input, output, cacheRead, cacheWrite },
    costUsd: costUsd === null ? null : Math.round(costUsd * 1e6) / 1e6,
  });
  return {
    ...plain(totalOf(usage)),
    activeMinutes: usage.activeMs === 0 ? null : Math.round(usage.activeMs / 600) / 100,
    personMinutes: Math.round(usage.personMs / 600) / 100,
    models: Object.fromEntries(Object.entries(usage.models).map(([name, one]) => [name, plain(one)])),
  };
}

/** A limit that was used less than this when it was last told is not the one that an agent ran into, percent. */
const NEARLY_USED = 90;

/** When an agent that ran into a limit may go on, wall clock ms: of those that end after `at`, the one that is used most; null: not known. */
export function limitedUntil(meter: Meter | undefined, at: number): number | null {
  const nearly = ({ usedPercent }: Limit) => usedPercent === null || usedPercent >= NEARLY_USED;
  const ahead = (meter?.limits ?? []).filter((limit) => limit.resetsAt !== null && limit.resetsAt > at && nearly(limit));
  return ahead.toSorted((a, b) => (b.usedPercent ?? 0) - (a.usedPercent ?? 0))[0]?.resetsAt ?? null;
}

/** What a terminal's agent told of itself, for JSON. */
export function metersJson(state: State, terminal: number): MetersJson {
  const meter = state.meters?.[terminal];
  return {
    usage: usageJson(state.usage?.terminals[terminal]),
    context:
      meter === undefined ? null : { usedPercent: meter.contextPercent, size: meter.contextSize, model: meter.model, at: iso(meter.at) },
    limits: (meter?.limits ?? []).map(({ name, usedPercent, resetsAt }) => ({
      name,
      usedPercent,
      resetsAt: resetsAt === null ? null : iso(resetsAt),
    })),
  };
}
