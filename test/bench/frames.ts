/**
 * Whether the screen stays fluent where the plan is large: frames that reach the person's terminal, what lies between two of them, and
 * what keys cost, on the board and in the time view, of a plan of 10,000 tasks beside one of 100. `npm run bench:frames`; `--tasks N`
 * for one other size, `--only TEXT` for the rows whose name holds the text, `--quick` for short windows that are not to be reported.
 * The built program in a real pty of 200×60, with ten terminals of the agent `shell`: nine whose tasks end every few seconds,
 * and one, in front, that prints more often than 60 times a second while it is told to.
 */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ENGINE_WORD } from "../../src/engine/spec.ts";
import { leftBehind } from "../support/left-behind.ts";
import { workplace } from "../support/marathon-run.ts";
import type { OuterTerminal } from "../support/outer-terminal.ts";
import { FrameWatch } from "./frame-watch.ts";
import { largePlan } from "./large-text.ts";
import { benchOptions } from "./options.ts";
import { cpuMs } from "./processes.ts";
import { beginning, figureText, report } from "./report.ts";
import { sleep } from "./stage.ts";
import { spread } from "./statistics.ts";

const PATIENCE_MS = 60_000;
/** Compiling, first garbage collections and the first forecasts are through. */
const SETTLE_MS = 8_000;
/** Between two prints of the terminal in front. */
const PRINT_MS = 8;
/** A key pressed by itself has had its frame by then. */
const KEY_MS = 150;

interface Flow {
  readonly name: string;
  /** What brings it up and what ends it; and what is pressed meanwhile, one key every `everyMs`. */
  readonly enter: string;
  readonly leave: string;
  readonly keys: readonly string[];
  readonly everyMs: number;
  readonly prints: boolean;
}

const FLOWS: readonly Flow[] = [
  { name: "board, the terminal in front prints", enter: "", leave: "", keys: [], everyMs: 100, prints: true },
  { name: "board, it prints, a key every 33 ms", enter: "s", leave: "s", keys: ["j", "j", "k", "k"], everyMs: 33, prints: true },
  { name: "board, a key every 16 ms", enter: "s", leave: "s", keys: ["j", "j", "k", "k"], everyMs: 16, prints: false },
  { name: "time view, a key every 16 ms", enter: "t", leave: "t", keys: ["j", "+", "k", "l", "-", "h"], everyMs: 16, prints: false },
];

/** Pressed one by one, each when the one before has had its frame. */
const KEYS: readonly { readonly name: string; readonly keys: readonly string[] }[] = [
  { name: "t: the time view and back", keys: ["t", "t"] },
  { name: "Tab in the time view", keys: ["t", "\t", "\t", "t"] },
  { name: "H: the hierarchy, down, up, back", keys: ["H", "j", "k", "H"] },
  { name: ": the palette, two letters, back", keys: [":", "t", "e", "\x03"] },
  { name: "?: the keys, down, back", keys: ["?", "j", "q"] },
  { name: "z: zoom and back", keys: ["z", "z"] },
];

/** Prints a line in place, more often than any screen shows it, and keeps still while there is a file called so. */
const PRINTER = `import { existsSync } from "node:fs";
let tick = 100;
setInterval(() => { if (!existsSync("quiet")) process.stdout.write("\\r\\x1b[3" + (tick % 8) + "mtick " + tick++ + "\\x1b[0m of a terminal that prints"); }, ${PRINT_MS});
`;

type Figures = ReadonlyMap<string, number>;

const options = benchOptions(process.argv.slice(2));
const began = beginning();
const at = process.argv.indexOf("--tasks");
const sizes = at < 0 ? [100, 10_000] : [Number(process.argv[at + 1])];
const columns: Figures[] = [];
for (const tasks of sizes) columns.push(await measure(tasks));
const names = [...new Set(columns.flatMap((column) => [...column.keys()]))];
report("frames", {
  command: "npm run bench:frames --",
  options,
  began,
  rows: [
    ["figure", ...sizes.map((size) => `${size} tasks`)],
    ...names.map((name) => [name, ...columns.map((column) => figureText(column.get(name) ?? Number.NaN))]),
  ],
});

