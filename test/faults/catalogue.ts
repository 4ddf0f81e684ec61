/**
 * Every fault of the list that we hold ourselves to, what must be so after it, and the tests that inject it. `npm run faults` runs
 * them all and writes FAULTS.md from what came of it; those with a star are injected in every run of `npm test`.
 */
import { AGENT_FAULTS } from "./catalogue/agents.ts";
import { FILE_FAULTS } from "./catalogue/files.ts";
import type { Fault } from "./catalogue/names.ts";
import { PROCESS_FAULTS } from "./catalogue/processes.ts";
import { roundSection } from "./rounds.ts";

export interface TestResult {
  /** From the repository's root. */
  readonly file: string;
  readonly title: string;
  /** "passed", "failed", "pending" … as vitest has it. */
  readonly status: string;
}

export const CATALOGUE: readonly Fault[] = [...PROCESS_FAULTS, ...AGENT_FAULTS, ...FILE_FAULTS];

/** FAULTS.md, from the results of a real run; `rounds`: lines that tell how often in a row all of it passed. */
export function faultTable(results: readonly TestResult[], rounds: readonly string[] = []): string {
  const rows = CATALOGUE.map((fault) => {
    const tests = "none" in fault ? `no test: ${fault.none}` : fault.tests.map(([file, title]) => `\`${file}\`: ${title}`).join("<br>");
    return `| ${fault.id} | ${fault.fault} | ${fault.promise} | ${tests} | ${"none" in fault ? "–" : outcome(fault.tests, results)} |`;
  });
  return `# Faults that are injected

Written by \`npm run faults\` from its last run; ★ is in every \`npm test\`. The catalogue is [catalogue](catalogue).

| # | fault | promise | tests | last result |
|---|---|---|---|---|
${rows.join("\n")}

## In a row

Written by \`npm run faults -- --times 10\` (\`--gates\`: only the twelve that are in every \`npm test\`).

${roundSection(rounds)}
`;
}

/** "passed" when every named test ran and passed, else what happened to which. */
function outcome(tests: readonly (readonly [string, string])[], results: readonly TestResult[]): string {
  const bad = tests.flatMap(([file, title]) => {
    const ran = results.filter((result) => result.file === file && result.title.startsWith(title));
    const statuses = ran.length === 0 ? ["did not run"] : ran.map(({ status }) => status).filter((status) => status !== "passed");
    return statuses.map((status) => `${status}: ${title}`);
  });
  return bad.length === 0 ? "passed" : bad.join("<br>");
}
