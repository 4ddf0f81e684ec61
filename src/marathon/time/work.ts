/** The work of a plan as arrays, in the order in which it is taken: what a course (course.ts) runs over a thousand times. */
import { planIndex, type PlanIndex } from "../plan-index.ts";
import type { Plan } from "../../plan/types.ts";
import { overlapOf } from "./sessions.ts";

export interface Work {
  /** Task numbers in the order in which work is taken; all other arrays go by position in this one. */
  readonly numbers: readonly number[];
  /** Position of the terminal that has the task; -1 for any. */
  readonly lane: Int16Array;
  readonly rank: Int32Array;
  readonly ranks: number;
  /** A P0 task, which holds others of its rank; and whether it is one or is needed by one, and so is never held. */
  readonly isP0: Uint8Array;
  readonly exempt: Uint8Array;
  /** How many of these tasks it waits for. Those that wait for it are in `dependents`, from `dependentsFrom` of its position to that of the next. */
  readonly needs: Int32Array;
  readonly dependents: Int32Array;
  readonly dependentsFrom: Int32Array;
  /** Terminal numbers by position. */
  readonly terminals: readonly number[];
  /** Sessions that wait for each other as the plan's schedule says; null where none does. */
  readonly turns: TurnRules | null;
}

/** The rules of schedule-gate.ts in figures. */
export interface TurnRules {
  /** By task, the position of its session in the plan; -1: none. */
  readonly session: Int16Array;
  readonly sessions: number;
  readonly atOnce: number;
  /** Whether this session may run beside those that go. */
  readonly mayJoin: (going: readonly number[], session: number) => boolean;
}

export interface WorkOptions {
  /** Whether the task is still to be done. */
  readonly open: (task: number) => boolean;
  /** The terminal that has the task, or null for any. */
  readonly terminalOf: (task: number) => number | null;
  readonly terminals: readonly number[];
  /** How many terminals sessions side by side may ask for together; else as many as there are. */
  readonly capacity?: number;
}

/** The open work of a plan. A terminal that is not among `terminals` is nobody's: its tasks are for any. */
export function workOf(plan: Plan, { open, terminalOf, terminals, capacity = terminals.length }: WorkOptions): Work {
  const index = planIndex(plan);
  const numbers = index.order.filter(open);
  const at = new Map(numbers.map((number, position) => [number, position]));
  const laneOf = new Map(terminals.map((terminal, position) => [terminal, position]));
  return {
    numbers,
    terminals,
    ...dependenciesOf(index, numbers, at),
    lane: Int16Array.from(numbers, (number) => laneOf.get(terminalOf(number) ?? Number.NaN) ?? -1),
    rank: Int32Array.from(numbers, (number) => index.rank.get(number) ?? 0),
    ranks: Math.max(1, index.phaseNames.length),
    isP0: Uint8Array.from(numbers, (number) => Number(index.tasks.get(number)?.priority === "P0")),
    exempt: Uint8Array.from(numbers, (number) => Number(isExempt(index, number, at))),
    turns: turnRules(plan, numbers, capacity),
  };
}

/** In two flat arrays: a list for each task costs more to reach than to read. */
function dependenciesOf(
  index: PlanIndex,
  numbers: readonly number[],
  at: ReadonlyMap<number, number>,
): Pick<Work, "needs" | "dependents" | "dependentsFrom"> {
  const needs = new Int32Array(numbers.length);
  const dependentsFrom = new Int32Array(numbers.length + 1);
  const dependents: number[] = [];
  numbers.forEach((number, position) => {
    for (const need of index.dependsOn.get(number) ?? []) if (at.has(need)) needs[position] = (needs[position] ?? 0) + 1;
    dependentsFrom[position] = dependents.length;
    for (const dependent of index.dependents.get(number) ?? []) {
      const to = at.get(dependent);
      if (to !== undefined) dependents.push(to);
    }
  });
  dependentsFrom[numbers.length] = dependents.length;
  return { needs, dependents: Int32Array.from(dependents), dependentsFrom };
}

function turnRules(plan: Plan, numbers: readonly number[], capacity: number): TurnRules | null {
  const { schedule } = plan.settings;
  if (schedule?.by !== "sessions") return null;
  const { tasks } = planIndex(plan);
  const at = new Map(plan.sessions.map(({ id }, position) => [id, position]));
  const known = new Map<string, boolean>();
  return {
    session: Int16Array.from(numbers, (number) => at.get(tasks.get(number)?.session ?? "") ?? -1),
    sessions: plan.sessions.length,
    atOnce: schedule.atOnce,
    mayJoin: (going, session) => {
      const key = `${going.join(" ")} ${session}`;
      let allowed = known.get(key);
      if (allowed === undefined) {
        const ids = [...going, session].flatMap((position) => plan.sessions[position]?.id ?? []);
        allowed = overlapOf(plan, ids, capacity).allowed;
        known.set(key, allowed);
      }
      return allowed;
    },
  };
}

function isExempt(index: PlanIndex, number: number, open: ReadonlyMap<number, number>): boolean {
  return index.tasks.get(number)?.priority === "P0" || (index.serves.get(number) ?? []).some((urgent) => open.has(urgent));
}
