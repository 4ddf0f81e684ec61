/**
 * How work runs its course when every duration is known: terminals take what they may, by the rules of allocate.ts and gates.ts
 * (own tasks first, by phase, P0, number; dependencies; phases; P0 holds its phase; sessions in turn), and go on until nothing is left. One
 * object runs many courses over the same work without making anything new, since a forecast needs a thousand.
 */
import { Counts } from "./course-counts.ts";
import { IndexHeap, TimedHeap } from "./heaps.ts";
import { Turns } from "./turns.ts";
import type { Work } from "./work.ts";

/** What one course is given. All times in ms from now. */
export interface CourseInput {
  /** Work that is left of each task. */
  readonly durations: Float64Array;
  /** How long after its work a task is over: something blocked it, and its terminal went on with other work. */
  readonly delays?: Float64Array;
  /** When a task can be taken at the earliest; 0: at once. */
  readonly releases?: Float64Array;
  /** When a terminal can take work; Infinity: never. */
  readonly free: Float64Array;
  /** By terminal, the position of the task that is in hand; -1: none. */
  readonly inHand: Int32Array;
}

const NONE: readonly number[] = [];

export class Course {
  readonly work: Work;
  /** After {@link run}, by task: start and end in ms from now (Infinity: never), position of its terminal, and of the task that it had waited for last (-1: none). */
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  readonly takenBy: Int16Array;
  readonly after: Int32Array;
  readonly #needs: Int32Array;
  readonly #own: readonly IndexHeap[];
  readonly #any = new IndexHeap();
  readonly #later = new TimedHeap();
  readonly #hand: Int32Array;
  readonly #handEnd: Float64Array;
  readonly #counts: Counts;
  /** Null where the plan has no schedule: then no session waits for another. */
  readonly #turns: Turns | null;
  /** Ready but held by a P0, by rank. */
  readonly #held: readonly number[][];
  #input: CourseInput;
  #left = 0;

  constructor(work: Work) {
    const size = work.numbers.length;
    this.work = work;
    this.starts = new Float64Array(size);
    this.ends = new Float64Array(size);
    this.takenBy = new Int16Array(size);
    this.after = new Int32Array(size);
    this.#needs = new Int32Array(size);
    this.#own = work.terminals.map(() => new IndexHeap());
    this.#hand = new Int32Array(work.terminals.length);
    this.#handEnd = new Float64Array(work.terminals.length);
    this.#counts = new Counts(work);
    this.#turns = work.turns === null ? null : new Turns(work, work.turns, this.#counts);
    this.#held = Array.from({ length: work.ranks }, () => []);
    this.#input = { durations: this.starts, free: this.#handEnd, inHand: this.#hand };
  }

  /** Runs to the end. Answers when the last task is over, ms from now; Infinity when something can never be done. */
  run(input: CourseInput): number {
    this.#begin(input);
    const hand = this.#hand;
    const handEnd = this.#handEnd;
    let now = 0;
    let last = 0;
    let cause = -1;
    while (this.#left > 0) {
      const next = Math.min(this.#assign(now, cause), this.#later.nextTime);
      if (next === Number.POSITIVE_INFINITY) return next;
      now = next;
      cause = -1;
      while (this.#later.nextTime <= now) {
        const code = this.#later.pop();
        if (code < 0) this.#offer(-code - 1);
        else {
          this.#complete(code, now);
          [cause, last] = [code, now];
        }
      }
      for (let terminal = 0; terminal < hand.length; terminal += 1) {
        const task = hand[terminal] ?? -1;
        if (task < 0 || (handEnd[terminal] ?? 0) > now) continue;
        hand[terminal] = -1;
        const delay = input.delays?.[task] ?? 0;
        this.#counts.left(task, terminal);
        this.#turns?.left(task);
        if (delay > 0) {
          this.#later.push(now + delay, task);
          continue;
        }
        this.#complete(task, now);
        [cause, last] = [task, now];
      }
    }
    return last;
  }

  #begin(input: CourseInput): void {
    const { work } = this;
    this.#input = input;
    this.#left = work.numbers.length;
    this.starts.fill(Number.POSITIVE_INFINITY);
    this.ends.fill(Number.POSITIVE_INFINITY);
    this.takenBy.fill(-1);
    this.after.fill(-1);
    this.#needs.set(work.needs);
    this.#any.clear();
    this.#later.clear();
    for (const heap of this.#own) heap.clear();
    for (const list of this.#held) list.length = 0;
    this.#counts.reset(input.releases);
    this.#turns?.reset();
    this.#hand.fill(-1);
    for (let terminal = 0; terminal < work.terminals.length; terminal += 1) {
      const task = input.inHand[terminal] ?? -1;
      if (task >= 0) this.#take(task, terminal, 0, -1);
      else this.#handEnd[terminal] = input.free[terminal] ?? 0;
    }
    for (let task = 0; task < work.numbers.length; task += 1) if (work.needs[task] === 0 && this.takenBy[task] === -1) this.#ready(task, 0);
  }

  /** Nothing it depends on is open; it may still have to wait for its release. */
  #ready(task: number, now: number): void {
    const release = this.#input.releases?.[task] ?? 0;
    if (release > now) this.#later.push(release, -task - 1);
    else this.#offer(task);
  }

  #offer(task: number): void {
    const { work } = this;
    this.#counts.joins(task);
    if (this.#counts.holds(task)) {
      this.#held[work.rank[task] ?? 0]?.push(task);
      return;
    }
    this.#push(task);
  }

