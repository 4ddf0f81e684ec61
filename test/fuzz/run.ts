/**
 * `npm run fuzz`, for every night: a million inputs for each target, two targets at a time. A failing input is kept in
 * test/fuzz/corpus, where it is a test from then on; FUZZ.md tells of the last run. Options: --count 1000000
 * --seed N --target NAME --from INPUTS (a run that was ended, by Ctrl-c, goes on there).
 */
import { spawn } from "node:child_process";
import { parseArgs } from "node:util";
import { fuzz, keep, type Failure } from "./fuzz.ts";
import { record } from "./record.ts";
import { TARGETS } from "./targets.ts";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "1000000" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1e9)) },
    target: { type: "string" },
    from: { type: "string", default: "0" },
  },
});

/** So many inputs have a seed of their own: what failed is found again in seconds, and a run can be ended and gone on with. */
const PART = 10_000;
const SAY_EVERY = 100_000;

if (values.target === undefined) await all();
else await one(values.target, Number(values.count), Number(values.seed), Number(values.from));

async function one(name: string, count: number, seed: number, from: number): Promise<void> {
  const target = TARGETS.find((known) => known.name === name);
  if (!target) throw new Error(`there is no target ${name}; known are ${TARGETS.map((known) => known.name).join(", ")}`);
  let ended = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => (ended = true));
  const began = performance.now();
  const seconds = () => Math.round((performance.now() - began) / 1000);
  let done = from;
  let failure: Failure | null = null;
  while (done < count && failure === null && !ended) {
    failure = fuzz(target, Math.min(PART, count - done), seed + done / PART);
    if (failure === null) done = Math.min(count, done + PART);
    if (done % SAY_EVERY === 0) console.log(`  ${name}: ${done} of ${count} inputs, ${seconds()} s`);
    await new Promise((resolve) => setImmediate(resolve));
  }
  record({ target: name, inputs: done, seed, seconds: seconds(), failure: failure && firstLine(failure.error) });
  if (failure === null) {
    const rest = done < count ? `; go on with --target ${name} --seed ${seed} --from ${done}` : "";
    return console.log(`✓ ${name}: ${done} inputs, seed ${seed}, ${seconds()} s${rest}`);
  }
  const again = `--target ${name} --count ${PART} --seed ${seed + done / PART}`;
  console.log(`✗ ${name}: ${failure.error.stack}\n  kept as ${keep(target, failure)}; again: npm run fuzz -- ${again}`);
  process.exitCode = 1;
}

function firstLine({ message }: Error): string {
  return message.split("\n", 1).join("").replaceAll("|", "/");
}

async function all(): Promise<void> {
  const waiting = [...TARGETS];
  const worker = async () => {
    for (let target = waiting.shift(); target; target = waiting.shift()) {
      const code = await run(target.name);
      if (code !== 0) process.exitCode = 1;
    }
  };
  await Promise.all([worker(), worker()]);
}

function run(name: string): Promise<number | null> {
  const args = [import.meta.filename, "--target", name, "--count", values.count, "--seed", values.seed];
  return new Promise((resolve) => spawn(process.execPath, args, { stdio: "inherit" }).once("exit", resolve));
}
