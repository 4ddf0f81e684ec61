import { expect, test } from "vitest";
import { initialState } from "../../../src/marathon/initial.ts";
import { fold } from "../../../src/marathon/step.ts";
import { budgetOf } from "../../../src/marathon/time/budgets.ts";
import { agentUse } from "../../../src/marathon/time/tiers.ts";
import { nextCheckIn } from "../../../src/marathon/time/check-in.ts";
import { plan } from "../../support/plan-builder.ts";
import { World } from "../world.ts";

const MINUTE = 60_000;
const four = (every?: number) =>
  plan({
    tasks: [1, 2, 3, 4].map((number) => ({ number, terminal: 1 + (number % 2), minutes: 30 })),
    settings: every === undefined ? {} : { "check-in": every },
  });
const due = { type: "timer-fired", timer: "check-in" } as const;

test("a line each hour, with progress, pace, blockers and terminals, and a timer for the next", () => {
  const world = new World(four()).engine().up();
  expect(world.taken()).toContainEqual({ kind: "set-timer", timer: "check-in", t: 60 * MINUTE });
  world.wait(50).done(2).blocked(1, "no database").wait(10).take(due);
  expect(world.state.checkIns?.map(({ line }) => line)).toEqual([
    "1:00 of 1:00; 1/4 done; 35m behind; 1 blocker (B1; the oldest 10m); no forecast; 2/2 terminals in use, 0s idle so far",
  ]);
  expect(world.taken()).toContainEqual({ kind: "set-timer", timer: "check-in", t: 120 * MINUTE });
  expect(world.state.log.at(-1)?.text).toContain("check-in: 1:00 of 1:00");
});

test("the plan says how often; they keep to the marathon's hours after an interruption, and end with it", () => {
  const world = new World(four(15)).engine().up().wait(40);
  expect(nextCheckIn({ ...world.state, t: world.t })).toBe(45 * MINUTE);
  for (const task of [1, 2, 3, 4]) world.done(task);
  expect(nextCheckIn(world.state)).toBeNull();
  world.take(due);
  expect(world.state.checkIns).toBeUndefined();
});

test("they pause while nothing can go on, and come again with the next hour once something does", () => {
  const world = new World(four()).engine().up().wait(10).done(2).done(4).blocked(1).blocked(3);
  expect(world.state.status).toBe("settled");
  expect(nextCheckIn(world.state)).toBeNull();
  world.wait(110).take(due);
  expect(world.state.checkIns).toBeUndefined();
  world.taken();
  world.take({ type: "blocker-closed", blocker: "B1", as: "resolved", by: "person", note: null });
  expect(world.state.status).toBe("running");
  expect(world.taken()).toContainEqual({ kind: "set-timer", timer: "check-in", t: 180 * MINUTE });
});

test("what is over its budget is told once, not every hour again", () => {
  const small = plan({
    tasks: [{ number: 1, terminal: 1, minutes: 600 }],
    rest: { budgets: { models: {}, modelTotal: { opus: 0, sonnet: 0, haiku: 0, total: 0 }, streams: {}, streamTotal: null } },
  });
  const world = new World(small).engine().up();
  world.take({ type: "agent-reported", terminal: 1, agent: "QA_TESTER", state: "busy", title: null, message: null });
  for (let hour = 0; hour < 3; hour += 1) world.wait(60).take(due);
  expect(world.state.checkIns).toHaveLength(3);
  expect(world.state.notices.filter(({ text }) => text.includes("1 agent spawned, the plan has 0; by terminal 1"))).toHaveLength(1);
});

test("replay makes none of its own: the journal has them", () => {
  const world = new World(four()).engine().up().wait(60).take(due);
  const again = fold(initialState(world.events[0] as never), world.events.slice(1));
  expect(again.checkIns).toEqual(world.state.checkIns);
  expect(world.decided("checked-in")).toHaveLength(1);
});

