import { describe, expect, it } from "vitest";
import { blockerDetailJson, blockersJson } from "../../src/marathon/blocker-json.ts";
import { findBlocker, judgeWish, type BlockerWish } from "../../src/marathon/blocker-judge.ts";
import { blockerPage } from "../../src/marathon/blocker-page.ts";
import { viewOf } from "../../src/marathon/blockers.ts";
import { protocolSteps } from "../../src/marathon/protocol-steps.ts";
import type { Blocker, Fact } from "../../src/marathon/types.ts";
import { CHAIN, NO_HIERARCHY, plan } from "../support/plan-builder.ts";
import { World } from "./world.ts";

const MINUTE = 60_000;

/** Four terminals: 1 and 2 test, 3 is the database's, 4 belongs to nobody in particular. */
function night(more: Parameters<typeof plan>[0] | null = null, agent = "command"): World {
  const sketch = more ?? {
    hierarchy: CHAIN,
    roles: { 1: "QA_TESTER", 2: "QA_TESTER", 3: "DBA", 4: "WRITER" },
    streams: [
      { id: "A", name: "tests of the code", terminals: [1, 2] },
      { id: "B", name: "database", terminals: [3] },
      { id: "C", name: "words", terminals: [4] },
    ],
    tasks: [
      { number: 1, terminal: 1, stream: "A", title: "unit tests", target: "test/a.ts", minutes: 60, fallback: "task 7" },
      { number: 2, terminal: 1, stream: "A", title: "more tests", minutes: 30 },
      { number: 3, terminal: 2, stream: "A", title: "page tests", target: "test/b.ts", minutes: 30 },
      { number: 4, terminal: 3, stream: "B", title: "schema", minutes: 30 },
      { number: 5, terminal: 4, stream: "C", title: "manual", minutes: 30 },
      { number: 6, terminal: 3, stream: "B", title: "needs the tests", dependsOn: [1], minutes: 120 },
      { number: 7, terminal: null, stream: "C", title: "for anyone", minutes: 20, dependsOn: [6] },
    ],
  };
  return new World(plan(sketch), { agent }).engine().up();
}

function wish(world: World, id: string, wanted: BlockerWish, note: string | null = null): string | null {
  const blocker = findBlocker(world.state, id) as Blocker;
  const judged = judgeWish(world.state, blocker, wanted, { by: "a person", note });
  if ("refused" in judged) return judged.refused;
  world.take(judged.fact);
  return null;
}

function blocker(world: World, id = "B1"): Blocker {
  return findBlocker(world.state, id) as Blocker;
}

function told(world: World): string[] {
  return world.events.flatMap((event) => (event.type === "message-queued" ? [`T${event.terminal} ${event.purpose}: ${event.text}`] : []));
}

