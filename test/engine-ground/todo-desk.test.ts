import { expect, test } from "vitest";
import type { Engine } from "../../src/engine/engine.ts";
import { listTodo, TodoWatch } from "../../src/engine/todo-desk.ts";
import { fold } from "../../src/marathon/step.ts";
import type { Event, Fact, State } from "../../src/marathon/types.ts";
import { readPlan } from "../../src/plan/read.ts";
import { shellPlan } from "../support/scene/plans.ts";

/** An engine as far as the list for people needs one; task 1 is blocked. */
class Desk {
  readonly files = new Map<string, string>();
  /** What reading a file, or the journal, throws. */
  readFault: string | null = null;
  journalFault: string | null = null;
  readonly todo = new TodoWatch(this as unknown as Engine);
  readonly events: Event[] = [];
  state: State;

  constructor() {
    const { plan } = readPlan([{ file: "plan.md", text: shellPlan("Two things", [["Build it | `make`", "Ship it | `./ship`"]]) }]);
    if (!plan) throw new Error("no plan");
    const setting = { agent: "claude", command: null, rehearsal: false, speed: 1, seed: null, project: "/p", scratchpad: "/p/s" };
    this.state = fold(null, [{ type: "marathon-started", id: "m-1", plan, ...setting, seq: 1, at: 0, t: 0 }]);
    this.submit({ type: "task-blocked", task: 1, terminal: 1, reason: "no disk", source: "a test", priority: null, evidence: [] });
  }

  submit(...facts: readonly Fact[]): void {
    if (this.journalFault !== null) throw new Error(this.journalFault);
    for (const fact of facts) {
      const event: Event = { ...fact, seq: this.state.seq + 1, at: 0, t: 0 };
      this.events.push(event);
      this.state = fold(this.state, [event]);
    }
  }

  readonly ports = {
    papers: {
      read: (path: string) => {
        if (this.readFault !== null) throw new Error(this.readFault);
        return this.files.get(path) ?? null;
      },
      stamp: (path: string) => this.files.get(path) ?? null,
      leadsOut: () => false,
      create: (path: string, text: string) => Boolean(this.files.set(path, text)),
      replace: (path: string, text: string) => void this.files.set(path, text),
    },
  };

  /** Somebody names another file in the plan. */
  names(file: string): void {
    const { plan } = this.state;
    this.state = { ...this.state, plan: { ...plan, settings: { ...plan.settings, "human-todo": file } } };
  }
}

test("a list that could not be read for a moment is counted at the next look, though nobody has edited it since", () => {
  const desk = new Desk();
  desk.files.set("/p/HUMAN_TODO.md", "- [ ] call the vendor\n");
  desk.readFault = "EIO: i/o error";
  desk.todo.look();
  desk.todo.look();
  expect(desk.events.filter(({ type }) => type === "noticed")).toHaveLength(1);
  desk.readFault = null;
  desk.todo.look();
  expect(desk.state.todo).toMatchObject({ open: 1 });
});

test("another list with as many open lines is the one that is named from then on", () => {
  const desk = new Desk();
  // Equal in all that a look can see of them.
  desk.files.set("/p/HUMAN_TODO.md", "- [ ] call the vendor\n").set("/p/docs/OURS.md", "- [ ] call the vendor\n");
  desk.todo.look();
  desk.names("docs/OURS.md");
  desk.todo.look();
  desk.todo.look();
  expect(desk.state.todo).toMatchObject({ file: "/p/docs/OURS.md", open: 1 });
  expect(desk.events.filter(({ type }) => type === "todo-counted")).toHaveLength(2);
});

test("a task whose line was written is never said not to be listed, whatever fails afterwards", () => {
  const desk = new Desk();
  desk.journalFault = "the journal is full";
  expect(() => listTodo(desk as unknown as Engine, 1, "a person")).toThrow(/^the journal is full$/u);
  expect(desk.files.get("/p/HUMAN_TODO.md")).toContain("- [ ] 1 Build it");
});
