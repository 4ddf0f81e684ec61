/** What agents tell of their tools, and measure of themselves. Increments, so that sums are made by folding. */
import type { Limit, ModelUsage } from "./usage.ts";

export type AgentFact =
  /** An agent whose role is to lead used a tool itself; told once for each reason. `owner`: whose that would be. */
  | {
      readonly type: "acted-directly";
      readonly terminal: number;
      readonly role: string;
      readonly tool: string;
      readonly words: string;
      readonly owner: string | null;
    }
  /** Edits of files since the last of these; `direct`: those by leading agents themselves. */
  | { readonly type: "edits-made"; readonly terminal: number; readonly edits: number; readonly direct: number }
  /** Files that a stream edits for the first time, or that another one has edited before; by names from the project's folder on. */
  | { readonly type: "files-edited"; readonly terminal: number; readonly stream: string; readonly files: readonly string[] }
  /** Used since the last of these. Time in ms: of the agent at work, and of the person at its keyboard. */
  | {
      readonly type: "usage-measured";
      readonly terminal: number;
      readonly models: Readonly<Record<string, ModelUsage>>;
      readonly activeMs: number;
      readonly personMs: number;
    }
  /** As it stands now; null is not known. Percent from 0 to 100. */
  | {
      readonly type: "meter-read";
      readonly terminal: number;
      readonly model: string | null;
      readonly contextPercent: number | null;
      readonly contextSize: number | null;
      readonly limits: readonly Limit[];
    };
