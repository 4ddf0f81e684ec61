/** What was planned, in ms of marathon time. */
import type { Plan, PlanTask } from "../plan/types.ts";
import { planIndex } from "./plan-index.ts";
import type { State } from "./types.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** The middle of a task's estimate in ms; null when it has none. */
export function estimateOf(task: PlanTask | undefined): number | null {
  return task?.estimate ? ((task.estimate.low + task.estimate.high) / 2) * MINUTE : null;
}

/** From so many hours on, a buffer is rounded up to whole hours; below, to quarters. */
const WHOLE_FROM = 3 * HOUR;

/**
 * Hours that a plan states for a session or stream, with its buffer share on top, ms: rounded up as people round hours, so that 4 h are 5
 * to 6 h, and 3 h are 4 to 5 h, with 25 to 50 %.
 */
export function withBuffer(ms: number, share: number): number {
  const step = ms >= WHOLE_FROM ? HOUR : HOUR / 4;
  // What is a whole number but for the last binary digit stays one.
  return Math.ceil((ms * (1 + share)) / step - 1e-9) * step;
}

/**
 * How long these tasks take from start to end when every terminal works through its own one after the other and
 * the unbound ones are spread evenly over `terminals`: the fullest terminal, the mean, or the longest task, whichever is more. Tasks
 * without an estimate count as the mean of the others; null when none has one. Dependencies are not looked at, so
 * this is a lower bound.
 */
export function laneEstimate(tasks: readonly PlanTask[], terminals: number): number | null {
  const weights = weightsOf(tasks);
  if (!weights || tasks.length === 0) return null;
  const lanes = new Map<number, number>();
  let total = 0;
  for (const task of tasks) {
    const weight = weights.get(task.number) ?? 0;
    total += weight;
    if (task.terminal !== null) lanes.set(task.terminal, (lanes.get(task.terminal) ?? 0) + weight);
  }
  const unbound = tasks.some((task) => task.terminal === null);
  const spread = unbound ? Math.max(terminals, lanes.size, 1) : Math.max(lanes.size, 1);
  let longest = total / spread;
  for (const length of [...lanes.values(), ...weights.values()]) if (length > longest) longest = length;
  return longest;
}

/** Each task's share of the work in ms: its estimate, else the mean of the estimates there are; null when there are none. */
export function weightsOf(tasks: readonly PlanTask[]): ReadonlyMap<number, number> | null {
  const stated = tasks.flatMap((task) => estimateOf(task) ?? []);
  if (stated.length === 0) return null;
  const mean = stated.reduce((sum, value) => sum + value, 0) / stated.length;
  return new Map(tasks.map((task) => [task.number, estimateOf(task) ?? mean]));
}

export interface Planned {
  /** From the start to the planned end of work, ms of t. */
  readonly plannedMs: number;
  /** Reserve after the planned end, ms of t. */
  readonly bufferMs: number | null;
}

const plannedOf = new WeakMap<Plan, Planned | null>();

/**
 * The plan's own length: the end of its last session on the timeline, else the phases' estimates one after the
 * other, else the sum of the sessions' hours, else the whole horizon. The reserve is what the timeline or the horizon
 * leaves after that, else the plan's buffer share. Null when nothing states or implies a length.
 */
export function plannedLength(state: State): Planned | null {
  return plannedLengthOf(state.plan, Object.keys(state.terminals).length);
}

/** The same of a plan that does not run yet, on so many terminals. */
export function plannedLengthOf(plan: Plan, terminals: number): Planned | null {
  const known = plannedOf.get(plan);
  if (known !== undefined) return known;
  const planned = computePlanned(plan, terminals);
  plannedOf.set(plan, planned);
  return planned;
}

function computePlanned(plan: Plan, terminals: number): Planned | null {
  const horizon = plan.horizonHours === null ? null : plan.horizonHours * HOUR;
  const slots = plan.timeline.filter((slot) => slot.kind === "session");
  const end =
    slots.length > 0
      ? Math.max(...slots.map((slot) => slot.end)) * HOUR
      : (phasesLength(plan, terminals) ?? sessionsLength(plan) ?? horizon);
  if (end === null) return null;
  const reserve = Math.max(0, ...plan.timeline.map((slot) => slot.end * HOUR)) - end;
  if (slots.length > 0 && reserve > 0) return { plannedMs: end, bufferMs: reserve };
  if (plan.settings.buffer !== null) return { plannedMs: end, bufferMs: end * plan.settings.buffer };
  return { plannedMs: end, bufferMs: horizon !== null && horizon > end ? horizon - end : null };
}

/** Phases follow each other; within one, streams with stated hours and terminals with estimates run side by side. */
function phasesLength(plan: Plan, terminals: number): number | null {
  const byPhase = new Map<number, PlanTask[]>();
  for (const task of plan.tasks) {
    const list = byPhase.get(task.phase);
    if (list) list.push(task);
    else byPhase.set(task.phase, [task]);
  }
  let sum: number | null = null;
  for (const tasks of byPhase.values()) {
    const stated = plan.streams.filter((stream) => stream.hours !== null && tasks.some((task) => task.stream === stream.id));
    const others = tasks.filter((task) => !stated.some((stream) => stream.id === task.stream));
    const lengths = [...stated.map((stream) => (stream.hours ?? 0) * HOUR), laneEstimate(others, terminals)].filter(
      (length) => length !== null,
    );
    const length = lengths.length === 0 ? null : Math.max(...lengths);
    if (length !== null) sum = (sum ?? 0) + length;
  }
  return sum;
}

function sessionsLength(plan: Plan): number | null {
  const hours = plan.sessions.reduce((sum, session) => sum + (session.hours ?? 0), 0);
  return hours > 0 ? hours * HOUR : null;
}

/** The plan's task, by number. */
export function plannedTask(state: State, number: number): PlanTask | undefined {
  return planIndex(state.plan).tasks.get(number);
}
