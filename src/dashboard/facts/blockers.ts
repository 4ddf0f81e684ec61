import type { Blocker, State } from "../../marathon/types.ts";
import { plain } from "../format.ts";
import type { BlockerFacts } from "./types.ts";

const escalateAfterMs = 30 * 60_000;

/** Open blockers, the most urgent and then the oldest first. */
export function blockerFacts(state: State, t: number): readonly BlockerFacts[] {
  return Object.values(state.blockers)
    .filter((blocker) => blocker.state === "open")
    .sort((a, b) => a.priority.localeCompare(b.priority) || a.since - b.since)
    .map((blocker) => ({
      id: blocker.id,
      title: plain(blocker.title),
      priority: blocker.priority,
      tasks: blocker.tasks,
      sessions: blocker.sessions,
      terminal: blocker.terminal,
      age: t - blocker.since,
      left: escalateAfterMs - (t - blocker.since),
      holder: holderName(blocker),
      stops: state.plan.tasks.filter((task) => task.dependsOn.some((number) => blocker.tasks.includes(number))).map((task) => task.number),
    }));
}

function holderName(blocker: Blocker): string {
  if (blocker.holder.level === "human") return "you";
  return plain(blocker.holder.role ?? (blocker.holder.terminal === null ? blocker.holder.level : `terminal ${blocker.holder.terminal}`));
}
