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
      silences(world.state, host(at(world, changed), limit), { now: at(world, now), t: 0, awakeSince: 0 });
    expect(found(10, 29, 20)).toEqual([]);
    expect(found(10, 30, 20)).toEqual([{ type: "silence-began", terminal: 1, task: 1, minutes: 20 }]);
    expect(found(10, 3000)).toEqual([]);
  });

  it("of a machine that slept is nobody's", () => {
    const world = new World(plan({ tasks })).engine().up();
    expect(silences(world.state, host(at(world, 1), 20), { now: at(world, 600), t: 0, awakeSince: at(world, 599) })).toEqual([]);
  });

  it("that a person has looked at and resolved is told again only after as long a silence", () => {
    const world = silent();
    const watch = (now: number): readonly Fact[] =>
      silences(world.state, host(at(world, 0), 20), { now: at(world, now), t: 0, awakeSince: 0 });
    world.take({ type: "blocker-closed", blocker: "B1", as: "resolved", by: "a person", note: "it compiles" });
    expect(watch(44)).toEqual([]);
    expect(watch(45)).toEqual([{ type: "silence-began", terminal: 1, task: 1, minutes: 20 }]);
  });

  it("ends with the first sign of life", () => {
    const world = silent();
    expect(silences(world.state, host(at(world, 26), 20), { now: at(world, 27), t: 0, awakeSince: 0 })).toEqual([
      { type: "silence-ended", terminal: 1 },
    ]);
  });
});

describe("an agent that waits for a person", () => {
  const hosts = new Map([[1, { agent: {}, pid: 7, changedAt: 0 }]]);
  const asks = (kind: "asking" | "error" = "asking"): World =>
    new World(plan({ tasks }))
      .engine()
      .up()
      .take({ type: "terminal-state", terminal: 1, state: kind, kind: null, source: "osc-7501", evidence: "Which database?" });
  const watch = (world: World): readonly Fact[] => silences(world.state, hosts, { now: 0, t: world.t, awakeSince: 0 });
  const watched = (world: World): World => watch(world).reduce((here, fact) => here.take(fact), world);

  it.each([
    ["asking", "unanswered: Which database?"],
    ["error", "an error that nobody looks at: Which database?"],
  ] as const)("and is not helped (%s) becomes a blocker once a holder's time is over, with a clock and a chain", (kind, title) => {
    const world = asks(kind).wait(29);
    expect(watch(world)).toEqual([]);
    watched(world.wait(1));
    expect(b1(world)).toMatchObject({ state: "open", title, tasks: [1], terminal: 1, holder: { level: "specialist", terminal: 1 } });
    expect(world.state.tasks[1]?.state).toBe("running");
    // Found at every beat, it is one.
    expect(watch(world.wait(5))).toEqual([]);
  });

  it("and is answered is none any more", () => {
    const world = watched(asks().wait(30));
    world.take({ type: "terminal-state", terminal: 1, state: "busy", kind: null, source: "osc-7501", evidence: "goes on" });
    watched(world);
    expect(b1(world)).toMatchObject({ state: "resolved" });
    expect(b1(world).history.at(-1)).toMatchObject({ note: "its agent waits no longer" });
  });

  it("has nothing that could be moved or parked: the refusal says to answer it", () => {
    const world = watched(asks().wait(30));
    expect(judgeWish(world.state, b1(world), { act: "fallback" }, { by: "a person", note: null })).toEqual({
      refused: "task 1 only waits for a person in terminal 1: answer it (a) or look at it; if it cannot go on, block the task (B) first",
    });
  });

  it("and is left alone on purpose is told again only after half an hour more", () => {
    const world = watched(asks().wait(30));
    world.take({ type: "blocker-closed", blocker: "B1", as: "resolved", by: "a person", note: "until tomorrow" });
    expect(watch(world.wait(29))).toEqual([]);
    expect(watch(world.wait(1))).toHaveLength(1);
  });
});
