/**
 * The one place where facts become state: fold, journal, publish, perform — in that order, one fact at a time.
 * Decisions (`record` effects) go in front of everything that waits, so that two reports that arrive together can
 * never give one task to two terminals.
 */
import { step } from "../marathon/step.ts";
import type { Effect, Event, Fact, State } from "../marathon/types.ts";
import type { MarathonClock } from "./clock.ts";

export interface KernelPorts {
  readonly clock: MarathonClock;
  /** Takes secrets out of a fact, before anybody hears of it. */
  clean(fact: Fact): Fact;
  /** Durable when `sync` is set: the person or agent who reported it has been told so. */
  append(event: Event, sync: boolean): void;
  /** Everything but `record`. Must not submit synchronously recursive work; submitting is queued anyway. */
  perform(effect: Exclude<Effect, { kind: "record" }>, state: State): void;
  publish(event: Event, state: State): void;
  /** Came when nobody is told anything any more. */
  tooLate(fact: Fact): unknown;
}

/** Facts that come often and can be seen anew after a crash: not worth an fsync of their own. */
const VOLATILE: ReadonlySet<Fact["type"]> = new Set([
  "terminal-state",
  "agent-reported",
  "timer-fired",
  "terminal-notified",
  "noticed",
  "message-waiting",
  "forecast-made",
]);

interface Queued {
  readonly fact: Fact;
  readonly cause: number | "before" | null;
}

export class Kernel {
  readonly #ports: KernelPorts;
  #state: State;
  #queue: Queued[] = [];
  #working = false;
  #closed = false;

  constructor(state: State, ports: KernelPorts) {
    this.#state = state;
    this.#ports = ports;
  }

  get state(): State {
    return this.#state;
  }

  /**
   * Takes in facts; on return they and all that was decided because of them are journaled and folded. Of several, only the
   * last is decided on (see step.ts): the others bear the newest event before them as their cause. A fact that cannot be folded
   * is left out, as if it had never been, and its error thrown once all others are taken in.
   */
  submit(...facts: readonly Fact[]): void {
    if (this.#closed) return facts.forEach((fact) => this.#ports.tooLate(fact));
    facts.forEach((fact, index) => this.#queue.push({ fact, cause: index === facts.length - 1 ? null : "before" }));
    if (this.#working) return;
    this.#working = true;
    const errors: unknown[] = [];
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      try {
        this.#take(next);
      } catch (error) {
        errors.push(error);
      }
    }
    this.#working = false;
    if (errors.length > 0) throw errors[0];
  }

  /** The last event is journaled. What is found out after it is found out again by the next engine. */
  close(): void {
    this.#closed = true;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  #take({ fact, cause }: Queued): void {
    const { seq } = this.#state;
    const caused = cause === null ? {} : { cause: cause === "before" ? seq : cause };
    const event: Event = { ...this.#ports.clean(fact), seq: seq + 1, ...this.#ports.clock.now(), ...caused };
    // Folded first: what cannot be folded must not get into a journal, which could then never be read again.
    const { state, effects } = step(this.#state, event);
    this.#ports.append(event, !VOLATILE.has(fact.type));
    this.#state = state;
    const decided: Queued[] = [];
    for (const effect of effects) if (effect.kind === "record") decided.push({ fact: effect.fact, cause: event.seq });
    this.#queue.unshift(...decided);
    this.#ports.publish(event, state);
    for (const effect of effects) if (effect.kind !== "record") this.#ports.perform(effect, state);
  }
}
