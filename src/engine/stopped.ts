/** Whether somebody has stopped a program (SIGSTOP, SIGTSTP): it then does nothing, whatever it said last. From Linux's /proc. */
import { readFileSync } from "node:fs";

/** Elsewhere it cannot be known at so little cost, and counts as running. */
export function isStopped(pid: number): boolean {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The name in parentheses may hold anything, also parentheses and spaces (proc_pid_stat(5)).
    return text.charAt(text.lastIndexOf(")") + 2) === "T";
  } catch {
    return false;
  }
}
