/**
 * How work runs its course when every duration is known: terminals take what they may, by the rules of allocate.ts and gates.ts
 * (own tasks first, by phase, P0, number; dependencies; phases; P0 holds its phase), and go on until nothing is left. One
 * object runs many courses over the same work without making anything new, since a forecast needs a thousand.
 */
import { IndexHeap, TimedHeap } from "./heaps.ts";
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
    this.#held = Array.from({ length: work.ranks }, () => []);
    this.#input = { durations: this.starts, free: this.#handEnd, inHand: this.#hand };
  }

  /** Runs to the end. Answers when the last task is over, ms from now; Infinity when something can never be done. */
  run(input: CourseInput): number {
    this.#begin(input);
    let now = 0;
    let last = 0;
    let cause = -1;
    while (this.#left > 0) {
      this.#assign(now, cause);
      const next = Math.min(this.#nextEnd(now), this.#later.nextTime);
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
      for (let terminal = 0; terminal < this.#hand.length; terminal += 1) {
        const task = this.#hand[terminal] ?? -1;
        if (task < 0 || (this.#handEnd[terminal] ?? 0) > now) continue;
        this.#hand[terminal] = -1;
        const delay = input.delays?.[task] ?? 0;
        this.#counts.left(task, terminal);
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
    const lane = work.lane[task] ?? -1;
    (this.#own[lane] ?? this.#any).push(task);
  }

  /** Every free terminal takes its own first task that the phases let it, else the first that is for any. */
  #assign(now: number, cause: number): void {
    for (let terminal = 0; terminal < this.#hand.length; terminal += 1) {
      if ((this.#hand[terminal] ?? 0) >= 0 || (this.#handEnd[terminal] ?? 0) > now) continue;
      const own = this.#own[terminal];
      if (own === undefined) continue;
      if (own.size > 0 && this.#counts.admitsBound(own.first)) this.#take(own.pop(), terminal, now, cause);
      else if (this.#any.size > 0 && this.#counts.admitsAny(this.#any.first, terminal)) this.#take(this.#any.pop(), terminal, now, cause);
    }
  }

  #take(task: number, terminal: number, now: number, cause: number): void {
    this.#hand[terminal] = task;
    this.#handEnd[terminal] = now + (this.#input.durations[task] ?? 0);
    this.starts[task] = now;
    this.takenBy[task] = terminal;
    this.after[task] = cause;
    this.#counts.taken(task, terminal);
  }

  #complete(task: number, now: number): void {
    this.ends[task] = now;
    this.#left -= 1;
    for (const dependent of this.work.dependents[task] ?? []) {
      const needs = (this.#needs[dependent] ?? 0) - 1;
      this.#needs[dependent] = needs;
      if (needs === 0 && this.takenBy[dependent] === -1) this.#ready(dependent, now);
    }
    const freed = this.#counts.over(task);
    if (freed < 0) return;
    const held = this.#held[freed] ?? [];
    for (const each of held) (this.#own[this.work.lane[each] ?? -1] ?? this.#any).push(each);
    held.length = 0;
  }

  #nextEnd(now: number): number {
    let next = Number.POSITIVE_INFINITY;
    for (let terminal = 0; terminal < this.#hand.length; terminal += 1) {
      const end = this.#handEnd[terminal] ?? 0;
      // A terminal that is free and found nothing has no end ahead of it.
      if (end < next && ((this.#hand[terminal] ?? -1) >= 0 || end > now)) next = end;
    }
    return next;
  }
}

/** Counts of what is in the way of later phases and of P0 tasks that hold their phase, as in gates.ts. */
class Counts {
  readonly #work: Work;
  readonly #open: Int32Array;
  readonly #openAny: Int32Array;
  readonly #openOwn: readonly Int32Array[];
  readonly #openP0: Int32Array;
  readonly #joined: Uint8Array;

  constructor(work: Work) {
    this.#work = work;
    this.#open = new Int32Array(work.ranks);
    this.#openAny = new Int32Array(work.ranks);
    this.#openOwn = work.terminals.map(() => new Int32Array(work.ranks));
    this.#openP0 = new Int32Array(work.ranks);
    this.#joined = new Uint8Array(work.numbers.length);
  }

  /** Tasks that are held back by a blocker at first are in nobody's way until they are released. */
  reset(releases: Float64Array | undefined): void {
    for (const counts of [this.#open, this.#openAny, this.#openP0, ...this.#openOwn]) counts.fill(0);
    this.#joined.fill(0);
    for (let task = 0; task < this.#joined.length; task += 1) {
      if (this.#work.isP0[task] === 1) this.#add(this.#openP0, task, 1);
      if ((releases?.[task] ?? 0) === 0) this.joins(task);
    }
  }

  joins(task: number): void {
    if (this.#joined[task] === 1) return;
    this.#joined[task] = 1;
    const lane = this.#work.lane[task] ?? -1;
    this.#add(this.#open, task, 1);
    if (lane < 0) this.#add(this.#openAny, task, 1);
    else this.#add(this.#openOwn[lane], task, 1);
  }

  /** A task for any terminal is now one's own. */
  taken(task: number, terminal: number): void {
    if ((this.#work.lane[task] ?? -1) < 0) this.#add(this.#openOwn[terminal], task, 1);
  }

  /** Its work is over, or it is blocked: it is in nobody's way. */
  left(task: number, terminal: number): void {
    this.#add(this.#open, task, -1);
    this.#add(this.#openOwn[terminal], task, -1);
    if ((this.#work.lane[task] ?? -1) < 0) this.#add(this.#openAny, task, -1);
  }

  /** It is done. Answers the rank whose P0 tasks are all over because of it, or -1. */
  over(task: number): number {
    if (this.#work.isP0[task] !== 1) return -1;
    this.#add(this.#openP0, task, -1);
    const rank = this.#work.rank[task] ?? 0;
    return this.#openP0[rank] === 0 ? rank : -1;
  }

  holds(task: number): boolean {
    return this.#work.exempt[task] !== 1 && (this.#openP0[this.#work.rank[task] ?? 0] ?? 0) > 0;
  }

  admitsBound(task: number): boolean {
    return first(this.#open) >= (this.#work.rank[task] ?? 0);
  }

  admitsAny(task: number, terminal: number): boolean {
    const rank = this.#work.rank[task] ?? 0;
    return rank === 0 || (first(this.#openAny) >= rank && first(this.#openOwn[terminal]) >= rank);
  }

  #add(counts: Int32Array | undefined, task: number, by: number): void {
    const rank = this.#work.rank[task] ?? 0;
    if (counts) counts[rank] = (counts[rank] ?? 0) + by;
  }
}

function first(counts: Int32Array | undefined): number {
  if (counts) for (let rank = 0; rank < counts.length; rank += 1) if ((counts[rank] ?? 0) > 0) return rank;
  return Number.POSITIVE_INFINITY;
}
