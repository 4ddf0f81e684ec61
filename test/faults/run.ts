/**
 * `npm run faults`: injects every fault of the catalogue and writes test/faults/FAULTS.md from what came of it. With
 * `--report FILE` (more than once, later ones count) the table is made of reports of vitest (JSON) that are there already.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { CATALOGUE, faultTable, type TestResult } from "./catalogue.ts";

const ROOT = join(import.meta.dirname, "..", "..");

const { values } = parseArgs({ options: { report: { type: "string", multiple: true } } });
const folder = mkdtempSync(join(tmpdir(), "marathon-faults-"));
const report = join(folder, "report.json");
if (values.report === undefined) {
  const files = [...new Set(CATALOGUE.flatMap((fault) => ("tests" in fault ? fault.tests.map(([file]) => file) : [])))];
  const vitest = join(ROOT, "node_modules", "vitest", "vitest.mjs");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  spawnSync(process.execPath, [vitest, "run", "--config", "test/vitest.config.ts", ...files, ...reporters], {
    cwd: ROOT,
    stdio: "inherit",
  });
}
const results = [
  ...new Map((values.report ?? [report]).flatMap(resultsOf).map((result) => [`${result.file} ${result.title}`, result])).values(),
];
rmSync(folder, { recursive: true, force: true });
writeFileSync(join(import.meta.dirname, "FAULTS.md"), faultTable(results));
const failed = results.filter(({ status }) => status !== "passed" && status !== "pending");
console.log(`test/faults/FAULTS.md: ${CATALOGUE.length} faults, ${results.length} tests, ${failed.length} failed`);
process.exitCode = failed.length === 0 && results.length > 0 ? 0 : 1;

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
