import { describe, expect, it } from "vitest";
import { plan } from "../support/plan-builder.ts";
import { World } from "./world.ts";

const twoTerminals = plan({ tasks: [1, 2, 3, 4, 5].map((number) => ({ number, terminal: number < 4 ? 1 : 2 })) });

describe("the start", () => {
  it("starts every terminal that has something to do, once the engine is there", () => {
    const world = new World(twoTerminals);
    expect(world.state.terminals[1]?.starts).toBe(0);
    world.engine();
    expect(world.decided("terminal-starting").map((event) => "terminal" in event && event.terminal)).toEqual([1, 2]);
    expect(world.taken().filter((effect) => effect.kind === "update-assignment" || effect.kind === "start-terminal")).toEqual([
      { kind: "update-assignment", terminal: 1 },
      { kind: "start-terminal", terminal: 1 },
      { kind: "update-assignment", terminal: 2 },
      { kind: "start-terminal", terminal: 2 },
    ]);
  });

  it("hands each terminal its first task when its agent is up", () => {
    const world = new World(twoTerminals).engine().up();
    expect(world.work()).toEqual([1, 4]);
    expect(world.taken().filter((effect) => effect.kind === "hand-over")).toEqual([
      { kind: "hand-over", terminal: 1, task: 1 },
      { kind: "hand-over", terminal: 2, task: 4 },
    ]);
  });

  it("waits for an agent with one program per task to be idle", () => {
    const world = new World(twoTerminals)
      .engine()
      .take({ type: "terminal-started", terminal: 1, pid: 0, pidStart: null, program: "shell" });
    expect(world.work()).toEqual([null, null]);
    world.take({ type: "terminal-state", terminal: 1, state: "idle", kind: null, source: "process", evidence: null, pid: null });
    expect(world.work()).toEqual([1, null]);
    world
      .take({ type: "terminal-state", terminal: 1, state: "busy", kind: null, source: "process", evidence: "npm test", pid: 55 })
      .done(1);
    expect(world.work()).toEqual([null, null]);
    world.take({ type: "terminal-state", terminal: 1, state: "idle", kind: null, source: "process", evidence: null, pid: null });
    expect(world.work()).toEqual([2, null]);
  });

  it("gives nothing to a terminal that asks, failed, exited or was retired", () => {
    const world = new World(
      plan({ tasks: [...[1, 2, 3, 4].map((number) => ({ number, terminal: number, dependsOn: [5] })), { number: 5, terminal: 5 }] }),
    )
      .engine()
      .up();
    world
      .take({ type: "terminal-state", terminal: 1, state: "asking", kind: "auth", source: "osc-7501", evidence: "log in" })
      .take({ type: "terminal-exited", terminal: 2, code: 1, signal: null })
      .take({ type: "terminal-retired", terminal: 3, reason: "enough" })
      .done(5);
    expect(world.work()).toEqual([null, null, null, 4, null]);
    world.take({ type: "terminal-state", terminal: 1, state: "busy", kind: null, source: "osc-7501", evidence: null });
    expect(world.work()).toEqual([1, null, null, 4, null]);
  });

  it("binds nothing and spreads everything in a plan without terminals", () => {
    const world = new World(plan({ tasks: [1, 2, 3].map((number) => ({ number })), settings: { terminals: 2 } })).engine().up();
    expect(world.work()).toEqual([1, 2]);
    world.done(1);
    expect(world.work()).toEqual([3, 2]);
  });
});

describe("the order of work", () => {
  it("is P0 to P3 and then the number, with what has no priority as P2", () => {
    const world = new World(
      plan({
        tasks: [
          { number: 1, terminal: 1, priority: "P3" },
          { number: 2, terminal: 1 },
          { number: 3, terminal: 1, priority: "P1" },
          { number: 4, terminal: 1, priority: "P2" },
          { number: 5, terminal: 1, priority: "P0" },
        ],
      }),
    )
      .engine()
      .up();
    const order: (number | null)[] = [];
    for (let task = world.work()[0]; task; task = world.work()[0]) {
      order.push(task);
      world.done(task);
    }
    expect(order).toEqual([5, 3, 2, 4, 1]);
    expect(world.state.status).toBe("done");
  });

  it("waits for dependencies, names them, and goes on when they are done or dropped", () => {
    const world = new World(
      plan({
        tasks: [
          { number: 1, terminal: 1 },
          { number: 2, terminal: 1 },
          { number: 3, terminal: 2, dependsOn: [1, 2] },
        ],
      }),
    )
      .engine()
      .up();
    expect(world.state.tasks[3]).toMatchObject({ state: "waiting", waitsFor: "waits for 1 and 2" });
    world.done(1);
    expect(world.state.tasks[3]?.waitsFor).toBe("waits for 2");
    world.take({ type: "task-dropped", task: 2, reason: "not needed" });
    expect(world.work()).toEqual([null, 3]);
  });

  it("says when a dependency is blocked", () => {
    const world = new World(
      plan({
        tasks: [
          { number: 1, terminal: 1 },
          { number: 2, terminal: 1, dependsOn: [1] },
        ],
      }),
    )
      .engine()
      .up()
      .blocked(1);
    expect(world.state.tasks[2]?.waitsFor).toBe("waits for 1 (1 is blocked)");
  });
});

