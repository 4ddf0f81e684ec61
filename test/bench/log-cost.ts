/**
 * What recording costs: ten terminals flood, with and without logs, in turns; the engine's CPU time and how long it took.
 * `node test/bench/log-cost.ts [rounds]`, after `npm run build`. Two kinds of output: plain lines, and a screen redrawn in colours.
 */
import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { workplace } from "../support/marathon-run.ts";
import { cpuMs } from "./processes.ts";

const MB_EACH = 10;

const KINDS = {
  lines: (size: number) =>
    "a line of a hundred columns, as a build or a test run prints it, with a path /src/engine/x.ts\n".repeat(size / 90),
  redraws: (size: number) => {
    const rows = Array.from(
      { length: 24 },
      (_, y) => `\x1b[${y + 1};1H\x1b[K\x1b[3${y % 8}m│ \x1b[1mstep ${y}\x1b[22m … working ⠋ 世\x1b[m`,
    );
    const frame = `\x1b[?2026h${rows.join("")}\x1b[?2026l`;
    return frame.repeat(size / Buffer.byteLength(frame));
  },
} as const;

async function once(kind: keyof typeof KINDS, logs: boolean): Promise<{ cpu: number; wall: number; written: number }> {
  await using place = workplace();
  writeFileSync(join(place.home.project, "out"), KINDS[kind](MB_EACH * 1e6));
  const rows = Array.from(
    { length: 10 },
    (_, index) => `| ${index + 1} | Flood | ${index + 1} | \`until [ -e go ]; do sleep 0.05; done; cat out\` |`,
  );
  const plan = place.file("plan.md", `# Flood\n\n| # | Task | Terminal | Run |\n|---|---|---|---|\n${rows.join("\n")}\n`);
  await place.run(["run", plan, "--headless"], { env: logs ? {} : { MARATHON_LOG_FILES: "0" } });
  const { engine, journal } = await place.json(["status"]);
  const processes = place.leftBehind().filter(({ pid }) => pid === engine.pid);
  const before = cpuMs(processes);
  const started = performance.now();
  place.file("go", "");
  await place.run(["wait", "--until", "done", "--timeout", "300"], { timeoutMs: 300_000 });
  const wall = performance.now() - started;
  const cpu = cpuMs(processes) - before;
  const folder = join(journal, "..", "logs");
  mkdirSync(folder, { recursive: true });
  await place.run(["stop"]);
  const written = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  return { cpu, wall, written };
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const rounds = Number(process.argv[2] ?? 3);
for (const kind of Object.keys(KINDS) as (keyof typeof KINDS)[]) {
  const found = { with: [] as Awaited<ReturnType<typeof once>>[], without: [] as Awaited<ReturnType<typeof once>>[] };
  for (let round = 0; round < rounds; round++) {
    found.without.push(await once(kind, false));
    found.with.push(await once(kind, true));
  }
  for (const [name, all] of Object.entries(found)) {
    const cpu = median(all.map((one) => one.cpu));
    const wall = median(all.map((one) => one.wall));
    const written = median(all.map((one) => one.written));
    const each = all.map((one) => `${Math.round(one.cpu)}`).join(" ");
    process.stdout.write(
      `${kind} ${name} logs: engine ${Math.round(cpu)} ms CPU (${each}), ${Math.round(wall)} ms, ${((10 * MB_EACH * 1000) / wall).toFixed(1)} MB/s, ${(written / 1e6).toFixed(0)} MB kept\n`,
    );
  }
}
