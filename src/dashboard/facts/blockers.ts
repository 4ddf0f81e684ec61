import { openBlockers } from "../../marathon/blockers.ts";
import type { Blocker, State } from "../../marathon/types.ts";
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
    ...planned(state, blocker),
    cause: blocker.cause === null ? null : plain(blocker.cause),
    evidence: blocker.evidence.map(({ source, line, file }) => ({ source: plain(file ?? source), line: plain(line) })),
    sinceAt: blocker.sinceAt,
  }));
}

/** What the plan says about the blocker's tasks and sessions. */
function planned(state: State, blocker: Blocker): Pick<BlockerFacts, "taskTitles" | "sessionFallbacks"> {
  return {
    taskTitles: blocker.tasks.flatMap((number) => {
      const task = state.plan.tasks.find((one) => one.number === number);
      return task === undefined
        ? []
        : [{ number, title: plain(task.title), fallback: task.fallback === null ? null : plain(task.fallback) }];
    }),
    sessionFallbacks: state.plan.sessions.flatMap((session) =>
      blocker.sessions.includes(session.id) && session.fallback !== null ? [plain(session.fallback)] : [],
    ),
  };
}
