/**
 * `npm run fuzz`, for every night: a million inputs for each target, two targets at a time. A failing input is kept in
 * test/fuzz/corpus, where it is a test from then on; FUZZ.md tells of the last run. Options: --count 1000000 --seed N --target NAME.
 */
import { spawn } from "node:child_process";
import { parseArgs } from "node:util";
import { fuzz, keep } from "./fuzz.ts";
import { record } from "./record.ts";
import { TARGETS } from "./targets.ts";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "1000000" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1e9)) },
    target: { type: "string" },
  },
});

if (values.target === undefined) await all();
else one(values.target);

function one(name: string): void {
  const target = TARGETS.find((known) => known.name === name);
  if (!target) throw new Error(`there is no target ${name}; known are ${TARGETS.map((known) => known.name).join(", ")}`);
  const began = performance.now();
  const failure = fuzz(target, Number(values.count), Number(values.seed));
  const seconds = Math.round((performance.now() - began) / 1000);
  const run = { target: name, inputs: Number(values.count), seed: values.seed, seconds };
  record({ ...run, failure: failure && failure.error.message.split("\n", 1).join("").replaceAll("|", "/") });
  if (failure === null) return console.log(`✓ ${name}: ${values.count} inputs, seed ${values.seed}, ${seconds} s`);
  console.log(`✗ ${name}: seed ${values.seed}: ${failure.error.stack}\n  kept as ${keep(target, failure)}`);
  process.exitCode = 1;
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
