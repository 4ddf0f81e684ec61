/** What a new engine process is told by the command that starts it: a file, read once. */
import type { Event } from "../marathon/types.ts";
import type { Plan } from "../plan/types.ts";
import type { LogSettings } from "./terminal-logs.ts";

/** The word by which a command starts this program as an engine; not for people. */
export const ENGINE_WORD = "__engine";

/** Lines of scrollback, if nobody says otherwise. Ten terminals with as many lines of 120 columns take about 15 MB. */
export const SCROLLBACK_LINES = 10_000;
/** About 30 MB a terminal. */
const MOST_SCROLLBACK_LINES = 200_000;

/** How long the engine of a marathon that is done waits for somebody who looks at it, ms; then it ends by itself. */
export const LINGER_MS = 15 * 60_000;

/** Whether a terminal can keep so many lines. */
export function isScrollback(lines: unknown): lines is number {
  return Number.isSafeInteger(lines) && (lines as number) >= 0 && (lines as number) <= MOST_SCROLLBACK_LINES;
}

export interface EngineSpec {
  readonly schema: 1;
  readonly project: string;
  readonly id: string;
  /** What to start; null takes up the marathon of this id from its journal. */
  readonly start: StartSpec | null;
  /** The plan files as they were before the start was made of them, see plan-print.ts; absent: not known. */
  readonly planStamps?: string;
  /** Restart the terminals that died with the engine before. */
  readonly restartLost: boolean;
  readonly unattended: boolean;
  readonly standInPeople: boolean;
  readonly cols: number;
  readonly rows: number;
  /** Lines of scrollback a terminal keeps. */
  readonly scrollback: number;
  readonly logs: LogSettings;
}

export interface StartSpec {
  readonly plan: Plan;
  readonly agent: string;
  readonly command: string | null;
  readonly rehearsal: boolean;
  readonly speed: number;
  readonly seed: number | null;
  readonly scratchpad: string;
  /** What the person should know about how it was started, for the event line. */
  readonly note: string | null;
}

/** One line on the ready pipe (fd 3) of a new engine. */
export type EngineReady =
  | {
      readonly ok: true;
      readonly pid: number;
      readonly id: string;
      readonly socket: string;
      readonly seed: number | null;
      readonly dropped: string | null;
    }
  | { readonly ok: false; readonly error: string; readonly heldBy: number | null };

/** The event that a new marathon begins with. `at`: wall clock, ms since the epoch. */
export function firstEvent(spec: Pick<EngineSpec, "id" | "project">, start: StartSpec, at: number): Event {
  const { note: _told, ...facts } = start;
  return { type: "marathon-started", id: spec.id, project: spec.project, ...facts, seq: 1, at, t: 0 };
}
