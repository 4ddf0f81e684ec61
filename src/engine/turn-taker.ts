/** Work on many named things, a few at a time, and never twice on one at once. */

interface Turn {
  readonly over: Promise<void>;
  readonly end: () => void;
}

export class TurnTaker {
  readonly #limit: number;
  readonly #work: (name: string) => Promise<void>;
  readonly #waiting = new Map<string, Turn>();
  readonly #active = new Map<string, Turn>();

  /** `work` must not reject. */
  constructor(limit: number, work: (name: string) => Promise<void>) {
    this.#limit = limit;
    this.#work = work;
  }

  /** Resolves after a turn that began after this call. A name that waits already waits once. */
  add(name: string): Promise<void> {
    const waiting = this.#waiting.get(name);
    if (waiting) return waiting.over;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.set(name, { over: promise, end: resolve });
    this.#go();
    return promise;
  }

  /** Resolves when all that was added so far is done. */
  async idle(): Promise<void> {
    await Promise.all([...this.#waiting.values(), ...this.#active.values()].map((turn) => turn.over));
  }

  #go(): void {
    for (const [name, turn] of this.#waiting) {
      if (this.#active.size >= this.#limit) return;
      if (this.#active.has(name)) continue;
      this.#waiting.delete(name);
      this.#active.set(name, turn);
      void this.#take(name, turn);
    }
  }

  async #take(name: string, turn: Turn): Promise<void> {
    await this.#work(name);
    this.#active.delete(name);
    turn.end();
    this.#go();
  }
}
