/** How stories wait: for something to become so, looked at after every change, and never for a stretch of time. */

/** A story that waits for longer than this has gone wrong, real ms: generous, since a machine may be busy with other tests. */
const PATIENCE_MS = 40_000;
/**
 * Frames are at most 50 ms apart on either side of the socket; without one for this long nothing more is to come, real ms. It is waited for
 * in steps, each a turn of the event loop in which timers, sockets and immediates have had theirs: a machine that kept the process from
 * running for as long has seen nothing of what was due meanwhile.
 */
const QUIET_MS = 130;
const STEP_MS = 10;
/** Not every change says so: a screen at which nobody looks does not. It is looked again after this long, real ms. */
const AGAIN_MS = 50;

export class Waiting {
  readonly #picture: () => string;
  readonly #looks = new Set<() => void>();

  /** `picture`: what a person who must find out what went wrong wants to see. */
  constructor(picture: () => string) {
    this.#picture = picture;
  }

  /** Something changed: whoever waits looks again. */
  readonly changed = (): void => {
    for (const look of this.#looks) look();
  };

  /** Resolves with the first answer that is neither false nor undefined. What `look` throws ends the waiting. */
  until<T>(what: string, look: () => T | false | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(timer);
        clearInterval(now);
        this.#looks.delete(again);
        act();
      };
      const again = () => {
        try {
          const found = look();
          if (found !== false && found !== undefined) settle(() => resolve(found));
        } catch (error) {
          settle(() => reject(error as Error));
        }
      };
      const timer = setTimeout(
        () => settle(() => reject(new Error(`waited ${PATIENCE_MS} ms for ${what}\n${this.#picture()}`))),
        PATIENCE_MS,
      );
      const now = setInterval(() => again(), AGAIN_MS);
      this.#looks.add(again);
      again();
    });
  }

  /** Resolves when nothing has changed any more for as long as a frame may take. */
  idle(): Promise<void> {
    return new Promise((resolve, reject) => {
      let quietMs = 0;
      const settle = (act: () => void) => {
        clearTimeout(step);
        clearTimeout(patience);
        this.#looks.delete(again);
        act();
      };
      const stepped = (): void => {
        quietMs += STEP_MS;
        if (quietMs >= QUIET_MS) settle(resolve);
        else step = setTimeout(stepped, STEP_MS);
      };
      let step = setTimeout(stepped, STEP_MS);
      const patience = setTimeout(
        () => settle(() => reject(new Error(`the screens were never quiet for ${QUIET_MS} ms\n${this.#picture()}`))),
        PATIENCE_MS,
      );
      const again = (): void => {
        quietMs = 0;
      };
      this.#looks.add(again);
    });
  }
}
