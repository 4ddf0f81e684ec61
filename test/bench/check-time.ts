/** How long `marathon check --json` takes from exec to exit: on the 100-task document, or a plan like it, and on 10,000 tasks. */
import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SHARED } from "../support/documents.ts";
import { emptyHome } from "../support/empty-home.ts";
import { MARATHON } from "../support/marathon-run.ts";

const DOCUMENT = join(SHARED, "documents", "hundred-task-stream-plan.md");

export function checkOfHundredTasks(): Promise<number> {
  return checkOf(100, existsSync(DOCUMENT) ? DOCUMENT : null);
}

export function checkOfTenThousandTasks(): Promise<number> {
  return checkOf(10_000, null);
}

/** Milliseconds for `file`, or for a plan of ten streams with that many tasks in all. */
function checkOf(count: number, given: string | null): Promise<number> {
  using home = emptyHome();
  const made = join(home.project, "made.md");
  writeFileSync(made, planOf(count / 10));
  const file = given ?? made;
  const once = () => {
    const started = performance.now();
    const ran = spawnSync(MARATHON, ["check", file, "--json"], {
      cwd: home.project,
      env: home.env,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    const took = performance.now() - started;
    const tasks = ran.status === 0 ? (JSON.parse(ran.stdout) as { tasks: readonly unknown[] }).tasks.length : null;
    if (tasks !== count) throw new Error(`marathon check ${file}: exit ${ran.status}, ${tasks ?? "no"} tasks: ${ran.stderr}`);
    return took;
  };
  // The first one brings the program's files into memory.
  once();
  return Promise.resolve(once());
}

/** Ten streams, a terminal each, of so many tasks each. */
function planOf(each: number): string {
  const streams = Array.from({ length: 10 }, (_, index) => {
    const first = index * each + 1;
    const rows = Array.from(
      { length: each },
      (_, row) => `| ${first + row} | Piece ${first + row} of the work | src/part-${first + row}.ts |`,
    );
    return `## Stream ${String.fromCharCode(65 + index)}: Part ${index + 1} (${each} Tasks)\n\n**Terminal ${index + 1} | Goal: All of it**\n\n| # | Task | File |\n|---|------|------|\n${rows.join("\n")}\n`;
  });
  return `# ${each * 10} of them\n\n${streams.join("\n")}`;
}
