/** What runs: the project's engine, and programs that engines before it left. */
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { readLockOwner } from "../../engine/lock.ts";
import type { MarathonPaths } from "../../engine/paths.ts";
import { systemProcesses, type ProcessTable } from "../../engine/process-table.ts";
import { connectEngine } from "../../protocol/client.ts";
import { VERSION } from "../../version.ts";
import { bad, type Check, count, good, some, warning } from "./check.ts";
import { projectFolders } from "./state.ts";

/** An engine answers a hello within milliseconds; a machine that is short of everything needs longer, ms. */
const ANSWER_MS = 3000;

export async function engineCheck(paths: MarathonPaths): Promise<Check> {
  const owner = readLockOwner(paths.lock);
  if (owner === null) return good("engine", "no engine runs in this project");
  try {
    const handlers = { message: () => {}, rows: () => {}, closed: () => {} };
    const { client, welcome } = await connectEngine({
      socketPath: owner.socket,
      program: VERSION,
      role: "command",
      handlers,
      patienceMs: ANSWER_MS,
    });
    client.close();
    return good("engine", `pid ${welcome.pid} answers`);
  } catch (error) {
    const advice = `is it stopped (kill -CONT ${owner.pid})? If it hangs: kill ${owner.pid}, and \`marathon run\` with the same plan takes the marathon up from its journal`;
    return bad("engine", `pid ${owner.pid} holds the project but cannot be talked to: ${(error as Error).message}`, advice);
  }
}

/**
 * Programs that bear the mark of a marathon whose engine is gone. They are never ended here, not by --fix either: an agent may be
 * in the middle of a commit, and only a person knows whether its work is still wanted.
 */
export function orphansCheck(paths: MarathonPaths, table: ProcessTable = systemProcesses(), self: number = process.pid): Check {
  const homes = marathonsWithoutEngine(paths);
  const family = ancestorsOf(self, table);
  const left = [...table.withVariable("MARATHON_ID")].filter(
    ([pid, id]) => homes.has(id) && !family.has(pid) && table.get(pid)?.zombie === false,
  );
  if (left.length === 0) return good("orphans", "no program of an earlier engine still runs");
  const names = left.map(([pid]) => `${pid} ${table.command(pid).slice(0, 60)}`);
  const pids = left.map(([pid]) => pid).join(" ");
  return warning(
    "orphans",
    `${count(left.length, "program")} of earlier engines still run: ${some(names)}`,
    `\`marathon attach\` in the project takes them over or offers to end them; or: kill ${pids}`,
  );
}

function marathonsWithoutEngine(paths: MarathonPaths): ReadonlySet<string> {
  const folders = projectFolders(paths).filter((folder) => readLockOwner(join(folder, basename(paths.lock))) === null);
  return new Set(folders.flatMap((folder) => marathonsOf(folder)));
}

/** The folder of a marathon bears its id: ours are safe names as they are (see safeName). */
function marathonsOf(folder: string): readonly string[] {
  try {
    return readdirSync(join(folder, "marathons"));
  } catch {
    return [];
  }
}

/** Who started us may itself run in a terminal of a marathon. */
function ancestorsOf(pid: number, table: ProcessTable): ReadonlySet<number> {
  const found = new Set<number>();
  for (let at: number | undefined = pid; at !== undefined && at > 1 && !found.has(at); at = table.get(at)?.parent) found.add(at);
  return found;
}
