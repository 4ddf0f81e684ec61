import { expect, test } from "vitest";
import { describe } from "../../src/marathon/describe.ts";
import { scene } from "../support/scene.ts";
import { HUNDRED_TASKS } from "../support/scene/plans.ts";

test("the engine is killed: the dashboard says so and how to go on, keeps what it knew, and can be left", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.terminal(1).prints("the last words\r\n");
  await desk.shows("the last words");
  story.engineDies();
  await desk.shows("ENGINE GONE", /engine gone: /u);

  // Nothing pretends to work: typing and restarting are refused with what to do instead.
  desk.press("enter");
  await desk.shows("the engine is gone: run `marathon attach` again");
  await desk.shows("the last words");
  desk.press("z", "z", "b", "escape", "?");
  await desk.shows("The keys of this context");
  desk.press("escape", "q");
  expect(await desk.leaves()).toBe("detached");
});

test("keys that are typed into a terminal while its engine dies leave nobody without a way out", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  desk.press("enter");
  await desk.shows("TAKE-OVER 1");
  story.engineDies();
  desk.types("lost");
  await desk.shows("ENGINE GONE");
  desk.press("ctrl+q");
  await desk.shows("DASHBOARD");
  desk.press("d");
  expect(await desk.leaves()).toBe("detached");
});

test("terminals that died with their engine are shown as lost, keep their tasks, and R restarts one", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  story.scratchpad.writes("terminal-01.md", "- [x] 1 done\n");
  story.allDies();
  await story.engineComesBack();

  const desk = await story.dashboard();
  await desk.shows("† lost", "1/100");
  // Its words are in the event line only until the next event.
  const lost = await story.until("engine-lost");
  expect(describe(lost, story.state)?.text).toContain("was lost: what it ran has ended");
  expect(Object.values(story.state.terminals).every((terminal) => terminal.lost)).toBe(true);
  expect(story.state.tasks[2]).toMatchObject({ state: "ready", terminal: 1 });
  expect(story.terminal(1).programs).toEqual([]);

  desk.press("enter");
  await desk.shows("died with its engine: R restarts it");
  desk.press("R");
  await story.terminal(1).starts(1);
  await desk.shows(/1▶A .*● busy.* 2 /u);
  expect(story.state.tasks[2]).toMatchObject({ state: "running", terminal: 1 });
  story.terminal(1).prints("here I am again\r\n");
  await desk.shows("here I am again");
});

test("a dashboard whose engine comes back shows the marathon again, as the journal tells it", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.scratchpad.writes("terminal-01.md", "- [x] 1 done\n- [x] 2 done\n");
  await desk.shows("2/100");
  story.allDies();
  await desk.shows("ENGINE GONE");

  await story.engineComesBack();
  await desk.attachAgain();
  await desk.hides("ENGINE GONE", "engine gone");
  await desk.shows("2/100", "† lost");
  desk.press("R");
  await desk.shows(/1▶A .*● busy.* 3 /u);
  desk.press("enter");
  await desk.shows("TAKE-OVER 1");
  desk.types("go on");
  await story.terminal(1).isTyped("go on");
});
