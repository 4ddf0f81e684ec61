/** What is left of a running marathon: open tasks with their spreads, and what holds tasks and terminals at this moment. */
import type { PlanTask } from "../../plan/types.ts";
import { closedAtT } from "../blockers.ts";
import { estimateOf, MINUTE } from "../estimates.ts";
import { planIndex } from "../plan-index.ts";
import { workedMs } from "../progress.ts";
import { isLive, isOver, waitsForPerson } from "../terminals.ts";
import type { State, Task, Terminal } from "../types.ts";
import { learnSpread, spreadOf, type Belief, type Observation } from "./spread.ts";
import { workOf, type Work } from "./work.ts";

/** A wait of unknown length: median (ms) and spread of its logarithm, and how long it has lasted. */
export interface Wait {
  readonly medianMs: number;
  readonly spread: number;
  readonly ageMs: number;
}

export interface WorkLeft {
  readonly work: Work;
  /** By position: logarithm of the estimate in ms, spread, and ms worked so far. */
  readonly middle: Float64Array;
  readonly spread: Float64Array;
  readonly worked: Float64Array;
  /** What a task waits for before it can be taken, and what a terminal waits for before it goes on. */
  readonly taskWaits: ReadonlyMap<number, Wait>;
  readonly terminalWaits: ReadonlyMap<number, Wait>;
  /** By terminal: position of the task in hand, or -1. */
  readonly inHand: Int32Array;
  readonly belief: Belief;
  /** How likely a task is to be blocked once it is begun, and for how long, as in this run so far. */
  readonly blocking: { readonly share: number; readonly wait: Wait };
}

/** A blocker is to be through within its half hour: that is believed until the run teaches otherwise. */
const BLOCKER_MS = 30 * MINUTE;
const ANSWER_MS = 5 * MINUTE;
const WAIT_SPREAD = 0.9;
/** Whoever starts ten minutes of work stays beside it: no wait is taken to last longer than this share of the whole plan, or a minute. */
const WATCHED_SHARE = 1 / 12;
/** The belief in the clock above is worth so many blockers; and one task of fifty is taken to be blocked, worth fifty tasks. */
const BLOCKER_BELIEF = 2;
const BLOCKED_BELIEF = { blocked: 1, tasks: 50 };
type Estimator = (task: PlanTask | undefined) => number;

/** The work left at marathon time `t`; null when nothing tells how long work takes. */
export function workLeft(state: State, t: number): WorkLeft | null {
  const estimate = estimator(state);
  if (estimate === null) return null;
  const { tasks } = planIndex(state.plan);
  const terminals = Object.values(state.terminals).filter((terminal) => !terminal.retired);
  const work = workOf(state.plan, {
    open: (number) => !isOver(state.tasks[number] ?? { state: "dropped" }),
    terminalOf: (number) => state.tasks[number]?.terminal ?? null,
    terminals: terminals.map((terminal) => terminal.number),
    capacity: Object.keys(state.terminals).length,
  });
  const longest = Math.max(MINUTE, WATCHED_SHARE * plannedLength(state, estimate));
  const blockers = blockerWait(state, Math.min(BLOCKER_MS, longest));
  const taskWaits = new Map<number, Wait>();
  work.numbers.forEach((number, position) => {
    const task = state.tasks[number];
    if (task?.state === "blocked" || task?.state === "parked")
      taskWaits.set(position, { ...blockers, ageMs: t - stoppedSince(state, task) });
  });
  const terminalWaits = new Map<number, Wait>();
  terminals.forEach((terminal, position) => {
    const wait = waitOf(state, terminal, t, Math.min(ANSWER_MS, longest));
    if (wait) terminalWaits.set(position, wait);
  });
  return {
    work,
    taskWaits,
    terminalWaits,
    middle: Float64Array.from(work.numbers, (number) => Math.log(estimate(tasks.get(number)))),
    spread: Float64Array.from(work.numbers, (number) => spreadOf(tasks.get(number)?.estimate ?? null)),
    worked: Float64Array.from(work.numbers, (number) => worked(state.tasks[number], t)),
    inHand: Int32Array.from(terminals, (terminal) => (terminal.task === null ? -1 : work.numbers.indexOf(terminal.task))),
    belief: learnSpread(observations(state, t, estimate)),
    blocking: { share: blockedShare(state), wait: { ...blockers, ageMs: 0 } },
  };
}

/** Since when what stops it has lasted: parking the work ends no blocker. */
function stoppedSince({ blockers }: State, task: Task): number {
  const blocker = task.blocker === null ? undefined : blockers[task.blocker];
  return Math.min(task.since, blocker?.since ?? task.since);
}

/** Terminals in which nothing moves until a person comes; those that were never started are about to be. */
function waitOf(state: State, terminal: Terminal, t: number, medianMs: number): Wait | null {
  const standing = waitsForPerson(state, terminal) || (terminal.starts > 0 && !isLive(state, terminal));
  return standing ? { medianMs, spread: WAIT_SPREAD, ageMs: Math.max(0, t - terminal.since) } : null;
}

/** The plan's estimate in ms; for tasks without one the mean of the others, else of what was measured. */
function estimator(state: State): Estimator | null {
  const stated = state.plan.tasks.flatMap((task) => estimateOf(task) ?? []).filter((value) => value > 0);
  const measured = Object.values(state.tasks).flatMap((task) => (isMeasured(task) ? [task.workedMs] : []));
  const known = stated.length > 0 ? stated : measured;
  if (known.length === 0) return null;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  return (task) => Math.max(1, estimateOf(task) || mean);
}

function observations(state: State, t: number, estimate: Estimator): Observation[] {
  const { tasks } = planIndex(state.plan);
  return Object.values(state.tasks).flatMap((task): Observation[] => {
    const ms = worked(task, t);
    if (!(ms > 0) || !(isMeasured(task) || task.state === "running")) return [];
    const planned = tasks.get(task.number);
    return [{ ratio: ms / estimate(planned), spread: spreadOf(planned?.estimate ?? null), over: task.state === "done" }];
  });
}

function isMeasured(task: Task): boolean {
  return task.state === "done" && task.endedAt !== null && task.workedMs > 0;
}

function worked(task: Task | undefined, t: number): number {
  return task ? workedMs(task, t) : 0;
}

/** The work of the whole plan, shared out among its terminals; ms. */
function plannedLength(state: State, estimate: Estimator): number {
  return state.plan.tasks.reduce((sum, task) => sum + estimate(task), 0) / Math.max(1, Object.keys(state.terminals).length);
}

/** How long blockers last in this run: the geometric mean of those that are over, and of the belief. */
function blockerWait(state: State, believedMs: number): Omit<Wait, "ageMs"> {
  let [sum, weight] = [Math.log(believedMs) * BLOCKER_BELIEF, BLOCKER_BELIEF];
  for (const blocker of Object.values(state.blockers)) {
    const lasted = (closedAtT(blocker) ?? 0) - blocker.since;
    if (!(lasted > 0)) continue;
    sum += Math.log(lasted);
    weight += 1;
  }
  return { medianMs: Math.exp(sum / weight), spread: WAIT_SPREAD };
}

function blockedShare(state: State): number {
  const begun = Object.values(state.tasks).filter((task) => task.startedAt !== null);
  const blocked = begun.filter((task) => task.blockedMs > 0 || task.state === "blocked" || task.state === "parked").length;
  return (blocked + BLOCKED_BELIEF.blocked) / (begun.length + BLOCKED_BELIEF.tasks);
}
