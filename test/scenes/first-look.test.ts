import { expect, test } from "vitest";
import { scene } from "../support/scene.ts";
import { HUNDRED_TASKS } from "../support/scene/plans.ts";

test.each([
  [200, 60],
  [160, 45],
  [120, 36],
])("a plan starts ten terminals, and at %i×%i the board shows all six things at once", async (columns, rows) => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  for (let number = 1; number <= 10; number++) story.terminal(number).prints(`hello from terminal ${number}\r\n`);
  story.scratchpad.writes("TASK_031_BLOCKER.md", "# Two libraries exclude each other\n\nPriority: P0\nReason: no release of either fits\n");
  story.passes(30);
  story.scratchpad.writes("terminal-09.md", "- [x] 71 done\n");
  story.passes(31);
  const desk = await story.dashboard({ columns, rows });

  // The clock, and how it stands to the plan: by what is measured, or by the first forecast, which comes in its own time.
  expect(desk.screen()[0]).toMatch(/1\/100 .*1:01.*7:00.*▼ (?:\S+ behind|(?:ends )?\S+ late)/u);
  // Every stream with what is done of it, its time and its estimate.
  for (const stream of ["A Cat", "B Che", "C Sto", "D Cus", "E Sec", "F Sea"]) expect(desk.row(stream)).toMatch(/ [01]\/ ?\d+/u);
  // Every terminal with its state and its task.
  for (const [number, task] of [
    [1, 1],
    [2, 11],
    [3, 21],
    [4, 32],
    [5, 41],
    [6, 49],
    [7, 56],
    [8, 64],
    [9, 72],
    [10, 81],
  ])
    expect(desk.row(new RegExp(` ${number}[ ▶][A-E] .*● busy .* ${task} `, "u"))).toBeTruthy();
  // The blocker with its clock and who has it.
  expect(desk.row("P0 31")).toMatch(/T4 +1:01 over/u);
  // The hierarchy, with what is stuck and busy below each branch.
  expect(desk.row("ORCHESTRATOR")).toMatch(/■1 +●10/u);
  // And a live terminal as it really looks; where there is room for more than one, that which needs somebody is among them.
  await desk.shows(columns > 120 ? "hello from terminal 4" : "hello from terminal 1");
});

test("at 200×60 all ten terminals are live at once", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard({ columns: 200, rows: 60 });
  for (let number = 1; number <= 10; number++) story.terminal(number).prints(`hello from ${number};`);
  for (let number = 1; number <= 10; number++) await desk.shows(`hello from ${number};`);
});
