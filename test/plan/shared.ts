/** The source documents and the figures drawn from them lie beside the repository, in `../shared`. */
import { readFileSync } from "node:fs";
import { readPlan } from "../../src/plan/read.ts";
import type { Plan, PlanReading, PlanSource, PlanTask } from "../../src/plan/types.ts";
import { SHARED } from "../support/documents.ts";

export function document(name: string): PlanSource {
  return { file: `${name}.md`, text: readFileSync(`${SHARED}documents/${name}.md`, "utf8") };
}

export const streamPlan = (): PlanSource => document("hundred-task-stream-plan");
export const sessionPlan = (): PlanSource => document("thirty-six-hour-session-plan");

/** The JSON block of one appendix of the requirements, such as "G". */
export function appendix(letter: string): Record<string, unknown> {
  const text = readFileSync(`${SHARED}requirements.md`, "utf8");
  const from = text.indexOf(`\n### ${letter}. `);
  const block = /```json\n([\s\S]*?)\n```/.exec(text.slice(from))?.[1];
  if (from === -1 || block === undefined) throw new Error(`requirements.md has no appendix ${letter}`);
  return JSON.parse(block) as Record<string, unknown>;
}

/** Reads one text as `plan.md`. */
export function readWhole(text: string): PlanReading {
  return readPlan([{ file: "plan.md", text }]);
}

/** The same without the note that nobody is named to do the work: most texts of the tests are too short for that. */
export function read(text: string): PlanReading {
  return withoutAgentNote(readWhole(text));
}

export function withoutAgentNote({ plan, problems }: PlanReading): PlanReading {
  return { plan, problems: problems.filter((problem) => problem.code !== "no-agent") };
}

/** The plan of a reading that must have one. */
export function planOf(reading: PlanReading): Plan {
  if (reading.plan === null) throw new Error(`no plan: ${JSON.stringify(reading.problems)}`);
  return reading.plan;
}

export function taskOf(plan: Plan, number: number): PlanTask {
  const task = plan.tasks.find((candidate) => candidate.number === number);
  if (task === undefined) throw new Error(`no task ${number}`);
  return task;
}

/** Codes of a reading's problems, by severity. */
export function codes(reading: PlanReading, severity: "error" | "warning" | "note"): string[] {
  return reading.problems.filter((problem) => problem.severity === severity).map((problem) => problem.code);
}

/** "1-3" and [1, 3] as lists; other words as none. */
export function span(range: string | readonly number[] | null): number[] {
  const [first, last] = typeof range === "string" ? range.split("-").map(Number) : (range ?? []);
  if (first === undefined || Number.isNaN(first)) return [];
  return Array.from({ length: (last ?? first) - first + 1 }, (_, index) => first + index);
}
