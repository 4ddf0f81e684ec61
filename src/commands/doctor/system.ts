/** What the system still has to give: watches, ptys, open files, space on disks. */
import { readFileSync, statfsSync, watch } from "node:fs";
import { join } from "node:path";
import { AgentError } from "../../engine/agents/agent.ts";
import { spawnPty } from "../../engine/pty.ts";
import { bad, type Check, good, warning } from "./check.ts";

/** Ten terminals, and what agents open for themselves. */
const PTYS_NEEDED = 20;
/** The engine holds some six descriptors for each terminal; npm and bundlers that agents start need far more. */
const FILES_NEEDED = 256;
const FILES_COMFORTABLE = 1024;
const GIGABYTE = 1024 ** 3;
/** Below this, logs stop and the journal comes next (see terminal-logs.ts). */
const DISK_NEEDED = 64 * 1024 ** 2;
/** Ten terminals keep 640 MB of logs, 800 while all of them flood (test/faults/FLOOD.md). */
const DISK_COMFORTABLE = GIGABYTE;
/** statfs(2): file systems on which the lock of another machine is not seen. */
const NETWORK = new Map([
  [0x6969, "NFS"],
  [0xff534d42, "CIFS"],
  [0xfe534d42, "SMB2"],
  [0x517b, "SMB"],
  [0x01021997, "9P"],
]);

export interface SystemPorts {
  /** `/proc` on Linux; a folder without files elsewhere. */
  readonly proc: string;
  /** Watches a folder for a moment. Throws as `fs.watch` does. */
  watchFor(folder: string): void;
  /** Starts a program on a pty and resolves when it has ended well. */
  tryPty(): Promise<void>;
}

export const realSystem: SystemPorts = {
  proc: "/proc",
  watchFor: (folder) => watch(folder, { persistent: false }).close(),
  tryPty: () =>
    new Promise((resolve, reject) => {
      const env = { PATH: process.env["PATH"] ?? "" };
      const pty = spawnPty({ file: "/bin/sh", args: ["-c", "exit 0"], cwd: "/", env, title: "" }, { cols: 80, rows: 24 });
      pty.onData(() => {});
      pty.onExit(({ code }) => (code === 0 ? resolve() : reject(new Error(`/bin/sh ended with ${code ?? "a signal"}`))));
    }),
};

/** `folder`: what is watched, or will be. */
export function watchCheck(ports: SystemPorts, folder: string): Check {
  const most = numberIn(join(ports.proc, "sys/fs/inotify/max_user_watches"));
  const raise = "sudo sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=512";
  try {
    ports.watchFor(folder);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const used = { ENOSPC: "all watches of this user are used", EMFILE: "all inotify instances of this user, or open files, are used" }[
      code ?? ""
    ];
    return warning("watches", `${used ?? message}: reports are looked for by polling, which is slower`, used ? raise : `look at ${folder}`);
  }
  if (most !== null && most < 8192) return warning("watches", `only ${most} inotify watches for all programs of this user`, raise);
  return good("watches", most === null ? "folders can be watched" : `${most} inotify watches`);
}

export async function ptyCheck(ports: SystemPorts): Promise<Check> {
  const most = numberIn(join(ports.proc, "sys/kernel/pty/max"));
  const used = numberIn(join(ports.proc, "sys/kernel/pty/nr"));
  const raise = "end programs that hold terminals, or: sudo sysctl kernel.pty.max=4096";
  try {
    await ports.tryPty();
  } catch (error) {
    const advice =
      error instanceof AgentError
        ? error.message
        : "reinstall: npm install -g marathon-tui; behind `npm install --ignore-scripts` node-pty has no binary";
    return bad(
      "ptys",
      `no program can be started on a pty: ${(error as Error).message}`,
      most !== null && used !== null && used >= most ? raise : advice,
    );
  }
  if (most === null || used === null) return good("ptys", "a pty was opened and a program ran on it");
  const left = most - used;
  if (left < PTYS_NEEDED) return warning("ptys", `only ${left} of the system's ${most} ptys are free`, raise);
  return good("ptys", `${left} of ${most} are free; a program ran on one`);
}

/** Soft limits of this process, which its children inherit. */
export function limitsCheck(ports: SystemPorts): readonly Check[] {
  const limits = textOf(join(ports.proc, "self/limits"));
  const files = /^Max open files\s+(\d+)/mu.exec(limits)?.[1];
  if (files === undefined) return [];
  const message = `${files} open files for each process`;
  if (Number(files) < FILES_NEEDED) return [bad("open-files", `only ${message}: terminals would fail to start`, "ulimit -n 4096")];
  if (Number(files) < FILES_COMFORTABLE) return [warning("open-files", `only ${message}: agents' builds may fail`, "ulimit -n 4096")];
  return [good("open-files", message)];
}

/** `id`: of the check; `folder` must exist. */
export function diskCheck(
  id: string,
  folder: string,
  stat: (path: string) => { type: number; bavail: number; bsize: number } = statfsSync,
): Check {
  let room: number;
  let type: number;
  try {
    const said = stat(folder);
    room = said.bavail * said.bsize;
    type = said.type;
  } catch (error) {
    return warning(id, `cannot tell how much room there is in ${folder}: ${(error as Error).message}`, "check the disk: df -h");
  }
  const network = NETWORK.get(type);
  if (network !== undefined && id === "disk-state") {
    return warning(
      id,
      `${folder} lies on ${network}: two machines could run the same project's engine`,
      "set XDG_STATE_HOME to a folder on a disk of this machine",
    );
  }
  const message = `${size(room)} free in ${folder}`;
  if (room < DISK_NEEDED)
    return bad(id, `only ${message}: the journal may not be kept`, "make room; old folders below marathons/ may be removed");
  if (room < DISK_COMFORTABLE)
    return warning(
      id,
      `only ${message}: logs of ten terminals take up to 800 MB`,
      "make room, or set MARATHON_LOG_MB and MARATHON_LOG_FILES lower",
    );
  return good(id, message);
}

function size(bytes: number): string {
  return bytes >= GIGABYTE ? `${Math.floor(bytes / GIGABYTE)} GB` : `${Math.floor(bytes / 1024 ** 2)} MB`;
}

function numberIn(path: string): number | null {
  const text = textOf(path).trim();
  return /^\d+$/u.test(text) ? Number(text) : null;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
