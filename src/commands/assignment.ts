/** `marathon assignment N`: what a terminal was told, from the file that its agent reads; with an engine or without. */
import { readFileSync } from "node:fs";
import { assignmentFile } from "../engine/paths.ts";
import { assignmentFor } from "../engine/agents/assignment.ts";
import type { Assignment } from "../engine/agents/agent.ts";
import { assignmentText } from "./assignment-text.ts";
import { scanned } from "./bundle-scan.ts";
import { EXIT, UsageError } from "./exit.ts";
import { print, printJson } from "./print.ts";
import { stateOf } from "./state-of.ts";

export interface AssignmentOptions {
  readonly project: string;
  readonly json?: boolean;
}

export async function assignment(terminal: number, options: AssignmentOptions): Promise<number> {
  const { located, state } = await stateOf(options.project);
  if (!state.terminals[terminal]) {
    const known = Object.keys(state.terminals).join(", ");
    throw new UsageError(`there is no terminal ${terminal}; this marathon has ${known}`, EXIT.failed);
  }
  const file = assignmentFile(located.paths.marathon(state.id).assignments, terminal);
  // One that was not started yet has none; what it would be told is known all the same.
  const told = kept(file) ?? assignmentFor(state, terminal);
  if (options.json) printJson(told);
  else print(assignmentText(told, file, scanned(told.context, told.project)));
  return EXIT.ok;
}

function kept(file: string): Assignment | null {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Assignment;
  } catch {
    return null;
  }
}
