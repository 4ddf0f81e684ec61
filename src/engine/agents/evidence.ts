/** From the last lines of a terminal to a reason in one line, and the lines that show it. */
import type { Evidence } from "../../marathon/types.ts";
import type { AssignedTask, Exit } from "./agent.ts";

/** How many lines a blocker quotes. */
const QUOTED_LINES = 8;
/** Longest reason that is shown on one line of the board. */
const REASON_CHARACTERS = 200;
/** Words by which programs of all kinds announce what went wrong. */
const COMPLAINT = /\b(error|failed|failure|fatal|panic|exception|denied|refused|not found|cannot|can't|could not|no such|timed? ?out)\b/i;

/** What a failed end says: "exit code 2: make: *** [all] Error 2". `tail` is oldest first. */
export function failure(exit: Exit, task: AssignedTask, tail: readonly string[], source: string): { reason: string; evidence: Evidence[] } {
  const lines = ownLines(task, tail);
  const telling = lines.findLast((line) => COMPLAINT.test(line)) ?? lines.at(-1);
  const reason = `${endOf(exit)}: ${telling?.trim() ?? "it printed nothing"}`;
  const at = Date.now();
  return {
    reason: reason.length > REASON_CHARACTERS ? `${reason.slice(0, REASON_CHARACTERS - 1)}…` : reason,
    evidence: lines.slice(-QUOTED_LINES).map((line) => ({ source, line: line.trimEnd(), file: null, at })),
  };
}

/** "exit code 1" or "ended by SIGKILL". */
function endOf(exit: Exit): string {
  if (exit.signal !== null && exit.signal !== "" && exit.signal !== "0") return `ended by ${exit.signal}`;
  return exit.code === null ? "ended for an unknown reason" : `exit code ${exit.code}`;
}

/** The lines that this task's program wrote: what stands above the host's own header is an earlier task's. */
function ownLines(task: AssignedTask, tail: readonly string[]): readonly string[] {
  const header = tail.findLastIndex((line) => line.startsWith(`▶ ${task.number} `));
  const after = header === -1 ? tail : tail.slice(header + 1);
  const command = header === -1 ? -1 : after.findIndex((line) => line.startsWith("$ "));
  return after.slice(command + 1).filter((line) => line.trim() !== "");
}
