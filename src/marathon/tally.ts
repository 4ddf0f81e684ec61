/**
 * Sums over tasks that stand still between two changes of a task, whatever the clock says. A screen asks for them with each event and each
 * second; of ten thousand tasks they are made once per change of a task, and what does move with the clock is kept apart (`moving`).
 */
import type { Plan, PlanTask } from "../plan/types.ts";
import { estimateOf } from "./estimates.ts";
import { planIndex } from "./plan-index.ts";
import { listsOf } from "./plan-lists.ts";
import { isOver } from "./terminals.ts";
import type { State, Task } from "./types.ts";

/** Work by its estimates: ms of those that state one, and how many state none. */
export interface Weighed {
  readonly statedMs: number;
  readonly unstated: number;
}

export interface Tally {
  /** Tasks by state; all of them are `size`. */
  readonly counts: Readonly<Record<Task["state"], number>>;
  readonly size: number;
  /** Done before the marathon began, as the plan says; they are among the done ones. */
  readonly given: number;
  /** Whether one has been started, and the first start and last end in ms of t: Infinity and 0 while there is none. */
  readonly started: boolean;
  readonly firstStart: number;
  readonly lastEnd: number;
  /** Booked in the tasks, ms of t; the present stretches of `moving` are to be added. */
  readonly workedMs: number;
  readonly blockedMs: number;
  readonly askedMs: number;
  /** Estimates of all that the plan has of them, and their number; then of what is not dropped, of what is done, and done before the start. */
  readonly stated: { readonly ms: number; readonly count: number };
  readonly live: Weighed;
  readonly done: Weighed;
  readonly doneBefore: Weighed;
  /** Running, blocked and parked ones. */
  readonly moving: readonly Task[];
  /** Terminals that have some of them, in no certain order. */
  readonly terminals: readonly number[];
}

interface Known {
  readonly plan: Plan;
  readonly tallies: Map<readonly number[], Tally>;
  all: readonly number[] | null;
  byTerminal: ReadonlyMap<number, readonly number[]> | null;
}

const known = new WeakMap<State["tasks"], Known>();
const NOBODY: readonly number[] = [];

/**
 * The tally of these tasks. Of a stream, a session, a terminal and the whole it is the same object as long as neither the tasks of the
 * state nor its plan change; that of any other list is made each time. Numbers that the state has no task of do not count.
 */
export function tallyOf(state: State, numbers: readonly number[]): Tally {
  const entry = knownOf(state);
  const found = entry.tallies.get(numbers);
  if (found) return found;
  const made = count(state, numbers);
  if (isCarried(entry, numbers)) entry.tallies.set(numbers, made);
  return made;
}

/** Only what is brought up to date with each change of a task may be kept. */
function isCarried({ plan, all, byTerminal: terminals }: Known, numbers: readonly number[]): boolean {
  if (numbers === all || listsOf(plan).whole.has(numbers)) return true;
  return terminals !== null && [...terminals.values()].includes(numbers);
}

/** To be called before tasks change in place, as those of an unfinished draft do: what is known of them holds no longer. */
export function forgetTallies(tasks: State["tasks"]): void {
  known.delete(tasks);
}

/** The tally of all tasks. */
export function wholeTally(state: State): Tally {
  const entry = knownOf(state);
  entry.all ??= Object.values(state.tasks).map((task) => task.number);
  return tallyOf(state, entry.all);
}

/** Tasks of a terminal: its own of the plan and those that it has taken. The same array for the same tasks. */
export function tasksOfTerminal(state: State, terminal: number): readonly number[] {
  const entry = knownOf(state);
  entry.byTerminal ??= byTerminal(state);
  return entry.byTerminal.get(terminal) ?? NOBODY;
}

export function terminalTally(state: State, terminal: number): Tally {
  return tallyOf(state, tasksOfTerminal(state, terminal));
}

/** Neither done nor dropped. */
export function openCount({ size, counts }: Tally): number {
  return size - counts.done - counts.dropped;
}

/** What work weighs where the mean of all stated estimates stands for those that state none; its number where none does. */
export function weightOf(tally: Tally, work: Weighed, count: number): number {
  const { ms, count: stated } = tally.stated;
  return stated === 0 ? count : work.statedMs + (work.unstated * ms) / stated;
}

function knownOf({ tasks, plan }: State): Known {
  const found = known.get(tasks);
  if (found && found.plan === plan) return found;
  const made: Known = { plan, tallies: new Map(), all: null, byTerminal: null };
  known.set(tasks, made);
  return made;
}

function byTerminal(state: State): ReadonlyMap<number, readonly number[]> {
  const lists = new Map<number, number[]>();
  for (const { number, terminal } of Object.values(state.tasks)) {
    if (terminal === null) continue;
    const list = lists.get(terminal);
    if (list) list.push(number);
    else lists.set(terminal, [number]);
  }
  return lists;
}

function count(state: State, numbers: readonly number[]): Tally {
  const { tasks: planned } = planIndex(state.plan);
  const tally = blank();
  for (const number of numbers) {
    const task = state.tasks[number];
    if (task) put(tally, task, planned.get(number), 1);
  }
  return tally;
}

/** So many tasks that changed at once are carried over; more, and a look at all costs as much. */
const MOST_CARRIED = 100;

/**
 * Takes what is known of the tasks before a change over to those after it, less what the changed ones were and plus what they are: so one
 * task of ten thousand that is done costs no look at the others.
 */
