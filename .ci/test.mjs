/**
 * `npm test`: installs what is missing, then runs every check there is and counts them all. The last line is
 * `N passed, N failed`; it exits with 1 if anything failed, was skipped in CI, or did not run at all.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { ROOT, setUp } from "./setup.mjs";

const { node, env } = setUp();
const CI = Boolean(process.env.CI);

const CHECKS = [
  ["types", ["npm", "run", "--silent", "types"]],
  ["lint", ["npm", "run", "--silent", "lint"]],
  ["format", ["npm", "run", "--silent", "format:check"]],
  ["dead code", ["npm", "run", "--silent", "dead"]],
  ["build", ["npm", "run", "--silent", "build"]],
  ["package", [node, ".ci/package-check.mjs"]],
];

const checks = CHECKS.map(([name, command]) => check(name, command));
const suites = ["unit", "live"].map(tests);

const passed = checks.filter(Boolean).length + sum(suites.map((suite) => suite.passed));
const failed = checks.length - checks.filter(Boolean).length + sum(suites.map((suite) => suite.failed));
const skipped = sum(suites.map((suite) => suite.skipped));
for (const { failures } of suites) for (const failure of failures) console.log(failure);
if (skipped > 0) console.log(`${skipped} tests did not run${CI ? ", which fails in CI" : ""}: their names are above`);
console.log(`${passed} passed, ${failed + (CI ? skipped : 0)} failed`);
process.exitCode = failed === 0 && (skipped === 0 || !CI) ? 0 : 1;

/** Runs one check; its output is shown only when it fails. */
function check(name, [command, ...args]) {
  const started = performance.now();
  const result = spawnSync(command, args, { cwd: ROOT, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: 1 << 28 });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const ok = result.status === 0;
  console.log(`${ok ? "✓" : "✗"} ${name} (${seconds} s)`);
  if (!ok) console.log(`${result.stdout ?? ""}${result.stderr ?? ""}${result.error?.message ?? ""}`.trimEnd());
  return ok;
}

/** Runs one vitest project. A run without a report, without tests, or with an error outside of any test counts as a failure. */
function tests(project) {
  const folder = mkdtempSync(join(tmpdir(), "marathon-test-"));
  const report = join(folder, "report.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const args = [
    join("node_modules", "vitest", "vitest.mjs"),
    "run",
    "--config",
    "test/vitest.config.ts",
    "--project",
    project,
    ...reporters,
  ];
  const { status } = spawnSync(node, args, { cwd: ROOT, env, stdio: ["ignore", "inherit", "inherit"] });
  const counts = { passed: 0, failed: 0, skipped: 0, failures: [] };
  try {
    const told = JSON.parse(readFileSync(report, "utf8"));
    counts.passed = told.numPassedTests;
    counts.failed = told.numFailedTests;
    counts.skipped = told.numPendingTests + (told.numTodoTests ?? 0);
    counts.failures = told.testResults.flatMap(failuresOf);
  } catch (error) {
    console.log(`✗ ${project}: vitest left no report (${error.message})`);
  }
  rmSync(folder, { recursive: true, force: true });
  if (counts.failed === 0 && (status !== 0 || counts.passed === 0)) {
    counts.failed = 1;
    counts.failures.push(`✗ ${project}: vitest ended with ${status} and no failed test: see \`Unhandled Errors\` in its output above`);
  }
  return counts;
}

/** What failed in one file, told again at the very end: of a long log often only the end is kept. */
function failuresOf({ name, message, assertionResults }) {
  const file = relative(ROOT, name);
  const failed = assertionResults.filter((test) => test.status === "failed");
  const whole = failed.length === 0 && message ? [`✗ ${file}\n${message}`] : [];
  return [...whole, ...failed.map((test) => `✗ ${file}: ${test.fullName}\n${test.failureMessages.join("\n").slice(0, 4000)}`)];
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
