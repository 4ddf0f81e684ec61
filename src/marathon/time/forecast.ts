/** Where a marathon will end, as a range: the work left runs its course some hundred times, as fast and as widely as it may. Pure; chance is passed in. */
import { planIndex } from "../plan-index.ts";
import type { State } from "../types.ts";
import { normal, normalAbove, type Chance } from "./chance.ts";
import { Course } from "./course.ts";
import { criticalPath } from "./planned-course.ts";
import { drawRun } from "./spread.ts";
import type { ForecastFact, Range } from "./forecast-types.ts";
import { workLeft, type Wait, type WorkLeft } from "./work-left.ts";

/**
 * So many task durations are drawn in all: a hundred tasks 500 times, ten thousand 60 times. The more tasks there are, the less the
 * ends of single ones matter, so that fewer samples tell as much.
 */
const DRAWS = 200_000;
const MOST_SAMPLES = 500;
const LEAST_SAMPLES = 60;
const LONGEST_PATH = 100;

/**
 * Forecast at marathon time `t` for the marathon, and each stream, session and terminal with open work, in ms of t. Null when nothing is left, or nothing
 * tells how long work takes. Ends that never come (no terminal is left to do the work) are left out.
 */
export function forecastOf(state: State, t: number, chance: Chance): ForecastFact | null {
  const making = startForecast(state, t, chance);
  while (making !== null && !making.sample()) {
    // Each call is one possible rest of the run.
  }
  return making?.result() ?? null;
}

/** A forecast in the making: for an engine that has other things to do between two samples. */
export function startForecast(state: State, t: number, chance: Chance): ForecastMaking | null {
  const left = workLeft(state, t);
  return left === null || left.work.numbers.length === 0 || left.work.terminals.length === 0
    ? null
    : new ForecastMaking(state, t, left, chance);
}

export class ForecastMaking {
  readonly #t: number;
  readonly #left: WorkLeft;
  readonly #samples: number;
  readonly #groups: readonly Group[];
  readonly #ends: readonly Float64Array[];
  readonly #course: Course;
  readonly #draw: Draw;
  #made = 0;

  constructor(state: State, t: number, left: WorkLeft, chance: Chance) {
    this.#t = t;
    this.#left = left;
    this.#samples = Math.min(MOST_SAMPLES, Math.max(LEAST_SAMPLES, Math.round(DRAWS / left.work.numbers.length)));
    this.#groups = groupsOf(state, left);
    this.#ends = this.#groups.map(() => new Float64Array(this.#samples));
    this.#course = new Course(left.work);
    this.#draw = new Draw(left, chance);
  }

  /** Draws one more possible rest of the run. Answers whether there are enough. */
  sample(): boolean {
    if (this.#made >= this.#samples) return true;
    this.#draw.next();
    this.#course.run(this.#draw);
    this.#groups.forEach(({ members }, group) => {
      const into = this.#ends[group];
      if (into) into[this.#made] = latest(this.#course, members);
    });
    this.#made += 1;
    return this.#made >= this.#samples;
  }

  #criticalPath(): readonly number[] {
    this.#draw.likely();
    this.#course.run(this.#draw);
    return criticalPath(this.#course).slice(0, LONGEST_PATH);
  }

  result(): ForecastFact {
    const ranges = this.#groups.map(({ kind, id }, group) => ({
      kind,
      id,
      range: rangeOf(this.#ends[group] ?? new Float64Array(), this.#t),
    }));
    const of = (wanted: Group["kind"]): Record<string, Range> =>
      Object.fromEntries(ranges.flatMap(({ kind, id, range }) => (kind === wanted && range ? [[id, range]] : [])));
    const { belief } = this.#left;
    return {
      type: "forecast-made",
      marathon: of("all")[""] ?? null,
      streams: of("stream"),
      sessions: of("session"),
      terminals: of("terminal"),
      ratio: rounded(Math.exp(belief.shift)),
      measured: belief.measured,
      samples: this.#samples,
      criticalPath: this.#criticalPath(),
    };
  }
}

const KINDS = ["all", "stream", "session", "terminal"] as const;

interface Group {
  readonly kind: (typeof KINDS)[number];
  readonly id: string;
  readonly members: Int32Array;
}

