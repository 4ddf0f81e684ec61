/**
 * A long marathon in a short time, under fire: ten stand-in agents work through a plan of so many hours at speed while seeded
 * faults happen to engine, dashboards, socket and scratchpad, and a person presses random keys. What must hold at the end: every
 * task is done once, nothing grew beyond its bound, nobody is left.
 */
import { existsSync, readdirSync, readFileSync, unlinkSync } from "node:fs";
import { connect } from "node:net";
import { dirname, join } from "node:path";
import { random } from "../../conformance/random.ts";
import { workplace, type Json, type Workplace } from "../../support/marathon-run.ts";
import type { OuterTerminal } from "../../support/outer-terminal.ts";
import { HOLDER } from "./processes.ts";
import { growth, sizeOf, type SoakSample } from "./soak-bounds.ts";
import { usageOf } from "./usage.ts";

export interface SoakOptions {
  readonly hours: number;
  readonly speed: number;
  readonly seed: number;
  /** Real ms between two faults. */
  readonly everyMs: number;
  readonly tell?: (line: string) => void;
}

export interface SoakReport {
  readonly seed: number;
  readonly realMs: number;
  /** A hundred, and what random keys have added. */
  readonly total: number;
  readonly done: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly keys: number;
  readonly samples: readonly SoakSample[];
  /** What did not hold, in words; empty as it should be. */
  readonly violations: readonly string[];
}

const TERMINALS = 10;
const TASKS = 100;
/** Keys that look, type, scroll, search, lay out and answer; none that stops the marathon. What is typed into the palette may add a task. */
const KEYS =
  "1 2 3 4 5 6 7 8 9 0 z \t j k h l g G p ? : / t T b s H L F O w i % v n \x1b \x1b[A \x1b[B \x1b[5~ \x1b[6~ \r ls abc \x0c".split(" ");

export async function soak(options: SoakOptions): Promise<SoakReport> {
  await using place = workplace();
  const run = new Soak(place, options);
  // Awaited here: the workplace is taken down when this function returns.
  return await run.play();
}

class Soak {
  readonly #place: Workplace;
  readonly #options: SoakOptions;
  readonly #next: (below: number) => number;
  readonly #began = performance.now();
  readonly #samples: SoakSample[] = [];
  readonly #faults: Record<string, number> = {};
  readonly #run: readonly string[];
  #screens: OuterTerminal[] = [];
  /** Faults that are to happen before any of them happens again. */
  #waiting: (keyof Soak["acts"])[] = [];
  readonly #crashes: string[] = [];
  #keys = 0;

  constructor(place: Workplace, options: SoakOptions) {
    this.#place = place;
    this.#options = options;
    this.#next = random(options.seed);
    const plan = place.file("plan.md", planOf(options.hours));
    this.#run = ["run", plan, "--agent", "rehearsal", "--speed", String(options.speed)];
  }

  async play(): Promise<SoakReport> {
    await this.#start();
    const planned = (this.#options.hours * 3_600_000) / this.#options.speed;
    const patience = planned * 4 + 240_000;
    let last = 0;
    for (let elapsed = 0; elapsed < patience; elapsed = performance.now() - this.#began) {
      const sample = await this.#sample();
      if (sample) {
        this.#samples.push(sample);
        if (sample.done !== last)
          this.#options.tell?.(`${Math.round(elapsed / 1000)} s: ${sample.done}/${sample.total}, ${Math.round(sample.rssMb)} MB`);
        last = sample.done;
        if (sample.done === sample.total) break;
      }
      await this.#person(this.#options.everyMs);
      // The end is left to show what a quiet engine keeps.
      await this.#fault(last > TASKS * 0.6 ? LATE_FAULTS : FAULTS);
    }
    return this.#judge();
  }

  async #start(): Promise<void> {
    const started = await this.#place.run([...this.#run, "--headless", "--seed", String(this.#options.seed)]);
    if (started.code !== 0) throw new Error(`the marathon did not start: exit ${started.code} ${started.stdout}${started.stderr}`);
    await this.#look();
  }

