/** Finds agents that are at work and show nothing for longer than their kind ever does. */
import type { Fact, State } from "../marathon/types.ts";
import { isSilence } from "../marathon/silence.ts";

/** As much of a terminal's host as has to be known. */
export interface SilentHost {
  readonly agent: { readonly silentMinutes?: number };
  readonly pid: number | null;
  readonly changedAt: number;
}

/** A moment, wall ms: before `awakeSince` the machine slept. */
export interface Watched {
  readonly now: number;
  readonly awakeSince: number;
}

/** What to record at this moment. Called now and then; a minute more or less is no matter. */
export function silences(state: State, hosts: ReadonlyMap<number, SilentHost>, { now, awakeSince }: Watched): readonly Fact[] {
  const known = new Set(Object.values(state.blockers).flatMap((blocker) => (isSilence(state, blocker) ? [blocker.terminal] : [])));
  return [...hosts].flatMap(([number, host]): Fact[] => {
    const terminal = state.terminals[number];
    const limit = host.agent.silentMinutes;
    if (!terminal || limit === undefined || host.pid === null) return [];
    // A screen that stands still and that nobody understands is silent too.
    const busy = (terminal.state === "busy" || terminal.state === "unknown") && terminal.task !== null;
    // What was started or handed over a moment ago has had no time to show anything.
    const quietMs = now - Math.max(host.changedAt, terminal.sinceAt, awakeSince);
    const silent = busy && quietMs >= limit * 60_000;
    if (silent && !known.has(number))
      return [{ type: "silence-began", terminal: number, task: terminal.task ?? 0, minutes: Math.floor(quietMs / 60_000) }];
    return !silent && known.has(number) ? [{ type: "silence-ended", terminal: number }] : [];
  });
}
