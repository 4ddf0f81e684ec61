import { expect, test } from "vitest";
import { scene } from "../support/scene.ts";

const PLAN = `---
agent: command
command: sh agent.sh
---

# Sweep

| # | Task | Kind | Terminal |
| --- | --- | --- | --- |
| 1 | Look for unchecked uploads | search, security | 1 |
| 2 | Rename the modules | edits | 2 |
`;

test("what sort of work a task is stands on the page about the terminal that does it", async () => {
  await using story = await scene({ plan: PLAN, agent: "command" });
  await story.until("task-assigned", { task: 2 });
  const desk = await story.dashboard();
  desk.press("1", "w");
  await desk.shows("its task: 1 Look for unchecked uploads · search, security");
  desk.press("esc");
  await desk.hides("Why terminal 1");
  desk.press("2", "w");
  await desk.shows("its task: 2 Rename the modules · similar edits");
  expect(story.state.plan.tasks).toMatchObject([{ kind: "search", security: true }, { kind: "edits" }]);
});
