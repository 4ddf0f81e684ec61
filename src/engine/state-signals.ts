/** Everything that was seen of a terminal's program, whether or not it decided anything: what `why` tells. */
import type { TerminalStateName } from "../marathon/types.ts";

/** One thing that was seen of a terminal. */
export interface Signal {
  /** `process`, `task`, `osc-7501`, `claude-agents`, `title`, `osc-9`, `screen-rule`, `quiet`. */
  readonly source: string;
  readonly state: TerminalStateName;
  readonly evidence: string | null;
  /** Wall clock, ms. */
  readonly at: number;
}

/** A screen that changed within this time is a sign of work, ms. */
export const WORKING_MS = 10_000;

/** A screen that no rule of its agent knows, although it goes on changing, is no sign of work after this time, ms. */
export const STRANGE_WORK_MS = 30_000;

/** What the silence of a screen says. `changedAt`: when it last changed, 0 for never; both wall clock in ms. */
export function quietSignal(changedAt: number, now: number): Signal {
  const quietMs = now - changedAt;
  const evidence = changedAt === 0 ? "it has printed nothing yet" : `its screen has not changed for ${Math.floor(quietMs / 1000)} s`;
  return { source: "quiet", state: quietMs < WORKING_MS ? "busy" : "unknown", evidence, at: changedAt };
}

/** The newest signal of each source since the program began. */
export class Signals {
  readonly #signals = new Map<string, Signal>();
  readonly #wall: () => number;

  /** `wall`: wall clock in ms, by which signals are dated. */
  constructor(wall: () => number) {
    this.#wall = wall;
  }

  get all(): readonly Signal[] {
    return [...this.#signals.values()];
  }

  /** Dated by when it began to say so. */
  note(source: string, state: TerminalStateName, evidence: string | null): void {
    const known = this.#signals.get(source);
    if (known?.state === state && known.evidence === evidence) return;
    this.#signals.set(source, { source, state, evidence, at: this.#wall() });
  }

  forget(source?: string): void {
    if (source === undefined) this.#signals.clear();
    else this.#signals.delete(source);
  }
}
