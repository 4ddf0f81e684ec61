import { describe, expect, it } from "vitest";
import { silences } from "../../src/engine/silence-watch.ts";
import { findBlocker, judgeWish } from "../../src/marathon/blocker-judge.ts";
import type { Blocker, Fact } from "../../src/marathon/types.ts";
import { plan } from "../support/plan-builder.ts";
import { World } from "./world.ts";

const MINUTE = 60_000;
const tasks = [
  { number: 1, terminal: 1 },
  { number: 2, terminal: 2 },
];

function silent(): World {
  const world = new World(plan({ tasks })).engine().up().wait(25);
  return world.take({ type: "silence-began", terminal: 1, task: 1, minutes: 25 });
}

function b1(world: World): Blocker {
  return findBlocker(world.state, "B1") as Blocker;
}

describe("an agent that shows nothing for too long", () => {
  it("is a blocker while its task still runs, and is none any more when its screen moves", () => {
    const world = silent();
    expect(b1(world)).toMatchObject({ state: "open", tasks: [1], terminal: 1 });
    expect(world.state.tasks[1]?.state).toBe("running");
    // Found again and again, it is one.
    world.wait(1).take({ type: "silence-began", terminal: 1, task: 1, minutes: 26 });
    expect(Object.keys(world.state.blockers)).toEqual(["B1"]);
    world.take({ type: "silence-ended", terminal: 1 });
    expect(b1(world).history.at(-1)).toMatchObject({ act: "resolved", note: "its screen moves again" });
  });

  it("is the same blocker when the task is then reported as blocked, with both signals", () => {
    const world = silent().blocked(1, "waits for a lock");
    expect(Object.keys(world.state.blockers)).toEqual(["B1"]);
    expect(b1(world).evidence.map((item) => item.line)).toEqual([
      expect.stringContaining("shown nothing for 25 minutes"),
      "waits for a lock",
    ]);
    expect(world.state.tasks[1]).toMatchObject({ state: "blocked", blocker: "B1" });
  });

  it("is over when its task is", () => {
    const world = silent().done(1);
    expect(b1(world)).toMatchObject({ state: "resolved" });
  });

  it("has nothing that could be moved or parked: a person looks at it first", () => {
    const world = silent();
    const actor = { by: "a person", note: null };
    expect(judgeWish(world.state, b1(world), { act: "reassign", to: 2 }, actor)).toMatchObject({
      refused: expect.stringContaining("only silent"),
    });
    expect(judgeWish(world.state, b1(world), { act: "fallback" }, actor)).toMatchObject({ refused: expect.stringContaining("look at it") });
    expect(judgeWish(world.state, b1(world), { act: "escalate" }, actor)).toHaveProperty("fact");
  });
});

describe("silence", () => {
  const host = (changedAt: number, silentMinutes?: number) =>
    new Map([[1, { agent: silentMinutes === undefined ? {} : { silentMinutes }, pid: 7, changedAt }]]);
  const at = (world: World, minutes: number): number => (world.state.terminals[1]?.sinceAt ?? 0) + minutes * MINUTE;

  it("is too long after the limit of the agent's kind, and never for a kind without one", () => {
    const world = new World(plan({ tasks })).engine().up();
    const found = (changed: number, now: number, limit?: number): readonly Fact[] =>
      silences(world.state, host(at(world, changed), limit), { now: at(world, now), awakeSince: 0 });
    expect(found(10, 29, 20)).toEqual([]);
    expect(found(10, 30, 20)).toEqual([{ type: "silence-began", terminal: 1, task: 1, minutes: 20 }]);
    expect(found(10, 3000)).toEqual([]);
  });

  it("of a machine that slept is nobody's", () => {
    const world = new World(plan({ tasks })).engine().up();
    expect(silences(world.state, host(at(world, 1), 20), { now: at(world, 600), awakeSince: at(world, 599) })).toEqual([]);
  });

  it("ends with the first sign of life", () => {
    const world = silent();
    expect(silences(world.state, host(at(world, 26), 20), { now: at(world, 27), awakeSince: 0 })).toEqual([
      { type: "silence-ended", terminal: 1 },
    ]);
  });
});
