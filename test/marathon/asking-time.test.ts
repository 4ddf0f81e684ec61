import { expect, test } from "vitest";
import { askedMs, workedMs } from "../../src/marathon/progress.ts";
import { budgetOf } from "../../src/marathon/time/budgets.ts";
import { chanceFrom } from "../../src/marathon/time/chance.ts";
import { forecastOf } from "../../src/marathon/time/forecast.ts";
import { plan } from "../support/plan-builder.ts";
import { World } from "./world.ts";

const two = plan({ tasks: [1, 2].map((number) => ({ number, terminal: 1, minutes: 30 })) });
const shows = (world: World, state: "asking" | "busy") =>
  world.take({ type: "terminal-state", terminal: 1, state, kind: state === "asking" ? "question" : null, source: "test", evidence: null });

/** Minutes worked, asked and stood of task 1. */
function booked(world: World): readonly number[] {
  const task = world.state.tasks[1];
  if (!task) throw new Error("there is no task 1");
  return [workedMs(task, world.t), askedMs(task, world.t), task.blockedMs].map((ms) => ms / 60_000);
}

test("time that an agent waits for an answer is booked apart from its work, question by question, while it lasts and after", () => {
  const world = new World(two).engine().up().wait(10);
  shows(world, "asking").wait(60);
  expect(booked(world)).toEqual([10, 60, 0]);
  shows(world, "busy").wait(5);
  shows(world, "asking").wait(20);
  shows(world, "busy").wait(5).done(1);
  expect(booked(world)).toEqual([20, 80, 0]);
  expect(world.wait(30).state.tasks[1]?.workedMs).toBe(20 * 60_000);
  expect(budgetOf(world.state, world.t)).toMatchObject({ idleMs: 0, askedMs: 80 * 60_000 });
});

test("a task that is blocked while it asks, and is taken up again, has each minute once", () => {
  const world = new World(two).engine().up().wait(10);
  shows(world, "asking").wait(15).blocked(1).wait(40);
  world.take({ type: "blocker-closed", blocker: "B1", as: "resolved", by: "person", note: null });
  expect(booked(world)).toEqual([10, 15, 40]);
});

test("a night of unanswered questions does not teach the forecast that work is slow", () => {
  const world = new World(two).engine().up().wait(10);
  shows(world, "asking").wait(400);
  shows(world, "busy").wait(20).done(1);
  expect(forecastOf(world.state, world.t, chanceFrom("s"))?.ratio).toBeLessThan(1.2);
});
