/** What the plan says to do when something goes wrong, as far as it can be done for the person. Use it through types.ts. */

import type { Plan } from "../plan/types.ts";

export type RiskAct =
  /** Work is left out for now: it goes on the list for people. */
  | { readonly kind: "drop"; readonly tasks: readonly number[] }
  /** The alarms of these blockers are closed, their work stays blocked. */
  | { readonly kind: "known"; readonly blockers: readonly string[] }
  | { readonly kind: "escalate"; readonly blockers: readonly string[] }
  /** The work is carried over to this session. */
  | { readonly kind: "carry"; readonly tasks: readonly number[]; readonly to: string }
  /** A line on the list for people. */
  | { readonly kind: "follow-up"; readonly tasks: readonly number[] }
  /** Only a person can do it; that it was decided is kept. */
  | { readonly kind: "note" };

export interface RiskTaken {
  readonly id: string;
  readonly rule: number;
  readonly response: number;
  readonly text: string;
  readonly act: RiskAct;
  readonly change: string;
  readonly at: number;
  readonly t: number;
  readonly by: string;
  readonly undone: boolean;
  /** For work that was carried over: where each task was before. */
  readonly origins?: Readonly<Record<number, string | null>>;
}

/** Work that the plan did not have when the marathon began. */
export interface Added {
  readonly at: number;
  readonly t: number;
  readonly reason: string;
  readonly by: string;
  /** It came with an edit of the plan files; else it was added by hand and is in no file. */
  readonly fromFiles?: true;
}

/** What the plan files say after an edit, as long as nobody has taken or refused it. */
export interface PlanOffer {
  /** Of the event that offered it. */
  readonly seq: number;
  readonly at: number;
  readonly t: number;
  readonly plan: Plan;
  readonly fingerprint: string;
  readonly summary: string;
}

/** A move of work to another session; null is no session. */
export interface Carried {
  readonly from: string | null;
  readonly to: string | null;
  readonly at: number;
  readonly t: number;
  readonly reason: string;
  readonly by: string;
}

export interface PreflightCheck {
  readonly ok: boolean;
  readonly at: number;
  readonly note: string | null;
  readonly by: string;
  /** The blocker that its failure raised. */
  readonly blocker: string | null;
}
