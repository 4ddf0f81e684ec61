/** What is to be known of the task that a terminal has in hand: for the page and the command that tell about a terminal. Pure. */
import { kindWords, type WorkKind } from "../plan/work-kinds.ts";
import { planIndex } from "./plan-index.ts";
import { securityJson, securityLines, type SecurityJson } from "./security-item.ts";
import type { State } from "./types.ts";

export interface WorkInHand {
  readonly number: number;
  readonly title: string;
  readonly kind: WorkKind | null;
  /** How far it is, where it is a security item. */
  readonly security: SecurityJson | null;
}

/** Null where the terminal has nothing in hand. */
export function workInHand(state: State, terminal: number): WorkInHand | null {
  const number = state.terminals[terminal]?.task ?? null;
  if (number === null) return null;
  const planned = planIndex(state.plan).tasks.get(number);
  return { number, title: planned?.title ?? "", kind: planned?.kind ?? null, security: securityJson(state, number, planned) };
}

/** A line each: "its task: 12 Audit the routes · search, security", and of a security item how far it is. */
export function workLines({ number, title, kind, security }: WorkInHand): readonly string[] {
  const words = kindWords({ ...(kind === null ? {} : { kind }), ...(security === null ? {} : { security: true as const }) });
  return [`its task: ${number} ${title}${words === null ? "" : ` · ${words}`}`, ...(security === null ? [] : securityLines(security))];
}
