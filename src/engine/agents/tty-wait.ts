/**
 * Whether the program in front of a terminal is waiting in a read of it. Linux tells exactly (proc(5): the system call
 * of a blocked thread and its arguments); elsewhere, and for programs that poll, it cannot be known.
 */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { familyOf } from "./process-family.ts";

/** System calls by number: x86_64 and arm64 (generic table) differ. From the kernel's syscall tables. */
const CALLS: Readonly<Record<string, { readonly read: ReadonlySet<number>; readonly poll: ReadonlySet<number> }>> = {
  // read, readv; poll, select, epoll_wait, pselect6, ppoll, epoll_pwait, io_uring_enter, epoll_pwait2
  x64: { read: new Set([0, 19]), poll: new Set([7, 23, 232, 270, 271, 281, 426, 441]) },
  // read, readv; epoll_pwait, pselect6, ppoll, io_uring_enter, epoll_pwait2
  arm64: { read: new Set([63, 65]), poll: new Set([22, 72, 73, 426, 441]) },
};

type Answer = boolean | null;

/**
 * `pid` is the child of the pty. True: a process of the terminal's foreground group is blocked reading a terminal.
 * False: none is, and none could be (all run, or sleep in something else). Null: not Linux, not permitted, or a
 * process polls and may have the terminal among what it waits for.
 */
export function readsTty(pid: number): Answer {
  const calls = process.platform === "linux" ? CALLS[process.arch] : undefined;
  const foreground = calls && foregroundGroup(pid);
  if (!calls || foreground === null || foreground === undefined) return null;
  let answer: Answer = false;
  for (const member of familyOf(pid)) {
    if (statOf(member)?.group !== foreground) continue;
    const one = processReads(member, calls);
    if (one === true) return true;
    if (one === null) answer = null;
  }
  return answer;
}

function foregroundGroup(pid: number): number | null {
  const group = statOf(pid)?.foreground ?? -1;
  return group > 0 ? group : null;
}

/** Fields 5 (process group) and 8 (foreground group of its terminal); the name in field 2 may hold blanks and brackets. */
function statOf(pid: number): { group: number; foreground: number } | null {
  const text = tryRead(`/proc/${pid}/stat`);
  if (text === null) return null;
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return { group: Number(fields[2]), foreground: Number(fields[5]) };
}

function processReads(pid: number, calls: { read: ReadonlySet<number>; poll: ReadonlySet<number> }): Answer {
  let threads: string[];
  try {
    threads = readdirSync(`/proc/${pid}/task`);
  } catch {
    return false; // it ended meanwhile
  }
  let answer: Answer = false;
  for (const thread of threads) {
    const text = tryRead(`/proc/${pid}/task/${thread}/syscall`);
    if (text === null) return null;
    // "running", or "number arg0 …"; a negative number is a thread that is blocked outside any system call.
    const [number, descriptor] = text.split(" ");
    const call = Number(number);
    if (calls.read.has(call) && isTerminal(pid, Number(descriptor))) return true;
    if (calls.poll.has(call)) answer = null;
  }
  return answer;
}

function isTerminal(pid: number, descriptor: number): boolean {
  try {
    return /^\/dev\/(pts\/|tty)/.test(readlinkSync(`/proc/${pid}/fd/${descriptor}`));
  } catch {
    return false;
  }
}

function tryRead(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
