import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { riskOffers } from "../../src/marathon/risk-rules.ts";
import { readPlan } from "../../src/plan/read.ts";
import { hasDocuments, SHARED } from "../support/documents.ts";
import { plan } from "../support/plan-builder.ts";
import { World } from "./world.ts";

const rules = [{ trigger: "If Behind Schedule", responses: ["Drop Stream F", "Drop Stream Z", "Parallel overlap"] }];
const small = plan({
  tasks: [
    { number: 1, terminal: 1, stream: "A", session: "025", minutes: 60 },
    { number: 2, terminal: 1, stream: "F", session: "026", minutes: 30 },
    { number: 3, terminal: 1, stream: "F", session: "026", minutes: 30 },
  ],
  rest: { risks: rules },
});

test.skipIf(!hasDocuments())("in the recorded plan, dropping stream F makes 88 tasks of 100 and saves its three hours", () => {
  const sources = ["hundred-task-stream-plan.md", "thirty-six-hour-session-plan.md"].map((file) => ({
    file,
    text: readFileSync(`${SHARED}documents/${file}`, "utf8"),
  }));
  const { plan: read } = readPlan(sources);
  if (!read) throw new Error("the recorded plan cannot be read");
  const world = new World(read, { check: false }).engine().up();
  expect(riskOffers(world.state, world.t)).toEqual([]);
  world.wait(8 * 60).done(1);
  const offers = riskOffers(world.state, world.t);
  expect(offers.map(({ id }) => id)).toEqual(["1.1", "1.2", "1.3"]);
  expect(offers[0]).toMatchObject({ act: { kind: "drop" }, refused: null });
  expect(offers[0]?.change).toMatch(/^100 → 88 tasks, −3h /);
});

test("what is done is behind no more: nothing is offered against a delay that is over", () => {
  const world = new World(small)
    .engine()
    .up()
    .wait(5 * 60)
    .done(1);
  expect(riskOffers(world.state, world.t)).not.toEqual([]);
  world.done(2).done(3);
  expect(world.state.status).toBe("done");
  expect(riskOffers(world.state, world.t)).toEqual([]);
});

test("nothing is behind before anything is measured, and a little is the swaying of estimates", () => {
  const world = new World(small).engine().up();
  expect(riskOffers(world.state, world.t)).toEqual([]);
  world.wait(70).done(1);
  expect(riskOffers(world.state, world.t)).toEqual([]);
  world.wait(60);
  const offers = riskOffers(world.state, world.t);
  expect(offers.map(({ refused }) => refused)).toEqual([null, "the plan has no stream Z", null]);
  // One task of F is in hand: it is finished, only what is open is left out.
  expect(offers[0]).toMatchObject({ act: { kind: "drop", tasks: [3] }, change: expect.stringContaining("3 → 2 tasks, −30m") as string });
});

test("a rule is offered once for as long as it holds", () => {
  const world = new World(small).engine().up().wait(130).done(1).wait(1);
  world.take({ type: "timer-fired", timer: "x" }).take({ type: "timer-fired", timer: "x" });
  expect(world.events.filter((event) => event.type === "risk-offered")).toHaveLength(1);
  expect(world.state.riskHolds).toEqual([1]);
});
