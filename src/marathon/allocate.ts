/**
 * Which free terminal gets which task. Each takes its own ready tasks first (phase, then P0 to P3, then number);
 * with none left it takes tasks that are for any terminal, as soon as the phases let it. A terminal that shows
 * `blocked` goes on with its own work but leaves what is for anyone to the others, while one of them can still do it:
 * whoever looks for what is wrong should find that terminal as it stopped.
 */
import type { Draft } from "./draft.ts";
import { planIndex } from "./plan-index.ts";
import { isFree, isLive } from "./terminals.ts";
import type { Fact, State, Task, Terminal } from "./types.ts";

/** The assignments to make now. No task and no terminal appears twice. */
export function allocate(draft: Draft): readonly Fact[] {
  const { state } = draft;
  const free = new Map(
    Object.values(state.terminals)
      .filter(isFree)
      .map((terminal) => [terminal.number, terminal]),
  );
  if (free.size === 0) return [];
  const facts: Fact[] = [];
  const give = (task: Task, terminal: Terminal, why: string): void => {
    free.delete(terminal.number);
    facts.push({ type: "task-assigned", task: task.number, terminal: terminal.number, why });
  };
  const unbound: Task[] = [];
  for (const task of inOrder(state)) {
    if (task.terminal === null) unbound.push(task);
    else {
      const owner = free.get(task.terminal);
      if (owner) give(task, owner, "its own next task");
    }
  }
  for (const task of unbound) {
    if (free.size === 0) break;
    // The one that has been idle the longest: work spreads, and the choice can be explained.
    const taker = [...free.values()]
      .sort((a, b) => a.since - b.since || a.number - b.number)
      .find((terminal) => takesUnbound(draft, terminal, task.number));
    if (taker) give(task, taker, "next task for any terminal, and it is free");
  }
  return facts;
}

/** Ready tasks in the order in which they are taken: what was moved to a terminal by hand comes before the plan's order. */
function inOrder(state: State): readonly Task[] {
  const ready: Task[] = [];
  let anyMoved = false;
  for (const number of planIndex(state.plan).order) {
    const task = state.tasks[number];
    if (task?.state !== "ready") continue;
    ready.push(task);
    anyMoved ||= typeof task.movedSeq === "number";
  }
  const moved = (task: Task): number => task.movedSeq ?? Number.POSITIVE_INFINITY;
  return anyMoved ? ready.toSorted((a, b) => compare(moved(a), moved(b))) : ready;
}

/** Infinity less infinity is no number. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

/** Whether some terminal will take this ready task without a person's doing, now or when it is done with what it does. */
export function willBeTaken(draft: Draft, task: Task): boolean {
  const { terminals } = draft.state;
  if (task.terminal !== null) {
    const owner = terminals[task.terminal];
    return owner !== undefined && isLive(draft.state, owner);
  }
  return Object.values(terminals).some((terminal) => isLive(draft.state, terminal) && takesUnbound(draft, terminal, task.number));
}

function takesUnbound(draft: Draft, terminal: Terminal, task: number): boolean {
  if (!draft.gates.admits(terminal.number, task)) return false;
  if (terminal.state !== "blocked") return true;
  return !Object.values(draft.state.terminals).some(
    (other) => other.state !== "blocked" && isLive(draft.state, other) && hasProspects(draft, other, task),
  );
}

/** A live terminal that works, has work of its own to take, or may take this task: it will get round to it. */
function hasProspects(draft: Draft, terminal: Terminal, task: number): boolean {
  return terminal.task !== null || draft.gates.admits(terminal.number, task) || ownReady(draft.state, terminal.number);
}

function ownReady(state: State, terminal: number): boolean {
  return Object.values(state.tasks).some((task) => task.terminal === terminal && task.state === "ready");
}

/** Whether there is a task that this terminal could take at once if it were free. */
export function hasReadyWork(draft: Draft, terminal: Terminal): boolean {
  for (const task of Object.values(draft.state.tasks)) {
    if (task.state !== "ready") continue;
    if (task.terminal === terminal.number || (task.terminal === null && draft.gates.admits(terminal.number, task.number))) return true;
  }
  return false;
}
