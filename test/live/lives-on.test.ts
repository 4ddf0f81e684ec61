/** Programs outlive the engine: the built program, real shells, real kills. */
import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, it } from "vitest";
import { MARATHON, workplace, type Workplace } from "../support/marathon-run.ts";
import { killAndWait } from "../support/left-behind.ts";

/** Counts, says who it is when it is asked, and stays. */
const COUNTS = `
n=0
while [ $n -lt 1500 ]; do n=$((n + 1)); echo "n$n"; [ $((n % 5)) -ne 0 ] || sleep 0.02; done
echo counted
while read -r word; do echo "$word from $$"; done
`;
const FLOODS = `seq -f n%.0f 1 300000; echo counted; read -r word; echo "$word from $$"; sleep 1000`;

const TERMINALS = Array.from({ length: 10 }, (_, index) => index + 1);

function planOf(place: Workplace, script: string, terminals: readonly number[] = TERMINALS): string {
  place.file("work.sh", script);
  const rows = terminals.map((number) => `| ${number} | Count ${number} | ${number} | \`bash work.sh\` |`);
  return place.file("plan.md", `# Counters\n\n| # | Task | Terminal | Run |\n|---|------|----------|-----|\n${rows.join("\n")}\n`);
}

async function start(place: Workplace, plan: string, marathon = MARATHON): Promise<void> {
  const ran = await place.run(["run", plan, "--headless"], { marathon });
  expect(ran.code, ran.stderr).toBe(0);
}

async function pidsOf(place: Workplace): Promise<readonly (number | null)[]> {
  return (await place.json(["status"])).terminals.map(({ pid }: { pid: number | null }) => pid);
}

async function killEngine(place: Workplace): Promise<void> {
  const { engine } = await place.json(["status"]);
  await killAndWait(engine.pid);
}

function holders(place: Workplace): readonly number[] {
  return place.leftBehind().flatMap(({ pid, command }) => (/holder\.js /.test(command) ? [pid] : []));
}

async function until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  const end = performance.now() + 60_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited a minute for ${what}`);
    await setTimeout(100);
  }
}

async function shows(place: Workplace, terminal: number, text: string): Promise<void> {
  await until(`${text} in terminal ${terminal}`, async () => (await place.run(["screen", String(terminal)])).stdout.includes(text));
}

async function numbers(place: Workplace, terminal: number): Promise<readonly number[]> {
  const { stdout } = await place.run(["log", String(terminal), "--plain"]);
  return [...stdout.matchAll(/^n(\d+)$/gmu)].map(([, number]) => Number(number));
}

function upTo(last: number): readonly number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}

it("the engine is killed while ten terminals count: each number is there once, and what is typed reaches the same programs", async () => {
  await using place = workplace();
  const plan = planOf(place, COUNTS);
  await start(place, plan);
  await until("ten programs", async () => (await pidsOf(place)).every((pid) => pid !== null));
  const pids = await pidsOf(place);
  for (let round = 0; round < 3; round++) {
    await setTimeout(300 + 200 * round);
    await killEngine(place);
    await setTimeout(400 * round);
    await start(place, plan);
    expect(await pidsOf(place)).toEqual(pids);
  }
  for (const terminal of TERMINALS) await shows(place, terminal, "counted");
  for (const terminal of TERMINALS) {
    expect(await numbers(place, terminal), `terminal ${terminal}`).toEqual(upTo(1500));
    const { stdout } = await place.run(["screen", String(terminal)]);
    const rows = [...stdout.matchAll(/^n(\d+)$/gmu)].map(([, number]) => Number(number));
    expect(rows.length).toBeGreaterThan(10);
    expect(rows).toEqual(upTo(1500).slice(-rows.length));
    await place.run(["send", String(terminal), "hello", "--enter"]);
    await shows(place, terminal, `hello from ${pids[terminal - 1]}`);
  }
  const status = await place.json(["status"]);
  expect(status.progress).toMatchObject({ done: 0 });
  expect(status.blockers).toEqual([]);
  expect((await place.run(["stop"])).code).toBe(0);
  expect(place.leftBehind()).toEqual([]);
}, 240_000);

it("a flood is held back while nobody is there to take it, and while the engine is stopped, and loses nothing", async () => {
  await using place = workplace();
  const plan = planOf(place, FLOODS, [1, 2]);
  await start(place, plan);
  await until("output", async () => (await numbers(place, 1)).length > 0);
  await killEngine(place);
  await setTimeout(500);
  await start(place, plan);
  const { engine } = await place.json(["status"]);
  process.kill(engine.pid, "SIGSTOP");
  await setTimeout(2000);
  process.kill(engine.pid, "SIGCONT");
  for (const terminal of [1, 2]) {
    await shows(place, terminal, "counted");
    expect(await numbers(place, terminal)).toEqual(upTo(300_000));
  }
}, 240_000);

it("a command that ends while no engine is there has done its task", async () => {
  await using place = workplace();
  const plan = planOf(place, "echo begun; until [ -e go ]; do sleep 0.05; done; echo over", [1]);
  await start(place, plan);
  await shows(place, 1, "begun");
  await killEngine(place);
  place.file("go", "");
  await until("the end of the command", () => !place.leftBehind().some(({ command }) => command.includes("work.sh")));
  await start(place, plan);
  await until("the task to be done", async () => (await place.json(["status"])).progress.done === 1);
  expect((await place.run(["screen", "1"])).stdout).toMatch(/begun\nover\n✔ done/u);
});

it("the holder is killed: its programs end and are recorded, the engine lives, and a new one holds what is started next", async () => {
  await using place = workplace();
  await start(place, planOf(place, COUNTS, [1, 2]));
  await shows(place, 1, "counted");
  const { engine } = await place.json(["status"]);
  const [holder = 0, ...others] = holders(place);
  expect(others).toEqual([]);
  process.kill(holder, "SIGKILL");
  await until("two blockers", async () => (await place.json(["status"])).blockers.length === 2);
  expect(place.leftBehind().filter(({ command }) => command.includes("work.sh"))).toEqual([]);
  expect((await place.json(["status"])).engine.pid).toBe(engine.pid);
  expect((await place.run(["restart", "--terminal", "1"])).stderr).toContain("");
  await until("a new holder", () => holders(place).length === 1);
  expect((await place.run(["stop"])).code).toBe(0);
  expect(place.leftBehind()).toEqual([]);
});

it("a newer program takes over what an older one holds", async () => {
  await using place = workplace();
  const old = join(place.home.project, "old");
  cpSync(join(MARATHON, ".."), join(old, "dist"), { recursive: true });
  symlinkSync(join(MARATHON, "..", "..", "node_modules"), join(old, "node_modules"));
  const file = join(old, "dist", "holder.js");
  writeFileSync(file, readFileSync(file, "utf8").replaceAll('"0.1.0"', '"0.0.1"'));
  const plan = planOf(place, COUNTS, [1, 2]);
  await start(place, plan, join(old, "dist", "marathon.js"));
  await until("two programs", async () => (await pidsOf(place)).every((pid) => pid !== null));
  const pids = await pidsOf(place);
  await killEngine(place);
  await start(place, plan);
  expect(await pidsOf(place)).toEqual(pids);
  await shows(place, 1, "counted");
  expect(await numbers(place, 1)).toEqual(upTo(1500));
});