  #push(task: number): void {
    (this.#own[this.work.lane[task] ?? -1] ?? this.#any).push(task);
    this.#turns?.ready(task);
  }

  /** The first task whose session has its turn; the others are put aside until it comes. */
  #first(heap: IndexHeap): number {
    const turns = this.#turns;
    if (turns !== null) while (heap.size > 0 && turns.holds(heap.first)) turns.putAside(heap.pop());
    return heap.first;
  }

  /** Every free terminal takes its own first task that the phases let it, else the first that is for any. Answers when one is next through. */
  #assign(now: number, cause: number): number {
    for (const task of this.#turns?.judge() ?? NONE) (this.#own[this.work.lane[task] ?? -1] ?? this.#any).push(task);
    const hand = this.#hand;
    const handEnd = this.#handEnd;
    let next = Number.POSITIVE_INFINITY;
    for (let terminal = 0; terminal < hand.length; terminal += 1) {
      if ((hand[terminal] ?? 0) < 0 && (handEnd[terminal] ?? 0) <= now && !this.#taken(terminal, now, cause)) continue;
      const end = handEnd[terminal] ?? 0;
      if (end < next) next = end;
    }
    return next;
  }

  /** Whether a free terminal found something. */
  #taken(terminal: number, now: number, cause: number): boolean {
    const own = this.#own[terminal];
    if (own === undefined) return false;
    const mine = this.#first(own);
    if (mine >= 0 && this.#counts.admitsBound(mine)) {
      this.#take(own.pop(), terminal, now, cause);
      return true;
    }
    const any = this.#first(this.#any);
    if (any < 0 || !this.#counts.admitsAny(any, terminal)) return false;
    this.#take(this.#any.pop(), terminal, now, cause);
    return true;
  }

  #take(task: number, terminal: number, now: number, cause: number): void {
    this.#hand[terminal] = task;
    this.#handEnd[terminal] = now + (this.#input.durations[task] ?? 0);
    this.starts[task] = now;
    this.takenBy[task] = terminal;
    this.after[task] = cause;
    this.#counts.taken(task, terminal);
    this.#turns?.taken(task);
  }

  #complete(task: number, now: number): void {
    this.ends[task] = now;
    this.#left -= 1;
    const { dependents, dependentsFrom } = this.work;
    const end = dependentsFrom[task + 1] ?? 0;
    for (let each = dependentsFrom[task] ?? 0; each < end; each += 1) {
      const dependent = dependents[each] ?? -1;
      const needs = (this.#needs[dependent] ?? 0) - 1;
      this.#needs[dependent] = needs;
      if (needs === 0 && this.takenBy[dependent] === -1) this.#ready(dependent, now);
    }
    const freed = this.#counts.over(task);
    if (freed < 0) return;
    const held = this.#held[freed] ?? [];
    for (const each of held) this.#push(each);
    held.length = 0;
  }
}
