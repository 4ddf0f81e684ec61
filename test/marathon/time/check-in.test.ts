import { expect, test } from "vitest";
import { initialState } from "../../../src/marathon/initial.ts";
import { fold } from "../../../src/marathon/step.ts";
import { budgetOf } from "../../../src/marathon/time/budgets.ts";
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
    "1:00 of 1:00; 1/4 done; 0:35 behind; 1 blocker (B1; the oldest 0:10); no forecast; 2/2 terminals in use, 0:00 idle so far",
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

test("replay makes none of its own: the journal has them", () => {
  const world = new World(four()).engine().up().wait(60).take(due);
  const again = fold(initialState(world.events[0] as never), world.events.slice(1));
  expect(again.checkIns).toEqual(world.state.checkIns);
  expect(world.decided("checked-in")).toHaveLength(1);
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
  expect(warnings[1]).toContain("terminal 1 and 2 has open tasks and none in hand");
});
