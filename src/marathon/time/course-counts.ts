/** What is in the way while work runs its course (course.ts): of later phases, and P0 tasks that hold their phase. As in gates.ts. */
import type { Work } from "./work.ts";

export class Counts {
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

  /** Whether some terminal is through with earlier phases and may take what is for any. */
  admitsSome(rank: number): boolean {
    return rank === 0 || (first(this.#openAny) >= rank && this.#openOwn.some((own) => first(own) >= rank));
  }

  admitsRank(rank: number): boolean {
    return first(this.#open) >= rank;
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
