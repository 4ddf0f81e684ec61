import { expect, test } from "vitest";
import { planChanges } from "../../../src/marathon/time/plan-changes.ts";
import { plan } from "../../support/plan-builder.ts";

const before = plan({
  tasks: [
    { number: 1, title: "a", terminal: 1, minutes: 10 },
    { number: 2, title: "b", terminal: 1, minutes: 10 },
    { number: 3, title: "c", terminal: 2, minutes: 10 },
  ],
});

test("an edited plan is told apart by task: added, dropped, moved, changed", () => {
  const after = plan({
    tasks: [
      { number: 4, title: "new", terminal: 1 },
      { number: 1, title: "a", terminal: null, minutes: 10 },
      { number: 2, title: "b, better", terminal: 1, minutes: 20, dependsOn: [1] },
    ],
  });
  const { added, dropped, moved, changed } = planChanges(before, after);
  expect([added, dropped].map((tasks) => tasks.map((task) => task.number))).toEqual([[4], [3]]);
  expect(moved).toMatchObject([{ task: { number: 1 }, what: ["terminal 1 to any"] }]);
  expect(changed).toMatchObject([{ task: { number: 2 }, what: ["title", "estimate 10m to 20m", "depends on 1"] }]);
});

test("a plan that was only saved again changes nothing", () => {
  expect(planChanges(before, structuredClone(before))).toEqual({ added: [], dropped: [], moved: [], changed: [] });
});
