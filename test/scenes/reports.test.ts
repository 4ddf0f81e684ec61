import { expect, test } from "vitest";
import { scene } from "../support/scene.ts";
import { HUNDRED_TASKS } from "../support/scene/plans.ts";

test("a report may speak of tasks in any order, of another terminal's, and of some that do not exist", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.scratchpad.writes("terminal-01.md", "- [x] 3\n- [x] 1\n- [x] 12 did it by the way\n- [~] 9\n");
  await desk.shows("3/100");
  expect(story.state.tasks[12]).toMatchObject({ state: "done", doneBy: "report terminal-01.md:3" });
  expect(story.state.terminals[1]?.task).toBe(9);
  expect(story.state.terminals[2]?.task).toBe(11);
  story.scratchpad.writes("notes.md", "- [x] 4711\n");
  await desk.shows("notes.md:1 speaks of task 4711, which the plan does not have");
  expect(desk.screen()[0]).toContain("3/100");
});

test("the same ticks again, in another order or in another file, change nothing", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.scratchpad.writes("terminal-01.md", "- [x] 1\n- [x] 2\n");
  await desk.shows("2/100");
  const done = () => story.events.filter((event) => event.type === "task-done").length;
  story.scratchpad.writes("terminal-01.md", "- [x] 2\n- [x] 1\n");
  story.scratchpad.writes("terminal-02.md", "- [x] 1\n");
  expect(done()).toBe(2);
  // Taken back in the file, it stays done, and a person is told.
  story.scratchpad.writes("terminal-01.md", "- [ ] 1\n- [x] 2\n");
  await desk.shows("takes back that task 1 is done");
  expect(done()).toBe(2);
});
