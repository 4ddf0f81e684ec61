/** Figures that the plan wants to move, from where they stand to where they are to be: what was measured since, and how far that is. Pure. */
import { parseFigure } from "../plan/figures.ts";
import type { Measured } from "./goal-types.ts";
import type { Fact, State } from "./types.ts";
import { counted, oneLine } from "./words.ts";

export interface Target {
  /** From 1, in the order of the plan. */
  readonly number: number;
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** The newest; null before the first. */
  readonly now: Measured | null;
  /** Everything that was measured and is remembered, oldest first. */
  readonly history: readonly Measured[];
  /** Part of the way from `from` to `to` that is done, 0 to 1; null where one of them is no figure. */
  readonly share: number | null;
  readonly reached: boolean;
}

/** Of each target so many are remembered. */
const REMEMBERED = 50;
const MOST_VALUE = 80;

export function targetsOf(state: State): readonly Target[] {
  return state.plan.metrics.map(({ name, current, target }, index) => {
    const history = historyOf(state, name);
    const now = history.at(-1) ?? null;
    const share = shareOf(current, now?.value ?? current, target);
    const reached = share === null ? now !== null && words(now.value) === words(target) : share >= 1;
    return { number: index + 1, name, from: current, to: target, now, history, share, reached };
  });
}

/** What people say of it, and what agents report by its name. */
function historyOf({ targets = {}, metrics = [] }: State, name: string): readonly Measured[] {
  const reported = metrics
    .filter((metric) => words(metric.name) === words(name))
    .map(({ value, unit, at, terminal }) => ({ value: `${value}${unit ?? ""}`, at, by: `terminal ${terminal ?? "?"}` }));
  return [...(targets[name] ?? []), ...reported].toSorted((a, b) => a.at - b.at);
}

/** "50/81 (62%)" to "81/81", "~60%" to "90%+": by the figures that they begin with. */
function shareOf(from: string, now: string, to: string): number | null {
  const [start, here, end] = [from, now, to].map((text) => parseFigure(text)?.value);
  if (start === undefined || here === undefined || end === undefined || start === end) return null;
  return Math.min(1, Math.max(0, (here - start) / (end - start)));
}

function words(text: string): string {
  return text.trim().toLowerCase();
}

export type Judged = { readonly fact: Fact } | { readonly refused: string };

export function judgeTarget(state: State, number: number, value: string, by: string): Judged {
  const { metrics } = state.plan;
  const target = metrics[number - 1];
  if (!target)
    return {
      refused: metrics.length === 0 ? "the plan has no targets" : `the plan has ${counted(metrics.length, "target")}, not ${number}`,
    };
  const said = oneLine(value, MOST_VALUE);
  return said === ""
    ? { refused: `say what ${target.name} is now, such as ${target.target}` }
    : { fact: { type: "target-measured", name: target.name, value: said, by } };
}

export function remembered(history: readonly Measured[], one: Measured): readonly Measured[] {
  return [...history, one].slice(-REMEMBERED);
}
