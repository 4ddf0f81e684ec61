/** The people of a rehearsal: they restart a stand-in that crashed, after as long as somebody would need to notice. */
import type { Event } from "../marathon/types.ts";
import type { Engine } from "./engine.ts";
import { startAgain } from "./start-again.ts";

/** Marathon minutes until the crash is noticed, and real ms at the least. */
const NOTICE_MINUTES = 3;
const NOTICE_LEAST_MS = 150;

export class StandInPeople {
  readonly #engine: Engine;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  saw(event: Event): void {
    if (event.type !== "terminal-exited" || event.code === 0 || event.signal !== null) return;
    const { clock } = this.#engine.ports;
    const wait = Math.max(NOTICE_LEAST_MS, (NOTICE_MINUTES * 60_000) / clock.rate);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      const terminal = this.#engine.state.terminals[event.terminal];
      if (terminal?.state !== "exited" || terminal.retired) return;
      startAgain(this.#engine, event.terminal, "the stand-in people");
    }, wait);
    this.#timers.add(timer);
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }
}
