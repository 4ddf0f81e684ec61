/** When limits of agents' accounts begin anew, as they told it, on the marathon's own clock. Pure. */
import { iso } from "../json-values.ts";
import type { State } from "../types.ts";
import { limitedUntil } from "../usage.ts";
import { HOUR } from "../estimates.ts";

export interface LimitMark {
  readonly name: string;
  /** Agents of one account tell of the same limit; those that told, by their terminals. */
  readonly terminals: readonly number[];
  /** The most that any of them told; null: none did. */
  readonly usedPercent: number | null;
  /** Wall clock, ms; and ms of t. */
  readonly resetsAt: number;
  readonly t: number;
  /** One of them has run into it and waits for that. */
  readonly holds: boolean;
}

export interface LimitJson {
  readonly name: string;
  readonly terminals: readonly number[];
  readonly usedPercent: number | null;
  readonly resetsAt: string | null;
  readonly resetsAtHours: number;
  readonly holds: boolean;
}

/** Two readings of one limit may differ by so much, ms. */
const SAME_MS = 60_000;

/** The limits that begin anew after `t`, the next one first; of all terminals, or of one. */
export function limitMarks(state: State, t: number, terminal?: number): readonly LimitMark[] {
  const marks: LimitMark[] = [];
  for (const { number, kind } of Object.values(state.terminals)) {
    const meter = state.meters?.[number];
    if (meter === undefined || (terminal !== undefined && terminal !== number)) continue;
    const until = kind === "rate-limit" ? limitedUntil(meter, state.at) : null;
    for (const { name, usedPercent, resetsAt } of meter.limits) {
      if (resetsAt === null) continue;
      const at = state.t + (resetsAt - state.at) * state.speed;
      if (at > t) join(marks, { name, terminals: [number], usedPercent, resetsAt, t: at, holds: resetsAt === until });
    }
  }
  return marks.toSorted((a, b) => a.t - b.t);
}

export function limitsJson(state: State, t: number): readonly LimitJson[] {
  return limitMarks(state, t).map(({ name, terminals, usedPercent, resetsAt, t: at, holds }) => ({
    name,
    terminals,
    usedPercent,
    resetsAt: iso(resetsAt),
    resetsAtHours: Math.round((at / HOUR) * 100) / 100,
    holds,
  }));
}

function join(marks: LimitMark[], one: LimitMark): void {
  const at = marks.findIndex(({ name, resetsAt }) => name === one.name && Math.abs(resetsAt - one.resetsAt) < SAME_MS);
  const there = marks[at];
  if (there === undefined) return void marks.push(one);
  const percents = [there.usedPercent, one.usedPercent].filter((percent) => percent !== null);
  marks[at] = {
    ...there,
    terminals: [...there.terminals, ...one.terminals],
    usedPercent: percents.length === 0 ? null : Math.max(...percents),
    holds: there.holds || one.holds,
  };
}
