/** `marathon check` for a person: what the plan means at a glance, then what is wrong with it. */
import { estimateMinutes, totals } from "./check-json.ts";
import { showMinutes } from "./durations.ts";
import { showRange } from "./ranges.ts";
import type { Plan, PlanReading, PlanTask, Problem } from "./types.ts";

/** Plain text without escape sequences, ending in a line break. */
export function checkText(reading: PlanReading): string {
  const { plan, problems } = reading;
  const parts = plan === null ? [] : [heading(plan), streams(plan), terminals(plan), sessions(plan), phases(plan)];
  return [...parts, problemList(problems), verdict(reading)].filter((part) => part !== "").join("\n\n") + "\n";
}

function heading(plan: Plan): string {
  const { tasks, streams: streamCount, terminals: terminalCount, sessions: sessionCount, hours, agents } = totals(plan);
  const minutes = plan.tasks.reduce((sum, task) => sum + (estimateMinutes(task) ?? 0), 0);
  const facts = [
    `${plural(tasks, "task")} in ${plural(streamCount, "stream")} on ${plural(terminalCount, "terminal")}`,
    sessionCount === 0 ? "" : `${plural(sessionCount, "session")}, ${hours} h, ${plural(agents, "agent")}`,
    plan.horizonHours === null ? "" : `horizon ${plan.horizonHours} h`,
    minutes === 0 ? "" : `${showMinutes(minutes)} of terminal time${derivedNote(plan.tasks)}`,
  ];
  return `${plan.title}\n  ${facts.filter((fact) => fact !== "").join(" · ")}`;
}

function derivedNote(tasks: readonly PlanTask[]): string {
  const derived = tasks.filter((task) => task.estimate?.source === "derived").length;
  return derived === 0 ? "" : derived === tasks.length ? " (all estimates derived)" : ` (${derived} estimates derived)`;
}

function streams(plan: Plan): string {
  const rows = plan.streams.map((stream) => [
    stream.id,
    stream.name,
    plural(stream.tasks.length, "task"),
    stream.terminals.length === 0 ? "any terminal" : `terminal ${showRange(stream.terminals)}`,
    stream.goal ?? "",
  ]);
  return block("Streams", rows);
}

function terminals(plan: Plan): string {
  const rows = plan.terminals.map((terminal) => [
    String(terminal.number),
    terminal.label ?? (terminal.stream === null ? "" : `stream ${terminal.stream}`),
    terminal.tasks.length === 0 ? "takes what is free" : `${plural(terminal.tasks.length, "task")}: ${showRange(terminal.tasks)}`,
    terminal.role ?? "",
  ]);
  return block("Terminals", rows);
}

function sessions(plan: Plan): string {
  const rows = plan.sessions.map((session) => [
    session.id,
    session.name,
    session.hours === null ? "" : `${session.hours} h`,
    session.tasks.length === 0 ? "no tasks" : `tasks ${showRange(session.tasks)}`,
    session.agents.map((agent) => (agent.count === 1 ? agent.role : `${agent.role} ×${agent.count}`)).join(", "),
    session.branch ?? session.branchNote ?? "",
  ]);
  return block("Sessions", rows);
}

function phases(plan: Plan): string {
  if (plan.phases.length < 2) return "";
  return block(
    "Phases",
    plan.phases.map((phase) => [String(phase.id), phase.name ?? "", plural(phase.tasks.length, "task")]),
  );
}

function problemList(problems: readonly Problem[]): string {
  return problems.map(problemLine).join("\n");
}

/** `plan.md:6:1: error: message — advice`, as compilers write it, so that editors find the place. */
export function problemLine({ file, line, column, severity, trap, message, advice }: Problem): string {
  return `${file}:${line}:${column}: ${severity}: ${message}${trap === null ? "" : ` (${trap})`} — ${advice}`;
}

function verdict({ plan, problems }: PlanReading): string {
  const count = (severity: Problem["severity"]) => problems.filter((problem) => problem.severity === severity).length;
  const errors = count("error");
  const found = [plural(errors, "error"), plural(count("warning"), "warning"), plural(count("note"), "note")].join(", ");
  return plan === null || errors > 0 ? `${found}: the plan cannot be run` : `${found}: the plan can be run`;
}

/** Columns aligned to their widest cell; the last one runs free. */
function block(title: string, rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const width = (column: number) => rows.reduce((widest, row) => Math.max(widest, (row[column] ?? "").length), 0);
  const widths = (rows[0] ?? []).map((_, column) => width(column));
  const lines = rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd());
  return [title, ...lines].join("\n");
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
