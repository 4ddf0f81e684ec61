/** How far streams, sessions and terminals are: counts, time against estimate, pace. All times in ms of marathon time. */
import type { PlanTask } from "../plan/types.ts";
import { estimateOf, HOUR, laneEstimate, plannedTask, weightsOf } from "./estimates.ts";
import { isOver } from "./terminals.ts";
import type { State, Task } from "./types.ts";

export interface Progress {
  readonly name: string;
  /** Tasks done; dropped ones are in neither figure. */
  readonly done: number;
  readonly total: number;
  readonly dropped: number;
  readonly running: number;
  /** Tasks that are blocked now, and tasks parked. */
  readonly blocked: number;
  readonly parked: number;
  readonly ready: number;
  readonly waiting: number;
  /**
   * Marathon time from the moment the first of its tasks was started to the moment the last one ended, or to now while
   * one is open. It is no sum over terminals: three terminals at work for an hour make one hour. 0 before the start.
   */
  readonly elapsedMs: number;
  /** Working time of its tasks, summed: three terminals at work for an hour make three hours. */
  readonly workedMs: number;
  /** Time that its tasks were blocked or parked, summed. */
  readonly blockedMs: number;
  /** The plan's hours for it, else what the estimates of its tasks make from start to end. */
  readonly estimateMs: number | null;
  /** The estimate with the plan's buffer share; null when the plan has no buffer share. */
  readonly bufferedMs: number | null;
  /**
   * How far ahead (plus) or behind (minus) it is: the part of the estimate that the work done so far was planned to take,
   * less `elapsedMs`. A done task counts whole, a running one up to its own estimate. Null before the start or without estimate.
   */
  readonly paceMs: number | null;
  /** Earned share of the work, 0 to 1, by estimates where there are any, else by count. */
  readonly earned: number;
  readonly state: "waiting" | "running" | "blocked" | "done";
}

export interface StreamProgress extends Progress {
  readonly id: string;
  /** Terminals of the plan and those that have taken tasks of it, ascending. */
  readonly terminals: readonly number[];
}

export interface SessionProgress extends Progress {
  readonly id: string;
  readonly handoff: string | null;
}

export interface TerminalProgress extends Progress {
  readonly number: number;
  readonly task: number | null;
}

/** Progress of each stream at marathon time `t`, in the order of the plan. */
export function streamProgress(state: State, t: number): StreamProgress[] {
  return state.plan.streams.map((stream) => {
    const hours = stream.hours === null ? null : stream.hours * HOUR;
    const taken = stream.tasks.flatMap((number) => state.tasks[number]?.terminal ?? []);
    return {
      id: stream.id,
      terminals: [...new Set([...stream.terminals, ...taken])].sort((a, b) => a - b),
      ...progressOf(state, t, stream.name, stream.tasks, hours),
    };
  });
}

/** Progress of each session at marathon time `t`, in the order of the plan. */
export function sessionProgress(state: State, t: number): SessionProgress[] {
  return state.plan.sessions.map((session) => {
    const hours = session.hours === null ? null : session.hours * HOUR;
    return { id: session.id, handoff: state.handoffs[session.id] ?? null, ...progressOf(state, t, session.name, session.tasks, hours) };
  });
}

/** Progress of each terminal at marathon time `t`: its own tasks of the plan and those it has taken. */
export function terminalProgress(state: State, t: number): TerminalProgress[] {
  const own = new Map<number, number[]>();
  for (const task of Object.values(state.tasks)) {
    if (task.terminal === null) continue;
    const list = own.get(task.terminal);
    if (list) list.push(task.number);
    else own.set(task.terminal, [task.number]);
  }
  return Object.values(state.terminals).map((terminal) => {
    const tasks = own.get(terminal.number) ?? [];
    const sum = sumOfEstimates(state, tasks);
    return {
      number: terminal.number,
      task: terminal.task,
      ...progressOf(state, t, terminal.label ?? `terminal ${terminal.number}`, tasks, sum),
    };
  });
}

