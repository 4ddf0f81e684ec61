import type { Seen } from "./opinions.ts";

/** A program that has not begun with its first words after so long will not, ms. */
const BEGINS_MS = 10_000;

/**
 * An agent that was started with words of its assignment shows an empty input line, and a title that says that it rests, until it has
 * loaded what it needs and begins with them. It is not idle then: it has work, and nobody is to give it more.
 */
export class FirstWords {
  #until = 0;

  /** There is a new program, or none; nothing was said to it. */
  none(): void {
    this.#until = 0;
  }

  /** The program that has just started got them. `now`: wall clock, ms. */
  given(now: number): void {
    this.#until = now + BEGINS_MS;
  }

  /** Whether it is seen to rest only because it has not begun yet. What it says of itself, by OSC 7501 or a hook, is not doubted. */
  areToCome({ state, source }: Seen, now: number): boolean {
    const waits = now < this.#until;
    if (state === "idle" && !/^(osc-7501|hook)\b/u.test(source)) return waits;
    // Whether it may trust a folder is asked before it begins: it loads on when that is answered.
    if (state === "asking") this.#until = waits ? now + BEGINS_MS : 0;
    else if (state !== "unknown") this.#until = 0;
    return false;
  }
}
