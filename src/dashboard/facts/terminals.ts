import type { State, Terminal } from "../../marathon/types.ts";
import { plain } from "../format.ts";
import type { TerminalFacts } from "./types.ts";

export function terminalFacts(state: State, t: number): readonly TerminalFacts[] {
  const titles = new Map(state.plan.tasks.map((task) => [task.number, task.title]));
  const counts = new Map<number, { done: number; total: number }>();
  for (const task of Object.values(state.tasks)) {
    if (task.terminal === null || task.state === "dropped") continue;
    const count = counts.get(task.terminal) ?? { done: 0, total: 0 };
    count.total++;
    if (task.state === "done") count.done++;
    counts.set(task.terminal, count);
  }
  return Object.values(state.terminals)
    .sort((a, b) => a.number - b.number)
    .map((terminal) => oneTerminal(terminal, t, titles, counts.get(terminal.number) ?? { done: 0, total: 0 }));
}

function oneTerminal(terminal: Terminal, t: number, titles: ReadonlyMap<number, string>, count: { done: number; total: number }): TerminalFacts {
  const shown = terminal.lost ? "lost" : terminal.state;
  return {
    number: terminal.number,
    stream: terminal.stream,
    label: terminal.label === null ? null : plain(terminal.label),
    role: terminal.role === null ? null : plain(terminal.role),
    agent: plain(terminal.agent),
    state: shown,
    kind: terminal.kind,
    exitCode: terminal.exit?.code ?? null,
    evidence: terminal.evidence === null ? null : plain(terminal.evidence),
    retired: terminal.retired,
    age: Math.max(0, t - terminal.since),
    task: terminal.task === null ? null : { number: terminal.task, title: plain(titles.get(terminal.task) ?? "") },
    done: count.done,
    total: count.total,
    needsPerson: terminal.lost || ["asking", "blocked", "error"].includes(terminal.state) || (terminal.state === "exited" && count.done < count.total && !terminal.retired),
  };
}

const urgency: Readonly<Record<string, number>> = { asking: 0, error: 1, lost: 1, blocked: 2, exited: 3, busy: 4, starting: 5, idle: 6, unknown: 7 };

export function attentionOrder(state: State, t: number): readonly number[] {
  return [...terminalFacts(state, t)]
    .sort((a, b) => Number(b.needsPerson) - Number(a.needsPerson) || (urgency[a.state] ?? 9) - (urgency[b.state] ?? 9) || b.age - a.age)
    .map((terminal) => terminal.number);
}
