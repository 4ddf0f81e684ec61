/** Marathon time that stands still until the story turns it: ages and clocks on the screen are the same on every machine. */
import { MarathonClock } from "../../../src/engine/clock.ts";

/** 20:00 UTC: when people start a marathon and go to bed. */
export const EVENING = Date.UTC(2026, 10, 21, 20);
/** Whoever waits for a moment looks at the clock again after this long, for it may have been turned, real ms. */
const LOOK_AGAIN_MS = 20;

export class SceneClock extends MarathonClock {
  #passed = 0;

  constructor() {
    // The rate 0 is a clock that stands: dashboards must not let it run on by themselves.
    super({ wall: () => EVENING, monotonic: () => 0 }, 0, 0);
  }

  /** Lets this much time pass at once, ms. */
  turn(ms: number): void {
    this.#passed += ms;
  }

  override now(): { at: number; t: number } {
    return { at: EVENING + this.#passed, t: this.#passed };
  }

  override real(): number {
    return this.#passed;
  }

  override realUntil(t: number): number {
    return this.#passed >= t ? 0 : LOOK_AGAIN_MS;
  }
}
