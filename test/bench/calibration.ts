/**
 * Is the forecast honest, and how long does it take? `npm run bench:forecast`, with `--runs N` for others than 200,
 * `--sessions N` for a plan whose sessions take turns, so many at once.
 * Runs are rehearsed by the marathon's own rules with durations of a known spread, and forecast at several
 * moments; then what came is held against the ranges. Half of the ends should lie before P50, nine of ten before P90.
 */
import { forecastOf } from "../../src/marathon/time/forecast.ts";
import { chanceFrom, normal, type Chance } from "../../src/marathon/time/chance.ts";
import { initialState } from "../../src/marathon/initial.ts";
import { step } from "../../src/marathon/step.ts";
import type { Event, Fact, State } from "../../src/marathon/types.ts";
import type { Plan } from "../../src/plan/types.ts";
import { plan } from "../support/plan-builder.ts";

interface Coverage {
  /** Share of the work done when the forecast was made. */
  readonly done: number;
  readonly runs: number;
  readonly beforeP50: number;
  readonly beforeP90: number;
  /** Mean of (end − P50) ÷ what was left, and of the range's width ÷ what was left. */
  readonly bias: number;
  readonly width: number;
}

/** The marathon's own reducer and decisions, without an engine. */
class Folded {
  state: State;
  t = 0;

  constructor(of: Plan) {
    const fact: Fact = {
      type: "marathon-started",
      id: "m",
      plan: of,
      agent: "command",
      command: null,
      rehearsal: true,
      speed: 1,
      seed: 1,
      project: "/p",
      scratchpad: "/p/s",
    };
    this.state = initialState({ ...fact, seq: 1, at: 0, t: 0 });
  }

  take(fact: Fact): void {
    const queue: { fact: Fact; cause: number | null }[] = [{ fact, cause: null }];
    for (let next = queue.shift(); next; next = queue.shift()) {
      const caused = next.cause === null ? {} : { cause: next.cause };
      const event: Event = { ...next.fact, seq: this.state.seq + 1, at: this.t, t: this.t, ...caused };
      const { state, effects } = step(this.state, event);
      this.state = state;
      queue.unshift(...effects.flatMap((effect) => (effect.kind === "record" ? [{ fact: effect.fact, cause: event.seq }] : [])));
    }
  }
}

const MOMENTS = [0, 0.1, 0.25, 0.5, 0.75];
/** How far off the plan of a run is as a whole, how far single tasks are, and how many are blocked for about half an hour. */
const TRUTH = { run: 0.3, task: 0.4, blocked: 0.03, blockerMs: 30 * 60_000, blockerSpread: 0.8 };

const at = process.argv.indexOf("--runs");
for (const count of [100, 10_000]) process.stdout.write(`forecast of ${count} tasks: ${timeOf(count).toFixed(0)} ms, the best of three\n`);
const runs = at < 0 ? 200 : Number(process.argv[at + 1]);
const turns = process.argv.indexOf("--sessions");
const schedule = turns < 0 ? null : ({ by: "sessions", atOnce: Number(process.argv[turns + 1]) } as const);
process.stdout.write(
  `${runs} runs of 100 tasks, of unknown pace and spread${schedule ? `, ${schedule.atOnce} of 5 sessions at once` : ""}:\n`,
);
for (const each of calibration(runs)) {
  const percent = (share: number) => `${(share * 100).toFixed(0)}%`.padStart(4);
  process.stdout.write(
    `${percent(each.done)} done: ended before P50 ${percent(each.beforeP50)} (claimed 50%), before P90 ${percent(each.beforeP90)} (claimed 90%), ` +
      `within P50-P90 ${percent(each.beforeP90 - each.beforeP50)}; P50 off by ${percent(each.bias)} of what was left, range ${percent(each.width)} wide\n`,
  );
}

/** Milliseconds for one forecast of so many tasks, a third for any terminal, a fifth waiting for others. */
function timeOf(count: number): number {
  const tasks = Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    minutes: 20 + (index % 7) * 5,
    terminal: index % 3 === 0 ? null : 1 + (index % 10),
    dependsOn: index % 5 === 0 && index > 20 ? [index - 15] : [],
  }));
  const { state } = new Folded(plan({ tasks, settings: { terminals: 10 } }));
  const times = [1, 2, 3].map(() => {
    const started = performance.now();
    forecastOf(state, 0, chanceFrom("time"));
    return performance.now() - started;
  });
  return Math.min(...times);
}

