import { describe, expect, test } from "vitest";
import { outwardOf } from "../../src/dashboard/outward.ts";
import type { State, Terminal } from "../../src/marathon/types.ts";
import { World } from "../marathon/world.ts";
import { plan } from "../support/plan-builder.ts";

function world(): World {
  return new World(plan({ tasks: [1, 2, 3].map((number) => ({ number, terminal: number })) })).engine().up();
}

function shows(state: State, number: number, facts: Partial<Terminal>): State {
  const terminal = state.terminals[number];
  if (!terminal) throw new Error(`no terminal ${number}`);
  return { ...state, terminals: { ...state.terminals, [number]: { ...terminal, ...facts } } };
}

describe("the whole marathon in a few words", () => {
  test("works, with its share of tasks that are done", () => {
    const { state } = world().take({ type: "task-done", task: 1, terminal: 1, source: "exit code 0" });
    expect(outwardOf(state, "attached")).toMatchObject({ state: "working", kind: null, percent: 33, words: "1 of 3 done" });
  });

  test("waits for a person when terminals ask: how many, which, and for what, the most pressing first", () => {
    const asking = { state: "asking", kind: "question" } as const;
    const one = shows(world().state, 2, asking);
    expect(outwardOf(one, "attached")).toMatchObject({ state: "blocked", kind: "question", words: "1 asks: T2; 0 of 3 done" });
    const two = shows(shows(one, 3, { ...asking, kind: "auth" }), 1, { ...asking, kind: "permission" });
    expect(outwardOf(two, "attached")).toMatchObject({ kind: "auth", words: "3 ask: T1, T2, T3; 0 of 3 done" });
  });

  test("waits for a person when nothing goes on, and names the blockers", () => {
    const blocked = world();
    for (const task of [1, 2, 3])
      blocked.take({ type: "task-blocked", task, terminal: task, reason: `cause ${task}`, source: "x", priority: null, evidence: [] });
    expect(blocked.state.status).toBe("settled");
    expect(outwardOf(blocked.state, "attached")).toMatchObject({
      state: "blocked",
      kind: "question",
      words: "3 blockers; nothing goes on without you; 0 of 3 done",
    });
  });

  test("is done, stopped, or not known where the engine is gone or silent", () => {
    const { state } = world();
    expect(outwardOf({ ...state, status: "done" }, "attached").state).toBe("done");
    expect(outwardOf({ ...state, status: "stopped" }, "attached").state).toBe("idle");
    expect(outwardOf(state, "engine-gone")).toMatchObject({ state: "error", words: "the engine is gone; 0 of 3 done" });
    expect(outwardOf(state, "silent")).toMatchObject({ state: "error", words: "the engine does not answer; 0 of 3 done" });
  });

  test("has a name that is one short line, whatever the plan is called", () => {
    expect(outwardOf({ ...world().state, title: `a\u001b]0;b\u0007${"x".repeat(100)}` }, "attached").name).toMatch(/^[\x20-\x7e]{1,40}$/u);
    expect(outwardOf({ ...world().state, title: "" }, "attached").name).toBe("marathon");
  });
});
