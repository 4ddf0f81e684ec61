/** Regular expressions that people write can run for years on a line; one that runs too long is stopped and told. */
import { createContext, Script } from "node:vm";
import { matchAll, type Matcher } from "../screen/search.ts";

/** The expression took too long. */
export class RunawayError extends Error {}

/** Of the processor's time for one batch of lines, ms; a sensible expression needs less than one. */
const LONGEST_MS = 40;
/** The clock also runs while other programs have the processor: a batch that was not given it is tried again so often. */
const MAX_TRIES = 4;

/** Matches on this thread, but never longer than LONGEST_MS at a time: then it throws RunawayError. */
export function guardedMatcher(pattern: RegExp): Matcher {
  const sandbox: { run?: () => ReturnType<Matcher> } = {};
  const context = createContext(sandbox);
  // Only a script of `vm` can be stopped from outside, and with it whatever it calls.
  const script = new Script("run()");
  return (texts) => {
    sandbox.run = () => matchAll(pattern, texts);
    for (let tries = 1; ; tries++) {
      const before = process.cpuUsage();
      try {
        return script.runInContext(context, { timeout: LONGEST_MS }) as ReturnType<Matcher>;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
        const { user, system } = process.cpuUsage(before);
        if (tries < MAX_TRIES && user + system < LONGEST_MS * 1000 * 0.75) continue;
        throw new RunawayError("takes too long: make it simpler, best without a repetition inside a repetition", { cause: error });
      }
    }
  };
}
