/** Which sessions have their turn while work runs its course (course.ts): the rules of schedule-gate.ts, fast enough for a thousand courses. */
import type { Counts } from "./course-counts.ts";
import type { TurnRules, Work } from "./work.ts";

const ELSEWHERE = 0;
const READY = 1;
const IN_HAND = 2;
type Stand = typeof ELSEWHERE | typeof READY | typeof IN_HAND;

export class Turns {
  readonly #work: Work;
  readonly #rules: TurnRules;
  readonly #counts: Counts;
  readonly #stands: Uint8Array;
  readonly #inHand: Int32Array;
  /** Ready tasks by session and rank: those of a terminal, and those for any. */
  readonly #bound: Int32Array;
  readonly #any: Int32Array;
  readonly #held: Uint8Array;
  readonly #aside: readonly number[][];
  readonly #freed: number[] = [];
  readonly #going: number[] = [];

  constructor(work: Work, rules: TurnRules, counts: Counts) {
    this.#work = work;
    this.#rules = rules;
    this.#counts = counts;
    this.#stands = new Uint8Array(work.numbers.length);
    this.#inHand = new Int32Array(rules.sessions);
    this.#bound = new Int32Array(rules.sessions * work.ranks);
    this.#any = new Int32Array(rules.sessions * work.ranks);
    this.#held = new Uint8Array(rules.sessions);
    this.#aside = Array.from({ length: rules.sessions }, () => []);
  }

  reset(): void {
    for (const counts of [this.#stands, this.#inHand, this.#bound, this.#any, this.#held]) counts.fill(0);
    for (const list of this.#aside) list.length = 0;
  }

  ready(task: number): void {
    this.#becomes(task, READY);
  }

  taken(task: number): void {
    this.#becomes(task, IN_HAND);
  }

  left(task: number): void {
    this.#becomes(task, ELSEWHERE);
  }

  holds(task: number): boolean {
    const session = this.#rules.session[task] ?? -1;
    return session >= 0 && this.#held[session] === 1;
  }

  putAside(task: number): void {
    this.#aside[this.#rules.session[task] ?? -1]?.push(task);
  }

  /** Gives the turns anew. Answers the tasks that were put aside and may go now; the list is used again. */
  judge(): readonly number[] {
    const going = this.#going;
    going.length = 0;
    this.#freed.length = 0;
    for (let session = 0; session < this.#rules.sessions; session += 1) {
      const held = going.length > 0 && (going.length >= this.#rules.atOnce || !this.#rules.mayJoin(going, session));
      this.#held[session] = held ? 1 : 0;
      if (held) continue;
      const aside = this.#aside[session];
      if (aside && aside.length > 0) {
        this.#freed.push(...aside);
        aside.length = 0;
      }
      if (this.#moves(session)) going.push(session);
    }
    return this.#freed;
  }

  /** Whether it has something in hand, or something that a terminal may take as far as the phases are concerned. */
  #moves(session: number): boolean {
    if ((this.#inHand[session] ?? 0) > 0) return true;
    const { ranks } = this.#work;
    for (let rank = 0; rank < ranks; rank += 1) {
      const at = session * ranks + rank;
      if ((this.#bound[at] ?? 0) > 0 && this.#counts.admitsRank(rank)) return true;
      if ((this.#any[at] ?? 0) > 0 && this.#counts.admitsSome(rank)) return true;
    }
    return false;
  }

  #becomes(task: number, stand: Stand): void {
    const session = this.#rules.session[task] ?? -1;
    if (session < 0) return;
    this.#count(task, session, -1);
    this.#stands[task] = stand;
    this.#count(task, session, 1);
  }

  #count(task: number, session: number, by: 1 | -1): void {
    const stand = this.#stands[task];
    if (stand === IN_HAND) this.#inHand[session] = (this.#inHand[session] ?? 0) + by;
    if (stand !== READY) return;
    const counts = (this.#work.lane[task] ?? -1) < 0 ? this.#any : this.#bound;
    const at = session * this.#work.ranks + (this.#work.rank[task] ?? 0);
    counts[at] = (counts[at] ?? 0) + by;
  }
}
