/**
 * The first steps of an engine's process, which need little of the program: the lock is taken, and a new marathon's holder is
 * started, which is a process of its own and gets ready while all the rest of the engine is being loaded.
 */
import { closeSync, openSync, readdirSync, readFileSync, readSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { HolderClient } from "./holder/client.ts";
import { connectHolder, startHolder, type HolderPlace } from "./holder/launch.ts";
import { acquireLock } from "./lock.ts";
import { marathonPaths, prepareMarathon, preparePaths } from "./paths.ts";
import { endTree, goOn } from "./processes.ts";
import type { EngineReady, EngineSpec } from "./spec.ts";
import { afterwards } from "./timers.ts";

/** The line to the command that started us: it tells where our spec is, and waits for a line in return. */
const COMMAND_FD = 3;
/** Longest line that tells where a spec is, bytes. */
const LINE_BYTES = 8 * 1024;

/** Told of what goes wrong; stderr until the marathon's own log is open. */
let log = (text: string): void => void process.stderr.write(`${text}\n`);

/** Runs an engine until its marathon is stopped, or ends if nobody wants one. Never rejects: what goes wrong is said to the command or the log. */
export async function runEngine(): Promise<void> {
  const specFile = lineOfCommand();
  if (specFile === null) process.exit(0);
  try {
    sayInto(join(dirname(specFile), "engine-crash.log"));
    await begin(JSON.parse(readFileSync(specFile, "utf8")) as EngineSpec);
  } catch (error) {
    log(`could not start: ${(error as Error).stack ?? String(error)}`);
    ready({ ok: false, error: (error as Error).message, heldBy: null });
    process.exit(1);
  }
}

async function begin(spec: EngineSpec): Promise<void> {
  process.chdir(spec.project);
  const paths = marathonPaths(spec.project, process.env);
  preparePaths(paths);
  const lock = acquireLock(paths.lock, { startedAt: Date.now(), socket: paths.socket });
  if (!lock.held) {
    const owner = lock.heldBy;
    const who = owner === null ? "another engine" : `an engine (pid ${owner.pid})`;
    ready({
      ok: false,
      error: `${who} already runs a marathon in ${spec.project}: \`marathon attach\` shows it`,
      heldBy: owner?.pid ?? null,
    });
    process.exit(1);
  }
  const folder = paths.marathon(spec.id);
  prepareMarathon(folder);
  const holder = holderOf(spec.id, { marathon: spec.id, socket: paths.holderSocket(spec.id), log: folder.holderLog });
  // Of a marathon that has a journal, a holder may be left that is to be taken over.
  if (spec.start !== null && readdirSync(folder.journal).length === 0) holder.prepare();
  const { beginEngine } = await import("./engine-process.ts");
  await beginEngine(spec, { paths, folder, lock, holder, logTo: (write) => (log = write), ready });
}

/** Waits for it. Null when the command has changed its mind, or is gone. */
function lineOfCommand(): string | null {
  const bytes = Buffer.alloc(LINE_BYTES);
  let length = 0;
  while (length < bytes.length && !bytes.subarray(0, length).includes("\n")) {
    const read = readOn(bytes, length);
    if (read === 0) return null;
    length += read;
  }
  return bytes.subarray(0, bytes.indexOf("\n")).toString("utf8");
}

function readOn(bytes: Buffer, from: number): number {
  try {
    return readSync(COMMAND_FD, bytes, from, bytes.length - from, null);
  } catch {
    return 0;
  }
}

/** What Node.js itself says at its end (out of memory, say) goes there; the engine's own words go to its log. */
function sayInto(log: string): void {
  for (const fd of [1, 2]) {
    closeSync(fd);
    // The lowest that is free, which is the one just closed.
    openSync(log, "a", 0o600);
  }
}

function holderOf(marathon: string, place: HolderPlace): HolderClient {
  return new HolderClient({
    start: (listeners) => startHolder(place, listeners),
    connect: (listeners) => connectHolder(place, listeners),
    later: afterwards,
    goOn,
    ended: (holder) => endTree(holder),
    hungUp: async (terminal, known) => void (await endTree(known, { marker: { marathon, terminal } })),
    log: (text) => log(text),
  });
}

function ready(line: EngineReady): void {
  try {
    writeSync(COMMAND_FD, `${JSON.stringify(line)}\n`);
    closeSync(COMMAND_FD);
  } catch {
    // Started by hand, or the command that waited is gone: nobody needs to know.
  }
}
