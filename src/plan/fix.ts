/** Safe corrections: applied to the characters of a file, and shown as a unified diff. Pure. */
import type { Fix, Problem } from "./types.ts";

export interface FixedFile {
  readonly file: string;
  readonly text: string;
  readonly changes: readonly Change[];
}

export interface Change {
  /** Counts from 1. */
  readonly line: number;
  readonly before: string;
  readonly after: string;
}

/** While rows are lost or doubled, no count of them can be corrected. */
const UNCOUNTABLE = new Set(["bad-task-number", "duplicate-task", "quoted-tasks", "no-number-column", "lost-task"]);
/** What can be corrected even then: it changes no count. */
const UNCOUNTED = new Set([...UNCOUNTABLE, "bad-box"]);

/** A total of which a part cannot be read is no better than the one that stands there. */
const UNSUMMABLE = "bad-figure";
const TOTAL = "total-differs";

/** The corrections that the problems of a reading carry, one for each place. Counts wait until every row is read. */
export function fixesOf(problems: readonly Problem[]): Fix[] {
  const seen = new Set<string>();
  const uncounted = problems.some((problem) => UNCOUNTABLE.has(problem.code));
  const unsummed = problems.some((problem) => problem.code === UNSUMMABLE);
  return problems.flatMap(({ fix, code }) => {
    const key = JSON.stringify(fix);
    if (fix === undefined || seen.has(key) || (uncounted && !UNCOUNTED.has(code)) || (unsummed && code === TOTAL)) return [];
    seen.add(key);
    return [fix];
  });
}

/**
 * Applies the corrections that are for `file`. Each line keeps its own end (CRLF, CR or LF) and everything else its bytes;
 * a correction whose text is not on its line is left out.
 */
export function applyFixes(file: string, text: string, fixes: readonly Fix[]): FixedFile {
  const parts = text.split(/(\r\n|\r|\n)/);
  const changes = new Map<number, Change>();
  // From right to left, so that what is put in moves no place that is still to come.
  const own = fixes.filter((fix) => fix.file === file).toSorted((a, b) => b.line - a.line || b.column - a.column);
  for (const fix of own) {
    const index = (fix.line - 1) * 2;
    const line = parts[index];
    if (line === undefined) continue;
    // A byte order mark counts as a character of the first line here, and does not where the plan is read.
    const from = Math.max(0, fix.column - 1);
    const at = line.indexOf(fix.find, from);
    if (at === -1) continue;
    parts[index] = line.slice(0, at) + fix.put + line.slice(at + fix.find.length);
    changes.set(fix.line, { line: fix.line, before: changes.get(fix.line)?.before ?? line, after: parts[index] });
  }
  return { file, text: parts.join(""), changes: [...changes.values()].sort((a, b) => a.line - b.line) };
}

/** Lines shown around each change. */
const CONTEXT = 3;

/** As `diff -u` writes it, so that `patch` and `git apply` take it; "" without changes. `before` is the text of the file as it is. */
export function unifiedDiff(before: string, fixed: FixedFile): string {
  if (fixed.changes.length === 0) return "";
  const parts = before.split(/(\r\n|\r|\n)/);
  const count = Math.ceil(parts.length / 2) - (parts.at(-1) === "" ? 1 : 0);
  const lines = Array.from({ length: count }, (_, index) => (parts[index * 2] ?? "") + (parts[index * 2 + 1] === "\r\n" ? "\r" : ""));
  const changed = new Map(fixed.changes.map((change) => [change.line, change]));
  const hunks: string[] = [];
  for (const { from, to } of spans(fixed.changes, count)) {
    const own = Array.from({ length: to - from + 1 }, (_, index) => from + index);
    const body = runs(own, changed).flatMap((run) =>
      run.changed
        ? [
            ...run.lines.map((line) => `-${lines[line - 1]}`),
            ...run.lines.map((line) => `+${changed.get(line)?.after}${lines[line - 1]?.endsWith("\r") ? "\r" : ""}`),
          ]
        : run.lines.map((line) => ` ${lines[line - 1]}`),
    );
    hunks.push([`@@ -${from},${own.length} +${from},${own.length} @@`, ...body].join("\n"));
  }
  return `--- ${fixed.file}\n+++ ${fixed.file}\n${hunks.join("\n")}\n`;
}

/** Changes with the lines around them; those that touch are one. */
function spans(changes: readonly Change[], count: number): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (const { line } of changes) {
    const [from, to] = [Math.max(1, line - CONTEXT), Math.min(count, line + CONTEXT)];
    const last = found.at(-1);
    if (last !== undefined && from <= last.to + 1) last.to = to;
    else found.push({ from, to });
  }
  return found;
}

/** Neighbouring lines that are all changed, or all not. */
function runs(lines: readonly number[], changed: ReadonlyMap<number, Change>): { changed: boolean; lines: number[] }[] {
  const found: { changed: boolean; lines: number[] }[] = [];
  for (const line of lines) {
    const last = found.at(-1);
    if (last?.changed === changed.has(line)) last.lines.push(line);
    else found.push({ changed: changed.has(line), lines: [line] });
  }
  return found;
}
