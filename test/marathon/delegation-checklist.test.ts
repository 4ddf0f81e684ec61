import { expect, test } from "vitest";
import { checklistLines } from "../../src/marathon/delegation-checklist.ts";
import { hierarchyPage } from "../../src/marathon/hierarchy-page.ts";
import { CHAIN, plan } from "../support/plan-builder.ts";
import { World } from "./world.ts";

const PLAN = plan({
  hierarchy: CHAIN,
  tasks: [
    { number: 1, terminal: 1, stream: "A", target: "src/a.ts" },
    { number: 2, terminal: 2, stream: "B", dependsOn: [1] },
  ],
  streams: [{ id: "A", goal: "it answers", terminals: [1] }, { id: "B" }],
});

test("each terminal with something to do says how complete its delegation is, and what the plan does not say", () => {
  const world = new World(PLAN).engine().up();
  expect(checklistLines(world.state)).toEqual([
    "terminal 1: 3 of 5, no assumptions, no related decisions",
    "terminal 2: 2 of 5, no decision context, no related decisions, no expected outcome",
  ]);
  const section = hierarchyPage(world.state, world.t).find(({ title }) => title.startsWith("How complete each delegation is"));
  expect(section?.lines).toHaveLength(2);
  world.done(1);
  expect(checklistLines(world.state)).toHaveLength(1);
});
