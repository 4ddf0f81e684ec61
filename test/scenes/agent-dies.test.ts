import { expect, test } from "vitest";
import { scene } from "../support/scene.ts";
import { HUNDRED_TASKS } from "../support/scene/plans.ts";

test("an agent that dies takes its task down with it and is given no other", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.terminal(1).prints("ERROR: out of memory\r\n");
  await story.terminal(1).exits(3);

  await desk.shows("exit 3", "out of memory", "■ 1 blocker");
  expect(story.state.tasks[1]).toMatchObject({ state: "blocked", terminal: 1 });
  expect(story.state.terminals[1]).toMatchObject({ state: "exited", task: null });
  expect(story.state.tasks[2]).toMatchObject({ state: "ready", attempts: 0 });
});

test("its restart tries the same task again", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  await story.terminal(1).exits(3);
  await desk.shows("exit 3");
  desk.press("R");
  await story.terminal(1).starts(2);
  expect(story.state.tasks[1]).toMatchObject({ state: "running", terminal: 1, attempts: 2 });
});
