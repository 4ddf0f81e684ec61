/** One file, two owners: tasks of different streams that name the same target will meet in a merge. */
import type { Problems } from "./problems.ts";
import { showRange } from "./ranges.ts";
import type { Plan, PlanTask } from "./types.ts";

/** Only what looks like a file: "Node.js" beside two tasks is a subject, and a folder has room for both. */
const FILE = /^[\w.@~-][\w.@/~-]*\/[\w.@~-]*\.[A-Za-z]\w*$/u;

export function verifyTargets(plan: Plan, problems: Problems): void {
  const byFile = new Map<string, PlanTask[]>();
  for (const task of plan.tasks) {
    const path = task.target?.trim().replace(/^\.\//u, "") ?? "";
    if (!FILE.test(path)) continue;
    const own = byFile.get(path);
    if (own) own.push(task);
    else byFile.set(path, [task]);
  }
  for (const [path, tasks] of byFile) {
    const streams = [...new Set(tasks.flatMap(({ stream }) => stream ?? []))];
    const second = tasks.find(({ stream }) => stream !== tasks[0]?.stream);
    if (streams.length < 2 || second === undefined || follow(tasks)) continue;
    problems.warning({
      at: second,
      code: "same-file",
      message: `streams ${streams.join(" and ")} both work on ${path} (tasks ${showRange(tasks.map(({ number }) => number))})`,
      advice: "give the file to one of them, or let one task depend on the other",
    });
  }
}

/** Whether each of them waits for the one before: then they do not meet. */
function follow(tasks: readonly PlanTask[]): boolean {
  return tasks.slice(1).every((task, index) => {
    const before = tasks[index];
    return before !== undefined && (task.dependsOn.includes(before.number) || before.dependsOn.includes(task.number));
  });
}
