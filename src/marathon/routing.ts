/** Which part of the chain of command a terminal belongs to. */
import type { HierarchySpec, RoleSpec } from "../plan/types.ts";
import { roleOf } from "./delegation.ts";
import { plannedTask } from "./estimates.ts";
import type { State, Terminal } from "./types.ts";

/** The role that a terminal's agent has now: the terminal's own, else that of the task in hand. Null when nothing says. */
export function roleOfTerminal(state: State, terminal: Terminal): string | null {
  if (terminal.role !== null) return terminal.role;
  return (terminal.task === null ? null : plannedTask(state, terminal.task)?.role) ?? null;
}

/**
 * The role that a terminal reports to. Its role's parent where the hierarchy has one; the role itself where it stands in the
 * chain (a deputy at work in a terminal); else the coordinator to which the routing table leads for the words of its
 * stream; else the commander. Null when the hierarchy has no commander.
 */
export function reportsTo(state: State, terminal: Terminal): string | null {
  const { hierarchy } = state;
  const role = roleOfTerminal(state, terminal);
  const spec = role === null ? undefined : hierarchy.roles.find((candidate) => candidate.role === roleOf(role, hierarchy));
  if (spec?.parent) return isChain(spec) ? spec.role : spec.parent;
  if (spec && isChain(spec)) return spec.role;
  const stream =
    state.plan.streams.find(({ id }) => id === terminal.stream) ??
    state.plan.streams.find((candidate) => candidate.terminals.includes(terminal.number));
  const words = [terminal.label, stream?.name, stream?.goal].filter((text) => text).join(" ");
  return route(hierarchy, words)?.findLast((name) => hierarchy.roles.some((candidate) => candidate.role === name)) ?? commander(hierarchy);
}

/** The chain of roles that owns the domain which these words speak of; null when none does. The most words in common win, then the first row. */
export function route(hierarchy: HierarchySpec, words: string): readonly string[] | null {
  const spoken = new Set(stems(words));
  let best: { readonly chain: readonly string[]; readonly score: number } | null = null;
  for (const { domain, chain } of hierarchy.routes) {
    const score = new Set(stems(domain).filter((word) => spoken.has(word))).size;
    if (score > (best?.score ?? 0)) best = { chain, score };
  }
  return best?.chain ?? null;
}

export function commander(hierarchy: HierarchySpec): string | null {
  return hierarchy.roles.find((role) => role.level === "commander")?.role ?? null;
}

/** Commanders, deputies and coordinators: the roles that are shown even when nobody has them. */
export function isChain(spec: RoleSpec): boolean {
  return spec.level === "commander" || spec.level === "deputy" || spec.level === "coordinator";
}

/** Stems of texts that were asked for before: domains and titles are asked about again with every look at the hierarchy. */
const known = new Map<string, readonly string[]>();
const MOST_KNOWN = 2000;

/** Words without case, hyphens and endings: "Front-end tests" and "frontend testing" share both. */
function stems(text: string): readonly string[] {
  let found = known.get(text);
  if (found) return found;
  if (known.size >= MOST_KNOWN) known.clear();
  found = stemsOf(text);
  known.set(text, found);
  return found;
}

function stemsOf(text: string): readonly string[] {
  const words = text.toLowerCase();
  // Most texts: the expressions for letters of all scripts take milliseconds to make.
  const parts = /^[\x20-\x7e]*$/.test(words)
    ? words.replace(/([a-z])-([a-z])/g, "$1$2").split(/[^a-z0-9]+/)
    : words.replace(/(\p{L})-(\p{L})/gu, "$1$2").split(/[^\p{L}\p{N}]+/u);
  return parts
    .filter((word) => word.length > 1 && !COMMON.has(word))
    .map((word) => (word.length > 4 ? word.replace(/(?:ing|es|s)$/, "") : word));
}

/** Words that say nothing of a domain. */
const COMMON: ReadonlySet<string> = new Set(["and", "for", "the", "all", "from", "with", "of", "in", "to", "new", "code"]);
