/** Programs of the outside world that a live test drives. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * Whether the program is on the PATH: `test.skipIf(!has("vim"))(…)`. In CI it must be, since `.ci/run` installs it: there
 * this throws instead, so that nothing passes because it did not run.
 */
export function has(program: string): boolean {
  const found = (process.env["PATH"] ?? "").split(delimiter).some((folder) => runnable(join(folder, program)));
  if (!found && process.env["CI"]) throw new Error(`${program} is not on the PATH; .ci/run should have installed it`);
  if (!found) console.warn(`NOT TESTED: ${program} is not installed`);
  return found;
}

function runnable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
