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
  readonly act:
    | "raised"
    | "escalated"
    | "reassigned"
    | "fell-back"
    | "parked"
    | "resumed"
    | "resolved"
    | "known"
    | "undone"
    | "documented"
    | "issued"
    | "noted"
    | "learnt";
  readonly from: string | null;
  readonly to: string | null;
  readonly by: string;
  readonly note: string | null;
}

export interface Holder {
  readonly level: HolderLevel;
  readonly role: string | null;
  readonly terminal: number | null;
}

/** Five steps when something blocks, and a sixth once it is over. */
export type BlockerStep = "identify" | "document" | "issue" | "pivot" | "update-plan" | "record-learnings";

/** What to do instead of the blocked work. */
export interface Fallback {
  /** `task`, `session`: the plan says so. `buffer`: the blocked work is left to the session that is kept for blockers. `standing`: one of the ideas that always hold. `chosen`: a person named a task. */
  readonly from: "task" | "session" | "standing" | "chosen" | "buffer";
  readonly text: string;
  /** Tasks of the plan that are pulled forward; empty when the fallback is no work of the plan. */
  readonly tasks: readonly number[];
  /** A command line for agents that run commands, else null. */
  readonly run: string | null;
  /** The session that the parked work is carried over to. */
  readonly session?: string;
  /** What it was reckoned to bring back when it was chosen, ms, of so much planned work at risk. */
  readonly gain?: { readonly bringsBackMs: number; readonly ofMs: number; readonly planned: boolean };
}

/** How things were before an act, so that it can be taken back while nothing has come of it. */
export interface Undoable {
  readonly act: BlockerAct["act"];
  /** The event that did it: of several acts the one with the highest number is the last. */
  readonly seq: number;
  readonly blocker: Pick<Blocker, "state" | "holder" | "heldSince" | "terminal" | "closedAt">;
  /** Tasks that it moved: how they were, and the terminal that it gave them. */
  readonly tasks: readonly {
    readonly number: number;
    readonly state: "blocked" | "parked" | "ready";
    readonly terminal: number | null;
    readonly blocker: string | null;
    readonly now: number | null;
    /** Its session before; only where the act carries it to another. */
    readonly session?: string | null;
  }[];
}

/** The forecast's middle (half of all runs end before it), ms of t: the last one before something happened, and the first one after. */
export interface EndMoved {
  readonly before: number;
  /** Null until a forecast was made since. */
  readonly after: number | null;
  /** When it happened, ms of t, and what else bears on the end: if that has changed too, nobody can tell what moved it. */
  readonly t: number;
  readonly beside: string;
  /** The event with which `after` became known. */
  readonly seq?: number;
}

export interface Blocker {
  readonly id: string;
  readonly title: string;
  readonly priority: Priority;
  readonly state: "open" | "parked" | "known" | "resolved";
  readonly tasks: readonly number[];
  readonly sessions: readonly string[];
  readonly terminal: number | null;
  readonly holder: Holder;
  /** When it came to its holder by escalation (t); the clock of the next level runs from here. */
  readonly heldSince?: number;
  /** When it was identified (t and wall). */
  readonly since: number;
  readonly sinceAt: number;
  readonly closedAt: number | null;
  readonly step: BlockerStep;
  readonly cause: string | null;
  readonly evidence: readonly Evidence[];
  readonly history: readonly BlockerAct[];
  /** What was chosen instead of the blocked work. */
  readonly fallback?: Fallback | null;
  readonly undo?: Undoable | null;
  /** What its coming did to the forecast's end, and then the last act that moved its work. */
  readonly ends?: { readonly raised?: EndMoved; readonly acted?: EndMoved };
  /** The blocker that stopped the same task before: it was reassigned or tried again, and stopped again. */
  readonly follows?: string | null;
  /** What its file says was tried and what was not. */
  readonly tried?: readonly string[];
  readonly notTried?: readonly string[];
  /** The issue that was opened for it, or the file that holds its text until somebody opens one. */
  readonly issue?: { readonly url: string | null; readonly file: string | null } | null;
}
