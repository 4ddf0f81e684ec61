/** The rows of the table: what is measured, how well it should do, and how it is taken from each contestant. */
import { compositorFrame } from "./compositor-frame.ts";
import { CONTESTANTS, type Contestant } from "./contestants.ts";
import { searchOfTenTerminals } from "./search-time.ts";
import { checkOfHundredTasks, checkOfTenThousandTasks } from "./check-time.ts";
import { cpuMs, memoryMb } from "./processes.ts";
import type { OuterTerminal } from "../support/outer-terminal.ts";
import { sleep, stage } from "./stage.ts";
import { spread } from "./statistics.ts";

export interface MeasureOptions {
  readonly quick: boolean;
}

export interface Measure {
  readonly name: string;
  readonly unit: string;
  /** Ours should be at most this. */
  readonly goal: number;
  readonly repetitions: number;
  readonly ours: (options: MeasureOptions) => Promise<number>;
  readonly tmux?: (options: MeasureOptions) => Promise<number>;
}

const { ours, tmux } = CONTESTANTS;

export const MEASURES: readonly Measure[] = [
  { name: "start to first frame", unit: "ms", goal: 200, repetitions: 15, ours: () => firstFrame(ours), tmux: () => firstFrame(tmux) },
  { name: "attach to first frame", unit: "ms", goal: 200, repetitions: 15, ours: () => attach(ours), tmux: () => attach(tmux) },
  { name: "start until ten terminals are up", unit: "ms", goal: 1000, repetitions: 15, ours: () => tenUp(ours), tmux: () => tenUp(tmux) },
  { name: "a frame of ten changed panes, CPU in the compositor", unit: "ms", goal: 1, repetitions: 15, ours: compositorFrame },
  {
    name: "idle, ten terminals and one dashboard",
    unit: "% of a core",
    goal: 2,
    repetitions: 3,
    ours: (how) => idle(ours, how),
    tmux: (how) => idle(tmux, how),
  },
  {
    name: "memory (RSS), ten terminals with 1,000 lines each",
    unit: "MB",
    goal: 250,
    repetitions: 3,
    ours: () => memory(ours, "rss"),
    tmux: () => memory(tmux, "rss"),
  },
  {
    name: "memory (PSS), ten terminals with 1,000 lines each",
    unit: "MB",
    goal: 250,
    repetitions: 3,
    ours: () => memory(ours, "pss"),
    tmux: () => memory(tmux, "pss"),
  },
  { name: "search of ten terminals with 10,000 lines each", unit: "ms", goal: 200, repetitions: 15, ours: searchOfTenTerminals },
  {
    name: "memory (PSS), ten terminals with 10,000 lines of 120 columns",
    unit: "MB",
    goal: 120,
    repetitions: 3,
    ours: () => fullMemory(ours),
    tmux: () => fullMemory(tmux),
  },
  {
    name: "zoom key to full frame, 10,000 lines of scrollback",
    unit: "ms",
    goal: 10,
    repetitions: 15,
    ours: () => zoom(ours),
    tmux: () => zoom(tmux),
  },
  { name: "check of a plan of 100 tasks", unit: "ms", goal: 150, repetitions: 15, ours: checkOfHundredTasks },
  { name: "check of a plan of 10,000 tasks", unit: "ms", goal: 2000, repetitions: 5, ours: checkOfTenThousandTasks },
];

/** From exec until the outer terminal shows the program's own line of status. */
async function firstFrame(contestant: Contestant): Promise<number> {
  await using there = stage(contestant);
  const started = performance.now();
  await there.show();
  return performance.now() - started;
}

/** Ten terminals run already; from exec of a second look until it is on the screen. */
async function attach(contestant: Contestant): Promise<number> {
  await using there = stage(contestant);
  await there.startHidden();
  await there.allUp();
  const started = performance.now();
  await there.showAgain();
  return performance.now() - started;
}

/** From exec, without looking, until each of the ten programs has said that it runs. */
async function tenUp(contestant: Contestant): Promise<number> {
  await using there = stage(contestant);
  const started = performance.now();
  await Promise.all([there.startHidden(), there.allUp()]);
  return performance.now() - started;
}

async function idle(contestant: Contestant, { quick }: MeasureOptions): Promise<number> {
  await using there = stage(contestant);
  await there.show();
  await there.allUp();
  // What the start sets in motion (Ink, compiling, first garbage collections, screens that are looked at until they are known) is over after
  // 15 s, and not what idle costs.
  await sleep(quick ? 1_000 : 20_000);
  const windowMs = quick ? 2_000 : 20_000;
  const before = cpuMs(there.own());
  await sleep(windowMs);
  return ((cpuMs(there.own()) - before) / windowMs) * 100;
}

async function memory(contestant: Contestant, kind: "rss" | "pss"): Promise<number> {
  await using there = stage(contestant, { lines: 1_000 });
  await there.show();
  await there.allUp();
  await sleep(1_000);
  return memoryMb(there.own(), kind);
}

/** What is printed is as wide as the terminals, so that each line is one row of the scrollback. */
async function fullMemory(contestant: Contestant): Promise<number> {
  await using there = stage(contestant, { lines: 10_100, columns: 120 });
  await there.startWide();
  await there.allUp();
  await there.showAgain();
  await sleep(1_000);
  return memoryMb(there.own(), "pss");
}

/**
 * In and out five times, as a person does who goes from one to the next; the median of going in. Lines that a tile has no room for
 * in one row tell that the terminal fills the screen, when they stand unbroken in almost every row of it.
 */
async function zoom(contestant: Contestant): Promise<number> {
  await using there = stage(contestant, { lines: 10_100, columns: 120 });
  const wideRows = (terminal: OuterTerminal) => terminal.screen().filter((row) => /line \d{6}[a-z, ]{105}/u.test(row)).length;
  await there.show();
  await there.allUp();
  const taken: number[] = [];
  for (let round = 0; round < 5; round++) {
    await sleep(300);
    const started = performance.now();
    await there.press(contestant.zoomKeys, (terminal) => wideRows(terminal) > 45);
    taken.push(performance.now() - started);
    await sleep(300);
    await there.press(contestant.zoomKeys, (terminal) => wideRows(terminal) < 25);
  }
  return spread(taken).median;
}
