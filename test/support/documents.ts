/** The documents that the program was made for lie beside the repository, in `../shared`. They are not part of it. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const SHARED = fileURLToPath(new URL("../../../shared/", import.meta.url));

/**
 * Whether they are there: `test.skipIf(!hasDocuments())(…)`. In CI they must be: there this throws, so that nothing passes
 * because it did not run.
 */
export function hasDocuments(): boolean {
  const found = existsSync(`${SHARED}documents`);
  if (!found && process.env["CI"]) throw new Error(`${SHARED}documents is not there; CI must put it beside the clone`);
  if (!found) console.warn(`NOT TESTED: the recorded documents, for which ${SHARED}documents would be needed`);
  return found;
}
