/** Processes of a workplace, found by what they are. */
import type { Workplace } from "../../support/marathon-run.ts";

/** The pid of the one whose command line is like this; the engine and the guards of dashboards are left out. Throws when there is none. */
export function processLike(place: Workplace, pattern: RegExp): number {
  const found = place.leftBehind().find(({ command }) => pattern.test(command) && !/^(\/bin\/)?sh |__engine/u.test(command));
  if (!found) throw new Error(`nothing like ${pattern} among ${JSON.stringify(place.leftBehind())}`);
  return found.pid;
}

export const HOLDER = /holder\.js /u;
/** A dashboard that was opened by `marathon run`. */
export const DASHBOARD = / run /u;