/** Progress of any set of tasks; `statedMs` is its planned length from start to end where the plan states one. */
export function progressOf(state: State, t: number, name: string, numbers: readonly number[], statedMs: number | null): Progress {
  const tasks = numbers.flatMap((number) => state.tasks[number] ?? []);
  const planned = tasks.flatMap((task) => plannedTask(state, task.number) ?? []);
  const count = (wanted: Task["state"]): number => tasks.filter((task) => task.state === wanted).length;
  const estimateMs = statedMs ?? laneEstimate(planned, Object.keys(state.terminals).length);
  const [done, dropped] = [count("done"), count("dropped")];
  const elapsedMs = span(tasks, t);
  const earned = earnedShare(tasks, planned, t);
  const buffer = state.plan.settings.buffer;
  const started = tasks.some((task) => task.startedAt !== null);
  return {
    name,
    done,
    total: tasks.length - dropped,
    dropped,
    running: count("running"),
    blocked: count("blocked"),
    parked: count("parked"),
    ready: count("ready"),
    waiting: count("waiting"),
    elapsedMs,
    workedMs: tasks.reduce((sum, task) => sum + workedMs(task, t), 0),
    blockedMs: tasks.reduce((sum, task) => sum + blockedMs(task, t), 0),
    estimateMs,
    bufferedMs: estimateMs === null || buffer === null ? null : estimateMs * (1 + buffer),
    paceMs: estimateMs === null || !started ? null : estimateMs * earned - elapsedMs,
    earned,
    state: standing(tasks),
  };
}

/** Working time of a task in ms of t, the running stretch included; without the time that its agent waited for an answer. */
export function workedMs(task: Task, t: number): number {
  if (task.state !== "running") return task.workedMs;
  return task.workedMs + Math.max(0, t - task.since - inStretch(task, t));
}

/** Time that its agent waited for an answer, in ms of t, the present question included. */
export function askedMs(task: Task, t: number): number {
  return (task.asked?.totalMs ?? 0) + (task.state === "running" ? inStretch(task, t) : 0);
}

function inStretch({ asked }: Task, t: number): number {
  return asked === undefined ? 0 : asked.stretchMs + (asked.since === null ? 0 : Math.max(0, t - asked.since));
}

/** Time that a task was blocked or parked in ms of t, the present stretch included. */
export function blockedMs(task: Task, t: number): number {
  return task.blockedMs + (task.state === "blocked" || task.state === "parked" ? Math.max(0, t - task.since) : 0);
}

/** Share of the work that is earned, 0 to 1; dropped tasks are left out. */
export function earnedShare(tasks: readonly Task[], planned: readonly PlanTask[], t: number): number {
  const weights = weightsOf(planned);
  let [all, earned] = [0, 0];
  for (const task of tasks) {
    if (task.state === "dropped") continue;
    const weight = weights ? (weights.get(task.number) ?? 0) : 1;
    all += weight;
    if (task.state === "done") earned += weight;
    else if (task.state === "running" && weights) earned += Math.min(weight, workedMs(task, t));
  }
  return all > 0 ? earned / all : 0;
}

function span(tasks: readonly Task[], t: number): number {
  let [start, end] = [Number.POSITIVE_INFINITY, 0];
  let open = false;
  for (const task of tasks) {
    if (task.startedAt !== null && task.startedAt < start) start = task.startedAt;
    if (!isOver(task)) open = true;
    else if (task.endedAt !== null && task.endedAt > end) end = task.endedAt;
  }
  return start === Number.POSITIVE_INFINITY ? 0 : Math.max(0, (open ? t : end) - start);
}

function sumOfEstimates(state: State, numbers: readonly number[]): number | null {
  const stated = numbers.flatMap((number) => estimateOf(plannedTask(state, number)) ?? []);
  return stated.length === 0 ? null : stated.reduce((sum, value) => sum + value, 0);
}

function standing(tasks: readonly Task[]): Progress["state"] {
  if (tasks.every(isOver)) return "done";
  if (tasks.some((task) => task.state === "running")) return "running";
  return tasks.some((task) => task.state === "blocked") ? "blocked" : "waiting";
}
