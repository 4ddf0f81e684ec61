/**
 * What agents and people write into the scratchpad, once read: reports, handoffs, blockers.
 * Pure data; the engine's watcher turns a changed file into one of these and feeds it to `step`.
 */

/** `[ ]` open, `[x]` done, `[~]` doing, `[!]` blocked. */
export type TickState = "open" | "done" | "doing" | "blocked";

/** One line of a report: a tick with a task number. */
export interface Tick {
  readonly task: number;
  readonly state: TickState;
  /** Text after the number; for a blocked tick, the reason after the dash. */
  readonly text: string;
  readonly line: number;
}

/** `- [+] title - reason`: work that its agent asks to be added to the plan. */
export interface Wish {
  readonly title: string;
  readonly reason: string | null;
  readonly line: number;
}

export interface Handoff {
  /** Percent, 0 to 100. */
  readonly completion: number | null;
  readonly completed: readonly string[];
  readonly blocked: readonly string[];
  readonly nextSteps: readonly string[];
  readonly effortHours: { readonly low: number; readonly high: number } | null;
  /** Names of the five fields that the file does not have. */
  readonly missing: readonly string[];
}

export interface BlockerNote {
  readonly title: string | null;
  readonly reason: string | null;
  readonly priority: "P0" | "P1" | "P2" | "P3" | null;
  readonly tasks: readonly number[];
  readonly cause: string | null;
  readonly tried: readonly string[];
  readonly notTried: readonly string[];
  /** The first line that looks like an error message, with its line number. */
  readonly evidence: { readonly text: string; readonly line: number } | null;
  /** The file says that it is over ("Status: resolved"). */
  readonly resolved: boolean;
}

/** What a scratchpad file's name says. `session` is text: "025". */
export interface ScratchName {
  readonly kind: string;
  readonly session: string | null;
  readonly task: number | null;
  readonly terminal: number | null;
  /** A literal XXX or NNN stands where the number should be. */
  readonly placeholder: boolean;
}

/** One scratchpad file, as far as it could be read. */
export interface ScratchReading {
  readonly name: ScratchName;
  readonly ticks: readonly Tick[];
  readonly handoff: Handoff | null;
  readonly blocker: BlockerNote | null;
  readonly lines: number;
  /** Absent when there are none. */
  readonly wishes?: readonly Wish[];
  /** The text names the marathon that is running, so all of it was written for this one. */
  readonly ours?: boolean;
}
