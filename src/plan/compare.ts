/** Holds a figure that a plan states against what its rows add up to. Disagreement is a warning, never an error. */
import type { Stated } from "./draft.ts";
import { agrees, showFigure, statedOf } from "./figures.ts";
import type { Problems } from "./problems.ts";
import type { Fix } from "./types.ts";

export interface Check {
  /** Null when nothing is stated: then nothing can be wrong. */
  readonly stated: Stated | null;
  readonly computed: number;
  /** What is counted, such as "tasks of stream A". */
  readonly what: string;
  readonly code?: string;
  readonly trap?: string;
  readonly advice?: string;
  /** Whether the stated figure is sure to be the wrong one of the two. */
  readonly fixable?: boolean;
}

export function compare(problems: Problems, { stated, computed, what, fixable, ...rest }: Check): void {
  if (stated === null || agrees(stated.figure, computed)) return;
  problems.warning({
    at: stated,
    code: rest.code ?? "count-differs",
    ...(rest.trap === undefined ? {} : { trap: rest.trap }),
    message: `${what}: ${showFigure(stated.figure)} stated, ${computed} counted`,
    advice: rest.advice ?? "correct the stated figure, or add what is missing",
    stated: statedOf(stated.figure),
    computed,
    ...(fixable ? { fix: fixOf(stated, computed) } : {}),
  });
}

/** Writes the count where the stated figure stands, and leaves all around it as it is. */
function fixOf({ file, line, column, written }: Stated, computed: number): Fix {
  return { file, line, column, find: written, put: written.replace(/\d[\d,]*(?:\.\d+)?/, String(computed)) };
}
