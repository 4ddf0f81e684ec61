import { openBlockers } from "../../marathon/blockers.ts";
import type { State } from "../../marathon/types.ts";
import { plain } from "../format.ts";
import type { BlockerFacts } from "./types.ts";

/** Open blockers, the most urgent and then the oldest first. */
export function blockerFacts(state: State, t: number): readonly BlockerFacts[] {
  return openBlockers(state, t).map(({ blocker, ageMs, toEscalationMs, holder, affects }) => ({
    id: blocker.id,
    title: plain(blocker.title),
    priority: blocker.priority,
    tasks: blocker.tasks,
    sessions: blocker.sessions,
    terminal: blocker.terminal,
    age: ageMs,
    left: toEscalationMs,
    holder: plain(holder),
    person: blocker.holder.level === "human",
    stops: affects.flatMap((affected) => (affected.kind === "task" && affected.effect === "not-started" ? [Number(affected.id)] : [])),
  }));
}