describe("escalating", () => {
  it("goes up level by level to the person, tells whoever has it, and is refused above", () => {
    const world = night().blocked(1, "no disk");
    expect(blocker(world).holder).toEqual({ level: "specialist", role: "QA_TESTER", terminal: 1 });
    const levels: string[] = [];
    for (let step = 0; step < 4; step += 1) {
      expect(wish(world.wait(5), "B1", { act: "escalate" })).toBeNull();
      levels.push(blocker(world).holder.role ?? blocker(world).holder.level);
    }
    expect(levels).toEqual(["COORD_QUALITY", "ARCHITECT", "ORCHESTRATOR", "human"]);
    expect(wish(world, "B1", { act: "escalate" })).toMatch(/with a person already/u);
    expect(blocker(world).history.map((act) => act.act)).toEqual(["raised", ...Array.from({ length: 4 }, () => "escalated")]);
    expect(world.taken().filter((effect) => effect.kind === "announce" && effect.notify)).toHaveLength(1);
  });

  it("skips the levels that a flat hierarchy does not have", () => {
    const flat = night({ hierarchy: NO_HIERARCHY, tasks: [{ number: 1, terminal: 1 }] }).blocked(1);
    wish(flat, "B1", { act: "escalate" });
    expect(blocker(flat).holder.level).toBe("human");
  });

  it("reaches the agent who has the role, when a terminal has one", () => {
    const tasks = [
      { number: 1, terminal: 1 },
      { number: 2, terminal: 2 },
    ];
    const world = night({ hierarchy: CHAIN, roles: { 1: "DBA", 2: "COORD_PLATFORM" }, tasks }).blocked(1);
    wish(world, "B1", { act: "escalate" }, "asked twice");
    expect(blocker(world).holder).toEqual({ level: "coordinator", role: "COORD_PLATFORM", terminal: 2 });
    expect(told(world)[0]).toMatch(/^T2 escalation: Blocker B1 .*it does not build.*asked twice/u);
    expect(blockersJson(world.state, world.t, false).blockers[0]).toMatchObject({ delivered: false });
  });

  it("gives each holder the whole time, and a timer of an earlier holder means nothing", () => {
    const world = night().blocked(1).wait(20);
    wish(world, "B1", { act: "escalate" });
    expect(viewOf(world.state, world.t, blocker(world)).toEscalationMs).toBe(30 * MINUTE);
    world.taken();
    world.wait(10).take({ type: "timer-fired", timer: "blocker-30m:B1" });
    expect(world.taken()).toEqual([]);
    world.wait(20).take({ type: "timer-fired", timer: "blocker-30m:B1" });
    expect(world.taken()).toEqual([{ kind: "announce", severity: "error", text: expect.stringContaining("COORD_QUALITY for 30 minutes") }]);
  });

  it("happens by itself when the plan says so, once per level", () => {
    const tasks = [
      { number: 1, terminal: 1 },
      { number: 2, terminal: 2 },
    ];
    const settings = { escalation: { afterMinutes: 20, auto: true } };
    const world = night({ hierarchy: CHAIN, roles: { 1: "DBA" }, settings, tasks }).blocked(1);
    const fire = (minutes: number): World => world.wait(minutes).take({ type: "timer-fired", timer: "blocker-30m:B1" });
    fire(19);
    expect(blocker(world).holder.level).toBe("specialist");
    fire(1);
    fire(0);
    expect(blocker(world).holder).toMatchObject({ level: "coordinator", role: "COORD_PLATFORM" });
    for (let more = 0; more < 5; more += 1) fire(20);
    expect(blocker(world).history.filter((act) => act.act === "escalated")).toHaveLength(4);
    expect(blocker(world).history.every((act) => act.act === "raised" || act.by === "the clock")).toBe(true);
  });
});