function groupsOf(state: State, { work }: WorkLeft): Group[] {
  const { tasks } = planIndex(state.plan);
  const idOf: Readonly<Record<Group["kind"], (number: number) => string | number | null | undefined>> = {
    all: () => "",
    stream: (number) => tasks.get(number)?.stream,
    session: (number) => tasks.get(number)?.session,
    terminal: (number) => state.tasks[number]?.terminal,
  };
  return KINDS.flatMap((kind) => {
    const groups = new Map<string | number, number[]>();
    work.numbers.forEach((number, position) => {
      const id = idOf[kind](number);
      if (id === null || id === undefined) return;
      const group = groups.get(id);
      if (group) group.push(position);
      else groups.set(id, [position]);
    });
    return [...groups].map(([id, at]): Group => ({ kind, id: String(id), members: Int32Array.from(at) }));
  });
}

function latest({ ends }: Course, members: Int32Array): number {
  let last = 0;
  for (const member of members) {
    const end = ends[member] ?? 0;
    if (end > last) last = end;
  }
  return last;
}

/** The values that half, and nine tenths, of the samples do not exceed, from the start of the marathon; null when more than a tenth never end. */
function rangeOf(ends: Float64Array, t: number): Range | null {
  const sorted = ends.toSorted();
  const at = (share: number): number =>
    t + (sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.POSITIVE_INFINITY);
  const range = { p50: Math.round(at(0.5)), p90: Math.round(at(0.9)) };
  return Number.isFinite(range.p90) ? range : null;
}

/** One possible rest of the run after the other, in arrays that are used again. */
class Draw {
  readonly durations: Float64Array;
  readonly delays: Float64Array;
  readonly releases: Float64Array;
  readonly free: Float64Array;
  readonly inHand: Int32Array;
  readonly #left: WorkLeft;
  readonly #chance: Chance;

  constructor(left: WorkLeft, chance: Chance) {
    const size = left.work.numbers.length;
    this.#left = left;
    this.#chance = chance;
    this.durations = new Float64Array(size);
    this.delays = new Float64Array(size);
    this.releases = new Float64Array(size);
    this.free = new Float64Array(left.work.terminals.length);
    this.inHand = left.inHand;
  }

  next(): void {
    const { middle, spread, worked, belief, blocking, taskWaits, terminalWaits } = this.#left;
    const chance = this.#chance;
    const { shift, factor } = drawRun(belief, chance);
    for (let task = 0; task < middle.length; task += 1) {
      const at = (middle[task] ?? 0) + shift;
      const sigma = (spread[task] ?? 0) * factor;
      const done = worked[task] ?? 0;
      const z = done > 0 ? normalAbove((Math.log(done) - at) / sigma, chance) : normal(chance);
      this.durations[task] = Math.max(0, Math.exp(at + sigma * z) - done);
      this.delays[task] = chance() < blocking.share && !taskWaits.has(task) ? this.#rest(blocking.wait) : 0;
    }
    for (const [task, wait] of taskWaits) this.releases[task] = this.#rest(wait);
    for (const [terminal, wait] of terminalWaits) {
      const rest = this.#rest(wait);
      const task = this.inHand[terminal] ?? -1;
      if (task >= 0) this.durations[task] = (this.durations[task] ?? 0) + rest;
      else this.free[terminal] = rest;
    }
  }

  /** The rest of the run in which everything takes its median. */
  likely(): void {
    const { middle, worked, belief, taskWaits, terminalWaits } = this.#left;
    for (let task = 0; task < middle.length; task += 1)
      this.durations[task] = Math.max(0, Math.exp((middle[task] ?? 0) + belief.shift) - (worked[task] ?? 0));
    this.delays.fill(0);
    for (const [task, wait] of taskWaits) this.releases[task] = Math.max(1, wait.medianMs - wait.ageMs);
    for (const [terminal, wait] of terminalWaits) {
      const task = this.inHand[terminal] ?? -1;
      if (task >= 0) this.durations[task] = (this.durations[task] ?? 0) + Math.max(1, wait.medianMs - wait.ageMs);
    }
  }

  /** How much longer a wait lasts that has lasted so long. At least a millisecond: it has not ended. */
  #rest({ medianMs, spread, ageMs }: Wait): number {
    const middle = Math.log(medianMs);
    if (ageMs <= 0) return Math.exp(middle + spread * normal(this.#chance));
    return Math.max(1, Math.exp(middle + spread * normalAbove((Math.log(ageMs) - middle) / spread, this.#chance)) - ageMs);
  }
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
