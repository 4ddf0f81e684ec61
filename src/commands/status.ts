import { statusJson } from "../marathon/status.ts";
import { EXIT } from "./exit.ts";
import { stateOf } from "./state-of.ts";
import { statusText } from "./status-text.ts";
import { print, printJson } from "./print.ts";

/** `marathon status`: asks the engine, or reads the journal when none runs. */
export async function status(options: { readonly json?: boolean; readonly project: string }): Promise<number> {
  const { located, state, t, socket } = await stateOf(options.project);
  const engine = socket !== null && state.engine ? { ...state.engine, socket } : null;
  const json = statusJson(state, t, engine, { journal: located.paths.marathon(state.id).journal });
  if (options.json) printJson(json);
  else print(statusText({ ...state, engine }, t));
  return EXIT.ok;
}
