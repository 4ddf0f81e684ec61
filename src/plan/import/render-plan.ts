/** A plan in our own dialect from imported tasks: what `check` reads out of it is what was put in. */
import { showMinutes } from "../durations.ts";
import { MOST_TERMINALS } from "../terminals.ts";
import { showRange } from "../ranges.ts";
import type { ImportedTask, ImportedTasks } from "./types.ts";

/** One stream for each group, in the order of their first tasks; phases as a tree if there are several. Ends in a line break. */
export function renderPlan({ title, kind, file, tasks }: ImportedTasks): string {
  const groups = [...Map.groupBy(tasks, (task) => task.group ?? title)];
  const base = file.split("/").at(-1) ?? file;
  const parts = [
    `---\ntitle: ${JSON.stringify(title)}\n${tasks.some((task) => !task.parallel) ? `terminals: ${Math.min(tasks.length, MOST_TERMINALS)}\n` : ""}---`,
    `# ${cell(title)}`,
    `> **Purpose:** Imported from ${cell(base)} (${kind}); check it with \`marathon check\` before a run`,
    ...groups.map(([name, own], index) => renderStream(name, own, index)),
  ];
  const phases = [...new Set(tasks.map((task) => task.phase ?? 1))].sort((a, b) => a - b);
  if (phases.length > 1) parts.push(renderPhases(phases, tasks));
  return `${parts.join("\n\n")}\n`;
}

/** Tasks that are not free to run beside the others of their group share one terminal, which keeps their order. */
function renderStream(name: string, tasks: readonly ImportedTask[], index: number): string {
  const inOrder = tasks.some((task) => !task.parallel);
  const columns: readonly (readonly [string, (task: ImportedTask) => string])[] = [
    ["#", (task) => String(task.number)],
    ["Task", (task) => cell(task.title)],
    ["Estimate", (task) => (task.minutes === null ? "" : showMinutes(task.minutes).replace(/^([\d.]+)h ([\d.]+)m$/, "$1h $2m"))],
    ["Depends on", (task) => showRange(task.dependsOn).replaceAll("–", "-")],
    ["Priority", (task) => task.priority ?? ""],
    ["Terminal", (task) => (inOrder && !task.parallel ? String((index % MOST_TERMINALS) + 1) : "")],
    ["Done", (task) => (task.done ? "x" : "")],
  ];
  const used = columns.filter(([, of], column) => column < 2 || tasks.some((task) => of(task) !== ""));
  const rows = [used.map(([head]) => head), used.map(() => "---"), ...tasks.map((task) => used.map(([, of]) => of(task)))];
  const table = rows.map((row) => `| ${row.join(" | ")} |`).join("\n");
  return `## Stream ${letter(index)}: ${cell(name)} (${tasks.length} ${tasks.length === 1 ? "Task" : "Tasks"})\n\n${table}`;
}

function renderPhases(phases: readonly number[], tasks: readonly ImportedTask[]): string {
  const lines = phases.flatMap((phase) => {
    const own = tasks.filter((task) => (task.phase ?? 1) === phase);
    const groups = [...Map.groupBy(own, (task) => task.group ?? "Tasks")];
    return [`Phase ${phase}:`, ...groups.map(([name, of], index) => branch(name, of, index === groups.length - 1))];
  });
  return `## Phases\n\n\`\`\`\n${lines.join("\n")}\n\`\`\``;
}

function branch(name: string, tasks: readonly ImportedTask[], last: boolean): string {
  const range = showRange(tasks.map((task) => task.number)).replaceAll("–", "-");
  return `${last ? "└──" : "├──"} ${name.replace(/[()`]/g, "").trim()} (${tasks.length === 1 ? "task" : "tasks"} ${range})`;
}

/** A, B, … Z, AA, AB … */
function letter(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letter(Math.floor(index / 26) - 1) + last;
}

/** On one line, with everything escaped that Markdown would take for its own. */
function cell(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\`|[\]<>&]/g, "\\$&");
}
