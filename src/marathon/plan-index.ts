/**
 * Look-ups over a plan that do not change while it runs: who depends on whom, in which order work is
 * taken, which phase holds a task. Built once per plan object and remembered.
 */
import type { Plan, PlanSession, PlanTask, Priority } from "../plan/types.ts";

export interface PlanIndex {
  readonly plan: Plan;
  readonly tasks: ReadonlyMap<number, PlanTask>;
  readonly sessions: ReadonlyMap<string, PlanSession>;
  /** Task numbers in the order in which work is taken: phase, then P0 to P3, then number. */
  readonly order: readonly number[];
  /** Dependencies that the plan knows, without a task's own number. */
  readonly dependsOn: ReadonlyMap<number, readonly number[]>;
  readonly dependents: ReadonlyMap<number, readonly number[]>;
  /**
   * Position of a task's phase, from 0. A task that an earlier phase depends on counts to that earlier phase,
   * else the two would wait for each other for ever.
   */
  readonly rank: ReadonlyMap<number, number>;
  /** Names of the phases by rank, for messages ("phase 2", or the name that the plan gives). */
  readonly phaseNames: readonly string[];
  /** Tasks of each rank that the plan binds to a terminal, and those that are for any terminal. */
  readonly bound: readonly (readonly number[])[];
  readonly unbound: readonly (readonly number[])[];
  /** For each task, the P0 tasks that it is or that need it, directly or not; and the other way round. */
  readonly serves: ReadonlyMap<number, readonly number[]>;
  readonly servedBy: ReadonlyMap<number, readonly number[]>;
}

/** Work without a stated priority is ordinary work: after P0 and P1, before what is merely nice to have. */
export const DEFAULT_PRIORITY: Priority = "P2";

const known = new WeakMap<Plan, PlanIndex>();

/** The index of a plan; the same object for the same plan. */
export function planIndex(plan: Plan): PlanIndex {
  const found = known.get(plan);
  if (found) return found;
  const index = build(plan);
  known.set(plan, index);
  return index;
}

/** 0 for P0 to 3 for P3. */
export function urgency(priority: Priority | null): number {
  return Number((priority ?? DEFAULT_PRIORITY).slice(1));
}

function build(plan: Plan): PlanIndex {
  const tasks = new Map(plan.tasks.map((task) => [task.number, task]));
  const dependsOn = new Map<number, readonly number[]>();
  const dependents = new Map<number, number[]>();
  for (const task of tasks.values()) {
    const needs = [...new Set(task.dependsOn)].filter((number) => number !== task.number && tasks.has(number));
    dependsOn.set(task.number, needs);
    for (const number of needs) {
      const list = dependents.get(number);
      if (list) list.push(task.number);
      else dependents.set(number, [task.number]);
    }
  }
  const phases = [...new Set([...plan.phases.map((phase) => phase.id), ...plan.tasks.map((task) => task.phase)])].sort((a, b) => a - b);
  const rank = ranks(tasks, dependsOn, phases);
  const phase = (task: PlanTask): number => rank.get(task.number) ?? 0;
  const order = [...tasks.values()].sort((a, b) => phase(a) - phase(b) || urgency(a.priority) - urgency(b.priority) || a.number - b.number);
  return {
    plan,
    tasks,
    sessions: new Map(plan.sessions.map((session) => [session.id, session])),
    order: order.map((task) => task.number),
    dependsOn,
    dependents,
    rank,
    phaseNames: phases.map((id) => phaseName(plan, id)),
    bound: phases.map((_, at) => order.filter((task) => phase(task) === at && task.terminal !== null).map((task) => task.number)),
    unbound: phases.map((_, at) => order.filter((task) => phase(task) === at && task.terminal === null).map((task) => task.number)),
    ...urgentNeeds(tasks, dependsOn),
  };
}

function phaseName(plan: Plan, id: number): string {
  const name = plan.phases.find((phase) => phase.id === id)?.name;
  return name ? `phase ${id} (${name})` : `phase ${id}`;
}

function ranks(
  tasks: ReadonlyMap<number, PlanTask>,
  dependsOn: ReadonlyMap<number, readonly number[]>,
  phases: readonly number[],
): Map<number, number> {
  const position = new Map(phases.map((id, index) => [id, index]));
  const rank = new Map<number, number>();
  for (const task of tasks.values()) rank.set(task.number, position.get(task.phase) ?? 0);
  // From the earliest phase on, so that each task is lowered at most once.
  const queue = [...tasks.keys()].sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
  for (const start of queue) {
    const own = rank.get(start) ?? 0;
    const stack = [start];
    for (let number = stack.pop(); number !== undefined; number = stack.pop()) {
      for (const need of dependsOn.get(number) ?? []) {
        if ((rank.get(need) ?? 0) <= own) continue;
        rank.set(need, own);
        stack.push(need);
      }
    }
  }
  return rank;
}

function urgentNeeds(
  tasks: ReadonlyMap<number, PlanTask>,
  dependsOn: ReadonlyMap<number, readonly number[]>,
): Pick<PlanIndex, "serves" | "servedBy"> {
  const serves = new Map<number, number[]>();
  const servedBy = new Map<number, number[]>();
  for (const task of tasks.values()) {
    if (task.priority !== "P0") continue;
    const seen = new Set([task.number]);
    const stack = [task.number];
    for (let number = stack.pop(); number !== undefined; number = stack.pop()) {
      const list = serves.get(number);
      if (list) list.push(task.number);
      else serves.set(number, [task.number]);
      for (const need of dependsOn.get(number) ?? []) {
        if (seen.has(need)) continue;
        seen.add(need);
        stack.push(need);
      }
    }
    servedBy.set(task.number, [...seen]);
  }
  return { serves, servedBy };
}
