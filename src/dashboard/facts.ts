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
import { keeping, latest } from "./latest.ts";

/**
 * Between two steps of the ages in the lists, ms. Thirty figures that change every second are a flicker that says nothing, and each
 * change of a list costs a drawing of it. What a person watches by the second, the header's clock and the blockers', is exact.
 */
const CALM_MS = 5000;

/**
 * Facts of one moment after another. What does not move with the clock is made once for a state; and what is as it was is the same
 * object as before, so that a view that says only that has nothing to do (remembered.ts).
 */
export function factsKeeper(): (state: State, t: number, collapsed?: Collapsed) => Facts {
  const standing = latest(standingFacts);
  const attention = keeping(sameAttention);
  const terminals = latest(terminalFacts);
  const looked = latest(lookOrder);
  const counts = latest(countsOf);
  const lanes = latest(laneFacts);
  const tree = latest(treeOf);
  const delegated = latest(delegationFacts);
  // Their things have ages: only an empty list is the same a second later.
  const blockers = keeping<Facts["blockers"][number]>(Object.is);
  const messages = keeping<Facts["messages"][number]>(Object.is);
  return (state, t, collapsed = NONE_COLLAPSED) => {
    const calm = Math.floor(t / CALM_MS) * CALM_MS;
    const needing = attention(attentionFacts(state, t));
    const all = terminals(state, calm, needing);
    const blocking = blockers(blockerFacts(state, t));
    return {
      ...standing(state),
      clock: clockFacts(state, t),
      counts: counts(state, all, blocking.filter((one) => one.state === "open").length),
      lanes: lanes(state, calm),
      terminals: all,
      blockers: blocking,
      tree: tree(state, calm, collapsed, needing),
      delegation: delegated(state, calm),
      attention: needing,
      messages: messages(messageFacts(state, t)),
      lookOrder: looked(all, needing),
    };
  };
}

/** @param t marathon time in ms */
export function factsOf(state: State, t: number, collapsed?: Collapsed): Facts {
  return factsKeeper()(state, t, collapsed);
}

type Collapsed = Readonly<Record<string, boolean>>;
const NONE_COLLAPSED: Collapsed = {};

/** What changes with events alone. */
function standingFacts(
  state: State,
): Pick<Facts, "title" | "agent" | "rehearsal" | "speed" | "status" | "undo" | "toLearn" | "risks" | "todo" | "owed" | "planEdited"> {
  return {
    title: plain(state.title),
    agent: plain(state.agent),
    rehearsal: state.rehearsal,
    speed: state.speed,
    status: state.status,
    undo: undoFacts(state),
    toLearn: toLearnFrom(state.blockers)?.id ?? null,
    risks: riskFacts(state),
    todo: todoFacts(state),
    owed: owedFacts(state),
    planEdited: Boolean(state.planOffer),
  };
}

function treeOf(state: State, t: number, collapsed: Collapsed, needing: Facts["attention"]): Facts["tree"] {
  return treeFacts(state, t, collapsed, new Set(needing.map((item) => item.terminal)));
}

function delegationFacts(state: State, t: number): Facts["delegation"] {
  const { spawned, now, peak, parallelFactor } = delegation(state, t);
  return {
    spawned,
    now,
    peak,
    parallel: parallelFactor,
    direct: directShare(state),
    violations: state.counters.spawned - state.counters.spawnedAllowed,
  };
}

function sameAttention(a: Facts["attention"][number], b: Facts["attention"][number]): boolean {
  return a.kind === b.kind && a.terminal === b.terminal && a.blocker === b.blocker && a.text === b.text;
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
