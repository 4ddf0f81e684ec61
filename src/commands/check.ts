import { readFileSync, realpathSync, statSync } from "node:fs";
import { writeFileAtomic } from "../engine/atomic-file.ts";
import { checkJson } from "../plan/check-json.ts";
import { checkText } from "../plan/check-text.ts";
import type { FixedFile } from "../plan/fix.ts";
import { applyFixes, fixesOf, unifiedDiff } from "../plan/fix.ts";
import { visibleLines } from "../plan/visible.ts";
import { EXIT, UsageError } from "./exit.ts";
import { hasErrors, readPlanFiles, type PlanFiles } from "../engine/plan-files.ts";
import { print, printError, printJson } from "./print.ts";

export interface CheckOptions {
  readonly json?: boolean;
  readonly fix?: boolean;
  readonly write?: boolean;
  readonly history?: string;
}

/** `marathon check`: what the plans mean and what is wrong with them. Starts nothing, and writes only when told to. */
export async function check(files: readonly string[], options: CheckOptions): Promise<number> {
  if (options.write && !options.fix) throw new UsageError("--write makes the corrections of --fix: give both");
  let read = readPlanFiles(files, options.history);
  const fixed = options.fix ? fixAll(read, options) : [];
  if (options.write && fixed.length > 0) read = readPlanFiles(files, options.history);
  if (options.json) {
    const fixes = fixed.flatMap(({ file, changes }) => changes.map((change) => ({ file, ...change })));
    const value = options.fix ? { ...checkJson(read.reading), fixes, written: options.write === true } : checkJson(read.reading);
    printJson(value);
  } else if (options.fix) reportFixes(fixed, options.write === true);
  else print(checkText(read.reading, { width: process.stdout.columns ?? 100, sources: read.sources }));
  return hasErrors(read.reading) ? EXIT.planErrors : EXIT.ok;
}

/** The diff comes first, on stdout (on stderr beside JSON); then, if told to, the files are replaced in one step each. */
function fixAll({ reading, sources }: PlanFiles, { json, write }: CheckOptions): FixedFile[] {
  const fixes = fixesOf(reading.problems);
  const found: FixedFile[] = [];
  for (const { file } of sources) {
    // As it is on the disk: line ends and a byte order mark stay what they are.
    const path = realpathSync(file);
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(readFileSync(path));
    const fixed = applyFixes(file, text, fixes);
    if (fixed.changes.length === 0) continue;
    const stream = json ? process.stderr : process.stdout;
    const diff = unifiedDiff(text, fixed);
    // A program may apply it: there every byte counts.
    stream.write(stream.isTTY ? visibleLines(diff.replaceAll("\r\n", "\n")) : diff);
    if (write) writeFileAtomic(path, fixed.text, statSync(path).mode & 0o7777);
    found.push(fixed);
  }
  return found;
}

function reportFixes(fixed: readonly FixedFile[], written: boolean): void {
  const lines = fixed.reduce((sum, file) => sum + file.changes.length, 0);
  const what = `${lines} ${lines === 1 ? "line" : "lines"} of ${fixed.map(({ file }) => file).join(", ")}`;
  if (lines === 0) printError("marathon: there is nothing to correct that is safe to correct\n");
  else if (written) printError(`marathon: corrected ${what}\n`);
  else printError(`marathon: nothing was written; --fix --write corrects ${what}\n`);
}
