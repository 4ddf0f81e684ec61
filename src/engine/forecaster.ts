/**
 * When forecasts are made: soon after something that bears on the end, and every minute while nothing happens. A few samples at a
 * time, so that terminals and dashboards never wait for one; the result is a fact like any other, which replay and dashboards only fold.
 */
import { chanceFrom } from "../marathon/time/chance.ts";
import { startForecast, type ForecastMaking } from "../marathon/time/forecast.ts";
import type { Event, Fact, State } from "../marathon/types.ts";

/** Between two forecasts, real ms: at least, after something happened; at most, while nothing does. */
const LEAST_GAP_MS = 5000;
const MOST_GAP_MS = 60_000;
/**
 * However large the plan, forecasts take no more than one part in so many of the engine's time. One that took little stays as prompt as
 * ever: on a busy machine most of its time was not its own.
 */
const SHARE = 10;
const LITTLE_MS = 1000;
/** The first ones come sooner: a person looks at a marathon that has just begun. */
const FIRST_MS = 500;
/** Work on a forecast at a stretch, real ms. */
const SLICE_MS = 4;

/** What moves the end of the work. */
const BEARS: ReadonlySet<Fact["type"]> = new Set([
  "engine-started",
  "terminal-started",
  "terminal-exited",
  "terminal-retired",
  "task-assigned",
  "task-done",
  "task-blocked",
  "task-released",
  "task-reopened",
  "task-dropped",
  "blocker-closed",
  "blocker-reassigned",
  "blocker-fell-back",
  "blocker-resumed",
  "blocker-undone",
  "risk-taken",
  "risk-undone",
  "task-added",
  "marathon-resumed",
]);

export interface ForecasterPorts {
  state(): State;
  /** Marathon time in ms. */
  now(): number;
  /** Real ms from any origin. */
  real(): number;
  later(ms: number, callback: () => void): () => void;
  submit(fact: Fact): void;
}

export class Forecaster {
  readonly #ports: ForecasterPorts;
  #cancel: (() => void) | null = null;
  #due = Number.POSITIVE_INFINITY;
  #madeAt = Number.NEGATIVE_INFINITY;
  /** What the last one took, real ms. */
  #tookMs = 0;
  #making = false;
  #stopped = false;

  constructor(ports: ForecasterPorts) {
    this.#ports = ports;
  }

  saw(event: Event): void {
    if (!BEARS.has(event.type)) return;
    const real = this.#ports.real();
    this.#plan(Math.max(real + FIRST_MS, this.#madeAt + Math.max(LEAST_GAP_MS, this.#restMs)));
  }

  get #restMs(): number {
    return this.#tookMs < LITTLE_MS ? 0 : Math.min(MOST_GAP_MS, SHARE * this.#tookMs);
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  #plan(at: number): void {
    // One that is overdue, as after a sleep, is no reason to wait for it.
    if (this.#stopped || this.#making || (at >= this.#due && this.#due > this.#ports.real())) return;
    this.#cancel?.();
    this.#due = at;
    this.#cancel = this.#ports.later(Math.max(0, at - this.#ports.real()), () => this.#begin());
  }

  #begin(): void {
    this.#due = Number.POSITIVE_INFINITY;
    const state = this.#ports.state();
    const from = this.#ports.real();
    // The same numbers each time: what changes in a forecast is what happened, not chance.
    const making = state.status === "running" ? startForecast(state, this.#ports.now(), chanceFrom(state.id)) : null;
    if (making === null) return this.#rest();
    this.#making = true;
    this.#tookMs = this.#ports.real() - from;
    this.#goOn(making);
  }

  #goOn(making: ForecastMaking): void {
    if (this.#stopped) return;
    const from = this.#ports.real();
    while (!making.sample()) {
      if (this.#ports.real() < from + SLICE_MS) continue;
      this.#tookMs += this.#ports.real() - from;
      this.#cancel = this.#ports.later(1, () => this.#goOn(making));
      return;
    }
    this.#making = false;
    const fact = making.result();
    this.#tookMs += this.#ports.real() - from;
    this.#ports.submit(fact);
    this.#rest();
  }

  #rest(): void {
    this.#madeAt = this.#ports.real();
    this.#plan(this.#madeAt + Math.max(MOST_GAP_MS, this.#restMs));
  }
}
