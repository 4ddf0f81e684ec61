/** What is known of something that stops work. Use it through types.ts. */
import type { Priority } from "../plan/types.ts";

export type HolderLevel = "specialist" | "coordinator" | "deputy" | "orchestrator" | "human";

export interface Evidence {
  readonly source: string;
  readonly line: string;
  readonly file: string | null;
  readonly at: number;
}

export interface BlockerAct {
  readonly at: number;
  readonly t: number;
  readonly act: "raised" | "escalated" | "reassigned" | "fell-back" | "parked" | "resumed" | "resolved" | "known" | "undone" | "noted";
  readonly from: string | null;
  readonly to: string | null;
  readonly by: string;
  readonly note: string | null;
}

export interface Blocker {
  readonly id: string;
  readonly title: string;
  readonly priority: Priority;
  readonly state: "open" | "parked" | "known" | "resolved";
  readonly tasks: readonly number[];
  readonly sessions: readonly string[];
  readonly terminal: number | null;
  readonly holder: { readonly level: HolderLevel; readonly role: string | null; readonly terminal: number | null };
  /** When it was identified (t and wall). */
  readonly since: number;
  readonly sinceAt: number;
  readonly closedAt: number | null;
  readonly step: "identify" | "document" | "issue" | "pivot" | "update-plan" | "record-learnings";
  readonly cause: string | null;
  readonly evidence: readonly Evidence[];
  readonly history: readonly BlockerAct[];
}
