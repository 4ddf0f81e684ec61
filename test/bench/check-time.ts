/** How long `marathon check --json` takes from exec to exit, on the 100-task document if it is there, else on a plan like it. */
import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SHARED } from "../support/documents.ts";
import { emptyHome } from "../support/empty-home.ts";
import { MARATHON } from "../support/marathon-run.ts";

const DOCUMENT = join(SHARED, "documents", "hundred-task-stream-plan.md");

export function checkOfHundredTasks(): Promise<number> {
  using home = emptyHome();
  const made = join(home.project, "hundred.md");
  writeFileSync(made, hundredTasks());
  const file = existsSync(DOCUMENT) ? DOCUMENT : made;
  const once = () => {
    const started = performance.now();
    const ran = spawnSync(MARATHON, ["check", file, "--json"], { cwd: home.project, env: home.env, encoding: "utf8" });
    const took = performance.now() - started;
    const tasks = ran.status === 0 ? (JSON.parse(ran.stdout) as { tasks: readonly unknown[] }).tasks.length : null;
    if (tasks !== 100) throw new Error(`marathon check ${file}: exit ${ran.status}, ${tasks ?? "no"} tasks: ${ran.stderr}`);
    return took;
  };
  // The first one in an empty home fills the cache of compiled code, as the first one of a person does.
  once();
  return Promise.resolve(once());
}

function hundredTasks(): string {
  const streams = Array.from({ length: 10 }, (_, index) => {
    const first = index * 10 + 1;
    const rows = Array.from(
      { length: 10 },
      (_, row) => `| ${first + row} | Piece ${first + row} of the work | src/part-${first + row}.ts |`,
    );
    return `## Stream ${String.fromCharCode(65 + index)}: Part ${index + 1} (10 Tasks)\n\n**Terminal ${index + 1} | Goal: All of it**\n\n| # | Task | File |\n|---|------|------|\n${rows.join("\n")}\n`;
  });
  return `# A hundred\n\n${streams.join("\n")}`;
}
