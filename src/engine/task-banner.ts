/** The engine's own words in a terminal that runs one program per task: what begins, and how it ended. */
import type { AssignedTask, Exit, Program } from "./agents/agent.ts";
import { isFallback } from "./fallback-work.ts";

/** "▶ 7 Title" and the command, before its output. */
export function taskBegins(task: Pick<AssignedTask, "number" | "title">, program: Pick<Program, "title">): string {
  return `\r\n\x1b[1;36m▶ ${isFallback(task) ? "instead:" : task.number} ${plain(task.title)}\x1b[0m\r\n\x1b[2m$ ${plain(program.title)}\x1b[0m\r\n`;
}

/** The mark of that beginning in a recording. */
export function beginMark(task: Pick<AssignedTask, "number" | "title">): string {
  return `task ${task.number} begins: ${task.title}`;
}

/**
 * "✔ done", or how it failed, on a line of its own: a program may end in the middle of one, in colours, in the alternate
 * screen or with the mouse on, and the next one must not inherit that.
 */
export function taskEnds(exit: Exit, left: { readonly column: number; readonly alternateScreen: boolean }): string {
  const [colour, words] = exit.code === 0 ? ["32", "✔ done"] : ["31", `✘ ${exit.signal ?? `exit code ${exit.code}`}`];
  return `${tidy(left.alternateScreen)}${ownLine(left.column)}\x1b[${colour}m${words}\x1b[0m\r\n`;
}

/**
 * What stands between output of an engine that is gone and that of this one. A full-screen program leaves what it showed last
 * among the other lines; its own screen goes with it. Times are wall clock, ms.
 */
export function pastEnds(past: {
  readonly endedAt: number;
  readonly now: number;
  readonly column: number;
  readonly fullScreen: string | null;
}): string {
  const { endedAt, now, column, fullScreen } = past;
  const lines = fullScreen === null ? ownLine(column) : `\r\n${fullScreen.replaceAll("\n", "\r\n")}\r\n`;
  return `${tidy(fullScreen !== null)}${lines}\x1b[2m── above: before the engine's end, ${moment(endedAt, now)} ──\x1b[0m\r\n`;
}

/**
 * Before a long-lived agent is started where an earlier one stood: what it showed goes up into the scrollback, whatever modes it had
 * set are gone, and the screen is empty, so that nothing of it is taken for the new one's.
 */
export function agentBegins(
  title: string,
  left: { readonly column: number; readonly rows: number; readonly fullScreen: string | null },
): string {
  const { column, rows, fullScreen } = left;
  const lines = fullScreen === null ? ownLine(column) : `\r\n${fullScreen.replaceAll("\n", "\r\n")}\r\n`;
  return `${tidy(fullScreen !== null)}${lines}\x1b[2m── above: before ${plain(title)} was started ──\x1b[0m${"\r\n".repeat(rows)}\x1b[H`;
}

/** Back to a terminal as it is at its start, what it shows left alone. DECSTR resets most (VT510 manual, soft reset). */
function tidy(alternateScreen: boolean): string {
  const left = alternateScreen ? "\x1b[?1049l" : "";
  return `${left}\x1b[!p\x1b[?1l\x1b>\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1004l\x1b[?1006l\x1b[?2004l\x1b[?2026l\x1b[0 q`;
}

function ownLine(column: number): string {
  return column > 0 ? "\r\n" : "";
}

/** Hours and minutes in the person's time zone, and the day if it is another one. */
function moment(at: number, now: number): string {
  const then = new Date(at);
  const two = (value: number) => String(value).padStart(2, "0");
  const day = then.toDateString() === new Date(now).toDateString() ? "" : `${two(then.getMonth() + 1)}-${two(then.getDate())} `;
  return `${day}${two(then.getHours())}:${two(then.getMinutes())}`;
}

/** Text of a plan, safe to print into a terminal. */
function plain(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, " ");
}
