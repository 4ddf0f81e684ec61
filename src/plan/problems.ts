/** Collects what is wrong with a plan, all of it, in the order of the files and lines. */
import type { Fix, Place, Problem, Severity } from "./types.ts";

export interface Finding {
  readonly at: Place;
  readonly code: string;
  readonly trap?: string;
  readonly message: string;
  readonly advice: string;
  readonly stated?: string | number;
  readonly computed?: string | number;
  readonly fix?: Fix;
}

export interface Problems {
  error(finding: Finding): void;
  warning(finding: Finding): void;
  note(finding: Finding): void;
  /** Everything found so far: by file as given, then by line and column. */
  list(files: readonly string[]): Problem[];
}

/** An empty collection. */
export function collectProblems(): Problems {
  const found: Problem[] = [];
  const add = (severity: Severity, finding: Finding) => {
    const { at, trap, ...rest } = finding;
    found.push({ severity, trap: trap ?? null, file: at.file, line: at.line, column: at.column, ...rest });
  };
  return {
    error: (finding) => add("error", finding),
    warning: (finding) => add("warning", finding),
    note: (finding) => add("note", finding),
    list: (files) => {
      const order = new Map(files.map((file, index) => [file, index]));
      return [...found].sort((a, b) => (order.get(a.file) ?? 0) - (order.get(b.file) ?? 0) || a.line - b.line || a.column - b.column);
    },
  };
}
