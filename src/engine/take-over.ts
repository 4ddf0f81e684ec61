/** What a new engine does with the programs that outlived the one before it. */
import { openQuestions } from "../marathon/questions.ts";
import type { State } from "../marathon/types.ts";
import type { Engine } from "./engine.ts";
import { fallbackWork, isFallback } from "./fallback-work.ts";
import type { AssignedTask } from "./agents/agent.ts";
import type { Held } from "./holder/wire.ts";
import { showQuestion } from "./questions.ts";
import type { Seen } from "./state-watch.ts";

/** What was found: null when no holder of an engine before is there any more. */
export type Found = readonly Held[] | null;

/** Terminals whose programs the marathon goes on with. */
export function keptTerminals(state: State, found: Found): readonly number[] {
  return (found ?? []).filter((held) => isExpected(state, held)).map(({ terminal }) => terminal);
}

/**
 * Gives every terminal what it showed back, and its program if that is still there. To be called before any program is
 * started. `endedAt`: the newest moment that the journal knows of the engine before, wall clock, ms.
 */
export function takeOver(engine: Engine, found: Found, endedAt: number): void {
  const { state, ports, marks } = engine;
  for (const host of engine.hosts.values()) {
    const { terminal } = host;
    const comesBack = (done: Promise<void>): void => void marks.of(terminal).readsBack(done);
    const past = ports.logs.past(terminal);
    const held = found?.find((one) => one.terminal === terminal);
    if (held && isExpected(state, held)) {
      engine.writeAssignment(terminal);
      comesBack(host.livesOn(held, workOf(engine, held), isKnown(state, held) ? seenOf(state, terminal) : null, past));
      if (openQuestions(state, terminal).length > 0) showQuestion(engine, terminal);
    } else {
      // Its end is journaled, and only what it showed last may be missing.
      if (held) ports.holder.adopt(held).forget();
      const quiet = found !== null && state.terminals[terminal]?.lost !== true;
      comesBack(host.shown.comesBack(past, quiet ? null : endedAt));
    }
  }
}

/** A start or a hand-over that was journaled and not performed any more, while the other programs lived on, is performed now. */
export function performMissed(engine: Engine, found: Found): void {
  if (found === null) return;
  for (const { number, lost, pid } of Object.values(engine.state.terminals))
    if (lost && pid === null) engine.submit({ type: "terminal-starting", terminal: number, reason: "its start was interrupted" });
}

/** The journal knows it, or what it was started for is in hand and its start was not journaled any more. */
function isExpected(state: State, held: Held): boolean {
  if (isKnown(state, held)) return true;
  const terminal = state.terminals[held.terminal];
  if (!terminal || terminal.pid !== null || terminal.exit !== null || terminal.lost) return false;
  const { task } = held.label;
  if (task === null) return terminal.state === "starting";
  return isFallback({ number: task }) ? terminal.fallback?.state === "running" : terminal.task === task;
}

function isKnown(state: State, { terminal: number, process }: Held): boolean {
  const terminal = state.terminals[number];
  return terminal !== undefined && terminal.pid === process.pid && terminal.pidStart === process.start;
}

function workOf(engine: Engine, { terminal, label }: Held): AssignedTask | null {
  if (label.task === null) return null;
  const { fallback } = engine.state.terminals[terminal] ?? {};
  if (isFallback({ number: label.task })) return fallback ? fallbackWork(fallback) : null;
  return engine.context(terminal).assignment.tasks.find((task) => task.number === label.task) ?? null;
}

function seenOf(state: State, number: number): Seen | null {
  const terminal = state.terminals[number];
  if (!terminal) return null;
  const { state: seen, kind, source, evidence } = terminal;
  return { state: seen, kind, source: source ?? "process", evidence };
}