  /** Opens one more dashboard; the oldest of more than three is closed. */
  async #look(): Promise<void> {
    const size = { cols: 60 + this.#next(180), rows: 15 + this.#next(50) };
    const screen = this.#place.open(["attach"], size);
    this.#screens.push(screen);
    void screen.exit.then(({ code }) => this.#left(screen, code));
    if (this.#screens.length > 3) await this.#screens.shift()?.close();
  }

  /** The person has left by a key, as they may; or it has crashed, which counts. One that we end is not in the list any more. */
  #left(screen: OuterTerminal, code: number): void {
    if (!this.#screens.includes(screen)) return;
    this.#screens = this.#screens.filter((one) => one !== screen);
    if (code !== 0) this.#crashes.push(`a dashboard ended with ${code}: ${screen.text().trim().slice(-600)}`);
  }

  async #sample(): Promise<SoakSample | null> {
    try {
      const { engine, progress, journal } = await this.#place.json(["status"]);
      const state = dirname(dirname(dirname(journal as string)));
      return {
        at: performance.now() - this.#began,
        enginePid: engine.pid,
        done: progress.done,
        total: progress.total,
        processes: this.#place.leftBehind().length,
        ...sizeOf(state),
        ...usageOf(engine.pid),
      };
    } catch {
      // The engine has just been killed: the next fault or the end takes it up again.
      return null;
    }
  }

  /** Presses keys for so long, and looks again where a dashboard was left. */
  async #person(ms: number): Promise<void> {
    const end = performance.now() + ms;
    while (performance.now() < end) {
      const screen = this.#screens[this.#next(Math.max(1, this.#screens.length))];
      screen?.keys(KEYS[this.#next(KEYS.length)] ?? "");
      this.#keys++;
      await pause(20 + this.#next(80));
    }
    for (const screen of this.#screens) screen.keys("\x11");
  }

  async #fault(kinds: readonly (keyof Soak["acts"])[]): Promise<void> {
    // In rounds of all kinds, so that none is left out however few there are.
    if (!this.#waiting.some((one) => kinds.includes(one))) this.#waiting = [...kinds];
    const left = this.#waiting.filter((one) => kinds.includes(one));
    const kind = left[this.#next(left.length)] ?? "attach";
    this.#waiting = this.#waiting.filter((one) => one !== kind);
    this.#faults[kind] = (this.#faults[kind] ?? 0) + 1;
    this.#options.tell?.(`  ${kind}`);
    await this.acts[kind]();
  }

  readonly acts = {
    attach: () => this.#look(),
    dashboardKilled: async () => {
      const screen = this.#screens.shift();
      screen?.kill("SIGKILL");
      await screen?.exit;
      await this.#look();
    },
    dashboardStalled: async () => {
      const screen = this.#screens[0];
      screen?.stall();
      await pause(1500);
      screen?.goOn();
    },
    resizeStorm: async () => {
      for (let step = 0; step < 30; step++) {
        this.#screens[0]?.resize(20 + this.#next(200), 5 + this.#next(60));
        await pause(10);
      }
    },
    engineAsleep: () => asleep(this.#samples.at(-1)?.enginePid),
    holderAsleep: () => asleep(this.#place.leftBehind().find(({ command }) => HOLDER.test(command))?.pid),
    engineKilled: async () => {
      const pid = this.#samples.at(-1)?.enginePid;
      if (pid !== undefined) signal(pid, "SIGKILL");
      await this.#place.run([...this.#run, "--headless"]);
      for (const screen of this.#screens.splice(0)) await screen.close();
      await this.#look();
    },
    garbage: async () => {
      const address = this.#socket();
      if (address === null) return;
      const socket = connect(address);
      socket.on("error", () => {});
      socket.write(Buffer.from(Array.from({ length: 5000 }, () => this.#next(256))));
      await pause(100);
      socket.destroy();
    },
    socketRemoved: async () => {
      const address = this.#socket();
      if (address !== null) unlinkSync(address);
      await pause(4000);
    },
    scratchpadNoise: async () => {
      for (let file = 0; file < 20; file++)
        this.#place.file(join(".claude", "Scratchpad", `noise-${this.#next(30)}.md`), `# Noise ${this.#next(1e6)}\n\n- [ ] nothing\n`);
    },
  };

  #socket(): string | null {
    const folder = join(this.#place.home.env["XDG_RUNTIME_DIR"] ?? "", "marathon");
    const name = existsSync(folder) ? readdirSync(folder).find((one) => one.endsWith(".sock")) : undefined;
    return name === undefined ? null : join(folder, name);
  }

  async #judge(): Promise<SoakReport> {
    const violations = [...this.#crashes];
    const status = await this.#place.json(["status"]);
    const done = status.progress.done as number;
    const total = status.progress.total as number;
    if (total < TASKS) violations.push(`of ${TASKS} tasks ${total} are left`);
    if (done !== total) violations.push(`${done} of ${total} tasks are done: ${JSON.stringify(status.blockers).slice(0, 600)}`);
    const twice = (status.tasks as Json[]).filter((task) => task.state !== "done").map((task) => `${task.number} ${task.state}`);
    if (done === total && twice.length > 0) violations.push(`not done after all: ${twice.join(", ")}`);
    violations.push(...growth(this.#samples), ...this.#logged(status.journal as string));
    for (const screen of this.#screens.splice(0)) await screen.close();
    const events = (await this.#place.run(["events", "--json"])).stdout.trim().split("\n");
    if (events.some((line, index) => (JSON.parse(line) as Json).seq !== index + 1)) violations.push("the journal's sequence has a gap");
    await this.#place.run(["stop"]);
    const left = this.#place.leftBehind();
    if (left.length > 0) violations.push(`left behind: ${left.map(({ command }) => command).join("; ")}`);
    return {
      seed: this.#options.seed,
      realMs: performance.now() - this.#began,
      total,
      done,
      faults: this.#faults,
      keys: this.#keys,
      samples: this.#samples,
      violations,
    };
  }

  /** What the engine and Node.js complained of: faults inside, too many listeners. */
  #logged(journal: string): readonly string[] {
    return ["engine.log", "engine-crash.log"].flatMap((name) => {
      const text = readFileSync(join(dirname(journal), name), "utf8");
      const bad = text.split("\n").filter((line) => /uncaught|unhandled|MaxListeners|could not/iu.test(line));
      return bad.slice(0, 3).map((line) => `${name}: ${line}`);
    });
  }
}

const LATE_FAULTS = ["attach", "dashboardKilled", "dashboardStalled", "resizeStorm", "garbage", "scratchpadNoise"] as const;
const FAULTS = [...LATE_FAULTS, "engineAsleep", "holderAsleep", "engineKilled", "socketRemoved"] as const;

/** A hundred tasks for ten terminals that together take so many hours, as an agent of each terminal works them off. */
function planOf(hours: number): string {
  const minutes = Math.max(1, Math.round((hours * 60 * TERMINALS) / TASKS));
  const stream = (terminal: number) => {
    const rows = Array.from(
      { length: TASKS / TERMINALS },
      (_, index) => `| ${(terminal - 1) * 10 + index + 1} | Work ${terminal}.${index + 1} | ${minutes}m |`,
    );
    return `## Stream ${"ABCDEFGHIJ"[terminal - 1]}: Lane ${terminal} (10 Tasks)\n\n**Terminal ${terminal}: lane (10 tasks)**\n\n| # | Task | Estimate |\n|---|------|----------|\n${rows.join("\n")}\n`;
  };
  return `# A long way\n\n${Array.from({ length: TERMINALS }, (_, index) => stream(index + 1)).join("\n")}`;
}

async function asleep(pid: number | undefined): Promise<void> {
  if (pid === undefined) return;
  signal(pid, "SIGSTOP");
  await pause(1500);
  signal(pid, "SIGCONT");
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended.
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
