import { expect, test } from "vitest";
import { scene } from "../support/scene.ts";
import { HUNDRED_TASKS } from "../support/scene/plans.ts";

test("what is read further up stays where it is while output goes on, and G follows it again", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.terminal(1).printsLines(1, 200);
  await desk.shows("line 200");
  desk.press("pageup", "pageup");
  await desk.shows("lines back");
  await desk.idle();
  const read = () =>
    desk
      .screen()
      .map((row) => /line \d+/u.exec(row)?.[0])
      .filter((row) => row !== undefined);
  const before = read();
  expect(before).not.toContain("line 200");

  story.terminal(1).printsLines(201, 400);
  // The title says how far back that is by now.
  await desk.shows(/2\d\d\/\d+ lines back/u);
  await desk.idle();
  expect(read()).toEqual(before);

  desk.press("G");
  await desk.shows("line 400");
  await desk.hides("lines back");
});

test("taking over a scrolled terminal shows what is typed", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.terminal(1).printsLines(1, 200);
  await desk.shows("line 200");
  desk.press("g");
  await desk.shows(/line 1 *┃/u);
  desk.press("enter");
  await desk.shows("TAKE-OVER 1", "line 200");
});
