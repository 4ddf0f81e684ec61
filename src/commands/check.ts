import { checkJson } from "../plan/check-json.ts";
import { checkText } from "../plan/check-text.ts";
import { EXIT } from "./exit.ts";
import { hasErrors, readPlanFiles } from "./plans.ts";

/** `marathon check`: what the plans mean and what is wrong with them. Starts nothing. */
export async function check(files: readonly string[], options: { readonly json?: boolean }): Promise<number> {
  const { reading, sources } = readPlanFiles(files);
  process.stdout.write(
    options.json ? `${JSON.stringify(checkJson(reading))}\n` : checkText(reading, { width: process.stdout.columns ?? 100, sources }),
  );
  return hasErrors(reading) ? EXIT.planErrors : EXIT.ok;
}
