/** A limit on how often something is told: bursts go through, a flood does not. */

/** So many at once, and one more every so many ms: more than any person could follow. */
const BURST = 20;
const REFILL_MS = 100;

export class Pacer {
  readonly #now: () => number;
  #left = BURST;
  #at: number;

  /** `now`: ms. */
  constructor(now: () => number) {
    this.#now = now;
    this.#at = now();
  }

  /** Whether one more may be told now. */
  may(): boolean {
    const now = this.#now();
    this.#left = Math.min(BURST, this.#left + Math.max(0, now - this.#at) / REFILL_MS);
    this.#at = now;
    if (this.#left < 1) return false;
    this.#left--;
    return true;
  }
}