/** Rehearses so many runs of a plan of a hundred tasks. */
function calibration(runs: number): Coverage[] {
  const seen = MOMENTS.map(() => ({ p50: 0, p90: 0, bias: 0, width: 0, runs: 0 }));
  for (let run = 0; run < runs; run += 1) {
    const chance = chanceFrom(`calibration ${run}`);
    const { forecasts, end } = rehearse(planOf(chance), chance);
    forecasts.forEach(({ t, p50, p90 }, at) => {
      const moment = seen[at];
      if (!moment) return;
      moment.runs += 1;
      if (end <= p50) moment.p50 += 1;
      if (end <= p90) moment.p90 += 1;
      moment.bias += (end - p50) / (end - t);
      moment.width += (p90 - p50) / (end - t);
    });
  }
  return seen.map(({ p50, p90, bias, width, runs: count }, at) => ({
    done: MOMENTS[at] ?? 0,
    runs: count,
    beforeP50: p50 / count,
    beforeP90: p90 / count,
    bias: bias / count,
    width: width / count,
  }));
}

/** A hundred tasks of 10 to 60 minutes: eight terminals with eleven each, twelve for any, every fifth waits for another. */
function planOf(chance: Chance): Plan {
  const tasks = Array.from({ length: 100 }, (_, index) => ({
    number: index + 1,
    minutes: Math.round(10 + 50 * chance()),
    terminal: index < 88 ? 1 + (index % 8) : null,
    stream: index < 88 ? "ABCDEFGH".charAt(index % 8) : "I",
    phase: index < 88 ? 0 : 1,
    session: schedule === null ? null : `S${index < 88 ? (index % 8) >> 1 : 4}`,
    dependsOn: index >= 20 && index % 5 === 0 ? [1 + Math.floor(chance() * (index - 10))] : [],
  }));
  return plan({ tasks, settings: { terminals: 10, schedule } });
}

interface Rehearsed {
  readonly forecasts: readonly { readonly t: number; readonly p50: number; readonly p90: number }[];
  readonly end: number;
}

/** The marathon's own decisions, with every duration drawn beforehand. */
function rehearse(of: Plan, chance: Chance): Rehearsed {
  const shift = TRUTH.run * normal(chance);
  const takes = new Map(
    of.tasks.map((task) => [task.number, (task.estimate?.low ?? 0) * 60_000 * Math.exp(shift + TRUTH.task * normal(chance))]),
  );
  const blocked = new Map(
    of.tasks.flatMap((task) =>
      chance() < TRUTH.blocked ? [[task.number, TRUTH.blockerMs * Math.exp(TRUTH.blockerSpread * normal(chance))] as const] : [],
    ),
  );
  const world = new Folded(of);
  world.take({ type: "engine-started", pid: 1, version: "0", resumed: false });
  for (const terminal of Object.values(world.state.terminals))
    world.take({ type: "terminal-started", terminal: terminal.number, pid: 1, pidStart: 1, program: "x" });
  const ends = new Map<number, number>();
  const resolves = new Map<string, number>();
  const forecasts: { t: number; p50: number; p90: number }[] = [];
  for (;;) {
    const tasks = Object.values(world.state.tasks);
    const share = tasks.filter((task) => task.state === "done").length / tasks.length;
    while (forecasts.length < MOMENTS.length && share >= (MOMENTS[forecasts.length] ?? 2)) {
      const made = forecastOf(world.state, world.t, chanceFrom("forecast"));
      forecasts.push({ t: world.t, p50: made?.marathon?.p50 ?? 0, p90: made?.marathon?.p90 ?? 0 });
    }
    for (const task of tasks)
      if (task.state === "running" && !ends.has(task.number)) ends.set(task.number, world.t + (takes.get(task.number) ?? 0));
    const next = [...ends].reduce((a, b) => (b[1] < a[1] ? b : a), [0, Number.POSITIVE_INFINITY] as const);
    const freed = [...resolves].reduce((a, b) => (b[1] < a[1] ? b : a), ["", Number.POSITIVE_INFINITY] as const);
    if (next[1] === Number.POSITIVE_INFINITY && freed[1] === Number.POSITIVE_INFINITY) break;
    if (freed[1] < next[1]) {
      world.t = freed[1];
      resolves.delete(freed[0]);
      world.take({ type: "blocker-closed", blocker: freed[0], as: "resolved", by: "person", note: null });
      continue;
    }
    const number = next[0];
    ends.delete(number);
    world.t = next[1];
    const stop = blocked.get(number);
    const terminal = world.state.tasks[number]?.terminal ?? null;
    if (stop === undefined) world.take({ type: "task-done", task: number, terminal, source: "exit code 0" });
    else {
      // It blocks near its end: what is left after that is nothing to speak of.
      blocked.delete(number);
      takes.set(number, 1000);
      world.take({ type: "task-blocked", task: number, terminal, reason: "stuck", source: "command", priority: null, evidence: [] });
      resolves.set(world.state.tasks[number]?.blocker ?? "", world.t + stop);
    }
  }
  if (Object.values(world.state.tasks).some((task) => task.state !== "done")) throw new Error("a rehearsed run did not end");
  return { forecasts, end: world.t };
}
