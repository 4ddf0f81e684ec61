/**
 * What one event costs where the plan is large, in CPU time: the engine's step, the dashboard's fold and facts, and what is asked for
 * from time to time. `npm run bench:large`, with `--tasks N` for another size than 100 and 10,000. CPU time, since machines are shared.
 */
import { factsOf } from "../../src/dashboard/facts.ts";
import { initialState } from "../../src/marathon/initial.ts";
import { statusJson } from "../../src/marathon/status.ts";
import { fold, step } from "../../src/marathon/step.ts";
import { chanceFrom } from "../../src/marathon/time/chance.ts";
import { forecastOf } from "../../src/marathon/time/forecast.ts";
import { laneKinds, timeLanes } from "../../src/marathon/time/lanes.ts";
import type { Event, Fact, State } from "../../src/marathon/types.ts";
import { readPlan } from "../../src/plan/read.ts";
import type { Plan } from "../../src/plan/types.ts";
import { largePlan } from "./large-text.ts";

/** So often each thing is done; the first quarter of them is not counted. */
const TIMES = 40;
const MINUTE = 60_000;

/** The marathon's own reducer and decisions, and a dashboard that folds what it hears. */
class World {
  state: State;
  /** What a dashboard has heard. */
  seen: State;
  t = 0;
  #heard: Event[] = [];

  constructor(plan: Plan) {
    const fact: Fact = {
      type: "marathon-started",
      id: "m",
      plan,
      agent: "command",
      command: null,
      rehearsal: true,
      speed: 1,
      seed: 1,
      project: "/p",
      scratchpad: "/p/s",
    };
    this.state = initialState({ ...fact, seq: 1, at: 0, t: 0 });
    this.seen = this.state;
  }

  /** The engine takes it, with all that it decides because of it. */
  take(fact: Fact): void {
    const queue: { readonly fact: Fact; readonly cause: number | null }[] = [{ fact, cause: null }];
    for (let next = queue.shift(); next; next = queue.shift()) {
      const caused = next.cause === null ? {} : { cause: next.cause };
      const event: Event = { ...next.fact, seq: this.state.seq + 1, at: this.t, t: this.t, ...caused };
      const { state, effects } = step(this.state, event);
      this.state = state;
      this.#heard.push(event);
      queue.unshift(...effects.flatMap((effect) => (effect.kind === "record" ? [{ fact: effect.fact, cause: event.seq }] : [])));
    }
  }

  hear(): void {
    for (const event of this.#heard.splice(0)) this.seen = fold(this.seen, [event]);
  }
}

function measure(tasks: number): void {
  const { plan, problems } = readPlan([{ file: "plan.md", text: largePlan({ tasks }) }]);
  if (plan === null || plan.tasks.length !== tasks) throw new Error(`the plan was not read: ${problems[0]?.message ?? ""}`);
  const world = new World(plan);
  world.take({ type: "engine-started", pid: 1, version: "0", resumed: false });
  for (let terminal = 1; terminal <= 10; terminal += 1)
    world.take({ type: "terminal-started", terminal, pid: 1, pidStart: 1, program: "x" });
  world.hear();
  const told = (what: string, ms: number) =>
    process.stdout.write(`${String(tasks).padStart(6)} tasks  ${what.padEnd(52)} ${ms.toFixed(2).padStart(8)} ms\n`);
  let turn = 0;
  const oneDone = (): void => {
    world.t += MINUTE;
    const number = Object.values(world.state.terminals)[turn++ % 10]?.task ?? null;
    if (number === null) return;
    world.take({ type: "task-done", task: number, terminal: world.state.tasks[number]?.terminal ?? null, source: "exit code 0" });
  };
  const oneWord = (): void => {
    world.t += 1000;
    const state = turn++ % 2 === 0 ? "idle" : "busy";
    world.take({ type: "terminal-state", terminal: 1 + (turn % 10), state, kind: null, source: "screen", evidence: null });
  };
  const shown = (): void => {
    world.hear();
    factsOf(world.seen, world.t);
  };
  told("engine: a task is done, the next one is assigned", cpuOf(oneDone));
  told("dashboard: the same, to facts", cpuOf(shown, oneDone));
  told("engine: a terminal is busy or idle", cpuOf(oneWord));
  told("dashboard: the same, to facts", cpuOf(shown, oneWord));
  told(
    "dashboard: a second has passed",
    cpuOf(() => factsOf(world.seen, (world.t += 1000))),
  );
  told(
    "time view: lanes of every kind",
    cpuOf(() => laneKinds(plan).map((kind) => timeLanes(world.seen, world.t, kind))),
  );
  told(
    "status as JSON",
    cpuOf(() => statusJson(world.state, world.t, null, { journal: "/j" })),
  );
  const chance = () => chanceFrom("bench");
  told(
    "forecast",
    cpuOf(
      () => forecastOf(world.state, world.t, chance()),
      () => {},
      5,
    ),
  );
}

/** CPU of this process in ms for one of them, on average; `before` each is not counted. */
function cpuOf(work: () => unknown, before: () => void = () => {}, times = TIMES): number {
  const warm = Math.ceil(times / 4);
  let sum = 0;
  for (let time = 0; time < times; time += 1) {
    before();
    const from = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(from);
    if (time >= warm) sum += user + system;
  }
  return sum / (times - warm) / 1000;
}

const asked = process.argv.indexOf("--tasks");
for (const tasks of asked < 0 ? [100, 10_000] : [Number(process.argv[asked + 1])]) measure(tasks);
