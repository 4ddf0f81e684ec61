/**
 * Holds sessions back as the front matter's `schedule:` says: one after another, or two or three side by side where their
 * domains differ and the terminals suffice. Without it, and with all streams at once, nothing is held.
 *
 * Sessions get their turns in the plan's order. One that has nothing ready or running (all of it is over, blocked, or waits
 * for other work) takes no turn: else the work that it waits for, of a later session, would wait for it for ever.
 */
import type { PlanIndex } from "./plan-index.ts";
import { overlapOf } from "./time/sessions.ts";
import type { Task } from "./types.ts";
import { listed } from "./words.ts";

export class ScheduleGate {
  readonly #index: PlanIndex;
  readonly #atOnce: number;
  readonly #terminals: number;
  /** Ready and running tasks of each session, in the plan's order. */
  readonly #moving = new Map<string, number>();
  /** Why each session waits; absent when it may go. */
  #held: ReadonlyMap<string, string> = new Map();
  /** The same as it stood when {@link due} was last asked. */
  #told: ReadonlyMap<string, string> = new Map();
  #moved = true;

  /** `terminals`: how many there are. */
  constructor(index: PlanIndex, terminals: number) {
    const { schedule } = index.plan.settings;
    this.#index = index;
    this.#terminals = terminals;
    this.#atOnce = schedule?.by === "sessions" ? schedule.atOnce : Number.POSITIVE_INFINITY;
    if (this.#atOnce < Number.POSITIVE_INFINITY) for (const { id } of index.plan.sessions) this.#moving.set(id, 0);
  }

  /** One that stands the same, and goes its own way from here. */
  copy(): ScheduleGate {
    const copy = new ScheduleGate(this.#index, this.#terminals);
    for (const [id, moving] of this.#moving) copy.#moving.set(id, moving);
    [copy.#held, copy.#told, copy.#moved] = [this.#held, this.#told, this.#moved];
    return copy;
  }

  count(task: Task, by: 1 | -1): void {
    if (task.state !== "ready" && task.state !== "running") return;
    const session = this.#index.tasks.get(task.number)?.session ?? null;
    const before = session === null ? undefined : this.#moving.get(session);
    if (session === null || before === undefined) return;
    this.#moving.set(session, before + by);
    if (before === 0 || before + by === 0) this.#moved = true;
  }

  /** Why this task must wait for its session's turn, in words; null when its session has it. */
  holds(number: number): string | null {
    if (this.#moved) this.#turns();
    return this.#held.get(this.#index.tasks.get(number)?.session ?? "") ?? null;
  }

  /** The tasks of sessions that wait otherwise than when this was last asked. */
  due(): readonly number[] {
    if (this.#moved) this.#turns();
    if (this.#told === this.#held) return [];
    const before = this.#told;
    this.#told = this.#held;
    return this.#index.plan.tasks.flatMap(({ number, session }) =>
      session !== null && before.get(session) !== this.#held.get(session) ? [number] : [],
    );
  }

  #turns(): void {
    this.#moved = false;
    if (this.#moving.size === 0) return;
    const held = new Map<string, string>();
    const going: string[] = [];
    for (const [id, moving] of this.#moving) {
      const why = this.#refusal(going, id);
      if (why !== null) held.set(id, why);
      else if (moving > 0) going.push(id);
    }
    this.#held = held;
  }

  #refusal(going: readonly string[], id: string): string | null {
    if (going.length === 0) return null;
    const others = `${going.length === 1 ? "session" : "sessions"} ${listed(going)}`;
    if (going.length >= this.#atOnce)
      return `waits for ${others} (schedule: ${this.#atOnce === 1 ? "sessions one after another" : `${this.#atOnce} sessions at once`})`;
    const overlap = overlapOf(this.#index.plan, [...going, id], this.#terminals);
    return overlap.allowed ? null : `waits for ${others}: ${overlap.reason}`;
  }
}
