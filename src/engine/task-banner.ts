/** The engine's own words in a terminal that runs one program per task: what begins, and how it ended. */
import type { AssignedTask, Exit, Program } from "./agents/agent.ts";

/** "▶ 7 Title" and the command, before its output. */
export function taskBegins(task: Pick<AssignedTask, "number" | "title">, program: Pick<Program, "title">): string {
  return `\r\n\x1b[1;36m▶ ${task.number} ${plain(task.title)}\x1b[0m\r\n\x1b[2m$ ${plain(program.title)}\x1b[0m\r\n`;
}

/**
 * "✔ done", or how it failed, on a line of its own: a program may end in the middle of one, in colours, in the alternate
 * screen or with the mouse on, and the next one must not inherit that. DECSTR resets most of it (VT510 manual, soft reset).
 */
export function taskEnds(exit: Exit, left: { readonly column: number; readonly alternateScreen: boolean }): string {
  const tidy = `${left.alternateScreen ? "\x1b[?1049l" : ""}\x1b[!p\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1004l\x1b[?2004l`;
  const line = left.column > 0 ? "\r\n" : "";
  const [colour, words] = exit.code === 0 ? ["32", "✔ done"] : ["31", `✘ ${exit.signal ?? `exit code ${exit.code}`}`];
  return `${tidy}${line}\x1b[${colour}m${words}\x1b[0m\r\n`;
}

/** Text of a plan, safe to print into a terminal. */
function plain(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, " ");
}
