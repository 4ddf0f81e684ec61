/** Timers by name, set to moments of the marathon's own clock. */
import type { MarathonClock } from "./clock.ts";

/** Node's timers hold 31 bits of milliseconds; a longer one is set again when it fires. */
const LONGEST_MS = 2 ** 31 - 1;

export class Timers {
  readonly #clock: MarathonClock;
  readonly #fired: (timer: string) => void;
  readonly #running = new Map<string, NodeJS.Timeout>();

  constructor(clock: MarathonClock, fired: (timer: string) => void) {
    this.#clock = clock;
    this.#fired = fired;
  }

  /** Fires once, when the clock shows `t`; an earlier setting of that name is forgotten. */
  set(timer: string, t: number): void {
    clearTimeout(this.#running.get(timer));
    const wait = Math.min(this.#clock.realUntil(t), LONGEST_MS);
    this.#running.set(
      timer,
      setTimeout(() => {
        if (this.#clock.now().t < t) return this.set(timer, t);
        this.#running.delete(timer);
        this.#fired(timer);
      }, wait),
    );
  }

  clear(): void {
    for (const timer of this.#running.values()) clearTimeout(timer);
    this.#running.clear();
  }
}

/** Calls back after `ms` real milliseconds; answers how to cancel. */
export function afterwards(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
}
