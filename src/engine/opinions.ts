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
export const AUTHORITIES = ["stopped", "report", "osc-7501", "hook", "claude-agents", "title", "osc-9", "screen-rule", "quiet"] as const;
export type Authority = (typeof AUTHORITIES)[number];

export interface Opinion extends Seen {
  readonly at: number;
}

/** What a program's own report (OSC 7501) leaves to its screen. */
export interface OwnReport {
  /** It says that it asks or failed, and not what: its screen may. */
  readonly wordless: boolean;
  /** It says that it works, or that it does nothing: then its screen may show what stands beside that. */
  readonly works: boolean;
  readonly rests: boolean;
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

/** How the rules found the screen when they last looked. Wall clock, ms. */
export interface ScreenLook {
  readonly at: number;
  /** Since when no rule knows it; null: one does. */
  readonly strangeSince: number | null;
  /** It looks otherwise than before, and has not stood long enough to count. */
  readonly settling: boolean;
  readonly now: number;
}

/** What a title, hook, list or notification says, beside what its screen shows: they know little of what stands there. */
export function besideScreen(best: Opinion, screen: Opinion | undefined, look: ScreenLook): Opinion {
  const hint = /^(claude-agents|title|osc-9):/u.test(best.source);
  // What was seen before they changed may be gone with it.
  const shows = screen !== undefined && look.at >= best.at + SETTLE_MS ? screen : null;
  if (shows?.state === "asking" && best.state === "asking") return hint ? { ...best, kind: shows.kind, evidence: shows.evidence } : best;
  if (shows?.state === "asking" && (hint || best.state === "idle")) return shows;
  // That it waits for a limit is more than that it works.
  if (best.state === "busy" && screen?.state === "busy" && screen.kind === "rate-limit") return inWords(best, screen);
  if (best.state !== "idle") return best;
  if (shows?.state === "error") return shows;
  return restsOnStrangeScreen(best, look)
    ? { ...best, state: "unknown", evidence: `it says that it rests, and ${STRANGE.evidence ?? ""}` }
    : best;
}

/** A screen that no rule knows for so long is no input line that is being drawn, ms. */
const STRANGE_MS = 2000;

/** A title that says "idle" must hold so long: programs show it for a moment before they begin, ms. */
const IDLE_TITLE_MS = 250;
/** What a title asks stands on the screen a moment later; so long is looked for it, ms. */
const UNREAD_MS = 1000;

/** Whether a title's word would be told before its screen could say what it means. */
export function tooSoon({ source, state, at }: Opinion, { at: lookedAt, strangeSince, settling, now }: ScreenLook): boolean {
  if (!source.startsWith("title:")) return false;
  if (state === "asking") return lookedAt < at + SETTLE_MS && now - at < UNREAD_MS;
  // A program that starts says that it is ready before it shows anything.
  return state === "idle" && (now - at < IDLE_TITLE_MS || strangeSince !== null || settling);
}

/** An idle title stays while a dialog is up that it was not made for, as a login is. */
function restsOnStrangeScreen({ source, at }: Opinion, { strangeSince, now }: ScreenLook): boolean {
  return /^(title|hook):/u.test(source) && strangeSince !== null && now - Math.max(strangeSince, at) >= STRANGE_MS;
}

/** No rule of its agent knows the screen. */
export const STRANGE: Seen = { state: "unknown", kind: null, source: "screen-rule", evidence: "no rule knows what its screen shows" };

/**
 * What is left to say of a program when nothing speaks any more for what was told last; null: that stands. `ruled`: there are rules for
 * its screen. It goes on when what it asked is gone; that its input line is gone says nothing.
 */
export function wentOn({ source, state }: Seen, ruled: boolean): Seen | null {
  const busy = (evidence: string): Seen => ({ state: "busy", kind: null, source: "process", evidence });
  if (source === "stopped") return busy("its process goes on");
  if (source === "report") return busy("its question is answered");
  if (!/^(hook|claude-agents|title|osc-9|screen-rule|quiet)\b/u.test(source)) return null;
  if (ruled && state === "unknown") return null;
  return ruled && (state === "idle" || state === "error") ? STRANGE : busy("its screen went on");
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
  return (
    a.evidence === b.evidence ||
    (/^(hook|claude-agents|title|osc-9|screen-rule)\b/u.test(a.source) && a.state !== "asking" && a.state !== "error")
  );
}
