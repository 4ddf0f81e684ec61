/** The state of a project's marathon: from its engine, or from the journal alone when none runs. */
import type { State } from "../marathon/types.ts";
import { EXIT, UsageError } from "./exit.ts";
import { SilentEngineError } from "../protocol/client.ts";
import { connectIfRunning, journaled, locate, type Located } from "./project.ts";
import { printError } from "./print.ts";

export interface Found {
  readonly located: Located;
  readonly state: State;
  /** Marathon time, ms. */
  readonly t: number;
  /** Path of its socket; null when no engine runs. */
  readonly socket: string | null;
}

/** Throws UsageError when the project has no marathon yet. */
export async function stateOf(project: string): Promise<Found> {
  const located = await locate(project);
  let silent = false;
  const connection = await connectIfRunning(located).catch((error: Error) => {
    silent = error instanceof SilentEngineError;
    if (silent) printError(`marathon: ${error.message}; what follows is from its journal\n`);
    return null;
  });
  if (connection) {
    const { client, welcome } = connection;
    client.close();
    return { located, state: welcome.state, t: welcome.clock.t, socket: located.paths.socket };
  }
  const read = located.current === null ? null : journaled(located.paths, located.current);
  if (!read) throw new UsageError(`there is no marathon in ${located.project} yet: \`marathon run PLAN\` starts one`, EXIT.failed);
  if (read.dropped) printError(`marathon: ${read.dropped}\n`);
  return { located, state: read.state, t: read.state.t, socket: silent ? located.paths.socket : null };
}
