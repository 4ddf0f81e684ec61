import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { importFile } from "../plan/import/import-file.ts";
import { importJson } from "../plan/import/import-json.ts";
import { importText } from "../plan/import/import-text.ts";
import { reviewBlockers } from "../plan/import/review-blockers.ts";
import { renderPlan } from "../plan/import/render-plan.ts";
import type { Imported } from "../plan/import/types.ts";
import { problemLine } from "../plan/check-text.ts";
import { readPlan } from "../plan/read.ts";
import { EXIT, UsageError } from "./exit.ts";
import { readPlanFile } from "../engine/plan-files.ts";
import { print, printError, printJson } from "./print.ts";

export interface ImportOptions {
  readonly json?: boolean;
  readonly write?: string;
  readonly tag?: string;
  /** A folder for blocker files of a review. */
  readonly blockers?: string;
}

/** `marathon import`: an after-action review as history, or another tool's tasks as a plan. */
export async function importPlan(file: string, options: ImportOptions): Promise<number> {
  const source = readPlanFile(file);
  if (!("text" in source)) {
    printError(`${problemLine(source)}\n`);
    return EXIT.planErrors;
  }
  const reading = importFile(source, options.tag ?? null);
  if (reading.imported !== null && options.write !== undefined) {
    const code = writePlan(reading.imported, options.write);
    if (code !== EXIT.ok) return code;
  }
  if (reading.imported !== null && options.blockers !== undefined) writeBlockers(reading.imported, options.blockers);
  const width = process.stdout.columns ?? 100;
  if (options.json) printJson(importJson(reading));
  else print(importText(reading, source, width));
  return reading.imported === null ? EXIT.planErrors : EXIT.ok;
}

/** Written by somebody since is written over by nobody. */
function writeBlockers(imported: Imported, folder: string): void {
  if (imported.kind !== "review") throw new UsageError("only an after-action review tells of blockers: leave --blockers out");
  if (!existsSync(folder)) throw new UsageError(`there is no folder ${folder} for blocker files`, EXIT.failed);
  const found = reviewBlockers(imported);
  if (found.length === 0) printError("marathon: the review calls no session blocked: no blocker file was written\n");
  for (const { name, text } of found) {
    const path = join(folder, name);
    if (existsSync(path)) printError(`marathon: ${path} is there already and stays as it is\n`);
    else {
      writeFileSync(path, text, { flag: "wx" });
      printError(`marathon: wrote ${path}\n`);
    }
  }
}

/** Nothing is written that `check` would refuse, and nothing that is there is written over. */
function writePlan(imported: Imported, target: string): number {
  if (imported.kind === "review") throw new UsageError("a review is history and no plan: import it without --write");
  if (existsSync(target)) throw new UsageError(`${target} is there already; name another file, or remove it first`, EXIT.failed);
  const text = renderPlan(imported);
  const errors = readPlan([{ file: target, text }]).problems.filter((problem) => problem.severity === "error");
  for (const problem of errors) printError(`${problemLine(problem)}\n`);
  if (errors.length > 0) {
    printError(`marathon: ${target} was not written: the tasks cannot be run as they are\n`);
    return EXIT.planErrors;
  }
  writeFileSync(target, text, { flag: "wx" });
  printError(`marathon: wrote ${imported.tasks.length} tasks to ${target}; next: marathon check ${target}\n`);
  return EXIT.ok;
}
