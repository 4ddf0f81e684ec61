/** `marathon check` for a person: what the plan means at a glance, then what is wrong with it. */
import { estimateMinutes, totals } from "./check-json.ts";
import { problemPages } from "./check-problems.ts";
import { showMinutes } from "./durations.ts";
import { showRange } from "./ranges.ts";
import { cut, wrap } from "./wrap.ts";
import type { Plan, PlanReading, PlanSource, PlanTask, Problem } from "./types.ts";

export interface TextOptions {
  /** Columns of the page; text is wrapped, and tables are cut, to fit. */
  readonly width?: number;
  /** The lines of the files, to show each problem's own line. */
  readonly sources?: readonly PlanSource[];
}

/** Widest page: longer lines are hard to read. Narrowest: below it words no longer fit. Columns. */
const WIDEST = 120;
const NARROWEST = 60;

/** Plain text without escape sequences, ending in a line break. */
export function checkText(reading: PlanReading, { width = 100, sources = [] }: TextOptions = {}): string {
  const { plan, problems } = reading;
  const columns = Math.min(WIDEST, Math.max(NARROWEST, width));
  const tables = plan === null ? [] : [streams(plan), terminals(plan), sessions(plan), phases(plan)].map((rows) => block(rows, columns));
  const parts = [...(plan === null ? [] : [heading(plan, columns)]), ...tables, problemPages(problems, sources, columns), verdict(reading)];
  return parts.filter((part) => part !== "").join("\n\n") + "\n";
}

function heading(plan: Plan, width: number): string {
  const { tasks, streams: streamCount, terminals: terminalCount, sessions: sessionCount, hours, agents } = totals(plan);
  const minutes = plan.tasks.reduce((sum, task) => sum + (estimateMinutes(task) ?? 0), 0);
  const facts = [
    `${plural(tasks, "task")} in ${plural(streamCount, "stream")} on ${plural(terminalCount, "terminal")}`,
    sessionCount === 0 ? "" : `${plural(sessionCount, "session")}, ${hours} h, ${plural(agents, "agent")}`,
    plan.horizonHours === null ? "" : `horizon ${plan.horizonHours} h`,
    minutes === 0 ? "" : `${showMinutes(minutes < 60 ? minutes : Math.round(minutes))} of terminal time${derivedNote(plan.tasks)}`,
  ];
  return `${plan.title}\n${wrap(facts.filter((fact) => fact !== "").join(" · "), width, 2)}`;
}

function derivedNote(tasks: readonly PlanTask[]): string {
  const derived = tasks.filter((task) => task.estimate?.source === "derived").length;
  return derived === 0 ? "" : derived === tasks.length ? " (all estimates derived)" : ` (${derived} estimates derived)`;
}

function streams(plan: Plan): Rows {
  const rows = plan.streams.map((stream) => [
    stream.id,
    stream.name,
    plural(stream.tasks.length, "task"),
    stream.terminals.length === 0
      ? "any terminal"
      : `${stream.terminals.length === 1 ? "terminal" : "terminals"} ${showRange(stream.terminals)}`,
    stream.goal ?? "",
  ]);
  return { title: "Streams", rows };
}

function terminals(plan: Plan): Rows {
  const rows = plan.terminals.map((terminal) => [
    String(terminal.number),
    terminal.label ?? (terminal.stream === null ? "" : `stream ${terminal.stream}`),
    terminal.tasks.length === 0 ? "takes what is free" : `${plural(terminal.tasks.length, "task")}: ${showRange(terminal.tasks)}`,
    terminal.role ?? "",
  ]);
  return { title: "Terminals", rows };
}

function sessions(plan: Plan): Rows {
  const rows = plan.sessions.map((session) => [
    session.id,
    session.name,
    session.hours === null ? "" : `${session.hours} h`,
    session.tasks.length === 0 ? "no tasks" : `tasks ${showRange(session.tasks)}`,
    session.agents.map((agent) => (agent.count === 1 ? agent.role : `${agent.role} ×${agent.count}`)).join(", "),
    session.branch ?? session.branchNote ?? "",
  ]);
  return { title: "Sessions", rows };
}

function phases(plan: Plan): Rows {
  const rows = plan.phases.map((phase) => [String(phase.id), phase.name ?? "", plural(phase.tasks.length, "task")]);
  return { title: "Phases", rows: rows.length < 2 ? [] : rows };
}

/** `plan.md:6:1: error: message — advice`, as compilers write it, so that editors find the place. */
export function problemLine({ file, line, column, severity, trap, message, advice }: Problem): string {
  return `${file}:${line}:${column}: ${severity}: ${message}${trap === null ? "" : ` (${trap})`} — ${advice}`;
}

function verdict({ plan, problems }: PlanReading): string {
  const count = (severity: Problem["severity"]) => problems.filter((problem) => problem.severity === severity).length;
  const errors = count("error");
  const found = [plural(errors, "error"), plural(count("warning"), "warning"), plural(count("note"), "note")].join(", ");
  const fixes = problems.filter((problem) => problem.fix !== undefined).length;
  const hint =
    fixes === 0
      ? ""
      : `\n${plural(fixes, "correction is", "corrections are")} safe: marathon check --fix shows ${fixes === 1 ? "it" : "them"}`;
  return `${found}: the plan ${plan === null || errors > 0 ? "cannot" : "can"} be run${hint}`;
}

interface Rows {
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
}

/** Columns aligned to their widest cell; what is wider than the page ends in an ellipsis. */
function block({ title, rows }: Rows, page: number): string {
  if (rows.length === 0) return "";
  const widths = columnWidths(rows, page);
  const lines = rows.map((row) =>
    `  ${row.map((cell, column) => cut(cell, widths[column] ?? 0).padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd(),
  );
  return [title, ...lines].join("\n");
}

/** Narrowest that a column is made to fit the page. */
const LEAST_COLUMN = 8;

/** Each column as wide as its widest cell; where the page is too narrow for that, the widest ones give way. */
function columnWidths(rows: readonly (readonly string[])[], page: number): readonly number[] {
  const widths = (rows[0] ?? []).map((_, column) => rows.reduce((widest, row) => Math.max(widest, (row[column] ?? "").length), 0));
  for (let over = widths.reduce((sum, width) => sum + width + 2, 0) - page; over > 0; over--) {
    const widest = Math.max(...widths);
    if (widest <= LEAST_COLUMN) break;
    widths[widths.lastIndexOf(widest)] = widest - 1;
  }
  return widths;
}

function plural(count: number, word: string, many = `${word}s`): string {
  return `${count} ${count === 1 ? word : many}`;
}
