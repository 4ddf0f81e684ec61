/** How the watch over a terminal's state looks at its screen. */
import type { Screen } from "../screen/screen.ts";

/** What the watch needs to see of the terminal at a moment. */
export interface Glance {
  /** Real ms since the screen last changed. */
  readonly quietMs: number;
  /** Text left of the cursor on its line, or null when the cursor stands in column 0 or the program hides it in a full-screen view. */
  readonly prompt: string | null;
  /** Whether the program is known to be waiting in a read of its terminal; null when it cannot be known. */
  readonly reading: boolean | null;
  /** All output is on the screen and no frame is half drawn. */
  readonly settled: boolean;
  /** The screen from its top. */
  lines(): readonly string[];
}

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

/** A program whose screen stands still is asked again whether it reads after this long, ms. */
const ASKED_AGAIN_MS = 2000;

/** Remembers whether a program waits in a read, as long as its screen does not change: finding out costs a look into /proc. */
export class Reading {
  #version = -1;
  #at = 0;
  #reads: boolean | null = null;

  /** `version`: of the screen; `now`: wall clock, ms. */
  of(version: number, now: number, reads: () => boolean | null): boolean | null {
    if (version === this.#version && this.#reads !== null && now - this.#at < ASKED_AGAIN_MS) return this.#reads;
    this.#version = version;
    this.#at = now;
    return (this.#reads = reads());
  }
}
