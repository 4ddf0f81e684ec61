import type { StartSpec } from "../engine/spec.ts";
import type { Plan } from "../plan/types.ts";
import { EXIT } from "./exit.ts";
import { print } from "./print.ts";

/** `marathon run --dry-run`: who would do what, and which commands would be run. Starts nothing. */
export function dryRun(plan: Plan, start: StartSpec): number {
  const lines = [`${plan.title}: agent ${start.agent}${start.command ? ` (${start.command})` : ""}, scratchpad ${start.scratchpad}`];
  for (const terminal of plan.terminals) {
    lines.push(
      `terminal ${terminal.number}${terminal.stream ? ` (stream ${terminal.stream})` : ""}${terminal.label ? `: ${terminal.label}` : ""}`,
    );
    for (const number of terminal.tasks) lines.push(...taskLines(plan, number));
  }
  const floating = plan.tasks.filter((task) => task.terminal === null);
  if (floating.length > 0) lines.push("any available terminal");
  for (const task of floating) lines.push(...taskLines(plan, task.number));
  print(`${lines.join("\n")}\n`);
  return EXIT.ok;
}

function taskLines(plan: Plan, number: number): string[] {
  const task = plan.tasks.find((one) => one.number === number);
  if (!task) return [];
  const after = task.dependsOn.length > 0 ? `  (after ${task.dependsOn.join(", ")})` : "";
  return [`  ${number} ${task.title}${after}`, ...(task.run ? [`      $ ${task.run}`] : [])];
}
