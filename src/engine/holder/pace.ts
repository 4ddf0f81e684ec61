/**
 * When output goes on to the engine. What a person has in front, or has just typed for, goes at once. Of the other terminals all that
 * comes within a moment goes in one write: each write wakes the engine, and ten agents whose spinners turn would wake it a hundred times
 * a second, for a dashboard that shows terminals in the background thirty times a second at most.
 */

/**
 * Who prints this much within a moment is not kept waiting, bytes. A spinner's turn is some 200. What prints more has the engine at work
 * anyway, and all of it in one piece would stand between a key and its echo.
 */
const MUCH = 512;

export class Pace {
  readonly #rest: (over: () => void) => void;
  readonly #flush: () => void;
  /** Undefined: the engine is of a version that does not tell. */
  #front: number | null | undefined;
  #typed: number | null = null;
  #resting = false;
  #waiting = false;

  /** `rest` calls back when the others may be sent again. */
  constructor(rest: (over: () => void) => void, flush: () => void) {
    this.#rest = rest;
    this.#flush = flush;
  }

  /** Null: nobody has any terminal in front. */
  front(terminal: number | null | undefined): void {
    this.#front = terminal;
  }

  typed(terminal: number): void {
    this.#typed = terminal;
  }

  /** Output has come, of which so many bytes are not sent: answers whether it may wait. It is flushed then, later. */
  mayWait(terminal: number, unsent: number): boolean {
    if (this.#front === undefined || terminal === this.#front || terminal === this.#typed || unsent >= MUCH) return false;
    if (this.#resting) {
      this.#waiting = true;
      return true;
    }
    this.#resting = true;
    this.#rest(() => this.#rested());
    return false;
  }

  #rested(): void {
    this.#resting = false;
    if (!this.#waiting) return;
    this.#waiting = false;
    this.#resting = true;
    this.#rest(() => this.#rested());
    this.#flush();
  }
}
