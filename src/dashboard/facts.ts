/** From the marathon's state to what the screen says. */
import type { State, Terminal } from "../marathon/types.ts";
import { plain } from "./format.ts";
import { blockerFacts } from "./facts/blockers.ts";
import { clockFacts } from "./facts/clock.ts";
import { laneFacts } from "./facts/lanes.ts";
import { treeFacts } from "./facts/tree.ts";
import { attentionOrder, terminalFacts } from "./facts/terminals.ts";
import type { Counts, Facts, TerminalFacts } from "./facts/types.ts";

/** @param t marathon time in ms */
export function factsOf(state: State, t: number, collapsed: Readonly<Record<string, boolean>> = {}): Facts {
  const terminals = terminalFacts(state, t);
  const blockers = blockerFacts(state, t);
  return {
    title: plain(state.title),
    agent: plain(state.agent),
    rehearsal: state.rehearsal,
    speed: state.speed,
    status: state.status,
    clock: clockFacts(state, t),
    counts: countsOf(state, terminals, blockers.length),
    lanes: laneFacts(state, t),
    terminals,
    blockers,
    tree: treeFacts(state, t, collapsed),
    delegation: { spawned: state.counters.spawned, now: state.counters.concurrent, peak: state.counters.peakConcurrent },
    attention: attentionOrder(state, t),
  };
}

function countsOf(state: State, terminals: readonly TerminalFacts[], blockers: number): Counts {
  const tasks = Object.values(state.tasks);
  const inState = (name: Terminal["state"]) => terminals.filter((terminal) => terminal.state === name).length;
  return {
    done: tasks.filter((task) => task.state === "done").length,
    total: tasks.filter((task) => task.state !== "dropped").length,
    dropped: tasks.filter((task) => task.state === "dropped").length,
    blockers,
    asking: inState("asking"),
    busy: inState("busy"),
    terminals: terminals.length,
  };
}