export function carryTallies(
  before: Pick<State, "plan" | "tasks">,
  after: Pick<State, "plan" | "tasks">,
  changed: ReadonlySet<number>,
): void {
  const from = known.get(before.tasks);
  if (!from || from.plan !== after.plan || before.tasks === after.tasks || known.has(after.tasks) || changed.size > MOST_CARRIED) return;
  const entry: Known = { ...from, tallies: new Map(from.tallies) };
  for (const number of changed) {
    const [was, is] = [before.tasks[number], after.tasks[number]];
    if (!was || !is) return;
    if (was !== is) carry(entry, was, is);
  }
  known.set(after.tasks, entry);
}

function carry(entry: Known, was: Task, is: Task): void {
  const planned = planIndex(entry.plan).tasks.get(is.number);
  const lists = [...(entry.all ? [entry.all] : []), ...(listsOf(entry.plan).byTask.get(is.number) ?? [])];
  if (was.terminal === is.terminal) lists.push(...ofTerminal(entry, is.terminal));
  else moved(entry, was, is);
  for (const list of lists) {
    const tally = entry.tallies.get(list);
    const next = tally && carried(tally, was, is, planned);
    if (next) entry.tallies.set(list, next);
    else entry.tallies.delete(list);
  }
}

/** Null where what is no more had set the first start, the last end, or the terminals, or is unknown: then all must be looked at again. */
function carried(tally: Tally, was: Task, is: Task, planned: PlanTask | undefined): Tally | null {
  const leaves = was.terminal !== is.terminal && was.terminal !== null;
  const first = was.startedAt === tally.firstStart && is.startedAt !== was.startedAt;
  const last = was.endedAt !== null && was.endedAt === tally.lastEnd && (is.endedAt !== was.endedAt || !isOver(is));
  if (leaves || first || last || (isMoving(was) && !tally.moving.includes(was))) return null;
  const next = copy(tally);
  put(next, was, planned, -1);
  put(next, is, planned, 1);
  return next;
}

/** Another terminal has it: the lists of both are others, and nothing is known of them yet. */
function moved(entry: Known, was: Task, is: Task): void {
  if (entry.byTerminal === null) return;
  const lists = new Map(entry.byTerminal);
  for (const terminal of [was.terminal, is.terminal]) {
    const list = ofTerminal(entry, terminal)[0];
    if (list) entry.tallies.delete(list);
    if (terminal === null) continue;
    const others = (list ?? []).filter((number) => number !== is.number);
    lists.set(terminal, terminal === is.terminal ? [...others, is.number] : others);
  }
  entry.byTerminal = lists;
}

function ofTerminal({ byTerminal: lists }: Known, terminal: number | null): readonly (readonly number[])[] {
  const list = terminal === null ? undefined : lists?.get(terminal);
  return list ? [list] : [];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
interface Making extends Mutable<Omit<Tally, "counts" | "stated" | "live" | "done" | "doneBefore" | "moving" | "terminals">> {
  readonly counts: Mutable<Tally["counts"]>;
  readonly stated: Mutable<Tally["stated"]>;
  readonly live: Mutable<Weighed>;
  readonly done: Mutable<Weighed>;
  readonly doneBefore: Mutable<Weighed>;
  readonly moving: Task[];
  readonly terminals: number[];
}

function blank(): Making {
  const nothing = () => ({ statedMs: 0, unstated: 0 });
  return {
    counts: { waiting: 0, ready: 0, running: 0, done: 0, blocked: 0, parked: 0, dropped: 0 },
    size: 0,
    given: 0,
    started: false,
    firstStart: Number.POSITIVE_INFINITY,
    lastEnd: 0,
    workedMs: 0,
    blockedMs: 0,
    askedMs: 0,
    stated: { ms: 0, count: 0 },
    live: nothing(),
    done: nothing(),
    doneBefore: nothing(),
    moving: [],
    terminals: [],
  };
}

function copy(tally: Tally): Making {
  return {
    ...tally,
    counts: { ...tally.counts },
    stated: { ...tally.stated },
    live: { ...tally.live },
    done: { ...tally.done },
    doneBefore: { ...tally.doneBefore },
    moving: [...tally.moving],
    terminals: [...tally.terminals],
  };
}

function isMoving({ state }: Task): boolean {
  return state === "running" || state === "blocked" || state === "parked";
}

/** Adds a task, or takes it out. First start, last end and terminals know of nothing that is taken out, and it must be in `moving`. */
function put(into: Making, task: Task, planned: PlanTask | undefined, by: 1 | -1): void {
  const { state, startedAt, endedAt, terminal } = task;
  into.size += by;
  into.counts[state] += by;
  into.workedMs += by * task.workedMs;
  into.blockedMs += by * task.blockedMs;
  into.askedMs += by * (task.asked?.totalMs ?? 0);
  if (isMoving(task)) {
    if (by > 0) into.moving.push(task);
    else into.moving.splice(into.moving.indexOf(task), 1);
  }
  if (state === "done" && endedAt === null) into.given += by;
  if (by > 0) {
    if (startedAt !== null && startedAt < into.firstStart) into.firstStart = startedAt;
    if (isOver(task) && endedAt !== null && endedAt > into.lastEnd) into.lastEnd = endedAt;
    if (terminal !== null && !into.terminals.includes(terminal)) into.terminals.push(terminal);
    into.started = into.firstStart < Number.POSITIVE_INFINITY;
  }
  if (planned) weigh(into, task, estimateOf(planned), by);
}

function weigh(into: Making, { state, endedAt }: Task, estimate: number | null, by: 1 | -1): void {
  if (estimate !== null) {
    into.stated.ms += by * estimate;
    into.stated.count += by;
  }
  if (state === "dropped") return;
  for (const weighed of [into.live, ...(state === "done" ? [into.done, ...(endedAt === null ? [into.doneBefore] : [])] : [])]) {
    if (estimate === null) weighed.unstated += by;
    else weighed.statedMs += by * estimate;
  }
}
