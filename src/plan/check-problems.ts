/** Problems for a person: by weight, each with its place, its own line of the file, and what to do. */
import { cut, wrap } from "./wrap.ts";
import type { PlanSource, Problem, Severity } from "./types.ts";

const GROUPS: readonly (readonly [Severity, string])[] = [
  ["error", "Errors"],
  ["warning", "Warnings"],
  ["note", "Notes"],
];

/** Most problems of one weight that are shown in full; of ten thousand nobody reads more than the first. */
const MOST = 100;

export function problemPages(problems: readonly Problem[], sources: readonly PlanSource[], width: number): string {
  const lines = lineFinder(sources);
  const pages = GROUPS.map(([severity, title]) => {
    const own = problems.filter((problem) => problem.severity === severity);
    if (own.length === 0) return "";
    const shown = own.slice(0, MOST).map((problem) => entry(problem, lines, width));
    const rest = own.length > MOST ? [`  … and ${own.length - MOST} more: marathon check --json lists them all`] : [];
    return [`${title} (${own.length})`, ...shown, ...rest].join("\n");
  });
  return pages.filter((page) => page !== "").join("\n\n");
}

type Lines = (problem: Problem) => string | null;

/**
 * ```
 *   plan.md:24:1  total-differs  T-01
 *     hours of all sessions: 36 stated, 32 counted
 *     24 │ **Total:** 36 hours
 *     → correct the total
 * ```
 * A note that asks for nothing has neither line nor arrow.
 */
function entry(problem: Problem, lines: Lines, width: number): string {
  const { file, line, column, code, trap, message, advice, severity } = problem;
  const rule = `${code}${trap === null ? "" : `  ${trap}`}`;
  const place = `  ${file}:${line}:${column}`;
  // A path that leaves no room for the rule stands alone, whole, so that it can be copied and clicked.
  const head = place.length + 2 + rule.length <= width ? [`${place}  ${rule}`] : [place, `    ${rule}`];
  const source = severity === "note" ? null : lines(problem);
  const idle = advice.startsWith("nothing to do");
  return [
    ...head,
    wrap(message, width, 4),
    ...(source === null ? [] : [cut(`    ${line} │ ${source}`, width)]),
    ...(idle && severity === "note" ? [] : [wrap(`→ ${advice}`, width, 4, 6)]),
  ].join("\n");
}

/** The text of a problem's line, without the indentation; null for an empty or unknown one. Files are cut into lines once, when asked. */
function lineFinder(sources: readonly PlanSource[]): Lines {
  const cutUp = new Map<string, readonly string[]>();
  return ({ file, line }) => {
    const known = cutUp.get(file) ?? sources.find((source) => source.file === file)?.text.split(/\r\n|\r|\n/) ?? [];
    cutUp.set(file, known);
    return known[line - 1]?.trim() || null;
  };
}
