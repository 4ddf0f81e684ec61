/** From the marathon's state to what the screen says. */
import { delegation } from "../marathon/delegation.ts";
import { directShare } from "../marathon/delegation-figures.ts";
import { missingHandoffs, owedWords } from "../marathon/handoffs.ts";
import { toLearnFrom } from "../marathon/protocol-steps.ts";
import { wholeTally } from "../marathon/tally.ts";
import type { State, Terminal } from "../marathon/types.ts";
import { base } from "../marathon/words.ts";
import { blockerFacts, undoFacts } from "./facts/blockers.ts";
import { clockFacts } from "./facts/clock.ts";
import { laneFacts } from "./facts/lanes.ts";
import { messageFacts } from "./facts/messages.ts";
import { attentionFacts, lookOrder, terminalFacts } from "./facts/terminals.ts";
import { riskFacts } from "./facts/risks.ts";
import { treeFacts } from "./facts/tree.ts";
import type { Counts, Facts, TerminalFacts } from "./facts/types.ts";
import { plain } from "./format.ts";

/**
 * Between two steps of the ages in the lists, ms. Thirty figures that change every second are a flicker that says nothing, and each
 * change of a list costs a drawing of it. What a person watches by the second, the header's clock and the blockers', is exact.
 */
const CALM_MS = 5000;

/** @param t marathon time in ms */
export function factsOf(state: State, t: number, collapsed: Readonly<Record<string, boolean>> = {}): Facts {
  const calm = Math.floor(t / CALM_MS) * CALM_MS;
  const attention = attentionFacts(state, t);
  const terminals = terminalFacts(state, calm, attention);
  const blockers = blockerFacts(state, t);
  const { spawned, now, peak, parallelFactor } = delegation(state, calm);
  return {
    title: plain(state.title),
    agent: plain(state.agent),
    rehearsal: state.rehearsal,
    speed: state.speed,
    status: state.status,
    clock: clockFacts(state, t),
    counts: countsOf(state, terminals, blockers.filter((one) => one.state === "open").length),
    lanes: laneFacts(state, calm),
    terminals,
    blockers,
    undo: undoFacts(state),
    toLearn: toLearnFrom(state.blockers)?.id ?? null,
    risks: riskFacts(state),
    todo: todoFacts(state),
    owed: owedFacts(state),
    planEdited: Boolean(state.planOffer),
    tree: treeFacts(state, calm, collapsed, new Set(attention.map((item) => item.terminal))),
    delegation: {
      spawned,
      now,
      peak,
      parallel: parallelFactor,
      direct: directShare(state),
      violations: state.counters.spawned - state.counters.spawnedAllowed,
    },
    attention,
    messages: messageFacts(state, t),
    lookOrder: lookOrder(terminals, attention),
  };
}

function countsOf(state: State, terminals: readonly TerminalFacts[], blockers: number): Counts {
  const { counts, size } = wholeTally(state);
  const inState = (name: Terminal["state"]) => terminals.filter((terminal) => terminal.state === name).length;
  return {
    done: counts.done,
    total: size - counts.dropped,
    dropped: counts.dropped,
    blockers,
    asking: inState("asking"),
    busy: inState("busy"),
    terminals: terminals.length,
    todo: state.todo?.open ?? 0,
  };
}

function owedFacts(state: State): Facts["owed"] {
  const text = owedWords(state, 4);
  return text === null ? null : { text: plain(text), sessions: missingHandoffs(state).length };
}

function todoFacts(state: State): Facts["todo"] {
  const { blocked, parked, dropped } = wholeTally(state).counts;
  return { file: plain(base(state.todo?.file ?? "HUMAN_TODO.md")), deferred: blocked + parked + dropped };
}
