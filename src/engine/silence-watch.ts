/** Finds work that stands still although nobody has said so: agents that show nothing for too long, and agents that nobody answers. */
import { escalateAfterMs } from "../marathon/escalation.ts";
import { beganAsSilence, isSilence } from "../marathon/silence.ts";
import { waitsForPerson } from "../marathon/terminals.ts";
import type { Fact, State, Terminal } from "../marathon/types.ts";

/** As much of a terminal's host as has to be known. */
export interface SilentHost {
  readonly agent: { readonly silentMinutes?: number };
  readonly pid: number | null;
  readonly changedAt: number;
}

/** A moment, wall ms and marathon ms: before `awakeSince` (wall) the machine slept. */
export interface Watched {
  readonly now: number;
  readonly t: number;
  readonly awakeSince: number;
}

/** What to record at this moment. Called now and then; a minute more or less is no matter. */
export function silences(state: State, hosts: ReadonlyMap<number, SilentHost>, moment: Watched): readonly Fact[] {
  const known = new Set(Object.values(state.blockers).flatMap((blocker) => (isSilence(state, blocker) ? [blocker.terminal] : [])));
  return [...hosts].flatMap(([number, host]): Fact[] => {
    const terminal = state.terminals[number];
    if (!terminal || host.pid === null) return [];
    const found = stands(state, terminal, moment) ?? silent(state, terminal, host, moment);
    // Where an end is to be told, nothing may be open still: neither a silence nor a question.
    if (found === null) return known.has(number) ? [{ type: "silence-ended", terminal: number }] : [];
    if (known.has(number) || found.minutes < found.limit || terminal.task === null) return [];
    const { minutes, waits } = found;
    return [{ type: "silence-began", terminal: number, task: terminal.task, minutes, ...(waits && { waits }) }];
  });
}

interface Standing {
  readonly minutes: number;
  readonly limit: number;
  readonly waits?: "asking" | "error" | "blocked";
}

/** It waits for a person: as long as a holder of a blocker has, it is the agent's own affair. */
function stands(state: State, terminal: Terminal, { t }: Watched): Standing | null {
  if (!waitsForPerson(state, terminal) || terminal.state === "idle") return null;
  const waits = terminal.state === "asking" || terminal.state === "error" ? terminal.state : "blocked";
  const since = Math.max(terminal.since, lookedAt(state, terminal.number)?.t ?? 0);
  return { minutes: wholeMinutes(t - since), limit: escalateAfterMs(state) / 60_000, waits };
}

/** Null when it shows something, or is not at work. */
function silent(state: State, terminal: Terminal, host: SilentHost, { now, awakeSince }: Watched): Standing | null {
  const limit = host.agent.silentMinutes;
  if (limit === undefined || terminal.task === null) return null;
  // A screen that stands still and that nobody understands is silent too.
  if (terminal.state !== "busy" && terminal.state !== "unknown") return null;
  // What was started or handed over a moment ago has had no time to show anything.
  const minutes = wholeMinutes(now - Math.max(host.changedAt, terminal.sinceAt, awakeSince, lookedAt(state, terminal.number)?.at ?? 0));
  return minutes >= limit ? { minutes, limit } : null;
}

/** When somebody last said that a silence of this terminal is in order: the clock runs anew from there. */
function lookedAt(state: State, terminal: number): { readonly at: number; readonly t: number } | null {
  const looked = Object.values(state.blockers).findLast(
    (blocker) => blocker.terminal === terminal && blocker.state === "resolved" && beganAsSilence(blocker),
  );
  return looked?.history.findLast(({ act }) => act === "resolved") ?? null;
}

function wholeMinutes(ms: number): number {
  return Math.max(0, Math.floor(ms / 60_000));
}
