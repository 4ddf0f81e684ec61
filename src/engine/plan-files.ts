/** From plan files on disk to a reading, with a clear answer for every way in which that can fail. */
import { readFileSync, readdirSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, relative, resolve } from "node:path";
import { decodePlan, refuseBySize } from "../plan/decode.ts";
import { hierarchyOfAgents } from "../plan/agent-files.ts";
import { parseHierarchy } from "../plan/hierarchy.ts";
import { learn, withHistory } from "../plan/history.ts";
import { importFile } from "../plan/import/import-file.ts";
import { readPlan, withHierarchy } from "../plan/read.ts";
import type { PlanReading, PlanSource, Problem } from "../plan/types.ts";

export interface PlanFiles {
  readonly reading: PlanReading;
  /** Absolute, links resolved; what tells one plan from another. */
  readonly paths: readonly string[];
  /** What could be read, as it was read. */
  readonly sources: readonly PlanSource[];
}

/** Reads and understands the files. Problems of reading stand in the reading like all others. `project`: where agents may be defined. */
export function readPlanFiles(files: readonly string[], history?: string, project = "."): PlanFiles {
  const read = readFiles(files, project);
  return history === undefined ? read : { ...read, reading: learnFrom(history, read.reading) };
}

/** Estimates that the plan leaves open learn from an after-action review. */
function learnFrom(file: string, reading: PlanReading): PlanReading {
  const source = readPlanFile(file);
  if (!("text" in source)) return { ...reading, problems: [...reading.problems, source] };
  const { imported } = importFile(source);
  if (imported?.kind !== "review") {
    const problem = fault(file, "no-history", "this is no after-action review", "give one with planned and actual hours of each session");
    return { ...reading, problems: [...reading.problems, problem] };
  }
  const sessions = imported.sessions.map((session) => ({ ...session, name: session.name ?? session.id }));
  return reading.plan === null ? reading : { ...reading, plan: withHistory(reading.plan, learn(basename(file), sessions)) };
}

function readFiles(files: readonly string[], project: string): PlanFiles {
  const sources: PlanSource[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    const source = readPlanFile(file);
    if ("text" in source) sources.push(source);
    else problems.push(source);
  }
  if (problems.length > 0) return { reading: { plan: null, problems }, paths: [], sources };
  return { reading: joinHierarchy(readPlan(sources), files[0] ?? ".", project), paths: files.map((file) => realpathSync(file)), sources };
}

/**
 * A hierarchy file or folder named in the front matter lies beside the plan, unless its path is absolute. Where neither that
 * nor the plan itself says anything, the agent definition files of the project do.
 */
function joinHierarchy(reading: PlanReading, planFile: string, project: string): PlanReading {
  const named = reading.plan?.settings.hierarchy;
  if (!named) return reading.plan?.hierarchy.source === "built-in" ? joinAgents(reading, project) : reading;
  const file = resolve(dirname(planFile), named);
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
    const given = hierarchyOfAgents(agentFiles(file), file);
    if (given !== null) return withHierarchy(reading, given);
    const problem = fault(file, "hierarchy", "no file in this folder has a spawn context", 'give each agent a section "## Spawn Context"');
    return { ...reading, problems: [...reading.problems, problem] };
  }
  const source = readPlanFile(file);
  if ("text" in source) return withHierarchy(reading, parseHierarchy(source.text, file));
  return { ...reading, problems: [...reading.problems, source] };
}

function joinAgents(reading: PlanReading, project: string): PlanReading {
  for (const folder of [".claude/agents", ".claude/Agents"].map((name) => resolve(project, name))) {
    const given = hierarchyOfAgents(agentFiles(folder), folder);
    if (given !== null) return withHierarchy(reading, given);
  }
  return reading;
}

/** The Markdown files of a folder by name; none where there is no folder. What cannot be read defines no agent. */
function agentFiles(folder: string): readonly PlanSource[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  const names = readdirSync(folder).filter((name) => /\.md$/i.test(name));
  return names.toSorted().flatMap((name) => {
    const source = readPlanFile(resolve(folder, name));
    return "text" in source ? [source] : [];
  });
}

export function hasErrors(reading: PlanReading): boolean {
  return reading.plan === null || reading.problems.some((problem) => problem.severity === "error");
}

/** One file as text with "\\n" alone, or the one reason why not. */
export function readPlanFile(file: string): PlanSource | Problem {
  try {
    const refused = refuseBySize(statSync(file).size, file);
    if (refused) return refused;
    const { text, problem } = decodePlan(readFileSync(file), file);
    return problem ?? { file, text };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return fault(file, "plan-missing", "there is no such file", `looked for ${resolve(file)}`);
    if (code === "EISDIR") return fault(file, "plan-is-folder", "this is a folder", "name the Markdown file in it");
    if (code === "EACCES")
      return fault(file, "plan-unreadable", "no permission to read this file", `check its mode: ls -l ${relative(".", file)}`);
    return fault(file, "plan-unreadable", (error as Error).message, "check the path and the disk");
  }
}

function fault(file: string, code: string, message: string, advice: string): Problem {
  return { severity: "error", code, trap: null, message, advice, file, line: 1, column: 1 };
}
