/** Marathon time: what the engine's monotonic clock says, scaled by the rehearsal speed. */

/** Outside clocks, so that tests can turn them. */
export interface TimeSource {
  /** Wall clock, ms since the epoch. */
  wall(): number;
  /** Monotonic, ms from any origin; goes on during nothing but the passing of time. */
  monotonic(): number;
}

export const systemTime: TimeSource = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
};

/**
 * Marathon time `t` in ms: continues where the journal ended and runs `rate` times as fast as the
 * monotonic clock while the engine lives. It never goes back and ignores jumps of the wall clock.
 */
export class MarathonClock {
  readonly rate: number;
  readonly #time: TimeSource;
  readonly #startedAt: number;
  readonly #offset: number;

  constructor(time: TimeSource, rate: number, offset: number) {
    this.#time = time;
    this.rate = rate;
    this.#startedAt = time.monotonic();
    this.#offset = offset;
  }

  now(): { at: number; t: number } {
    const real = this.#time.monotonic() - this.#startedAt;
    return { at: this.#time.wall(), t: Math.round(this.#offset + real * this.rate) };
  }

  /** Real milliseconds from any origin, which no jump of the wall clock disturbs. */
  real(): number {
    return this.#time.monotonic();
  }

  /** Real milliseconds until marathon time reaches `t`; 0 when it has. */
  realUntil(t: number): number {
    return Math.max(0, (t - this.now().t) / this.rate);
  }
}
