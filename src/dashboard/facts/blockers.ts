import { judgeWish, stoppedTasks, type BlockerWish } from "../../marathon/blocker-judge.ts";
import { byUrgency, viewOf } from "../../marathon/blockers.ts";
import { plannedTask } from "../../marathon/estimates.ts";
import { lastActed, undoRefusal } from "../../marathon/undo.ts";
import { heldFor } from "../../marathon/waits.ts";
import type { Blocker, State } from "../../marathon/types.ts";
import { plain } from "../format.ts";
import type { BlockerFacts } from "./types.ts";

/** Open ones, parked ones, known ones: of each the most urgent and then the oldest first. */
export function blockerFacts(state: State, t: number): readonly BlockerFacts[] {
  const views = blockerOrder(state).map((blocker) => viewOf(state, t, blocker));
  return views.map(({ blocker, ageMs, toEscalationMs, holder, affects }) => ({
    id: blocker.id,
    title: plain(blocker.title),
    priority: blocker.priority,
    state: blocker.state === "parked" || blocker.state === "known" ? blocker.state : "open",
    refused: refusalsOf(state, blocker),
    tasks: blocker.tasks,
    sessions: blocker.sessions,
    terminal: blocker.terminal,
    age: ageMs,
    left: toEscalationMs,
    holder: plain(holder),
    person: blocker.holder.level === "human",
    stops: affects.flatMap((affected) => (affected.kind === "task" && affected.effect === "not-started" ? [Number(affected.id)] : [])),
    holds: blocker.priority === "P0" && blocker.state === "open" ? heldFor(state, blocker.tasks) : 0,
    ...planned(state, blocker),
    cause: blocker.cause === null ? null : plain(blocker.cause),
    evidence: blocker.evidence.map(({ source, line, file }) => ({ source: plain(file ?? source), line: plain(line) })),
    sinceAt: blocker.sinceAt,
  }));
}

/** In the order of the list. */
export function blockerOrder(state: Pick<State, "blockers">): readonly Blocker[] {
  const shown = Object.values(state.blockers).filter((blocker) => blocker.state !== "resolved");
  return shown.sort(byUrgency).sort((a, b) => rank(a) - rank(b));
}

export function undoFacts(state: State): { readonly refused: string | null } {
  const last = lastActed(state);
  return { refused: last === null ? "nothing was done about a blocker that could be taken back" : undoRefusal(state, last) };
}

function rank({ state }: Blocker): number {
  return state === "open" ? 0 : state === "parked" ? 1 : 2;
}

function refusalsOf(state: State, blocker: Blocker): BlockerFacts["refused"] {
  const refused = (wish: BlockerWish): string | null => {
    const judged = judgeWish(state, blocker, wish, { by: "a person", note: null });
    return "refused" in judged ? judged.refused : null;
  };
  const others = Object.keys(state.terminals).length > 1;
  const moves = stoppedTasks(state, blocker).length > 0 ? null : refused({ act: "reassign", to: 0 });
  return {
    escalate: refused({ act: "escalate" }),
    reassign: moves ?? (others ? null : "there is no other terminal to give it to"),
    fallback: refused({ act: "fallback" }),
    known: refused({ act: "known" }),
  };
}

/** What the plan says about the blocker's tasks and sessions. */
function planned(state: State, blocker: Blocker): Pick<BlockerFacts, "taskTitles" | "sessionFallbacks"> {
  return {
    taskTitles: blocker.tasks.flatMap((number) => {
      const task = plannedTask(state, number);
      return task === undefined
        ? []
        : [{ number, title: plain(task.title), fallback: task.fallback === null ? null : plain(task.fallback) }];
    }),
    sessionFallbacks: state.plan.sessions.flatMap((session) =>
      blocker.sessions.includes(session.id) && session.fallback !== null ? [plain(session.fallback)] : [],
    ),
  };
}
