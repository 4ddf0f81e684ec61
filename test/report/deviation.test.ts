import { describe, expect, test } from "vitest";
import { sessionProgress } from "../../src/marathon/progress.ts";
import { deviations } from "../../src/report/deviation.ts";
import { reviewDocument } from "../../src/report/review.ts";
import { reviewFacts } from "../../src/report/review-facts.ts";
import { plan } from "../support/plan-builder.ts";
import { World } from "../marathon/world.ts";

const PLAN = plan({
  tasks: [
    { number: 1, terminal: 1, session: "024", minutes: 60 },
    { number: 2, terminal: 1, session: "024", minutes: 60 },
    { number: 3, terminal: 2, session: "025", minutes: 60 },
  ],
});

function reasons(world: World, session: number): readonly string[] {
  const part = sessionProgress(world.state, world.t)[session];
  const tasks = PLAN.sessions[session]?.tasks ?? [];
  return part === undefined ? [] : deviations(world.state, world.t, part, tasks).map(({ code, words }) => `${code}: ${words}`);
}

describe("why a session took longer or shorter than planned", () => {
  test("needs no word where it kept to its hours", () => {
    const world = new World(PLAN).engine().up().wait(60).done(1).wait(60).done(2);
    expect(reasons(world, 0)).toEqual([]);
  });

  test("is what its tasks took of their estimates, in either direction", () => {
    expect(reasons(new World(PLAN).engine().up().wait(90).done(1).wait(90).done(2), 0)).toEqual([
      "estimates: tasks took ×1.50 of their estimates",
    ]);
    expect(reasons(new World(PLAN).engine().up().wait(30).done(1).wait(30).done(2), 0)).toEqual([
      "estimates: tasks took ×0.50 of their estimates",
    ]);
  });

  test("is that its work stood still, however fast the work itself was", () => {
    const world = new World(PLAN).engine().up().wait(50).done(3).blocked(1).wait(120);
    world.take({ type: "blocker-closed", blocker: Object.keys(world.state.blockers)[0] ?? "", as: "resolved", by: "person", note: null });
    world.wait(30).done(1).wait(30).done(2);
    expect(reasons(world, 0)[0]).toBe("blocked: blocked for 2 h");
  });

  test("is that it was never begun, or that some of it is open", () => {
    const world = new World(PLAN).engine().up(1).wait(30).done(1);
    expect(reasons(world, 1)).toEqual(["not-started: nothing of it was begun"]);
    expect(reasons(world, 0)).toContain("stopped: 1 task open");
  });
});

test("stands in the review beside the figures that it explains, and in its JSON by code", () => {
  const world = new World(PLAN).engine().up().wait(90).done(1).done(3).wait(90).done(2);
  expect(reviewFacts(world.state, world.t).parts[0]?.deviations).toEqual([
    { code: "estimates", words: "tasks took ×1.50 of their estimates" },
  ]);
  expect(reviewDocument(world.state, world.t, null)).toMatch(/^\| 024 \| 2 \| 3 \|.*\| tasks took ×1\.50 of their estimates \|$/mu);
});
