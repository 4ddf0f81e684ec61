/** What earlier sessions teach about estimates: how much longer work takes than planned, by kind. Pure. */
import type { Estimate, Plan, PlanTask } from "./types.ts";

/** One piece of finished or abandoned work. Hours; completion in percent. */
export interface Experience {
  readonly name: string;
  readonly planned: number | null;
  readonly actual: number | null;
  readonly completion: number | null;
}

/** Hours that the whole would have taken ÷ hours planned for it. */
export interface Ratio {
  readonly kind: string;
  /** Weighted by the work done: sum of actual ÷ sum of earned hours. */
  readonly ratio: number;
  /** The least and the most of the single pieces. */
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

export interface History {
  /** Where it comes from, for the rule: a file's name. */
  readonly source: string;
  readonly all: Ratio | null;
  readonly kinds: readonly Ratio[];
}

/** Words by which tasks and sessions are told apart; the first that fits counts. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:e2e|end-to-end|integration|scenarios?)\b/i, "integration"],
  [/\btest(?:s|ing|ed)?\b|\bcoverage\b|\bqa\b|\.test\.|\btest_/i, "tests"],
  [/\bsecurity\b|\baudit\b|\breview\b|\bsweep\b|\binjection\b|\bxss\b/i, "review"],
  [/\bdoc(?:s|umentation|uments?)?\b|\bchangelog\b|\bguide\b|\breadme\b/i, "documents"],
  [/\bdatabase\b|\bdb\b|\bindex(?:es)?\b|\bmigrations?\b|\bquer(?:y|ies)\b/i, "database"],
];

/** The kind of work that a name speaks of: tests, integration, review, documents, database or building. */
export function kindOf(name: string): string {
  return KINDS.find(([pattern]) => pattern.test(name))?.[1] ?? "building";
}

/** Pieces of a kind that make a ratio of its own; with fewer, that of all work is used. */
const ENOUGH = 2;

/** Learns from work that has planned and actual hours and got somewhere; what was never begun teaches nothing. */
export function learn(source: string, experience: readonly Experience[]): History {
  const useful = experience.flatMap(({ name, planned, actual, completion }) => {
    const earned = ((planned ?? 0) * (completion ?? 0)) / 100;
    return earned > 0 && (actual ?? 0) > 0 ? [{ kind: kindOf(name), earned, actual: actual ?? 0 }] : [];
  });
  const ratio = (kind: string, pieces: typeof useful): Ratio | null => {
    if (pieces.length === 0) return null;
    const each = pieces.map((piece) => piece.actual / piece.earned);
    const sum = (of: (piece: (typeof useful)[number]) => number) => pieces.reduce((total, piece) => total + of(piece), 0);
    return {
      kind,
      ratio: rounded(sum((piece) => piece.actual) / sum((piece) => piece.earned)),
      low: rounded(Math.min(...each)),
      high: rounded(Math.max(...each)),
      count: pieces.length,
    };
  };
  const groups = [...Map.groupBy(useful, (piece) => piece.kind)].filter(([, pieces]) => pieces.length >= ENOUGH);
  return { source, all: ratio("all", useful), kinds: groups.flatMap(([kind, pieces]) => ratio(kind, pieces) ?? []) };
}

/** The plan with its derived estimates stretched to what was learnt, as ranges; estimates of the plan's own stay. */
export function withHistory(plan: Plan, history: History): Plan {
  if (history.all === null) return plan;
  const streams = new Map(plan.streams.map((stream) => [stream.id, stream.name]));
  return { ...plan, tasks: plan.tasks.map((task) => learnt(task, streams.get(task.stream ?? "") ?? "", history)) };
}

function learnt(task: PlanTask, stream: string, history: History): PlanTask {
  if (task.estimate === null || task.estimate.source !== "derived") return task;
  const kinds = [`${task.title} ${task.target ?? ""}`, task.group ?? "", stream].map(kindOf);
  const kind = kinds.find((each) => each !== "building") ?? "building";
  const ratio = history.kinds.find((each) => each.kind === kind) ?? history.all;
  return ratio === null ? task : { ...task, estimate: stretched(task.estimate, ratio, history.source) };
}

function stretched({ low, high, rule }: Estimate, ratio: Ratio, source: string): Estimate {
  const whose = ratio.kind === "all" ? "" : ` of ${ratio.kind}`;
  const learntRule = `× ${ratio.ratio} (${ratio.low}-${ratio.high}) as in ${ratio.count} sessions${whose} of ${source}`;
  return {
    low: rounded(low * ratio.low),
    high: rounded(high * ratio.high),
    source: "derived",
    rule: rule === null ? learntRule : `${rule}; ${learntRule}`,
  };
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
