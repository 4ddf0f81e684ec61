/** The journal of the project's newest marathon: whether it can be read whole, which agents that marathon needs, and where it writes. */
import { readJournal } from "../../engine/journal.ts";
import { readCurrent, type MarathonPaths } from "../../engine/paths.ts";
import { fold } from "../../marathon/step.ts";
import { bad, type Check, count, good, warning } from "./check.ts";

export interface JournalLook {
  readonly checks: readonly Check[];
  /** Names of agents; [] when there is no marathon. */
  readonly agents: readonly string[];
  /** Its scratchpad, absolute; null when there is no marathon. */
  readonly scratchpad: string | null;
}

const NONE = { agents: [], scratchpad: null };

export function lookAtJournal(paths: MarathonPaths): JournalLook {
  const id = readCurrent(paths);
  if (id === null) return { checks: [], ...NONE };
  const folder = paths.marathon(id).journal;
  try {
    const { events, dropped } = readJournal(folder);
    const start = events.length === 0 ? null : fold(null, events.slice(0, 1));
    const begun =
      start === null ? NONE : { agents: Object.values(start.terminals).map(({ agent }) => agent), scratchpad: start.scratchpad };
    if (dropped === null) return { checks: [good("journal", `${count(events.length, "event")} of ${id}, nothing damaged`)], ...begun };
    const message = `${dropped.bytes} bytes of ${folder} are damaged: ${dropped.reason}`;
    const advice = "`marathon run` with the same plan goes on with the rest, and puts the damaged part aside";
    return { checks: [warning("journal", message, advice)], ...begun };
  } catch (error) {
    return {
      checks: [bad("journal", `${folder} cannot be read: ${(error as Error).message}`, "see the message; nothing was changed")],
      ...NONE,
    };
  }
}
