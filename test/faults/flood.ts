/**
 * `npm run flood`: ten terminals that print a gigabyte each, for a quarter of an hour; writes test/faults/FLOOD.md.
 * Options: --terminals 10 --megabytes 1000.
 */
import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { flood, type FloodReport } from "./bench/flood.ts";

const { values } = parseArgs({
  options: { terminals: { type: "string", default: "10" }, megabytes: { type: "string", default: "1000" } },
});
const terminals = Number(values.terminals);
const megabytes = Number(values.megabytes);
const [load = 0] = loadavg();
const report = await flood({ terminals, bytes: megabytes * 1e6, tell: (line) => console.log(line) });
const text = describe(report);
writeFileSync(join(import.meta.dirname, "FLOOD.md"), text);
console.log(text);
process.exitCode = report.violations.length === 0 ? 0 : 1;

function describe({ seconds, keys, slowestKeyMs, most, log, violations }: FloodReport): string {
  const rate = (terminals * megabytes) / Math.max(1, seconds);
  return `# The flood, last run

Written by \`npm run flood\`: ${terminals} terminals that print ${megabytes} MB each, in coloured lines, as fast as they are read, while
somebody types. ${cpus().length} cores, load ${load.toFixed(1)} when it began.

- ${seconds} s, ${rate.toFixed(1)} MB/s together; ${keys} keys, each of which arrived, the slowest after ${Math.round(slowestKeyMs)} ms
- memory at most: engine ${most.engine.toFixed(0)} MB, holder ${most.holder.toFixed(0)} MB, dashboard ${most.dashboard.toFixed(0)} MB
- recordings: ${log.mb.toFixed(0)} MB of the terminal with most, after ${log.part} files or more; every byte counted
- what did not hold: ${violations.length === 0 ? "nothing" : violations.join("; ")}
`;
}
