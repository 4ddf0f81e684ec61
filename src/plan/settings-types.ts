/** What a plan says in its front matter. Use it through types.ts. */

import type { PermissionRule } from "./permission-rules.ts";

/** The YAML front matter of our own dialect. */
export interface PlanSettings {
  readonly title: string | null;
  readonly agent: string | null;
  readonly command: string | null;
  readonly terminals: number | null;
  readonly scratchpad: string | null;
  /** Share added to every estimate, 0.25 for "25%". */
  readonly buffer: number | null;
  readonly hierarchy: string | null;
  /** Which sessions or streams run side by side; absent in journals of version 0.1. */
  readonly schedule?: Schedule | null;
  /** When a blocker goes one level up, and whether it does so by itself. Plans read by earlier versions lack it. */
  readonly escalation?: EscalationSettings | null;
  /** Where what waits for a person is listed, relative to the project. */
  readonly "human-todo"?: string | null;
  /** What the person wants of all work, and what holds for it, a line each; in force for every agent. */
  readonly orders?: readonly string[] | null;
  /** Minutes between two check-ins; null: the usual hour. */
  readonly "check-in"?: number | null;
  /** What coding agents may do without asking; null: they ask. */
  readonly permissions?: Permissions | null;
  /** What is allowed, and refused, without a person when a coding agent asks for it. */
  readonly allow?: readonly PermissionRule[] | null;
  readonly deny?: readonly PermissionRule[] | null;
  /** The only variables of the person's environment that programs in terminals get, beside the usual ones; `*` stands for any letters. */
  readonly env?: readonly string[] | null;
  /** Programs may put text on the person's clipboard. Reading it is never allowed. */
  readonly clipboard?: "write" | null;
  /** How often a crashed agent is started again on a task before the task is blocked; none when absent. */
  readonly retries?: number | null;
  /** Which model tier a role's agents have, where they do not tell themselves. */
  readonly models?: Readonly<Record<string, ModelTier>> | null;
}

/** Models of one size and price, by their family names. */
export type ModelTier = "opus" | "sonnet" | "haiku";

/**
 * `ask`: for everything that their own rules want asked. `edits`: not for edits of the project. `all`: for nothing. `never`:
 * what they would have to ask for is refused.
 */
export type Permissions = "ask" | "edits" | "all" | "never";

export interface EscalationSettings {
  /** Null: after the usual half hour. */
  readonly afterMinutes: number | null;
  readonly auto: boolean;
}

/** One of the three time models (T-53): so many sessions at once, or all streams at once. */
export type Schedule = { readonly by: "sessions"; readonly atOnce: number } | { readonly by: "streams" };
