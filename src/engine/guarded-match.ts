/** Regular expressions that people write can run for years on a line; one that runs too long is stopped and told. */
import { createContext, Script } from "node:vm";
import { matchAll, type Matcher } from "../screen/search.ts";

/** The expression took too long. */
export class RunawayError extends Error {
  /** Nothing is known of the expression: the machine was too busy to run it. */
  readonly starved: boolean;

  constructor(starved: boolean, cause: unknown) {
    super("takes too long: make it simpler, best without a repetition inside a repetition", { cause });
    this.starved = starved;
  }
}

/** Of the processor's time for one batch of lines, ms; a sensible expression needs less than one. */
const LONGEST_MS = 40;
/** Whoever had so much of the processor and is not through runs away, however little it had of the time, ms. */
const ENOUGH_MS = 10;
/** The clock also runs while other programs have the processor: a batch that was not given it is tried again so often. */
const MAX_TRIES = 4;

/** Matches on this thread, but never longer than LONGEST_MS at a time: then it throws RunawayError. */
export function guardedMatcher(pattern: RegExp): Matcher {
  const guarded = guard();
  return (texts) => guarded(() => matchAll(pattern, texts));
}

/** Runs what it is given, which must change nothing, on this thread, but never longer than LONGEST_MS: then it throws RunawayError. */
export function guard(): <T>(act: () => T) => T {
  const sandbox: { run?: () => unknown } = {};
  const context = createContext(sandbox);
  // Only a script of `vm` can be stopped from outside, and with it whatever it calls.
  const script = new Script("run()");
  return <T>(act: () => T): T => {
    sandbox.run = act;
    for (let tries = 1; ; tries++) {
      const before = process.cpuUsage();
      try {
        return script.runInContext(context, { timeout: LONGEST_MS }) as T;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
        const { user, system } = process.cpuUsage(before);
        const had = (user + system) / 1000;
        if (had < LONGEST_MS * 0.75 && tries < MAX_TRIES) continue;
        throw new RunawayError(had < ENOUGH_MS, error);
      }
    }
  };
}
