import { expect, test } from "vitest";
import { scene } from "../support/scene.ts";
import { HUNDRED_TASKS } from "../support/scene/plans.ts";

test("two dashboards of different sizes show the same marathon, and one leaving changes nothing for the other", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const small = await story.dashboard({ columns: 80, rows: 24 });
  const large = await story.dashboard({ columns: 200, rows: 60 });
  story.terminal(1).prints("for both to see\r\n");
  await small.shows("for both to see");
  await large.shows("for both to see");

  // Each looks where it wants.
  small.press("7");
  large.press("z");
  await small.shows(/7 +C/u);
  await large.shows("ZOOM 1");

  // Both may type, each into its own terminal in front.
  small.press("enter");
  large.press("enter");
  await small.shows("TAKE-OVER 7");
  await large.shows("TAKE-OVER 1");
  small.types("from the small one");
  large.types("from the large one");
  await story.terminal(7).isTyped("from the small one");
  await story.terminal(1).isTyped("from the large one");

  large.press("ctrl+q", "escape");
  await large.shows("DASHBOARD");
  await large.idle();
  const before = large.screen();
  small.vanish();
  await story.waiting.idle();
  expect(large.screen()).toEqual(before);
  story.terminal(1).prints("and it goes on");
  await large.shows("and it goes on");
});
