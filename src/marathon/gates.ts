/**
 * What holds a task back, kept up to date task by task.
 *
 * A task that is not running, over or blocked is `ready`, unless one of these holds it (`waiting`):
 *  1. A dependency that is neither done nor dropped. (A person who drops a task says that it is not needed.)
 *  2. Its phase. A task that the plan binds to a terminal waits until every task of earlier phases is out of the
 *     way. A task for any terminal may be taken by a terminal whose own tasks of earlier phases are out of the
 *     way, once the unbound tasks of earlier phases are too; it waits while there is no such terminal.
 *     Out of the way: done, dropped, parked, blocked, or waiting for a blocked or parked one.
 *  3. P0 first. While a P0 task of its phase is open, other work of that phase is held, except what an open P0
 *     needs, directly or not. A blocked P0 still holds: P0 stops everything else until a person resolves, parks
 *     or drops it. Other P0 tasks, later phases (see 2) and what already runs are not touched by this rule.
 *  4. The schedule of the plan's front matter, if it has one: its session has no turn yet (schedule-gate.ts).
 *
 * Counting keeps the cost of one change independent of the size of the plan, except when a gate opens or shuts.
 */
import type { PlanIndex } from "./plan-index.ts";
import { ScheduleGate } from "./schedule-gate.ts";
import type { Task } from "./types.ts";
import { isOver } from "./terminals.ts";
import { listed } from "./words.ts";

export class Gates {
  readonly #index: PlanIndex;
  readonly #terminals: readonly number[];
  readonly #task: (number: number) => Task | undefined;
  /** Tasks in the way of later phases, by rank: all, unbound ones, and each terminal's own. */
  readonly #open: number[];
  readonly #openUnbound: number[];
  readonly #openOwn: ReadonlyMap<number, number[]>;
  /** Waiting for something blocked or parked, directly or not. */
  readonly #stuck: Set<number>;
  readonly #openP0: readonly Set<number>[];
  readonly #schedule: ScheduleGate;
  readonly #holders: (number | null | undefined)[];
  readonly #dirty: Set<number>;
  /** How the gates stood when {@link due} was last asked. */
  #stood: Stand;
  /** A count has become zero or left it, or a holder of P0 has changed: some gate may stand otherwise. */
  #moved: boolean;

  /** `like`: gates of the same plan and terminals at this very moment; they are copied, which spares a look at every task. */
  constructor(index: PlanIndex, terminals: readonly number[], task: (number: number) => Task | undefined, like?: Gates) {
    this.#index = index;
    this.#terminals = terminals;
    this.#task = task;
    const zeros = (): number[] => index.phaseNames.map(() => 0);
    this.#open = like ? [...like.#open] : zeros();
    this.#openUnbound = like ? [...like.#openUnbound] : zeros();
    this.#openOwn = new Map(terminals.map((terminal) => [terminal, [...((like && like.#openOwn.get(terminal)) ?? zeros())]]));
    this.#openP0 = index.phaseNames.map((_, rank) => new Set(like ? like.#openP0[rank] : []));
    this.#stuck = new Set(like ? like.#stuck : []);
    this.#holders = like ? [...like.#holders] : [];
    this.#dirty = new Set(like ? like.#dirty : []);
    this.#schedule = like ? like.#schedule.copy() : new ScheduleGate(index, terminals.length);
    if (!like) this.#look();
    this.#stood = like ? like.#stood : this.#stand();
    this.#moved = like ? like.#moved : false;
    if (!like) this.#schedule.due();
  }

