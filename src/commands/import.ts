import { existsSync, writeFileSync } from "node:fs";
import { importFile } from "../plan/import/import-file.ts";
import { importJson } from "../plan/import/import-json.ts";
import { importText } from "../plan/import/import-text.ts";
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
  const width = process.stdout.columns ?? 100;
  if (options.json) printJson(importJson(reading));
  else print(importText(reading, source, width));
  return reading.imported === null ? EXIT.planErrors : EXIT.ok;
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
