import { expect, test } from "vitest";
import { scene } from "../support/scene.ts";
import { HUNDRED_TASKS } from "../support/scene/plans.ts";

test.each([
  [160, 45],
  [120, 36],
  [80, 24],
])("t shows the timeline at %i×%i: lanes by streams and terminals, one at a time, and back", async (columns, rows) => {
  await using story = await scene({ plan: HUNDRED_TASKS });
  const desk = await story.dashboard({ columns, rows });
  desk.press("t");
  await desk.idle();
  expect(desk.text(), desk.picture()).toMatch(/Time by streams/u);
  expect(desk.text(), desk.picture()).toContain("now");
  expect(desk.text(), desk.picture()).toMatch(/terminals \d+\/10 in use, \S+ worked, \S+ idle/u);
  // Hours of the wall clock where there is room for them, and what the strokes mean where there are rows.
  expect(/begun \d\d-\d\d \d\d:\d\d, \S+ ago/u.test(desk.text()), desk.picture()).toBe(columns >= 120);
  expect(/├─┤ planned .*█ worked/u.test(desk.text()), desk.picture()).toBe(rows >= 36);
  // A mark at a lane is explained where it stands.
  expect(desk.text().includes("on the critical path: its open tasks"), desk.picture()).toBe(/[┃│] ▶ [A-F] /u.test(desk.text()));
  desk.press("tab");
  await desk.idle();
  expect(desk.text(), desk.picture()).toMatch(/Time by terminals/u);
  desk.press("+");
  await desk.idle();
  expect(desk.text(), desk.picture()).toContain("×2");
  desk.press("enter");
  await desk.idle();
  expect(desk.text(), desk.picture()).not.toContain("Time by");
});