test("agents count by model tier, as they report it or as the plan says of their role, in all and by session", () => {
  const budget = (opus: number, sonnet: number, haiku: number) => ({ opus, sonnet, haiku, total: opus + sonnet + haiku });
  const tiers = plan({
    tasks: [
      { number: 1, terminal: 1, session: "024" },
      { number: 2, terminal: 2, session: "025" },
    ],
    settings: { models: { DBA: "haiku" } },
    rest: {
      budgets: { models: { "024": budget(1, 1, 0), "025": budget(0, 1, 1) }, modelTotal: budget(1, 2, 1), streams: {}, streamTotal: null },
    },
  });
  const world = new World(tiers).engine().up();
  const spawn = (terminal: number, agent: string, model?: string) =>
    world.take({ type: "agent-reported", terminal, agent, state: "busy", title: null, message: null, ...(model ? { model } : {}) });
  spawn(1, "ARCHITECT", "claude-opus-4-1");
  spawn(2, "DBA");
  spawn(2, "QA_TESTER_1", "claude-sonnet-4-5");
  spawn(2, "SCHEDULER");
  expect(agentUse(world.state)).toEqual({
    tiers: [
      { tier: "opus", used: 1, planned: 1 },
      { tier: "sonnet", used: 1, planned: 2 },
      { tier: "haiku", used: 1, planned: 1 },
    ],
    untold: 1,
    warnings: [],
  });
  // One of them goes; it has been used all the same. Its session has none left for the next.
  world.take({ type: "agent-reported", terminal: 2, agent: "QA_TESTER_1", state: "gone", title: null, message: null });
  spawn(2, "QA_TESTER_2", "claude-sonnet-4-5");
  expect(agentUse(world.state)?.warnings).toEqual(["2 sonnet agents, session 025 has 1: QA_TESTER of terminal 2"]);
  expect(budgetOf(world.state, world.t).warnings).toContain("2 sonnet agents, session 025 has 1: QA_TESTER of terminal 2");
});

test("agents over the plan's number and terminals that idle beside open work are told with who", () => {
  const small = plan({
    tasks: [
      { number: 1, terminal: 1, minutes: 10 },
      { number: 2, terminal: 2, minutes: 10, dependsOn: [1] },
    ],
    rest: { budgets: { models: {}, modelTotal: { opus: 0, sonnet: 1, haiku: 0, total: 1 }, streams: {}, streamTotal: null } },
  });
  const world = new World(small).engine().up().wait(5).blocked(1).wait(100);
  for (const agent of ["QA_TESTER_1", "QA_TESTER_2"])
    world.take({ type: "agent-reported", terminal: 2, agent, state: "busy", title: null, message: null });
  const { warnings, agents, inUse, idleMs } = budgetOf(world.state, world.t);
  expect({ agents, inUse, idle: idleMs / MINUTE }).toEqual({ agents: 1, inUse: 0, idle: 205 });
  expect(warnings[0]).toContain("2 agents spawned, the plan has 1; by terminal 2");
  expect(warnings[1]).toContain("terminals 1 and 2 have open tasks and none in hand");
});

test("more sessions side by side, and more agents in one of them, than go well are told, not stopped", () => {
  const tasks = [1, 2, 3, 4].map((number) => ({ number, session: `02${number}`, terminal: number, minutes: 60 }));
  const world = new World(plan({ tasks })).engine().up();
  expect(budgetOf(world.state, world.t).warnings).toEqual([
    "4 sessions are under way (021, 022, 023 and 024): two or three at once are as many as were found to go well",
  ]);
  world.done(4);
  expect(budgetOf(world.state, world.t).warnings).toEqual([]);
  for (let agent = 1; agent <= 6; agent += 1)
    world.take({ type: "agent-reported", terminal: 1, agent: `QA_TESTER_${agent}`, state: "busy", title: null, message: null });
  expect(budgetOf(world.state, world.t).warnings).toEqual(["6 agents work for session 021: 5 are as many as go well"]);
});
