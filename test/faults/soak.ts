/**
 * `npm run soak`: a marathon of 36 hours at 600 times the speed, with faults and random keys; writes test/faults/SOAK.md.
 * Options: --hours 36 --speed 600 --seed 1 --every 3000 (real ms between two faults).
 */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { soak, type SoakReport } from "./bench/soak.ts";

const { values } = parseArgs({
  options: {
    hours: { type: "string", default: "36" },
    speed: { type: "string", default: "600" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1e6)) },
    every: { type: "string", default: "3000" },
  },
});
const report = await soak({
  hours: Number(values.hours),
  speed: Number(values.speed),
  seed: Number(values.seed),
  everyMs: Number(values.every),
  tell: (line) => console.log(line),
});
const text = describe(report);
writeFileSync(join(import.meta.dirname, "SOAK.md"), text);
console.log(text);
process.exitCode = report.violations.length === 0 ? 0 : 1;

function describe({ seed, realMs, total, done, faults, keys, samples, violations }: SoakReport): string {
  const last = samples.at(-1);
  const life = samples.filter(({ enginePid }) => enginePid === last?.enginePid);
  const range = (what: "rssMb" | "handles" | "threads" | "processes" | "files" | "megabytes") => {
    const all = life.map((sample) => sample[what]);
    return `| ${what} | ${Math.round(all[0] ?? 0)} | ${Math.round(Math.max(...all))} | ${Math.round(all.at(-1) ?? 0)} |`;
  };
  const happened = Object.entries(faults).map(([name, count]) => `${name} ×${count}`);
  return `# The soak, last run

Written by \`npm run soak\`: a marathon of ${values.hours} h at ${values.speed} times the speed, ten stand-in agents, seed ${seed}, ${cpus().length} cores.

- ${done} of ${total} tasks done in ${Math.round(realMs / 1000)} s of real time; ${keys} keys pressed
- faults: ${happened.join(", ")}
- what did not hold: ${violations.length === 0 ? "nothing" : violations.join("; ")}

Of the last engine, which nobody killed (${life.length} samples):

| | first | most | last |
|---|---|---|---|
${(["rssMb", "handles", "threads", "processes", "files", "megabytes"] as const).map(range).join("\n")}
`;
}
