/** Whether somebody has stopped a program (SIGSTOP, SIGTSTP): it then does nothing, whatever it said last. From Linux's /proc. */
import { closeSync, openSync, readSync } from "node:fs";

/** Asked of ten programs twice a second, all night: one place to read into, and no more calls of the system than are needed. */
const STAT = Buffer.alloc(512);

/** Elsewhere it cannot be known at so little cost, and counts as running. */
export function isStopped(pid: number): boolean {
  try {
    const file = openSync(`/proc/${pid}/stat`, "r");
    const text = STAT.toString("latin1", 0, readAndClose(file));
    // The name in parentheses may hold anything, also parentheses and spaces (proc_pid_stat(5)).
    return text.charAt(text.lastIndexOf(")") + 2) === "T";
  } catch {
    return false;
  }
}

function readAndClose(file: number): number {
  try {
    return readSync(file, STAT);
  } finally {
    closeSync(file);
  }
}
