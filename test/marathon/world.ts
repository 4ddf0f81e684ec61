/** A marathon in a test: facts go in, decisions are recorded as the kernel records them, and every state is checked. */
import { expect } from "vitest";
import { initialState } from "../../src/marathon/initial.ts";
import { invariants } from "../../src/marathon/invariants.ts";
import { step } from "../../src/marathon/step.ts";
import type { Effect, Event, Fact, State } from "../../src/marathon/types.ts";
import type { BlockerNote, Handoff, ScratchName, Tick, TickState } from "../../src/plan/report-types.ts";
import type { Plan } from "../../src/plan/types.ts";

const START = Date.UTC(2026, 0, 5, 20);

export interface WorldOptions {
  readonly agent?: string;
  readonly rehearsal?: boolean;
  /** Called for each effect but `record`, to act on it with further facts. */
  readonly react?: (effect: Exclude<Effect, { kind: "record" }>, world: World) => void;
  /** Check the invariants after each step; property tests of big plans may check less often. */
  readonly check?: boolean;
}

export class World {
  state: State;
  t = 0;
  readonly events: Event[] = [];
  /** Effects since the last {@link taken}. */
  effects: Effect[] = [];
  readonly #options: WorldOptions;
  #queue: { readonly fact: Fact; readonly cause: number | null }[] = [];
  #working = false;

  constructor(plan: Plan, options: WorldOptions = {}) {
    this.#options = options;
    const fact: Fact = {
      type: "marathon-started",
      id: "m-1",
      plan,
      agent: options.agent ?? "command",
      command: null,
      rehearsal: options.rehearsal ?? false,
      speed: 1,
      seed: null,
      project: "/p",
      scratchpad: "/p/.claude/Scratchpad",
    };
    const event: Event = { ...fact, seq: 1, at: START, t: 0 };
    this.events.push(event);
    this.state = initialState(event);
  }

  /** Lets marathon time pass. */
  wait(minutes: number): this {
    this.t += minutes * 60_000;
    return this;
  }

  /** Takes in facts one after the other, as the kernel does: decisions go before everything that waits. */
  take(...facts: readonly Fact[]): this {
    this.#queue.push(...facts.map((fact) => ({ fact, cause: null })));
    if (this.#working) return this;
    this.#working = true;
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) this.#fold(next);
    this.#working = false;
    return this;
  }

  engine(): this {
    return this.take({ type: "engine-started", pid: 100, version: "0", resumed: false });
  }

  /** Brings long-lived agents up in these terminals, or in all that are starting. */
  up(...terminals: readonly number[]): this {
    const wanted =
      terminals.length > 0
        ? terminals
        : Object.values(this.state.terminals).flatMap((terminal) => (terminal.state === "starting" ? [terminal.number] : []));
    return this.take(
      ...wanted.map((terminal): Fact => ({ type: "terminal-started", terminal, pid: 1000 + terminal, pidStart: 7, program: "agent" })),
    );
  }

  done(task: number): this {
    return this.take({ type: "task-done", task, terminal: this.state.tasks[task]?.terminal ?? null, source: "exit code 0" });
  }

  blocked(task: number, reason = "it does not build"): this {
    return this.take({
      type: "task-blocked",
      task,
      terminal: this.state.tasks[task]?.terminal ?? null,
      reason,
      source: "command",
      priority: null,
      evidence: [],
    });
  }

  /** A report file with these ticks: `report("terminal-04.md", "x33 !34 ~35")`, with the reason of a `!` after a colon. */
  report(name: string, ticks: string): this {
    const kinds: Record<string, TickState> = { x: "done", "!": "blocked", "~": "doing", o: "open" };
    const read = ticks.split(/\s+(?=[x!~o]\d)/).flatMap((text, index): Tick[] => {
      const found = /^([x!~o])(\d+)(?::(.*))?$/.exec(text);
      return found ? [{ state: kinds[found[1] ?? ""] ?? "open", task: Number(found[2]), text: found[3] ?? "", line: index + 1 }] : [];
    });
    const terminal = /terminal-(\d+)/i.exec(name)?.[1];
    return this.file(name, { kind: "report", terminal: terminal === undefined ? null : Number(terminal) }, { ticks: read });
  }

  file(
    name: string,
    says: Partial<ScratchName>,
    reading: { readonly ticks?: readonly Tick[]; readonly blocker?: Partial<BlockerNote>; readonly handoff?: Partial<Handoff> } = {},
  ): this {
    const note: BlockerNote = {
      title: null,
      reason: null,
      priority: null,
      tasks: [],
      cause: null,
      tried: [],
      notTried: [],
      evidence: null,
      resolved: false,
      ...reading.blocker,
    };
    const handoff: Handoff = {
      completion: null,
      completed: [],
      blocked: [],
      nextSteps: [],
      effortHours: null,
      missing: [],
      ...reading.handoff,
    };
    return this.take({
      type: "file-changed",
      path: `/p/.claude/Scratchpad/${name}`,
      bytes: 100,
      reading: {
        name: { kind: "other", session: null, task: null, terminal: null, placeholder: false, ...says },
        ticks: reading.ticks ?? [],
        handoff: reading.handoff ? handoff : null,
        blocker: reading.blocker ? note : null,
        lines: 10,
      },
    });
  }

  /** Task numbers by state, for short expectations. */
  tasks(state: string): number[] {
    return Object.values(this.state.tasks).flatMap((task) => (task.state === state ? [task.number] : []));
  }

  /** What each terminal works on, in order of the terminals. */
  work(): (number | null)[] {
    return Object.values(this.state.terminals).map((terminal) => terminal.task);
  }

  /** Facts that were recorded as decisions, by type. */
  decided(type: Fact["type"]): Event[] {
    return this.events.filter((event) => event.cause !== undefined && event.type === type);
  }

  /** The effects since the last call. */
  taken(): Effect[] {
    const effects = this.effects;
    this.effects = [];
    return effects;
  }

  #fold({ fact, cause }: { readonly fact: Fact; readonly cause: number | null }): void {
    const event: Event = { ...fact, seq: this.state.seq + 1, at: START + this.t, t: this.t, ...(cause === null ? {} : { cause }) };
    this.events.push(event);
    const { state, effects } = step(this.state, event);
    this.state = state;
    if (this.#options.check !== false) expect(invariants(state), `after ${JSON.stringify(event).slice(0, 300)}`).toEqual([]);
    this.effects.push(...effects);
    this.#queue.unshift(...effects.flatMap((effect) => (effect.kind === "record" ? [{ fact: effect.fact, cause: event.seq }] : [])));
    for (const effect of effects) if (effect.kind !== "record") this.#options.react?.(effect, this);
  }
}