  /** Whether they are of this plan and these terminals. */
  fit(index: PlanIndex, terminals: readonly number[]): boolean {
    return (
      this.#index === index &&
      terminals.length === this.#terminals.length &&
      terminals.every((number, at) => number === this.#terminals[at])
    );
  }

  #look(): void {
    const { order, dependents } = this.#index;
    for (const number of order) {
      const found = this.#task(number);
      if (!found) continue;
      this.#count(found, 1);
      this.#countP0(found);
    }
    for (const number of order) if (this.#obstructs(number)) this.#restick(dependents.get(number) ?? []);
  }

  /** Takes note that a task is another now; {@link due} then names what may wait or go because of it. */
  changed(before: Task, after: Task): void {
    const wasStuck = this.#stuck.has(before.number);
    this.#count(before, -1);
    const stuck = this.#looksStuck(after);
    if (stuck) this.#stuck.add(after.number);
    else this.#stuck.delete(after.number);
    this.#count(after, 1);
    this.#countP0(after);
    this.#dirty.add(after.number);
    if (before.state === after.state && wasStuck === stuck) return;
    const dependents = this.#index.dependents.get(after.number) ?? [];
    for (const number of dependents) this.#dirty.add(number);
    this.#restick(dependents);
  }

  /** Tasks to judge anew since the last call: those that changed, what waits for them, and what a gate that moved holds or frees. */
  due(): readonly number[] {
    if (this.#moved) this.#compare();
    const due = [...new Set([...this.#dirty, ...this.#schedule.due()])];
    this.#dirty.clear();
    return due;
  }

  /** Why this task must wait, in words; null when it can be taken. */
  holds(task: Task): string | null {
    return this.#needs(task) ?? this.#phase(task) ?? this.#p0(task) ?? this.#schedule.holds(task.number);
  }

  /** Whether the phases let this terminal take this unbound task. */
  admits(terminal: number, number: number): boolean {
    const rank = this.#rank(number);
    const own = this.#openOwn.get(terminal);
    return first(this.#openUnbound) >= rank && (own === undefined || first(own) >= rank);
  }

  /** Whether it waits for something that is blocked or parked. */
  isStuck(number: number): boolean {
    return this.#stuck.has(number);
  }

  #needs(task: Task): string | null {
    const missing = (this.#index.dependsOn.get(task.number) ?? []).filter((number) => !this.#satisfied(number));
    if (missing.length === 0) return null;
    const blocked = missing.filter((number) => this.#obstructs(number));
    const note = blocked.length > 0 ? ` (${listed(blocked)} ${blocked.length > 1 ? "are" : "is"} blocked)` : "";
    return `waits for ${listed(missing)}${note}`;
  }

  #phase(task: Task): string | null {
    const rank = this.#rank(task.number);
    if (rank === 0) return null;
    const plan = this.#index.tasks.get(task.number);
    if (plan && plan.terminal !== null) {
      const open = first(this.#open);
      return open >= rank ? null : `waits for ${this.#index.phaseNames[open]} to be over`;
    }
    const unbound = first(this.#openUnbound);
    if (unbound < rank) return `waits for the open tasks of ${this.#index.phaseNames[unbound]} that are for any terminal`;
    if (task.terminal !== null) {
      return this.admits(task.terminal, task.number) ? null : `waits until terminal ${task.terminal} is through with earlier phases`;
    }
    for (const terminal of this.#openOwn.keys()) if (this.admits(terminal, task.number)) return null;
    return "waits for a terminal that is through with earlier phases";
  }

  #p0(task: Task): string | null {
    const plan = this.#index.tasks.get(task.number);
    if (!plan || plan.priority === "P0") return null;
    const holder = this.#holder(this.#rank(task.number));
    if (holder === null) return null;
    const serves = this.#index.serves.get(task.number) ?? [];
    if (serves.some((number) => this.#isOpenP0(number))) return null;
    const held = this.#task(holder);
    const where = held?.terminal ? ` (terminal ${held.terminal})` : "";
    return `held: P0 task ${holder} is ${held?.state === "blocked" ? "blocked" : "open"}${where}`;
  }

  #isOpenP0(number: number): boolean {
    return this.#openP0[this.#rank(number)]?.has(number) ?? false;
  }

  /** The open P0 with the lowest number, remembered until the set changes. */
  #holder(rank: number): number | null {
    const known = this.#holders[rank];
    if (known !== undefined) return known;
    let lowest: number | null = null;
    for (const number of this.#openP0[rank] ?? []) if (lowest === null || number < lowest) lowest = number;
    this.#holders[rank] = lowest;
    return lowest;
  }

  #countP0(task: Task): void {
    if (this.#index.tasks.get(task.number)?.priority !== "P0") return;
    const open = !isOver(task) && task.state !== "parked";
    const rank = this.#rank(task.number);
    const set = this.#openP0[rank];
    this.#moved = true;
    if (!set || set.has(task.number) === open) return;
    if (open) set.add(task.number);
    else set.delete(task.number);
    this.#holders[rank] = undefined;
    // What only this P0 needed was excepted from being held, and is so no more (or again).
    for (const number of this.#index.servedBy.get(task.number) ?? []) this.#dirty.add(number);
  }

  #count(task: Task, by: 1 | -1): void {
    this.#schedule.count(task, by);
    const inTheWay = task.state === "ready" || task.state === "running" || (task.state === "waiting" && !this.#stuck.has(task.number));
    if (!inTheWay) return;
    const rank = this.#rank(task.number);
    this.#add(this.#open, rank, by);
    if (this.#index.tasks.get(task.number)?.terminal === null) this.#add(this.#openUnbound, rank, by);
    if (task.terminal !== null) this.#add(this.#openOwn.get(task.terminal), rank, by);
  }

  /** Follows stuckness through the dependents until nothing changes. */
  #restick(start: readonly number[]): void {
    const queue = [...start];
    for (let number = queue.pop(); number !== undefined; number = queue.pop()) {
      const task = this.#task(number);
      if (!task) continue;
      const stuck = this.#looksStuck(task);
      if (stuck === this.#stuck.has(number)) continue;
      this.#count(task, -1);
      if (stuck) this.#stuck.add(number);
      else this.#stuck.delete(number);
      this.#count(task, 1);
      const dependents = this.#index.dependents.get(number) ?? [];
      for (const dependent of dependents) this.#dirty.add(dependent);
      queue.push(...dependents);
    }
  }

  #looksStuck(task: Task): boolean {
    if (task.state !== "waiting") return false;
    return (this.#index.dependsOn.get(task.number) ?? []).some((number) => this.#obstructs(number) || this.#stuck.has(number));
  }

  #satisfied(number: number): boolean {
    const task = this.#task(number);
    return task === undefined || isOver(task);
  }

  #obstructs(number: number): boolean {
    const state = this.#task(number)?.state;
    return state === "blocked" || state === "parked";
  }

  #rank(number: number): number {
    return this.#index.rank.get(number) ?? 0;
  }

  /** Marks what hangs on the gates that stand otherwise than before. */
  #compare(): void {
    const [was, is] = [this.#stood, this.#stand()];
    this.#stood = is;
    this.#moved = false;
    const mark = (lists: readonly (readonly number[])[], before: number, now: number): void => {
      if (before === now) return;
      for (let rank = Math.min(before, now) + 1; rank < lists.length; rank += 1)
        for (const number of lists[rank] ?? []) this.#dirty.add(number);
    };
    mark(this.#index.bound, was.open, is.open);
    mark(this.#index.unbound, was.unbound, is.unbound);
    is.own.forEach((now, at) => mark(this.#index.unbound, was.own[at] ?? now, now));
    is.holders.forEach((holder, rank) => {
      if (holder === was.holders[rank]) return;
      for (const list of [this.#index.bound[rank], this.#index.unbound[rank]]) for (const number of list ?? []) this.#dirty.add(number);
    });
  }

  #stand(): Stand {
    const holders = this.#openP0.map((_, rank) => {
      const holder = this.#holder(rank);
      const task = holder === null ? undefined : this.#task(holder);
      return task ? `${task.number} ${task.state === "blocked"} ${task.terminal}` : "";
    });
    return { open: first(this.#open), unbound: first(this.#openUnbound), own: [...this.#openOwn.values()].map(first), holders };
  }

  #add(counts: number[] | undefined, rank: number, by: number): void {
    if (!counts) return;
    const before = counts[rank] ?? 0;
    counts[rank] = before + by;
    if (before === 0 || before + by === 0) this.#moved = true;
  }
}

/** How the gates stand: the lowest rank with something open (see {@link first}) of all work, of unbound work, and of each terminal; the P0 that holds each rank. */
interface Stand {
  readonly open: number;
  readonly unbound: number;
  readonly own: readonly number[];
  readonly holders: readonly string[];
}

/** The lowest rank with something open; Infinity when there is none. */
function first(counts: readonly number[]): number {
  const index = counts.findIndex((count) => count > 0);
  return index < 0 ? Number.POSITIVE_INFINITY : index;
}