async function measure(tasks: number): Promise<Figures> {
  await using place = workplace();
  const quiet = join(place.home.project, "quiet");
  writeFileSync(join(place.home.project, "print.mjs"), PRINTER);
  place.file("large.md", largePlan({ tasks, run: (number) => `sleep ${4 + (number % 5)}`, more: printing(tasks + 1) }));
  const terminal = place.open(["run", "large.md", "--trust"]);
  const watch = new FrameWatch();
  terminal.onOutput((bytes) => watch.take(bytes, performance.now()));
  await terminal.waitFor(/tick \d{3}/u, PATIENCE_MS);
  terminal.keys("0");
  await sleep(options.quick ? 2_000 : SETTLE_MS);
  const processes = leftBehind(place.home.mark);
  const dashboard = processes.filter(({ command }) => /marathon\.js run/u.test(command));
  const engine = processes.filter(({ command }) => command.includes(`marathon.js ${ENGINE_WORD}`));
  const told = new Map<string, number>();
  const parts: Parts = { terminal, watch, cpu: () => cpuMs(dashboard), engine: () => cpuMs(engine), told };
  for (const flow of FLOWS.filter(({ name }) => name.includes(options.only))) {
    if (flow.prints) rmSync(quiet, { force: true });
    else writeFileSync(quiet, "");
    await flowing(parts, flow);
  }
  writeFileSync(quiet, "");
  await sleep(500);
  for (const { name, keys } of KEYS.filter((one) => one.name.includes(options.only))) await pressed(parts, name, keys);
  return told;
}

interface Parts {
  readonly terminal: OuterTerminal;
  readonly watch: FrameWatch;
  /** CPU time of the dashboard until now, ms. */
  readonly cpu: () => number;
  /** That of the engine. */
  readonly engine: () => number;
  readonly told: Map<string, number>;
}

/** Frames a second and what lies between them, while this is pressed. */
async function flowing({ terminal, watch, cpu, engine, told }: Parts, { name, enter, leave, keys, everyMs }: Flow): Promise<void> {
  terminal.keys(enter);
  await sleep(1_000);
  const [from, before, engineBefore] = [performance.now(), cpu(), engine()];
  const end = from + (options.quick ? 1_500 : 8_000);
  let pressed = 0;
  for (let next = from; performance.now() < end; next += everyMs) {
    const key = keys[pressed % Math.max(1, keys.length)];
    if (key !== undefined) terminal.keys(key);
    pressed += 1;
    await sleep(Math.max(0, next + everyMs - performance.now()));
  }
  const to = performance.now();
  const used = cpu() - before;
  const share = (ms: number): number => (ms / (to - from)) * 100;
  told.set(`${name}: CPU of dashboard and engine, % of a core`, share(used + engine() - engineBefore));
  const { perSecond, count, gaps } = watch.between(from, to);
  const sorted = gaps.toSorted((a, b) => a - b);
  told.set(`${name}: frames a second`, perSecond);
  told.set(`${name}: gap p50, ms`, sorted[Math.floor(sorted.length * 0.5)] ?? Number.NaN);
  told.set(`${name}: gap p95, ms`, sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN);
  told.set(`${name}: longest gap, ms`, sorted.at(-1) ?? Number.NaN);
  told.set(`${name}: CPU of the dashboard a frame, ms`, used / Math.max(1, count));
  terminal.keys(leave);
  await sleep(500);
}

/** What one key costs, and when its first frame came. */
async function pressed({ terminal, watch, cpu, told }: Parts, name: string, keys: readonly string[]): Promise<void> {
  const rounds = options.quick ? 2 : 12;
  const waits: number[] = [];
  // Not counted: what is drawn for the first time.
  for (const key of keys) await press(key);
  waits.length = 0;
  const before = cpu();
  for (let round = 0; round < rounds; round += 1) for (const key of keys) await press(key);
  const used = cpu() - before;
  const { median, most } = spread(waits);
  told.set(`${name}: CPU a key, ms`, used / (rounds * keys.length));
  told.set(`${name}: key to frame, ms`, median);
  told.set(`${name}: the slowest, ms`, most);

  async function press(key: string): Promise<void> {
    const at = performance.now();
    terminal.keys(key);
    await sleep(KEY_MS);
    waits.push((watch.after(at) ?? at + KEY_MS) - at);
  }
}

function printing(number: number): string {
  const table = `| # | Task | Run | File | Estimate | Depends on |\n|---|---|---|---|---|---|\n| ${number} | Print | \`node print.mjs\` |  | 2h |  |`;
  return `\n## Stream K: In front (1 Task)\n\n**Terminal 10 | Goal: be looked at**\n\n${table}\n`;
}
