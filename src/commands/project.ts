/** The marathon of a project folder: where its files are, whether an engine runs, and how to talk to it. */
import { readLockOwner, type LockOwner } from "../engine/lock.ts";
import { readJournal, readJournalState, type Dropped } from "../engine/journal.ts";
import { marathonPaths, PathError, readCurrent, type MarathonPaths } from "../engine/paths.ts";
import { fold } from "../marathon/step.ts";
import type { Event, State } from "../marathon/types.ts";
import { connectEngine, SilentEngineError, type ClientHandlers, type EngineClient, type Welcome } from "../protocol/client.ts";
import { VERSION } from "../version.ts";
import { EXIT, UsageError } from "./exit.ts";

export interface Located {
  /** Real path of the project folder. */
  readonly project: string;
  readonly paths: MarathonPaths;
  /** The engine that holds the lock, or null. */
  readonly owner: LockOwner | null;
  /** Id of the project's newest marathon. */
  readonly current: string | null;
  /** Id of the newest marathon if it ran these plans (absolute paths) and is not done. */
  unfinished(plans: readonly string[]): string | null;
  newId(): string;
}

/** Throws UsageError when the folder does not exist. */
export async function locate(project: string): Promise<Located> {
  const paths = pathsOf(project);
  const current = readCurrent(paths);
  return {
    project: paths.project,
    paths,
    owner: readLockOwner(paths.lock),
    current,
    unfinished: (plans) => {
      const state = current === null ? null : (journaled(paths, current)?.state ?? null);
      if (state === null || state.status === "done") return null;
      return sameSet(state.plan.files, plans) ? current : null;
    },
    newId,
  };
}

function pathsOf(project: string): MarathonPaths {
  try {
    return marathonPaths(project, process.env);
  } catch (error) {
    if (error instanceof PathError) throw new UsageError(error.message);
    throw error;
  }
}

/** The state as the journal alone tells it, with what of a damaged journal had to be left out. */
export function journaled(paths: MarathonPaths, id: string): { state: State; dropped: string | null } | null {
  const { snapshot, events, dropped } = readJournalState(paths.marathon(id).journal);
  if (snapshot === null && events.length === 0) return null;
  return { state: fold(snapshot?.state ?? null, events), dropped: leftOut(dropped) };
}

/** All that happened in a marathon, as far as its journal can be read. Where only its end is left, `before` is the state at that end's beginning. */
export function history(
  paths: MarathonPaths,
  id: string,
): { before: State | null; events: readonly Event[]; dropped: string | null } | null {
  const { journal } = paths.marathon(id);
  const { events, dropped } = readJournal(journal);
  const { snapshot, events: after } = dropped === null ? { snapshot: null, events } : readJournalState(journal);
  if (snapshot !== null && snapshot.seq > events.length) return { before: snapshot.state, events: after, dropped: leftOut(dropped) };
  return events.length === 0 ? null : { before: null, events, dropped: leftOut(dropped) };
}

function leftOut(dropped: Dropped | null): string | null {
  return dropped === null ? null : `${dropped.reason}: ${dropped.bytes} bytes of the journal left out`;
}

const SILENT: ClientHandlers = { message: () => {}, rows: () => {}, closed: () => {} };

/** An engine answers a hello within milliseconds; a machine that is short of everything needs longer, ms. */
const PATIENCE_MS = 10_000;

/** Connects to the project's engine, or null when none runs. Rejects with SilentEngineError when it does not answer. */
export async function connectIfRunning(
  located: Located,
  role: "dashboard" | "command" = "command",
  handlers: ClientHandlers = SILENT,
  more: { readonly follow?: true } = {},
): Promise<{ client: EngineClient; welcome: Welcome } | null> {
  if (!located.owner) return null;
  const { pid } = located.owner;
  try {
    const { socket: socketPath } = located.paths;
    return await connectEngine({ socketPath, program: VERSION, role, handlers, patienceMs: PATIENCE_MS, ...more });
  } catch (error) {
    if (!(error instanceof SilentEngineError)) throw error;
    const advice = `if it was stopped, \`kill -CONT ${pid}\` lets it go on; \`marathon doctor\` says more`;
    throw new SilentEngineError(`the engine (pid ${pid}) gives ${error.message}: ${advice}`);
  }
}

/** Connects, acts, and leaves. Throws UsageError (exit 1) when no engine runs. */
export async function withEngine<Result>(
  project: string,
  act: (client: EngineClient, welcome: Welcome) => Promise<Result>,
): Promise<Result> {
  const located = await locate(project);
  const connection = await connectIfRunning(located);
  if (!connection) throw new UsageError(`no engine runs a marathon in ${located.project}: \`marathon run PLAN\` starts one`, EXIT.failed);
  try {
    return await act(connection.client, connection.welcome);
  } finally {
    connection.client.close();
  }
}

/** Sortable by time, safe as a file name: 20261121-031500-4f2a. */
function newId(): string {
  const stamp = new Date().toISOString().replace(/[-:]/g, "").replace("T", "-").slice(0, 15);
  return `${stamp}-${Math.floor(Math.random() * 0x10000)
    .toString(16)
    .padStart(4, "0")}`;
}

function sameSet(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((one) => right.includes(one));
}
