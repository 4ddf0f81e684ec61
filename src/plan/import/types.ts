/** What other tools' files and old reviews mean, before a plan is made of them. */
import type { Place, Priority, Problem } from "../types.ts";

export type ForeignKind = "task-list" | "spec-kit" | "task-master" | "beads";

/** A task as its own tool knows it: named by any text, waiting for others by their names. */
export interface ForeignTask extends Place {
  readonly id: string;
  readonly title: string;
  readonly dependsOn: readonly string[];
  readonly done: boolean;
  /** The tool's own word. */
  readonly status: string;
  readonly priority: Priority | null;
  /** What it belongs to: a heading, a story, an epic. */
  readonly group: string | null;
  /** Phases follow one another, from 1; null without any. */
  readonly phase: number | null;
  /** False: it shares its terminal with the others of its group that are not free to run beside them. */
  readonly parallel: boolean;
  readonly minutes: number | null;
}

export interface Foreign {
  readonly kind: ForeignKind;
  readonly title: string | null;
  readonly tasks: readonly ForeignTask[];
}

/** A task with the number that it has in the plan. */
export interface ImportedTask extends Omit<ForeignTask, "dependsOn"> {
  readonly number: number;
  readonly dependsOn: readonly number[];
}

export interface ImportedTasks {
  readonly kind: ForeignKind;
  readonly title: string;
  readonly file: string;
  readonly tasks: readonly ImportedTask[];
  readonly problems: readonly Problem[];
}

export type SessionStatus = "not_started" | "in_progress" | "partial" | "blocked" | "done";

/** One session of a review. Hours are planned and worked hours; null where the review does not say. */
export interface ReviewedSession extends Place {
  readonly id: string;
  readonly name: string | null;
  readonly planned: number | null;
  readonly actual: number | null;
  /** The hours are marked as rough ("~4"). */
  readonly approximate: boolean;
  /** Percent. */
  readonly completion: number | null;
  readonly status: SessionStatus | null;
  /** The bracketed reason: "blocked", "scope expansion". */
  readonly reason: string | null;
  /** The percentage that the review itself puts beside the hours. */
  readonly statedCloseness: number | null;
  /** Hours that the session's own entry states, where they differ from the table's. */
  readonly entryHours: number | null;
  readonly remaining: number | null;
  readonly deliverables: { readonly present: number; readonly warned: number; readonly missing: number };
}

export interface Review {
  readonly kind: "review";
  readonly title: string | null;
  readonly file: string;
  readonly header: Readonly<Record<string, string>>;
  readonly sessions: readonly ReviewedSession[];
  readonly problems: readonly Problem[];
}

export type Imported = Review | ImportedTasks;
