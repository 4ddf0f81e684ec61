import { expect, test } from "vitest";
import { scene } from "../support/scene.ts";
import { HUNDRED_TASKS } from "../support/scene/plans.ts";

const NOTE = "# Two libraries exclude each other\n\nPriority: P0\n\nReason: no release of either fits\n";

test("a blocker file written by hand raises a blocker, and its removal ends it", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.scratchpad.writes("TASK_033_BLOCKER.md", NOTE);
  await desk.shows("■ 1 blocker", /P0 33 Two libraries.* T4 /u);
  story.passes(31);
  await desk.shows(/P0 33 .*31m00 over/u);
  await story.until("timer-fired");

  story.scratchpad.removes("TASK_033_BLOCKER.md");
  await story.until("blocker-closed", { as: "resolved" });
  await desk.shows("■ 0 blockers", "none open");
  expect(["ready", "running"]).toContain(story.state.tasks[33]?.state);
});

test("a blocker file that comes to say that it is resolved ends it too", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.scratchpad.writes("TASK_033_BLOCKER.md", NOTE);
  await desk.shows("■ 1 blocker");
  story.scratchpad.writes("TASK_033_BLOCKER.md", `${NOTE}\nStatus: resolved\n`);
  await desk.shows("■ 0 blockers");
  // Saved once more, it changes nothing.
  story.scratchpad.writes("TASK_033_BLOCKER.md", `${NOTE}\nStatus: resolved\n\nThanks.\n`);
  await story.comesTo("the file to be read", (state) => Object.keys(state.files).length === 1);
  expect(Object.keys(story.state.blockers)).toHaveLength(1);
});

test.each([
  ["half-written", "TASK_033_BLOCKER.md", "# Two libr"],
  ["empty", "TASK_033_BLOCKER.md", ""],
  ["of no known task", "TASK_999_BLOCKER.md", NOTE],
  ["a template with a placeholder", "SESSION_XXX_BLOCKER.md", NOTE],
  ["binary", "TASK_033_BLOCKER.md", "\u0000\u0001\u001b[2J\u0007"],
  ["a report with cut lines", "terminal-04.md", "- [x] 3\n- [\n- [x\n- [x] \n- [!]"],
])("a file that is %s does no harm, and the screen stays whole", async (_what, name, text) => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.scratchpad.writes(name, text);
  story.scratchpad.writes("terminal-01.md", "- [x] 1 done\n");
  await desk.shows("20:00:00 T1 finished 1", "DASHBOARD");
  expect(desk.screen()[0]).toMatch(/[12]\/100/u);
  story.scratchpad.removes(name);
  await desk.shows("■ 0 blockers");
});
