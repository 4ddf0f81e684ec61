/**
 * Who may parse, and for how long. All screens share one thread, so no terminal gets more than a slice before the others
 * have theirs, and the thread goes back to its sockets every few milliseconds. The screen in front of a person comes first.
 */
export interface Work {
  /** Bytes that wait. */
  readonly pending: number;
  /** Parses the next bytes, `limit` at most. */
  parse(limit: number): void;
}

export interface SchedulerPorts {
  /** Monotonic milliseconds. */
  now(): number;
  /** Runs the callback after waiting input and output had their turn. */
  later(callback: () => void): void;
}

const REAL: SchedulerPorts = { now: () => performance.now(), later: (callback) => setImmediate(callback) };

/** Large enough to lose nothing to the bookkeeping, small enough for the others not to wait: 0.1–0.2 ms of usual output. */
export const SLICE_BYTES = 8 * 1024;
const MIN_SLICE_BYTES = 128;
/** After this long the thread's other work has its turn. */
const TURN_MS = 4;
/** While somebody types its other work is their keys, and so are the echoes. */
const HURRIED_TURN_MS = 1;
/** So long after a key an echo may come. */
const HURRY_MS = 150;
/** Output whose slices take longer is cut into smaller ones: a screenful of scrolls in every seven bytes, say. */
const SLOW_SLICE_MS = 1;

export class Scheduler {
  readonly #ports: SchedulerPorts;
  /** Those with something to parse; the first has waited longest. */
  readonly #waiting = new Set<Work>();
  /** Smaller slices for output that was slow. */
  readonly #slices = new WeakMap<Work, number>();
  #focused: Work | null = null;
  #scheduled = false;
  #hurriedUntil = Number.NEGATIVE_INFINITY;

  constructor(ports: SchedulerPorts = REAL) {
    this.#ports = ports;
  }

  /** The screen that a person looks at and types into; null for none. */
  focus(work: Work | null): void {
    this.#focused = work;
  }

  /** Tells that this work has bytes waiting. A little output of the focused one is parsed before this returns. */
  add(work: Work): void {
    if (work === this.#focused && !this.#waiting.has(work) && work.pending <= this.#slice(work)) {
      this.#parse(work);
      if (work.pending === 0) return;
    }
    this.#waiting.add(work);
    this.#schedule();
  }

  /** A key was typed: until its echo had time to come, nobody has the thread for long. */
  hurry(): void {
    this.#hurriedUntil = this.#ports.now() + HURRY_MS;
  }

  remove(work: Work): void {
    this.#waiting.delete(work);
    if (this.#focused === work) this.#focused = null;
  }

  #schedule(): void {
    if (this.#scheduled || this.#waiting.size === 0) return;
    this.#scheduled = true;
    this.#ports.later(() => {
      this.#scheduled = false;
      this.#turn();
      this.#schedule();
    });
  }

  #turn(): void {
    const start = this.#ports.now();
    const end = start + (start < this.#hurriedUntil ? HURRIED_TURN_MS : TURN_MS);
    const focused = this.#focused;
    if (focused && this.#waiting.has(focused)) this.#next(focused);
    while (this.#ports.now() < end) {
      const [next] = this.#waiting;
      if (!next) return;
      this.#next(next);
    }
  }

  #next(work: Work): void {
    this.#waiting.delete(work);
    this.#parse(work);
    if (work.pending > 0) this.#waiting.add(work);
  }

  #parse(work: Work): void {
    const slice = this.#slice(work);
    const start = this.#ports.now();
    work.parse(slice);
    const took = this.#ports.now() - start;
    if (took > SLOW_SLICE_MS) this.#slices.set(work, Math.max(MIN_SLICE_BYTES, Math.floor((slice * SLOW_SLICE_MS) / took)));
    else if (slice < SLICE_BYTES && took < SLOW_SLICE_MS / 2) this.#slices.set(work, Math.min(SLICE_BYTES, slice * 2));
  }

  #slice(work: Work): number {
    return this.#slices.get(work) ?? SLICE_BYTES;
  }
}
