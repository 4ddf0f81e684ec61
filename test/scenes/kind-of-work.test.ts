import { expect, test } from "vitest";
import { scene } from "../support/scene.ts";
import { SECURITY_PLAN } from "../support/scene/plans.ts";

test("what sort of work a task is stands on the page about the terminal that does it", async () => {
  await using story = await scene({ plan: SECURITY_PLAN, agent: "command" });
  await story.until("task-assigned", { task: 2 });
  const desk = await story.dashboard();
  desk.press("1", "w");
  await desk.shows("its task: 1 Look for unchecked uploads · search, security");
  desk.press("esc");
  await desk.hides("Why terminal 1");
  desk.press("2", "w");
  await desk.shows("its task: 2 Write down security rules · similar edits");
  expect(story.state.plan.tasks).toMatchObject([{ kind: "search", security: true }, { kind: "edits" }]);
});
