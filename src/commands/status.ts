import { statusJson } from "../marathon/status.ts";
import type { State } from "../marathon/types.ts";
import type { EngineClient, Welcome } from "../protocol/client.ts";
import { EXIT, UsageError } from "./exit.ts";
import { connectIfRunning, journaled, locate, type Located } from "./project.ts";
import { statusText } from "./status-text.ts";

/** `marathon status`: asks the engine, or reads the journal when none runs. */
export async function status(options: { readonly json?: boolean; readonly project: string }): Promise<number> {
  const located = await locate(options.project);
  const connection = await connectIfRunning(located).catch(() => null);
  const { state, t } = connection ? live(connection) : fromJournal(located);
  const engine = connection && state.engine ? { ...state.engine, socket: located.paths.socket } : null;
  const json = statusJson(state, t, engine, { journal: located.paths.marathon(state.id).journal });
  process.stdout.write(options.json ? `${JSON.stringify(json)}\n` : statusText({ ...state, engine }, t));
  return EXIT.ok;
}

function live({ client, welcome }: { readonly client: EngineClient; readonly welcome: Welcome }): { state: State; t: number } {
  client.close();
  return { state: welcome.state, t: welcome.clock.t };
}

function fromJournal(located: Located): { state: State; t: number } {
  const read = located.current === null ? null : journaled(located.paths, located.current);
  if (!read) throw new UsageError(`there is no marathon in ${located.project} yet: \`marathon run PLAN\` starts one`, EXIT.failed);
  if (read.dropped) process.stderr.write(`marathon: ${read.dropped}\n`);
  return { state: read.state, t: read.state.t };
}
