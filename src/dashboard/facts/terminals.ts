import { attention } from "../../marathon/attention.ts";
import { plannedTask } from "../../marathon/estimates.ts";
import { isUnderWay, openMessages } from "../../marathon/messages.ts";
import { terminalProgress } from "../../marathon/progress.ts";
import { openCount, terminalTally } from "../../marathon/tally.ts";
import type { State, Terminal } from "../../marathon/types.ts";
import { nextHeld } from "../../marathon/waits.ts";
import { limitedUntil } from "../../marathon/usage.ts";
import { plain } from "../format.ts";
import type { AttentionFacts, TerminalFacts } from "./types.ts";

/** Every terminal by its number. `needing`: what attentionFacts found. */
export function terminalFacts(state: State, t: number, needing: readonly AttentionFacts[]): readonly TerminalFacts[] {
  const needy = new Set(needing.map((item) => item.terminal));
  return terminalProgress(state, t)
    .flatMap(({ number, done, total }): readonly TerminalFacts[] => {
      const terminal = state.terminals[number];
      return terminal === undefined ? [] : [oneTerminal(state, terminal, t, { done, total, needsPerson: needy.has(number) })];
    })
    .sort((a, b) => a.number - b.number);
}

/** What the board calls a terminal's state: an agent that ended or idles because all is done has not merely gone. */
export function shownState(terminal: Terminal, allDone: boolean): TerminalFacts["state"] {
  if (terminal.lost) return "lost";
  const endedWell = terminal.state === "idle" || (terminal.state === "exited" && terminal.exit?.code === 0);
  return allDone && endedWell ? "done" : terminal.state;
}

function oneTerminal(
  state: State,
  terminal: Terminal,
  t: number,
  more: Pick<TerminalFacts, "done" | "total" | "needsPerson">,
): TerminalFacts {
  return {
    number: terminal.number,
    stream: terminal.stream,
    label: terminal.label === null ? null : plain(terminal.label),
    role: terminal.role === null ? null : plain(terminal.role),
    agent: plain(terminal.model === undefined ? terminal.agent : `${terminal.agent}:${terminal.model}`),
    state: shownState(terminal, state.status === "done" && more.total > 0 && more.done === more.total),
    kind: terminal.kind,
    exitCode: terminal.exit?.code ?? null,
    evidence: terminal.evidence === null ? null : plain(terminal.evidence),
    retired: terminal.retired,
    running: terminal.pid !== null && terminal.pid !== 0,
    age: Math.max(0, t - terminal.since),
    ...openTasks(state, terminal.number),
    messages: undelivered(state, terminal.number),
    contextPercent: state.meters?.[terminal.number]?.contextPercent ?? null,
    limitedUntil: terminal.kind === "rate-limit" ? limitedUntil(state.meters?.[terminal.number], state.at) : null,
    task: terminal.task === null ? null : { number: terminal.task, title: plain(plannedTask(state, terminal.task)?.title ?? "") },
    held: heldTask(state, terminal.number),
    ...more,
  };
}

function heldTask(state: State, terminal: number): TerminalFacts["held"] {
  const held = nextHeld(state, terminal);
  return held === null ? null : { number: held.number, title: plain(held.title), why: plain(held.why) };
}

function openTasks(state: State, terminal: number): Pick<TerminalFacts, "blocked" | "open"> {
  const tally = terminalTally(state, terminal);
  return { blocked: tally.counts.blocked, open: openCount(tally) };
}

function undelivered(state: State, terminal: number): TerminalFacts["messages"] {
  const open = openMessages(state, terminal);
  const waiting = open.filter(isUnderWay).length;
  return { waiting, failed: open.length - waiting };
}

/** What needs a person, most pressing first. */
export function attentionFacts(state: State, t: number): readonly AttentionFacts[] {
  return attention(state, t).map(({ kind, terminal, blocker, text }) => ({ kind, terminal, blocker, text: plain(text) }));
}

// Among terminals that need nobody, those where something happens are worth more of the screen.
const interest: Readonly<Record<string, number>> = { busy: 0, starting: 1, unknown: 2, idle: 3, exited: 4 };

/** All terminals, those that need a person first. */
export function lookOrder(terminals: readonly TerminalFacts[], needing: readonly AttentionFacts[]): readonly number[] {
  const needy = [...new Set(needing.flatMap((item) => item.terminal ?? []))];
  const others = terminals
    .filter((terminal) => !needy.includes(terminal.number))
    .sort((a, b) => (interest[a.state] ?? 9) - (interest[b.state] ?? 9) || a.number - b.number);
  return [...needy, ...others.map((terminal) => terminal.number)];
}
