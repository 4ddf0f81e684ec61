/** How far streams, sessions and terminals are: counts, time against estimate, pace. All times in ms of marathon time. */
import type { Plan } from "../plan/types.ts";
import { estimateOf, HOUR, laneEstimate, plannedTask, withBuffer } from "./estimates.ts";
import { owesHandoff } from "./handoffs.ts";
import { planIndex } from "./plan-index.ts";
import { openCount, tallyOf, tasksOfTerminal, weightOf, type Tally } from "./tally.ts";
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
  /** The estimate with the plan's buffer share, rounded up where the plan states hours (estimates.ts); null when the plan has no buffer share. */
  readonly bufferedMs: number | null;
  /**
   * How far ahead (plus) or behind (minus) it is: the part of the estimate that the work done so far was planned to take,
   * less `elapsedMs`. A done task counts whole, a running one up to its own estimate. Null before the start or without estimate.
   */
  readonly paceMs: number | null;
  /** Earned share of the work, 0 to 1, by estimates where there are any, else by count. */
  readonly earned: number;
  readonly state: "waiting" | "running" | "blocked" | "done";
  /** Of a session: it is over or stopped, and no handoff tells how it ended (handoffs.ts). */
  readonly owesHandoff?: boolean;
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
  const { sessions } = planIndex(state.plan);
  return state.plan.streams.map((stream) => {
    const hours = stream.hours === null ? null : stream.hours * HOUR;
    const taken = tallyOf(state, stream.tasks).terminals;
    // Where a plan has no streams of its own, its sessions are read as such.
    const session = sessions.get(stream.id);
    const isSession = session !== undefined && session.name === stream.name;
    return {
      id: stream.id,
      terminals: [...new Set([...stream.terminals, ...taken])].sort((a, b) => a - b),
      ...(isSession ? { owesHandoff: owesHandoff(state, session) } : {}),
      ...progressOf(state, t, stream.name, stream.tasks, hours, true),
    };
  });
}

/** Progress of each session at marathon time `t`, in the order of the plan. */
export function sessionProgress(state: State, t: number): SessionProgress[] {
  return state.plan.sessions.map((session) => {
    const hours = session.hours === null ? null : session.hours * HOUR;
    const handoff = state.handoffs[session.id] ?? null;
    return {
      id: session.id,
      handoff,
      owesHandoff: owesHandoff(state, session),
      ...progressOf(state, t, session.name, session.tasks, hours, true),
      // Work of people is over when they say how it ended.
      ...(session.tasks.length === 0 && handoff !== null ? { state: "done" as const } : {}),
    };
  });
}

/** Progress of each terminal at marathon time `t`: its own tasks of the plan and those it has taken. */
export function terminalProgress(state: State, t: number): TerminalProgress[] {
  return Object.values(state.terminals).map((terminal) => {
    const tasks = tasksOfTerminal(state, terminal.number);
    const { stated } = tallyOf(state, tasks);
    return {
      number: terminal.number,
      task: terminal.task,
      ...progressOf(state, t, terminal.label ?? `terminal ${terminal.number}`, tasks, stated.count === 0 ? null : stated.ms),
    };
  });
}

/** Progress of any set of tasks; `statedMs` is its planned length from start to end where the plan states one, in hours or by estimates. */
function progressOf(state: State, t: number, name: string, numbers: readonly number[], statedMs: number | null, inHours = false): Progress {
  const tally = tallyOf(state, numbers);
  const { counts, moving } = tally;
  const estimateMs = statedMs ?? (tally.stated.count === 0 ? null : laneEstimateOf(state, numbers));
  const elapsedMs = spanOf(tally, t);
  const earned = earnedShare(state, tally, (task) => workedMs(task, t));
  return {
    name,
    done: counts.done,
    total: tally.size - counts.dropped,
    dropped: counts.dropped,
    running: counts.running,
    blocked: counts.blocked,
    parked: counts.parked,
    ready: counts.ready,
    waiting: counts.waiting,
    elapsedMs,
    workedMs: moving.reduce((sum, task) => sum + workedMs(task, t) - task.workedMs, tally.workedMs),
    blockedMs: moving.reduce((sum, task) => sum + blockedMs(task, t) - task.blockedMs, tally.blockedMs),
    estimateMs,
    bufferedMs: buffered(state.plan, estimateMs, inHours && statedMs !== null),
    paceMs: estimateMs === null || !tally.started ? null : estimateMs * earned - elapsedMs,
    earned,
    state: standing(tally),
  };
}

function buffered({ settings: { buffer } }: Plan, ms: number | null, inHours: boolean): number | null {
  if (ms === null || buffer === null) return null;
  return inHours ? withBuffer(ms, buffer) : ms * (1 + buffer);
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

/** Share of the work that is earned, 0 to 1; dropped tasks are left out. `worked`: ms of a running task. */
export function earnedShare(state: State, tally: Tally, worked: (task: Task) => number): number {
  const { counts, size, stated } = tally;
  const all = weightOf(tally, tally.live, size - counts.dropped);
  if (!(all > 0)) return 0;
  let earned = weightOf(tally, tally.done, counts.done);
  if (stated.count > 0)
    for (const task of tally.moving) {
      const planned = task.state === "running" ? plannedTask(state, task.number) : undefined;
      if (planned) earned += Math.min(estimateOf(planned) ?? stated.ms / stated.count, worked(task));
    }
  return earned / all;
}

function spanOf(tally: Tally, t: number): number {
  if (!tally.started) return 0;
  return Math.max(0, (openCount(tally) > 0 ? t : tally.lastEnd) - tally.firstStart);
}

const laneEstimates = new WeakMap<Plan, Map<readonly number[], number | null>>();

/** Remembered per plan and its lists of tasks. Only for lists of the plan itself, which live as long. */
function laneEstimateOf(state: State, numbers: readonly number[]): number | null {
  const estimates = laneEstimates.get(state.plan) ?? new Map<readonly number[], number | null>();
  laneEstimates.set(state.plan, estimates);
  const found = estimates.get(numbers);
  if (found !== undefined) return found;
  const planned = numbers.flatMap((number) => plannedTask(state, number) ?? []);
  const made = laneEstimate(planned, Object.keys(state.terminals).length);
  estimates.set(numbers, made);
  return made;
}

/** What has no tasks is work of people: nothing that is counted tells that it is over. */
function standing(tally: Tally): Progress["state"] {
  if (tally.size === 0) return "waiting";
  if (openCount(tally) === 0) return "done";
  if (tally.counts.running > 0) return "running";
  return tally.counts.blocked > 0 ? "blocked" : "waiting";
}
