import { expect, test } from "vitest";
import { scene } from "../support/scene.ts";
import { HUNDRED_TASKS } from "../support/scene/plans.ts";

const STORM = [
  [80, 24],
  [200, 60],
  [49, 11],
  [1, 1],
  [120, 36],
  [300, 10],
  [20, 100],
  [160, 45],
] as const;

test("a storm of resizes ends with the picture that a newcomer of that size sees", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard({ columns: 120, rows: 36 });
  for (let number = 1; number <= 10; number++) story.terminal(number).printsLines(1, 40, `T${number} line`);
  await desk.shows("T1 line 40");
  // The header says more once there is a forecast.
  await story.until("forecast-made");
  for (let round = 0; round < 5; round++) {
    for (const [columns, rows] of STORM) {
      desk.resize(columns, rows);
      story.terminal(1).prints(`${columns}x${rows}\r\n`);
      await Promise.resolve();
    }
  }
  await desk.shows("160x45");
  await desk.idle();
  const after = desk.screen();
  const { size } = story.terminal(1);
  desk.press("d");
  await desk.leaves();

  const newcomer = await story.dashboard({ columns: 160, rows: 45 });
  await newcomer.shows("160x45");
  await newcomer.idle();
  expect(after).toEqual(newcomer.screen());
  expect(story.terminal(1).size).toEqual(size);
});

test("80×24 has the same facts as tabs, under a summary that is always there", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  story.scratchpad.writes("TASK_031_BLOCKER.md", "# No basket\n\nPriority: P0\n");
  const desk = await story.dashboard({ columns: 80, rows: 24 });
  const summary = () => expect(desk.text()).toMatch(/0\/100[\s\S]*A .*0\/30[\s\S]*P0 31/u);
  summary();
  for (const [key, wanted] of [
    ["s", "Catalogue services"],
    ["b", "with "],
    ["H", "▾ ORCHESTRATOR"],
    ["T", " 10 E"],
  ] as const) {
    desk.press(key);
    await desk.shows(wanted);
    summary();
  }
});

test.each([
  [49, 24],
  [80, 11],
  [30, 5],
  [8, 2],
])("%i×%i is too small: one line says so, and d leaves", async (columns, rows) => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard({ columns: 100, rows: 30 });
  desk.resize(columns, rows);
  await desk.shows(`${columns}x${rows} is too small`.slice(0, columns - 1));
  await desk.hides("Streams");
  desk.press("d");
  expect(await desk.leaves()).toBe("detached");
});

test("q leaves a screen that is too small for its question without asking", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard({ columns: 100, rows: 30 });
  desk.resize(40, 10);
  await desk.shows("40x10 is too small");
  desk.press("q");
  expect(await desk.leaves()).toBe("detached");
});
