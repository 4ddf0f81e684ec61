/** What the watch over a terminal's state needs to see of its screen at a moment. */
import type { Screen } from "../screen/screen.ts";
import type { Glance } from "./state-watch.ts";

/** A screen that changed within this time belongs to a program that writes, not one that reads, ms. */
const STILL_MS = 500;

/** `reads` is asked only when it can matter: it costs a look at every thread of the program. */
export function glanceAt(screen: Screen, quietMs: number, reads: () => boolean | null): Glance {
  const prompt = screen.prompt();
  return {
    quietMs,
    prompt,
    reading: prompt === null || quietMs < STILL_MS ? null : reads(),
    settled: screen.pending === 0 && !screen.synchronized,
    lines: () => screen.text(),
  };
}
