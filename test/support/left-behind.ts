/** Processes that a test started, directly or through others, found by a variable that all of them inherit. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { isAlive, startTime } from "../../src/engine/processes.ts";
import { TEST_MARK } from "./empty-home.ts";

export interface LeftBehind {
  readonly pid: number;
  readonly command: string;
}

/** Living processes with this mark in their environment, zombies and this process left out. */
export function leftBehind(mark: string): readonly LeftBehind[] {
  const wanted = `${TEST_MARK}=${mark}`;
  const found = process.platform === "linux" ? fromProc(wanted) : fromPs(wanted);
  return found.filter(({ pid }) => pid !== process.pid);
}

/** Kills a process and waits until it is gone: a signal is on its way for a while on a busy machine, and its locks and sockets with it. */
export async function killAndWait(pid: number): Promise<void> {
  const known = { pid, start: startTime(pid) };
  process.kill(pid, "SIGKILL");
  while (isAlive(known)) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Kills them all, and says which they were. */
export function endLeftBehind(mark: string): readonly LeftBehind[] {
  const found = leftBehind(mark);
  for (const { pid } of found) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It ended meanwhile.
    }
  }
  return found;
}

function fromProc(wanted: string): readonly LeftBehind[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // A zombie's environment is empty.
        if (!readFileSync(`/proc/${name}/environ`, "utf8").split("\0").includes(wanted)) return [];
        return [{ pid: Number(name), command: readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0").join(" ").trim() }];
      } catch {
        return [];
      }
    });
}

function fromPs(wanted: string): readonly LeftBehind[] {
  const { stdout } = spawnSync("ps", ["axwwE", "-o", "pid=,stat=,command="], { encoding: "utf8", maxBuffer: 1 << 26 });
  return stdout.split("\n").flatMap((line) => {
    const [, pid, state, command] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return pid !== undefined && command?.includes(wanted) && !state?.startsWith("Z") ? [{ pid: Number(pid), command }] : [];
  });
}
