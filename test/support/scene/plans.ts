/** Plans of the stories, in Markdown as people write them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const PLANS = join(import.meta.dirname, "..", "..", "..", "plans");

/** Six streams, ten terminals, a hundred tasks, overflow: the repository's own example. */
export const HUNDRED_TASKS = readFileSync(join(PLANS, "hundred-tasks.md"), "utf8");

/** Terminals 1, 2, … with one shell task for each name: 1 and on in terminal 1, the next in terminal 2. */
export function shellPlan(title: string, terminals: readonly (readonly string[])[], more: { readonly columns?: string } = {}): string {
  let number = 0;
  const header = `| # | Task | Run |${more.columns ?? ""}`;
  const rule = header.replaceAll(/[^|]+/gu, "---");
  const tables = terminals.map((rows, index) => {
    const lines = rows.map((row) => `| ${++number} | ${row} |`);
    return `**Terminal ${index + 1}: part ${index + 1} (${rows.length} tasks)**\n\n${header}\n${rule}\n${lines.join("\n")}\n`;
  });
  return `# ${title}\n\n## Stream A: Everything (${number} Tasks)\n\n**Terminals 1-${terminals.length} | Goal: It is done**\n\n${tables.join("\n")}`;
}

/** A security item by its `Kind`, and a task whose title alone has the word. */
export const SECURITY_PLAN = `---
agent: command
command: sh agent.sh
---

# Sweep

| # | Task | Kind | Terminal |
| --- | --- | --- | --- |
| 1 | Look for unchecked uploads | search, security | 1 |
| 2 | Write down security rules | edits | 2 |
`;
