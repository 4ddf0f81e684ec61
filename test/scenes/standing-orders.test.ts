import { expect, test } from "vitest";
import { readPlan } from "../../src/plan/read.ts";
import { roleWords } from "../../src/engine/agents/briefing.ts";
import { assignmentFor } from "../../src/engine/agents/assignment.ts";
import { scene } from "../support/scene.ts";

const PLAN = `---
agent: command
command: sh agent.sh
orders:
  - Finish what is open before anything new
  - Never push to main;
    ask first.
---

# Night

| # | Task | Estimate | Terminal |
| --- | --- | --- | --- |
| 1 | Build it | 1h | 1 |
`;

test("standing orders are shown on the page of goals and told to every agent", async () => {
  await using story = await scene({ plan: PLAN, agent: "command" });
  await story.until("task-assigned", { task: 1 });
  const assignment = assignmentFor(story.state, 1);
  expect(assignment.orders).toEqual(["Finish what is open before anything new", "Never push to main; ask first."]);
  expect(roleWords(assignment)).toContain(
    "Standing orders, which hold for all you do: Finish what is open before anything new. Never push to main; ask first.\n",
  );
  const desk = await story.dashboard();
  desk.press("C");
  await desk.shows("Standing orders", "Finish what is open before anything new", "Never push to main; ask first.", "the front matter of");
});

test("standing orders that are no texts are an error of the plan, where they stand", () => {
  const { problems } = readPlan([{ file: "plan.md", text: PLAN.replace("  - Finish what is open before anything new", "  - 7") }]);
  expect(problems.filter(({ severity }) => severity === "error")).toMatchObject([
    { line: 4, message: expect.stringMatching(/orders must be/u) as string },
  ]);
});
