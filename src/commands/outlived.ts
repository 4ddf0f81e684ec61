/** Programs of the project's marathon that outlived its engine: nobody looks after them until an engine takes them over. */
import { HolderClient } from "../engine/holder/client.ts";
import { connectHolder } from "../engine/holder/launch.ts";
import type { Held } from "../engine/holder/wire.ts";
import { acquireLock } from "../engine/lock.ts";
import type { MarathonPaths } from "../engine/paths.ts";
import { endTree, goOn } from "../engine/processes.ts";
import { afterwards } from "../engine/timers.ts";
import { EXIT, UsageError } from "./exit.ts";

/** How many there are. Throws UsageError when that cannot be found out. */
export async function outlived(paths: MarathonPaths, id: string): Promise<number> {
  const { held, client } = await ask(paths, id);
  client.leave();
  return held.filter(({ exit }) => exit === null).length;
}

/** Ends them, by the stop ladder, and what holds them; answers how many those were. */
export async function endOutlived(paths: MarathonPaths, id: string, now: boolean): Promise<number> {
  const lock = acquireLock(paths.lock, { startedAt: Date.now(), socket: paths.socket });
  if (!lock.held) throw new UsageError("an engine is just being started: try again", EXIT.failed);
  try {
    const { held, client } = await ask(paths, id);
    const running = held.filter(({ exit }) => exit === null);
    await Promise.all(running.map(({ terminal, process }) => endTree(process, { marker: { marathon: id, terminal }, now })));
    await client.end();
    return running.length;
  } finally {
    lock.release();
  }
}

async function ask(paths: MarathonPaths, id: string): Promise<{ readonly held: readonly Held[]; readonly client: HolderClient }> {
  const place = { marathon: id, socket: paths.holderSocket(id), log: paths.marathon(id).holderLog };
  const client = new HolderClient({
    start: () => {
      throw new Error("only an engine starts programs");
    },
    connect: (listeners) => connectHolder(place, listeners),
    later: afterwards,
    goOn,
    ended: (holder) => endTree(holder),
    hungUp: () => Promise.resolve(),
    log: () => {},
  });
  try {
    return { held: (await client.takeOver())?.held ?? [], client };
  } catch (error) {
    throw new UsageError((error as Error).message, EXIT.failed);
  }
}
