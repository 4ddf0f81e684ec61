/** The layout that a dashboard begins with, and where the person's choice is kept for the next one of this project. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defaultLook, lookText, readLook, type Look } from "../dashboard/layout/arrangement.ts";
import { writeFileAtomic } from "../engine/atomic-file.ts";
import { UsageError } from "./exit.ts";

export interface RememberedLook {
  readonly look: Look;
  /** Keeps another one. Answers why it could not be kept, or null. */
  remember(look: Look): string | null;
}

/**
 * What was asked for on the command line, else by MARATHON_LAYOUT, else what was chosen last; each says only what it names.
 * Throws UsageError for a layout that does not exist.
 * @param folder the project's state folder
 */
export function rememberedLook(
  folder: string,
  asked: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): RememberedLook {
  const file = join(folder, "layout");
  const variable = env["MARATHON_LAYOUT"];
  let look = lastLook(file);
  if (variable) look = namedLook(variable, look, "MARATHON_LAYOUT");
  if (asked !== undefined) look = namedLook(asked, look, "--layout");
  return {
    look,
    remember(chosen) {
      try {
        writeFileAtomic(file, `${lookText(chosen)}\n`);
        return null;
      } catch (error) {
        return `the layout could not be kept in ${file}: ${(error as Error).message}`;
      }
    },
  };
}

/** A file that is not there, or not ours any more, is no reason not to show the marathon. */
function lastLook(file: string): Look {
  try {
    const look = readLook(readFileSync(file, "utf8"));
    return "error" in look ? defaultLook : look;
  } catch {
    return defaultLook;
  }
}

function namedLook(text: string, base: Look, source: string): Look {
  const look = readLook(text, base);
  if ("error" in look) throw new UsageError(`${source}: ${look.error}`);
  return look;
}
