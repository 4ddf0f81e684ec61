/** Time as the stand-in lives it: marathon minutes, and how long they are really. */

/** No wait for people is shorter than this, real ms: a question that no one can see is none. */
const LEAST_WAIT_MS = 60;

export class Pace {
  readonly speed: number;
  #paused: Promise<void> | null = null;
  #resume: (() => void) | null = null;

  /** `speed`: marathon minutes per real minute. */
  constructor(speed: number) {
    this.speed = speed;
  }

  /** Real milliseconds of so many marathon minutes. */
  real(minutes: number): number {
    return (minutes * 60_000) / this.speed;
  }

  /** Real milliseconds that people take over something. */
  patience(minutes: number): number {
    return Math.max(LEAST_WAIT_MS, this.real(minutes));
  }

  /** Marathon seconds in so many real milliseconds. */
  seconds(realMs: number): number {
    return (realMs * this.speed) / 1000;
  }

  get paused(): boolean {
    return this.#paused !== null;
  }

  pause(): void {
    if (this.#paused) return;
    this.#paused = new Promise((resolve) => {
      this.#resume = resolve;
    });
  }

  resume(): void {
    this.#resume?.();
    this.#paused = null;
    this.#resume = null;
  }

  /** Sleeps real ms, longer while paused. Rejects with the signal's reason when aborted. */
  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    await nap(ms, signal);
    while (this.#paused) await Promise.race([this.#paused, aborted(signal)]);
  }
}

/** Resolves after real ms; rejects with the signal's reason when aborted, and leaves no timer behind. */
export function nap(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    // Node's timers hold 31 bits of milliseconds; nothing here lasts 24 days.
    const timer = setTimeout(
      () => {
        signal.removeEventListener("abort", stop);
        resolve();
      },
      Math.min(ms, 2 ** 31 - 1),
    );
    signal.addEventListener("abort", stop, { once: true });
  });
}

/** Rejects when the signal is aborted; never resolves. */
export function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
}
