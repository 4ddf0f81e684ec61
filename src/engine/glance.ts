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
