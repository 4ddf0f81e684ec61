import { Scheduler } from "../../src/screen/schedule.ts";

/** A scheduler without a clock: what the screen in front is given is parsed before the write returns, however slow the machine is. */
export function atOnce(): Scheduler {
  return new Scheduler({ now: () => 0, later: (callback) => callback() });
}
