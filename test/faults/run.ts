/**
 * `npm run faults`: injects every fault of the catalogue and writes test/faults/FAULTS.md from what came of it. Options:
 *   --times N      so many rounds, one after the other; every failing one is told, and how often in a row all passed is kept
 *   --gates        only the twelve that are in every `npm test`; the table keeps the results of the others
 *   --bail         not another round after one that failed
 *   --report FILE  (more than once, later ones count) the table is made of reports of vitest (JSON) that are there already
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { CATALOGUE, faultTable, type TestResult } from "./catalogue.ts";
import { roundsIn, withRounds, type Round } from "./rounds.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const TABLE = join(import.meta.dirname, "FAULTS.md");

const { values } = parseArgs({
  options: {
    report: { type: "string", multiple: true },
    times: { type: "string", default: "1" },
    gates: { type: "boolean", default: false },
    bail: { type: "boolean", default: false },
  },
});
const times = Math.max(1, Number(values.times));
const folder = mkdtempSync(join(tmpdir(), "marathon-faults-"));
const before = readFileSync(TABLE, "utf8");

if (values.report) finish(merged(values.report.flatMap(resultsOf)), []);
else {
  const rounds = play();
  finish(rounds.at(-1)?.results ?? [], rounds);
}
rmSync(folder, { recursive: true, force: true });

function play(): readonly Round[] {
  const named = [...new Set(CATALOGUE.flatMap((fault) => ("tests" in fault ? fault.tests.map(([file]) => file) : [])))];
  const files = values.gates ? named.filter((file) => /^test\/faults\/\d\d-[^/]*$/u.test(file)) : named;
  const rounds: Round[] = [];
  for (let number = 1; number <= times; number++) {
    const [load = 0] = loadavg();
    const began = performance.now();
    const results = run(files, join(folder, `round-${number}.json`));
    const round: Round = { number, results, seconds: (performance.now() - began) / 1000, load };
    rounds.push(round);
    const failed = failures(results);
    if (times > 1) console.log(`round ${number} of ${times}: ${results.length} tests, ${failed.length} failed`);
    for (const { file, title } of failed) console.log(`  ${file}: ${title}`);
    if (values.bail && (failed.length > 0 || results.length === 0)) break;
  }
  return rounds;
}

function run(files: readonly string[], report: string): readonly TestResult[] {
  const vitest = join(ROOT, "node_modules", "vitest", "vitest.mjs");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  spawnSync(process.execPath, [vitest, "run", "--config", "test/vitest.config.ts", ...files, ...reporters], {
    cwd: ROOT,
    stdio: "inherit",
  });
  // Without a report vitest itself has failed: a round in which nothing passed.
  return existsSync(report) ? merged(resultsOf(report)) : [];
}

function finish(results: readonly TestResult[], rounds: readonly Round[]): void {
  const table = values.gates ? before : faultTable(results, roundsIn(before));
  writeFileSync(TABLE, rounds.length > 1 ? withRounds(table, { gates: values.gates, commit: commit(), at: new Date(), rounds }) : table);
  const all = rounds.length > 0 ? rounds.map((round) => round.results) : [results];
  const failed = all.flatMap(failures);
  const bad = failed.length > 0 || all.some((one) => one.length === 0);
  console.log(`test/faults/FAULTS.md: ${CATALOGUE.length} faults, ${results.length} tests, ${all.length} rounds, ${failed.length} failed`);
  process.exitCode = bad ? 1 : 0;
}

function failures(results: readonly TestResult[]): readonly TestResult[] {
  return results.filter(({ status }) => status !== "passed" && status !== "pending");
}

function merged(results: readonly TestResult[]): readonly TestResult[] {
  return [...new Map(results.map((result) => [`${result.file} ${result.title}`, result])).values()];
}

function commit(): string {
  return spawnSync("git", ["rev-parse", "--short", "HEAD"], { cwd: ROOT, encoding: "utf8" }).stdout.trim();
}

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly title: string; readonly status: string }[];
  }[];
}

function resultsOf(file: string): readonly TestResult[] {
  const { testResults } = JSON.parse(readFileSync(file, "utf8")) as Report;
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ title, status }) => ({ file: name.replace(/^.*?\/(?=test\/)/u, ""), title, status })),
  );
}
