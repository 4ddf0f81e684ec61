/** `marathon assignment N`: what a terminal was told, from the file that its agent reads; with an engine or without. */
import { assignmentFile } from "../engine/paths.ts";
import { assignmentFor } from "../engine/agents/assignment.ts";
import { CONTEXT_UNKNOWN } from "../marathon/context-loaded.ts";
import { assignmentText } from "./assignment-text.ts";
import { scanned } from "./bundle-scan.ts";
import { EXIT, UsageError } from "./exit.ts";
import { keptAssignment } from "./kept-assignment.ts";
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
  const kept = keptAssignment(file);
  // Nothing is loaded that nobody was given; and a file of an older version does not say.
  const told = { ...(kept ?? assignmentFor(state, terminal)), contextLoaded: kept?.contextLoaded ?? CONTEXT_UNKNOWN };
  if (options.json) printJson(told);
  else print(assignmentText(told, file, scanned(told.context, told.project)));
  return EXIT.ok;
}
