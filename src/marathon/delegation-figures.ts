/** The figures of delegation, each with its formula, and beside them those recorded in the reference marathon: another project, to compare with. */
import { delegation } from "./delegation.ts";
import type { State } from "./types.ts";

export type FigureName =
  | "spawned"
  | "concurrent"
  | "peakConcurrent"
  | "parallelFactor"
  | "delegationRatio"
  | "compliance"
  | "directShare"
  | "directEditRate";

export interface Figure {
  readonly name: FigureName;
  readonly title: string;
  /** A count, a factor, or a share from 0 to 1; null while there is nothing to reckon with. */
  readonly value: number | null;
  readonly unit: "count" | "factor" | "share";
  readonly formula: string;
  /** Why there is no value, or what is remarkable about it. */
  readonly note: string | null;
  readonly better: "more" | "less" | null;
  /** As recorded, with formulas of their own: sessions 012, 019, 020, and what was then called the previous high. */
  readonly history: readonly [number, number, number, number] | null;
}

/** The commander leaves 99 of 100 to others. */
export const DIRECT_SHARE_LIMIT = 0.01;

/** Titles of the history's columns. */
export const HISTORY_OF = ["session 012", "session 019", "session 020", "high before"] as const;

/** All figures at marathon time `t` (ms). */
export function delegationFigures(state: State, t: number): readonly Figure[] {
  const { spawned, now, peak, parallelFactor, compliance } = delegation(state, t);
  const { runs = 0, directRuns = 0, edits = 0, directEdits = 0 } = state.counters;
  const direct = runs > 0 ? directRuns / runs : null;
  const none = runs > 0 ? null : "no work has been given to anybody yet";
  return [
    { ...count("spawned", "agents spawned", spawned, "starts of terminals' agents + sub-agents", [4, 10, 26, 10]), better: "more" },
    count("concurrent", "at once now", now, "agents that are up", null),
    { ...count("peakConcurrent", "at once at most", peak, "the most agents that were up at one time", [4, 6, 16, 6]), better: "more" },
    {
      name: "parallelFactor",
      title: "parallel factor",
      value: parallelFactor,
      unit: "factor",
      formula: "busy time of all terminals / marathon time",
      note: "the reference marathon names no formula",
      better: "more",
      history: [4, 3, 6, 4],
    },
    share("delegationRatio", "delegation ratio", direct === null ? null : 1 - direct, "delegated runs / all runs of tasks and sub-agents", {
      note: none,
      better: "more",
      history: [1, 0.67, 0.85, 1],
    }),
    share("compliance", "hierarchy compliance", compliance, "spawns that the hierarchy in force allows / all spawns", {
      note: compliance === null ? "nothing was spawned yet" : null,
      better: "more",
      history: [1, 1, 1, 1],
    }),
    share("directShare", "direct share", direct, "the commander's own runs / all runs; 1 % at most", {
      note: none,
      better: "less",
      history: null,
    }),
    share(
      "directEditRate",
      "direct edit rate",
      edits > 0 ? directEdits / edits : null,
      "edits of files by leading agents themselves / all edits",
      {
        note: edits > 0 ? "of agents that tell by hooks" : "not measured: no agent has told of an edit",
        better: "less",
        history: [0.2, 0.33, 0.15, 0.2],
      },
    ),
  ];
}

/** The 99/1 gauge: how much the commander does itself, and whether that is too much. */
export function directShare(state: State): { readonly share: number | null; readonly over: boolean } {
  const { runs = 0, directRuns = 0 } = state.counters;
  const value = runs > 0 ? directRuns / runs : null;
  return { share: value, over: (value ?? 0) > DIRECT_SHARE_LIMIT };
}

function count(name: FigureName, title: string, value: number, formula: string, history: Figure["history"]): Figure {
  return { name, title, value, unit: "count", formula, note: null, better: null, history };
}

function share(
  name: FigureName,
  title: string,
  value: number | null,
  formula: string,
  rest: Pick<Figure, "note" | "better" | "history">,
): Figure {
  return { name, title, value, unit: "share", formula, ...rest };
}
