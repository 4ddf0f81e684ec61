/** What agents report of themselves beyond tasks and blockers. Journaled as they are: fields are added, never renamed. */
import type { Notice } from "./types.ts";

export type ReportFact =
  /** An agent asks the person who watches. Its id is "q" and the number of the event. */
  | {
      readonly type: "question-asked";
      readonly terminal: number;
      readonly text: string;
      readonly options: readonly string[];
    }
  | { readonly type: "question-answered"; readonly question: string; readonly answer: string; readonly by: string }
  /** Nobody waits for the answer any more. */
  | { readonly type: "question-withdrawn"; readonly question: string; readonly why: string }
  | {
      readonly type: "finding-reported";
      readonly terminal: number | null;
      /** The task in hand. */
      readonly task: number | null;
      readonly text: string;
      readonly severity: Notice["severity"];
      readonly by: string;
    }
  | {
      readonly type: "security-reported";
      readonly terminal: number | null;
      readonly task: number;
      readonly step: SecurityStep;
      /** False: it is open again. */
      readonly done: boolean;
      /** Whether the fix was tried in isolation; null: nothing is said of it. */
      readonly isolated: boolean | null;
      /** Of the trial, where one is told of, else of the step. */
      readonly note: string | null;
      readonly by: string;
    }
  | {
      readonly type: "metric-reported";
      readonly terminal: number | null;
      readonly task: number | null;
      readonly name: string;
      readonly value: number;
      readonly unit: string | null;
      readonly by: string;
    };

export type SecurityStep = "found" | "sorted" | "fixed" | "tested";

interface Said {
  readonly at: number;
  readonly by: string;
  readonly note: string | null;
}

/** What was reported of a security item. Times are wall clock, ms. */
export interface SecurityItem {
  readonly steps: Readonly<Partial<Record<SecurityStep, Said>>>;
  /** Whether the fix was tried in isolation; null: nobody said. */
  readonly isolated: (Said & { readonly tried: boolean }) | null;
}

/** A question that an agent has asked in so many words. Settled ones are remembered for a while. */
export interface AgentQuestion {
  readonly id: string;
  readonly terminal: number;
  readonly text: string;
  readonly options: readonly string[];
  readonly state: "open" | "answered" | "withdrawn";
  readonly answer: string | null;
  /** Who answered, or why it was withdrawn. */
  readonly by: string | null;
  readonly at: number;
  readonly t: number;
}

export interface Finding {
  readonly at: number;
  readonly terminal: number | null;
  readonly task: number | null;
  readonly text: string;
  readonly severity: Notice["severity"];
  readonly by: string;
}

export interface Metric {
  readonly at: number;
  readonly terminal: number | null;
  readonly task: number | null;
  readonly name: string;
  readonly value: number;
  readonly unit: string | null;
}