describe("phases", () => {
  const phased = plan({
    tasks: [
      { number: 1, terminal: 1 },
      { number: 2, terminal: 2 },
      { number: 3, terminal: 2 },
      { number: 4, terminal: 1, phase: 2 },
      { number: 5, phase: 2 },
      { number: 6, phase: 2 },
    ],
  });

  it("hold a bound task until all earlier work is out of the way, and let free terminals take overflow before", () => {
    const world = new World(phased).engine().up();
    expect(world.work()).toEqual([1, 2]);
    expect(world.state.tasks[4]?.waitsFor).toBe("waits for phase 1 to be over");
    expect(world.state.tasks[5]?.waitsFor).toBe("waits for a terminal that is through with earlier phases");
    world.done(1);
    expect(world.work()).toEqual([5, 2]);
    world.done(2).done(3);
    expect(world.work()).toEqual([5, 6]);
    world.done(5);
    expect(world.work()).toEqual([4, 6]);
  });

  it("are not held by blocked work, nor by what waits for it", () => {
    const world = new World(
      plan({
        tasks: [
          { number: 1, terminal: 1 },
          { number: 2, terminal: 1, dependsOn: [1] },
          { number: 3, terminal: 2, phase: 2 },
        ],
      }),
    )
      .engine()
      .up();
    expect(world.state.tasks[3]?.state).toBe("waiting");
    world.blocked(1);
    expect(world.state.tasks[2]?.state).toBe("waiting");
    expect(world.work()).toEqual([null, 3]);
  });

  it("never wait for each other: what an earlier phase needs counts to it", () => {
    const world = new World(
      plan({
        tasks: [
          { number: 1, terminal: 1, dependsOn: [2] },
          { number: 2, terminal: 2, phase: 2 },
        ],
      }),
    )
      .engine()
      .up();
    expect(world.work()).toEqual([null, 2]);
    world.done(2).done(1);
    expect(world.state.status).toBe("done");
  });
});

describe("P0 first", () => {
  const urgent = plan({
    tasks: [
      { number: 1, terminal: 1, priority: "P1" },
      { number: 2, terminal: 2, priority: "P0", dependsOn: [3] },
      { number: 3, terminal: 3, priority: "P2" },
      { number: 4, terminal: 3 },
      { number: 5, terminal: 4, priority: "P0" },
    ],
  });

  it("holds lower priorities and names the holder, except what a P0 needs", () => {
    const world = new World(urgent).engine().up();
    expect(world.work()).toEqual([null, null, 3, 5]);
    expect(world.state.tasks[1]?.waitsFor).toBe("held: P0 task 2 is open (terminal 2)");
    expect(world.state.tasks[4]?.state).toBe("waiting");
    world.done(3).done(2);
    expect(world.state.tasks[1]?.waitsFor).toBe("held: P0 task 5 is open (terminal 4)");
    world.done(5);
    expect(world.work()).toEqual([1, null, 4, null]);
  });

  it("goes on holding while the P0 is blocked, says so, and settles", () => {
    const world = new World(urgent).engine().up().done(3).done(5).blocked(2, "no database");
    expect(world.state.tasks[1]?.waitsFor).toBe("held: P0 task 2 is blocked (terminal 2)");
    expect(world.state.status).toBe("settled");
    world.take({ type: "blocker-closed", blocker: "B1", as: "resolved", by: "person", note: null });
    expect(world.state.status).toBe("running");
    expect(world.work()).toEqual([null, 2, null, null]);
  });

  it("touches neither later phases nor what already runs", () => {
    const world = new World(
      plan({
        tasks: [
          { number: 1, terminal: 1 },
          { number: 2, terminal: 2, priority: "P0" },
        ],
      }),
    )
      .engine()
      .up(2)
      .done(2)
      .up(1);
    expect(world.work()).toEqual([1, null]);
    world.take({ type: "task-reopened", task: 2, reason: "it was not" });
    expect(world.work()).toEqual([1, 2]);
  });
});