describe("reassigning", () => {
  it("ranks the others with reasons in words: a sibling under the same coordinator before all", () => {
    const world = night().done(3).blocked(1, "no disk");
    const { candidates } = (
      blockerDetailJson(world.state, world.t, blocker(world)) as { blocker: { candidates: { terminal: number; reasons: string[] }[] } }
    ).blocker;
    expect(candidates.map(({ terminal }) => terminal)).toEqual([2, 4, 3]);
    expect(candidates[0]?.reasons.join("; ")).toMatch(/sibling under COORD_QUALITY, and idle.*routing table.*same stream A.*test\//u);
  });

  it("moves the task in one event: it starts there as soon as that terminal is free, and before its other work", () => {
    const world = night().blocked(1, "no disk").wait(10);
    expect(wish(world, "B1", { act: "reassign", to: 3 }, "try there")).toBeNull();
    expect(world.state.tasks[1]).toMatchObject({ state: "ready", terminal: 3, movedFrom: 1, blockedMs: 10 * MINUTE });
    expect(blocker(world)).toMatchObject({ state: "resolved", terminal: 3 });
    expect(blocker(world).history.map(({ act }) => act)).toEqual(["raised", "reassigned", "resolved"]);
    world.done(4);
    expect(world.state.terminals[3]?.task).toBe(1);
    expect(world.taken()).toContainEqual({ kind: "write", document: "handoff", blocker: "B1", task: 1 });
    const words = told(world);
    expect(words[0]).toMatch(/^T1 reassignment: Stop working on 1: it goes to terminal 3 \(try there\).*TASK_001_HANDOFF\.md/u);
    expect(words[1]).toMatch(/^T3 reassignment: You take over 1 from terminal 1: no disk/u);
  });

  it.each([
    ["the same terminal", 1, /is in terminal 1 already/u],
    ["a terminal that is not there", 9, /there is no terminal 9: this marathon has 1, 2, 3 and 4/u],
    ["a dead terminal", 2, /terminal 2 is dead \(ended with exit code 1\): restart it first/u],
    ["a retired terminal", 4, /terminal 4 takes no more work: restart it first/u],
  ])("is refused for %s, with what to do", (_what, to, words) => {
    const world = night().blocked(1);
    world.take({ type: "terminal-exited", terminal: 2, code: 1, signal: null });
    world.take({ type: "terminal-retired", terminal: 4, reason: "stopped" });
    expect(wish(world, "B1", { act: "reassign", to })).toMatch(words);
    expect(world.state.tasks[1]).toMatchObject({ state: "blocked", terminal: 1 });
  });

  it("is refused for a terminal in which three moved tasks wait already", () => {
    const tasks = Array.from({ length: 5 }, (_, index) => ({ number: index + 1, terminal: index + 1 }));
    const world = night({ tasks });
    for (const task of [1, 2, 3, 4]) world.blocked(task, `reason ${task}`);
    for (const id of ["B1", "B2", "B3"]) expect(wish(world, id, { act: "reassign", to: 5 })).toBeNull();
    expect(wish(world, "B4", { act: "reassign", to: 5 })).toMatch(
      /terminal 5 is full: 1, 2 and 3 were moved there.*terminal 1 could take it/u,
    );
  });

  it("that ends blocked again raises a new blocker that knows the first", () => {
    const world = night().done(3).blocked(1, "no disk");
    wish(world, "B1", { act: "reassign", to: 2 });
    world.blocked(1, "no disk here either");
    expect(blocker(world, "B2")).toMatchObject({ state: "open", follows: "B1", terminal: 2 });
  });
});

describe("falling back", () => {
  it("parks the work and pulls forward what the plan names, and resuming brings it back where it was", () => {
    const tasks = [
      { number: 1, terminal: 1, fallback: "task 4", minutes: 60 },
      { number: 2, terminal: 1, minutes: 10 },
      { number: 3, terminal: 2, minutes: 30 },
      { number: 4, terminal: 2, minutes: 45 },
    ];
    const world = night({ tasks }).blocked(1, "no disk");
    const { fallbacks } = (blockerDetailJson(world.state, world.t, blocker(world)) as { blocker: { fallbacks: { bringsBack: number }[] } })
      .blocker;
    expect(fallbacks[0]?.bringsBack).toBe(0.75);
    expect(wish(world, "B1", { act: "fallback" })).toBeNull();
    expect(world.state.tasks[4]).toMatchObject({ state: "ready", terminal: 1, movedFrom: 2 });
    expect(told(world)[0]).toBe(
      "T1 reassignment: Task 1 is parked as it is (blocker B1). Go on with 4: your assignment file names it next.",
    );
    world.done(2);
    expect(world.work()).toEqual([4, 3]);
    expect(wish(world, "B1", { act: "resume" })).toBeNull();
    expect(world.state.tasks[1]).toMatchObject({ state: "ready", terminal: 1 });
    world.done(4);
    expect(world.work()).toEqual([1, 3]);
  });

  it("takes the planned fallback first, then the standing ideas, and says how many hours come back", () => {
    const world = night().blocked(1, "no disk");
    const { fallbacks, hoursAtRisk } = (
      blockerDetailJson(world.state, world.t, blocker(world)) as {
        blocker: { hoursAtRisk: number; fallbacks: { from: string; text: string; bringsBack: number }[] };
      }
    ).blocker;
    expect(hoursAtRisk).toBe(3.33);
    expect(fallbacks[0]).toMatchObject({ from: "task", text: "task 7" });
    expect(fallbacks.slice(1).map(({ from }) => from)).toEqual(Array.from({ length: 5 }, () => "standing"));
    expect(fallbacks[1]?.bringsBack).toBe(1);
  });

  it("is refused when the words at the chosen place are others than the person saw", () => {
    const world = night().blocked(1);
    expect(wish(world, "B1", { act: "fallback", choice: 1, words: "review the open pull requests" })).toMatch(
      /has changed meanwhile: nothing was done; press f again/u,
    );
    expect(blocker(world).state).toBe("open");
    expect(wish(world, "B1", { act: "fallback", choice: 2, words: "review the open pull requests" })).toBeNull();
  });

  it("parks with the time booked as standstill, and the terminal goes on with the words it was given", () => {
    const world = night().blocked(1, "no disk").wait(7);
    expect(wish(world, "B1", { act: "fallback", choice: 1 })).toBeNull();
    expect(world.state.tasks[1]).toMatchObject({ state: "parked", terminal: 1, blocker: "B1" });
    expect(world.state.terminals[1]?.fallback).toMatchObject({
      blocker: "B1",
      state: "told",
      text: expect.stringContaining("documentation"),
    });
    expect(told(world)[0]).toMatch(/^T1 reassignment: Task 1 is parked as it is \(blocker B1\)\. Do this instead: .*documentation/u);
    expect(wish(world, "B1", { act: "fallback" })).toMatch(/parked already/u);
    expect(wish(world, "B1", { act: "escalate" })).toMatch(/parked: its alarm is off/u);
    world.wait(3);
    expect(wish(world, "B1", { act: "resume" })).toBeNull();
    expect(world.state.tasks[1]).toMatchObject({ state: "ready", terminal: 1, blockedMs: 10 * MINUTE, blocker: null });
    expect(world.state.terminals[1]?.fallback).toBeNull();
    // It is the next thing that its terminal does.
    world.done(2);
    expect(world.state.terminals[1]?.task).toBe(1);
  });

  it("runs the fallback of a shell task as a command, before the terminal's other work", () => {
    const tasks = [
      { number: 1, terminal: 1, run: "make", fallback: "make docs" },
      { number: 2, terminal: 1, run: "true" },
    ];
    const world = new World(plan({ tasks }), { agent: "shell" }).engine();
    const shell = (state: "idle" | "busy", pid: number | null): Fact => ({
      type: "terminal-state",
      terminal: 1,
      state,
      kind: null,
      source: "process",
      evidence: null,
      pid,
      pidStart: null,
    });
    world.take({ type: "terminal-started", terminal: 1, pid: 0, pidStart: null, program: "shell" }, shell("idle", null), shell("busy", 5));
    world.blocked(1, "exit code 2");
    expect(wish(world, "B1", { act: "fallback" })).toBeNull();
    expect(world.state.terminals[1]?.fallback?.state).toBe("due");
    world.taken();
    world.take(shell("idle", null));
    expect(world.taken()).toContainEqual({ kind: "run-fallback", terminal: 1 });
    expect(world.state.terminals[1]).toMatchObject({ task: null, fallback: { state: "running", run: "make docs" } });
    expect(world.state.status).toBe("running");
    world.take({ type: "fallback-ended", terminal: 1, code: 0, signal: null });
    expect(world.state.terminals[1]).toMatchObject({ task: 2, fallback: null });
    expect(blocker(world).history.at(-1)).toMatchObject({ act: "noted", note: expect.stringContaining("exit code 0: make docs") });
  });

  it.each([
    ["a task that is done", 3, /task 3 is done already/u],
    ["a task that somebody works on", 4, /terminal 3 works on task 4 already/u],
    ["a task that waits", 6, /task 6 cannot be begun now: it waits for 1/u],
    ["a task that the plan does not have", 99, /task 99 is not in the plan/u],
  ])("to %s is refused", (_what, task, words) => {
    const world = night().done(3).blocked(1);
    expect(wish(world, "B1", { act: "fallback", task })).toMatch(words);
  });
});

describe("ending", () => {
  it("resolving stops the clocks, books the standstill apart from the work, frees what waited and tells the agent", () => {
    const world = night().wait(10).blocked(1, "no disk").wait(40);
    expect(wish(world, "B1", { act: "resolve" }, "made room")).toBeNull();
    world.wait(100);
    expect(viewOf(world.state, world.t, blocker(world)).ageMs).toBe(40 * MINUTE);
    expect(world.state.tasks[1]).toMatchObject({ workedMs: 10 * MINUTE, blockedMs: 40 * MINUTE });
    expect(blocker(world)).toMatchObject({ state: "resolved", step: "record-learnings" });
    expect(told(world)[0]).toMatch(/^T1 resolution: Blocker B1 is resolved: no disk \(made room\)\. Task 1 can be worked on again/u);
    expect(wish(world, "B1", { act: "known" })).toMatch(/resolved already/u);
  });

  it("worked and blocked time together are the time that passed since it was first begun", () => {
    const world = night().wait(10).blocked(1).wait(5);
    wish(world, "B1", { act: "fallback", choice: 2 });
    world.wait(5).done(2);
    wish(world, "B1", { act: "resume" });
    world.wait(15).done(1);
    const task = world.state.tasks[1];
    expect(task).toMatchObject({ workedMs: 25 * MINUTE, blockedMs: 10 * MINUTE, endedAt: 35 * MINUTE });
    expect((task?.workedMs ?? 0) + (task?.blockedMs ?? 0)).toBe((task?.endedAt ?? 0) - (task?.startedAt ?? 0));
  });

  it("known closes the alarm and not the item: it is refused twice, and its clock is not escalated", () => {
    const world = night().blocked(1);
    expect(wish(world, "B1", { act: "known" }, "upstream")).toBeNull();
    expect(world.state.tasks[1]?.state).toBe("blocked");
    expect(wish(world, "B1", { act: "known" })).toMatch(/known already/u);
    expect(wish(world, "B1", { act: "escalate" })).toMatch(/marked as known/u);
    expect(blockersJson(world.state, world.t, false).blockers).toHaveLength(0);
    expect(blockersJson(world.state, world.t, true).blockers[0]).toMatchObject({ state: "known" });
  });
});

describe("taking an act back", () => {
  it("gives the blocker back to whom it was with", () => {
    const world = night().blocked(1);
    wish(world, "B1", { act: "escalate" });
    expect(wish(world, "last", { act: "undo" })).toBeNull();
    expect(blocker(world).holder.level).toBe("specialist");
    expect(blocker(world).history.at(-1)).toMatchObject({ act: "undone", from: "escalated" });
    expect(wish(world, "B1", { act: "undo" })).toMatch(/nothing was done about B1/u);
  });

  it("puts moved work back, blocked where it was, while nothing has come of it", () => {
    const world = night().blocked(1);
    wish(world, "B1", { act: "reassign", to: 3 });
    expect(wish(world, "B1", { act: "undo" })).toBeNull();
    expect(world.state.tasks[1]).toMatchObject({ state: "blocked", terminal: 1, blocker: "B1", movedFrom: null });
    expect(blocker(world)).toMatchObject({ state: "open", terminal: 1, closedAt: null });
  });

  it("takes back the step of the protocol that it was, too, and says in words what was taken back", () => {
    const world = night().blocked(1);
    const steps = (): string[] => protocolSteps(blocker(world)).flatMap(({ step, done }) => (done ? [step] : []));
    wish(world, "B1", { act: "fallback", choice: 1 });
    expect(steps()).toEqual(["identify", "pivot"]);
    wish(world, "B1", { act: "undo" });
    expect(steps()).toEqual(["identify"]);
    expect(told(world).at(-1)).toBe("T1 reassignment: The parking of blocker B1 was taken back: task 1 is blocked again.");
    const page = blockerPage(world.state, world.state.t, viewOf(world.state, world.state.t, blocker(world)), () => "12:00:00");
    const happened = page.find(({ title }) => title === "What happened")?.lines ?? [];
    expect(happened.slice(-2)).toEqual([
      "12:00:00 parked; instead: write or improve the documentation, by a person",
      "12:00:00 the parking taken back, by a person",
    ]);
  });

  it("is refused once the work is done", () => {
    const world = night().done(3).blocked(1);
    wish(world, "B1", { act: "reassign", to: 2 });
    world.done(1);
    expect(wish(world, "B1", { act: "undo" })).toMatch(/too late to take it back: task 1 is done since/u);
  });

  it("of a resolution blocks the work again; of a parking takes it out again", () => {
    const world = night().blocked(1).wait(5);
    wish(world, "B1", { act: "resolve" });
    expect(world.state.tasks[1]?.state).toBe("ready");
    expect(wish(world, "last", { act: "undo" })).toBeNull();
    expect(world.state.tasks[1]).toMatchObject({ state: "blocked", blocker: "B1" });
    wish(world, "B1", { act: "fallback", choice: 3 });
    expect(wish(world, "B1", { act: "undo" })).toBeNull();
    expect(world.state.tasks[1]?.state).toBe("blocked");
    expect(world.state.terminals[1]?.fallback).toBeNull();
    expect(blocker(world)).toMatchObject({ state: "open", fallback: null });
  });
});
