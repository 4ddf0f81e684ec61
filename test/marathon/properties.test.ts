import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attention } from "../../src/marathon/attention.ts";
import { flatten, hierarchyTree } from "../../src/marathon/hierarchy.ts";
import { initialState } from "../../src/marathon/initial.ts";
import { invariants } from "../../src/marathon/invariants.ts";
import { statusJson } from "../../src/marathon/status.ts";
import { fold } from "../../src/marathon/step.ts";
import type { Event, State } from "../../src/marathon/types.ts";
import { plan as sketched } from "../support/plan-builder.ts";
import { facts, plans } from "./generators.ts";
import { World } from "./world.ts";

const RUNS = 150;

describe("whatever happens", () => {
  it("keeps the rules, folds to the same state, and survives JSON", () => {
    fc.assert(
      fc.property(plans(), fc.array(fc.tuple(facts(), fc.nat({ max: 20 })), { maxLength: 60 }), (plan, happenings) => {
        const world = new World(plan).engine().up();
        for (const [fact, minutes] of happenings) world.wait(minutes).take(fact);
        const folded = fold(null, world.events);
        expect(folded).toEqual(world.state);
        // Its sums too, of which those of a marathon that was done on the way were asked for in the midst of it.
        expect(invariants(folded)).toEqual([]);
        const half = Math.floor(world.events.length / 2);
        const snapshot = JSON.parse(JSON.stringify(fold(null, world.events.slice(0, half)))) as State;
        expect(fold(snapshot, world.events.slice(half))).toEqual(world.state);
        expect(JSON.parse(JSON.stringify(world.state))).toEqual(world.state);
        const shown = new Set(flatten(hierarchyTree(world.state, world.t)).map(({ id }) => id));
        expect(
          Object.values(world.state.agents).filter(({ id, terminal, ended }) => terminal !== null && !ended && !shown.has(id)),
        ).toEqual([]);
        expect(() =>
          JSON.stringify([statusJson(world.state, world.t, null, { journal: "j" }), attention(world.state, world.t)]),
        ).not.toThrow();
      }),
      { numRuns: RUNS },
    );
  });

  it("never changes a state that was given out", () => {
    fc.assert(
      fc.property(plans(), fc.array(facts(), { maxLength: 30 }), (plan, happenings) => {
        const world = new World(plan, { check: false }).engine().up();
        for (const fact of happenings) {
          const before = world.state;
          const copy = JSON.stringify(before);
          world.take(fact);
          expect(JSON.stringify(before)).toBe(copy);
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe("a perfect world", () => {
  it("ends with every task done exactly once, however the agents are made", () => {
    fc.assert(
      fc.property(plans(24), fc.boolean(), fc.infiniteStream(fc.nat({ max: 9 })), (plan, perTask, dice) => {
        const world = perfect(new World(plan, { agent: perTask ? "shell" : "command" }).engine(), perTask, dice, () => true);
        expect(world.state.status).toBe("done");
        const done = world.events.filter((event) => event.type === "task-done").map((event) => event.type === "task-done" && event.task);
        expect([...done].sort()).toEqual(plan.tasks.map(({ number }) => number).sort());
        expect(Object.values(world.state.tasks).every((task) => task.attempts === 1)).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });
});

describe("a world in which some tasks are blocked", () => {
  it("ends settled, with all that did not depend on a person done", () => {
    fc.assert(
      fc.property(
        plans(24),
        fc.boolean(),
        fc.infiniteStream(fc.nat({ max: 9 })),
        fc.array(fc.nat({ max: 23 }), { minLength: 1, maxLength: 3 }),
        (plan, perTask, dice, unlucky) => {
          const bad = new Set(unlucky.map((index) => plan.tasks[index % plan.tasks.length]?.number));
          const world = perfect(
            new World(plan, { agent: perTask ? "shell" : "command" }).engine(),
            perTask,
            dice,
            (task) => !bad.has(task),
          );
          expect(world.state.status).toBe("settled");
          // What is neither done nor blocked waits, and says for what.
          for (const task of Object.values(world.state.tasks)) {
            if (task.state !== "done" && task.state !== "blocked") expect(task.waitsFor).toMatch(/blocked|waits for \d|held: P0|phase/);
          }
          const freed = perfect(resolved(world), perTask, dice, () => true);
          expect(freed.state.status).toBe("done");
          const done = freed.events.find((event) => event.type === "task-done");
          if (done?.type === "task-done") freed.take({ type: "task-reopened", task: done.task, reason: "not good enough" });
          expect(invariants(fold(null, freed.events))).toEqual([]);
        },
      ),
      { numRuns: RUNS },
    );
  });
});

/** Agents come up, take what they are given, and end it, in an order thrown with dice, until nothing runs any more. */
function perfect(world: World, perTask: boolean, dice: Iterator<number>, succeeds: (task: number) => boolean): World {
  for (let round = 0; round < 500; round += 1) {
    const able = Object.values(world.state.terminals).filter((terminal) => terminal.state === "starting" || terminal.task !== null);
    const chosen = able[(dice.next().value as number) % Math.max(1, able.length)];
    if (!chosen) return world;
    const { number: terminal, task } = chosen;
    world.wait(1);
    if (task === null)
      world.take({ type: "terminal-started", terminal, pid: perTask ? 0 : 1000 + terminal, pidStart: null, program: "agent" });
    if (task !== null && perTask) shows(world, terminal, "busy", 9);
    if (task !== null && succeeds(task)) world.done(task);
    if (task !== null && !succeeds(task)) world.blocked(task);
    if (perTask) shows(world, terminal, task === null || succeeds(task) ? "idle" : "blocked", null);
  }
  throw new Error("the world goes on for ever");
}

/** What the host of an agent with one program per task says of it. */
function shows(world: World, terminal: number, state: "busy" | "idle" | "blocked", pid: number | null): void {
  const source = state === "blocked" ? "task" : "process";
  world.take({ type: "terminal-state", terminal, state, kind: null, source, evidence: "its program", pid, pidStart: pid });
}

function resolved(world: World): World {
  for (const blocker of Object.keys(world.state.blockers))
    world.take({ type: "blocker-closed", blocker, as: "resolved", by: "person", note: null });
  return world;
}

describe("a long journal", () => {
  it("folds to the same as its steps on a plan of thousands of tasks", () => {
    const tasks = Array.from({ length: 3000 }, (_, index) => ({
      number: index + 1,
      terminal: (index % 10) + 1,
      phase: index < 1500 ? 1 : 2,
    }));
    const world = new World(sketched({ tasks }), { check: false });
    const events: Event[] = [...world.events];
    let seq = 1;
    const add = (fact: object): void => void events.push({ ...fact, seq: (seq += 1), at: seq, t: seq } as Event);
    add({ type: "engine-started", pid: 1, version: "0", resumed: false });
    for (let terminal = 1; terminal <= 10; terminal += 1) {
      add({ type: "terminal-starting", terminal, reason: "start" });
      add({ type: "terminal-started", terminal, pid: terminal, pidStart: 1, program: "p" });
    }
    for (const { number, terminal } of tasks) {
      add({ type: "task-assigned", task: number, terminal, why: "next" });
      add({ type: "task-done", task: number, terminal, source: "exit code 0" });
    }
    const state = fold(null, events);
    expect(Object.values(state.tasks).every((task) => task.state === "done" && task.attempts === 1)).toBe(true);
    expect(invariants(state)).toEqual([]);
    expect(initialState(events[0] as Event).tasks[1]?.state).toBe("ready");
  });
});
