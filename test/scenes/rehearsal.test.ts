import { expect, test } from "vitest";
import { scene } from "../support/scene.ts";
import { HUNDRED_TASKS } from "../support/scene/plans.ts";

test.each([
  [160, 45],
  [80, 24],
  [50, 12],
])("a rehearsal says that it is one, at %i×%i too, whatever is on the screen", async (columns, rows) => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "rehearsal", rehearsal: true, speed: 600 });
  const desk = await story.dashboard({ columns, rows });
  for (const key of ["z", "p", "p", "?", "escape", ":"]) {
    expect(desk.screen()[0], desk.picture()).toContain("REHEARSAL");
    desk.press(key);
    await desk.idle();
  }
});
