/** What is held of a terminal's state by each source, and which of it counts. */
import type { AskingKind, TerminalStateName } from "../marathon/types.ts";
import type { RuleMatch } from "../screen/agent-rules.ts";

export interface Seen {
  readonly state: TerminalStateName;
  readonly kind: AskingKind | null;
  readonly source: string;
  readonly evidence: string | null;
}

/** Authorities, the highest first. */
export const AUTHORITIES = ["stopped", "report", "osc-7501", "hook", "title", "osc-9", "screen-rule", "quiet"] as const;
export type Authority = (typeof AUTHORITIES)[number];

export interface Opinion extends Seen {
  readonly at: number;
}

/** A screen must look the same to the rules for so long: dialogs are drawn in pieces, ms. */
export const SETTLE_MS = 300;

/** A report without words, in those of a screen that says the same. */
export function inWords(report: Opinion, screen: Opinion): Opinion {
  return screen.state === report.state ? { ...report, kind: report.kind ?? screen.kind, evidence: screen.evidence } : report;
}

/** The highest opinion; instead of a hook's the first that says something else since. A silence is no such thing. */
export function overHook([best, ...lower]: readonly Opinion[]): Opinion | undefined {
  if (!best?.source.startsWith("hook:")) return best;
  const first = lower.find(({ source }) => source !== "quiet");
  const since = first !== undefined && first.state !== best.state && first.at >= best.at + SETTLE_MS;
  return since ? first : best;
}

export function seenBy(authority: Authority, { rule, evidence }: RuleMatch): Seen {
  return { state: rule.state, kind: rule.kind, source: `${authority}:${rule.id}`, evidence };
}

/**
 * Rules quote lines with clocks and counters in them, and hooks tell of every tool: while an agent works or idles, another one
 * of them is no news.
 */
export function same(a: Seen, b: Seen): boolean {
  const hooks = a.source.startsWith("hook:") && b.source.startsWith("hook:");
  if (a.state !== b.state || a.kind !== b.kind || (a.source !== b.source && !hooks)) return false;
  // How long it still waits is no news either.
  if (a.state === "busy" && a.kind === "rate-limit") return true;
  return a.evidence === b.evidence || (/^(hook|title|osc-9|screen-rule)\b/u.test(a.source) && a.state !== "asking" && a.state !== "error");
}
