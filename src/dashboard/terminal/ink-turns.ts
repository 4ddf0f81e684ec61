/**
 * When Ink may draw. Everything is on the screen before Ink has drawn it (canvas.ts), so its milliseconds are taken where they stand
 * between nobody and their keys: a moment after a change, one region in a turn of the event loop, and no round of regions right after
 * another, however often titles and lists change their shape while ten agents work.
 */

/** After a change its keys, its panes and their echoes have their time, ms. */
const SETTLE_MS = 60;
/** Between two rounds, ms. */
const REST_MS = 1000;

export class InkTurns {
  readonly #later: (ms: number, callback: () => void) => () => void;
  readonly #waiting = new Set<() => void>();
  #cancel: (() => void) | null = null;

  /** `later` calls back after so many ms and answers how to cancel. */
  constructor(later: (ms: number, callback: () => void) => () => void) {
    this.#later = later;
  }

  /** Calls `draw` once when it is its turn; asking again before that is the same asking. */
  ask(draw: () => void): void {
    this.#waiting.add(draw);
    if (this.#cancel === null) this.#in(SETTLE_MS);
  }

  forget(draw: () => void): void {
    this.#waiting.delete(draw);
  }

  stop(): void {
    this.#waiting.clear();
    this.#cancel?.();
    this.#cancel = null;
  }

  #in(ms: number): void {
    this.#cancel = this.#later(ms, () => {
      this.#cancel = null;
      this.#next();
    });
  }

  #next(): void {
    const [draw] = this.#waiting;
    if (draw === undefined) return;
    this.#waiting.delete(draw);
    this.#in(this.#waiting.size > 0 ? 0 : REST_MS);
    draw();
  }
}
