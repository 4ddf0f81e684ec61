/** What a terminal's state says about the work it can take. Derived from the state alone, so that replay agrees. */
import type { State, Task, Terminal } from "./types.ts";

/** Its agent is there: it was started and has neither ended nor failed. */
export function isUp(terminal: Terminal): boolean {
  return terminal.starts > 0 && terminal.exit === null && !terminal.lost && terminal.state !== "starting" && terminal.state !== "exited";
}

/**
 * It can be given a task now: up, not retired, nothing in hand, and not waiting for a person's answer. An agent
 * with one program per task must also have ended the last program, which it says by being idle, or blocked when that
 * failed; a long-lived agent is handed its next task while its program goes on.
 */
export function isFree(terminal: Terminal): boolean {
  if (!isUp(terminal) || terminal.retired || terminal.task !== null || terminal.fallback?.state === "running") return false;
  if (terminal.state === "idle" || terminal.state === "blocked") return !terminal.perTask || terminal.pid === null;
  return !terminal.perTask && (terminal.state === "busy" || terminal.state === "unknown");
}

/** What tells whether the people are real. */
type People = Pick<State, "rehearsal" | "standIns">;

/**
 * It has work in hand that stands still until a person does something: its agent asks, shows an error, or says that it is
 * blocked. Where stand-ins do what a person would, nothing stands still for long. `blocked` from the source `task` is about
 * the task before this one: an agent with one program per task shows it until the next runs.
 */
export function waitsForPerson({ rehearsal, standIns = true }: People, { task, state, source }: Terminal): boolean {
  if ((rehearsal && standIns) || task === null) return false;
  return state === "asking" || state === "error" || (state === "blocked" && source !== "task");
}

/** It will take work without a person's doing: free, at work, or on its way up. */
export function isLive(marathon: People, terminal: Terminal): boolean {
  if (terminal.retired) return false;
  if (terminal.state === "starting") return terminal.exit === null && !terminal.lost;
  if (!isUp(terminal)) return false;
  if (terminal.task !== null) return !waitsForPerson(marathon, terminal);
  if (terminal.fallback?.state === "running") return true;
  return (
    isFree(terminal) || terminal.state === "busy" || (terminal.perTask === true && terminal.state === "blocked" && terminal.pid !== null)
  );
}

/** Why work that is given back to this terminal does not begin there, and what to do; null where it can begin. */
export function deadWords(state: Pick<State, "terminals">, number: number): string | null {
  const terminal = state.terminals[number];
  if (!terminal) return null;
  if (terminal.retired) return `Terminal ${number} takes no more work: restart it (R) or reassign that (r).`;
  const gone = terminal.lost || (!terminal.perTask && (terminal.exit !== null || terminal.state === "exited"));
  return gone ? `The agent of terminal ${number} is gone: R starts it again.` : null;
}

export function isOver(task: Pick<Task, "state">): boolean {
  return task.state === "done" || task.state === "dropped";
}

/** The id of a terminal's own agent in the hierarchy. */
export function terminalNode(terminal: number): string {
  return `terminal-${terminal}`;
}
