/** Why work that could be next is not: what the gates (gates.ts) say of it, for terminals that have nothing in hand. Pure. */
import { planIndex } from "./plan-index.ts";
import { openCount, tasksOfTerminal, terminalTally } from "./tally.ts";
import type { State } from "./types.ts";
import { counted, listed } from "./words.ts";

export interface HeldTask {
  readonly number: number;
  readonly title: string;
  /** "waits for 5 (5 is blocked)", "held: P0 task 2 is blocked (terminal 1)". */
  readonly why: string;
}

/** The first task of a terminal that waits, while none of them is in hand; null where none does, or one could be begun. */
export function nextHeld(state: State, terminal: number): HeldTask | null {
  if (state.terminals[terminal]?.task !== null || openCount(terminalTally(state, terminal)) === 0) return null;
  const { tasks } = planIndex(state.plan);
  for (const number of tasksOfTerminal(state, terminal)) {
    const task = state.tasks[number];
    if (task?.state === "ready") return null;
    if (task?.state === "waiting" && task.waitsFor !== null) return { number, title: tasks.get(number)?.title ?? "", why: task.waitsFor };
  }
  return null;
}

/** "8 tasks held by P0 task 2", "1 task waiting for others": all that waits, by what it waits for. */
export function waitingWords(state: State): readonly string[] {
  const waiting = Object.values(state.tasks).filter((task) => task.state === "waiting");
  const held = waiting.filter((task) => p0Of(task.waitsFor) !== null);
  const holders = [...new Set(held.map((task) => p0Of(task.waitsFor)))].filter((holder) => holder !== null);
  const others = waiting.length - held.length;
  return [
    ...(held.length > 0 ? [`${counted(held.length, "task")} held by P0 ${holders.length > 1 ? "tasks" : "task"} ${listed(holders)}`] : []),
    ...(others > 0 ? [`${counted(others, "task")} waiting for others`] : []),
  ];
}

/** How many tasks the rule of P0 holds for one of these. */
export function heldFor({ tasks }: State, holders: readonly number[]): number {
  let count = 0;
  for (const { state, waitsFor } of Object.values(tasks)) {
    const holder = state === "waiting" ? p0Of(waitsFor) : null;
    if (holder !== null && holders.includes(holder)) count++;
  }
  return count;
}

/** The P0 task that holds work of which the gates say this; null for any other reason. */
function p0Of(waitsFor: string | null): number | null {
  const found = waitsFor === null ? null : /^held: P0 task (\d+) /u.exec(waitsFor);
  return found ? Number(found[1]) : null;
}
