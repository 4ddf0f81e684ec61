import { expect, test } from "vitest";
import { scene, type Scene } from "../support/scene.ts";
import type { Desk } from "../support/scene/desk.ts";
import { HUNDRED_TASKS } from "../support/scene/plans.ts";

const ten = Array.from({ length: 10 }, (_, index) => index + 1);

async function tenAtWork(): Promise<Scene> {
  const story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  for (const number of ten) story.terminal(number).printsLines(1, 40, `T${number} line`);
  return story;
}

test("L goes through the layouts and says which one it is; each shows what it promises", async () => {
  await using story = await tenAtWork();
  const desk = await story.dashboard({ columns: 200, rows: 60 });
  await desk.shows("Streams", ...ten.map((number) => `T${number} line 40`));
  desk.press("L");
  await desk.shows("layout focus", "Streams", "Blockers", "Hierarchy", ...ten.map((number) => `T${number} line 40`));
  // The one in front shows far more of its lines than the others.
  await desk.shows("T1 line 10 ");
  expect(desk.text()).not.toContain("T2 line 30 ");
  desk.press("L");
  await desk.shows("layout attention", "Terminals", ...ten.map((number) => `T${number} line 40`));
  desk.press("L");
  await desk.shows("layout wall", ...ten.map((number) => `T${number} line 40`));
  expect(desk.text()).not.toContain("Hierarchy");
  desk.press("L");
  await desk.shows("layout grid", "Hierarchy");
});

test("in the focus layout going to another terminal changes no program's size, and its screen is there at once", async () => {
  await using story = await tenAtWork();
  const desk = await story.dashboard({ columns: 160, rows: 45 });
  desk.press("L");
  await desk.shows("layout focus");
  await story.comesTo("one size for all", () => new Set(ten.map((number) => JSON.stringify(story.terminal(number).size))).size === 1);
  await desk.idle();
  const before = ten.map((number) => story.terminal(number).sizes.length);
  desk.press("7");
  await desk.shows("T7 line 22");
  desk.press("tab", "l", "h", "k");
  await desk.idle();
  await desk.shows(/━ 7 .* · 56 /u);
  expect(ten.map((number) => story.terminal(number).sizes.length)).toEqual(before);
});

test("T shows the list of terminals in the place of the strip, Escape the strip again", async () => {
  await using story = await tenAtWork();
  const desk = await story.dashboard({ columns: 160, rows: 45 });
  desk.press("L");
  await desk.shows("T10 line 40");
  desk.press("T");
  await desk.shows("Terminals · command");
  expect(desk.text()).not.toContain("T10 line 40");
  expect(desk.text()).toContain("T1 line 40");
  desk.press("escape");
  await desk.shows("T10 line 40");
});

test("without frames the same things are there, and every terminal has more room", async () => {
  await using story = await tenAtWork();
  const desk = await story.dashboard({ columns: 200, rows: 60 });
  // Its size is that of its pane from when the pane shows it.
  await desk.shows("T5 line 40");
  const small = story.terminal(5).size;
  desk.press("F");
  await desk.shows("without frames", "Streams", "Hierarchy", ...ten.map((number) => `T${number} line 40`));
  expect(desk.text()).not.toMatch(/[╭╮╰╯]/u);
  await story.comesTo("more room", () => story.terminal(5).size.cols > small.cols);
});

/** As a person drags an edge of the window: a hundred sizes, faster than anything can be drawn, the smallest and the largest among them. */
async function storm(desk: Desk): Promise<void> {
  for (let step = 0; step < 98; step++) {
    desk.resize(20 + ((step * 37) % 141), 5 + ((step * 23) % 41));
    await Promise.resolve();
  }
  desk.resize(400, 120);
  desk.resize(20, 5);
}

test.each(["grid", "focus"])("a storm of a hundred sizes in the layout %s ends right", async (layout) => {
  await using story = await tenAtWork();
  const desk = await story.dashboard({ columns: 120, rows: 36, layout });
  await desk.shows("T1 line 40");
  // The header says more once there is a forecast.
  await story.until("forecast-made");
  const before = story.terminal(1).sizes.length;
  await storm(desk);
  desk.resize(160, 45);
  await desk.shows("T1 line 40");
  await desk.idle();
  // Programs are told a size once the person has let go, not at every step.
  expect(story.terminal(1).sizes.length - before).toBeLessThanOrEqual(1);
  const cells = (one: Desk) => Array.from({ length: 45 }, (_, y) => Array.from({ length: 160 }, (_, x) => one.cell(x, y)));
  const after = cells(desk);
  const picture = desk.screen();
  desk.press("d");
  await desk.leaves();

  const newcomer = await story.dashboard({ columns: 160, rows: 45, layout });
  await newcomer.shows("T1 line 40");
  await newcomer.idle();
  expect(picture).toEqual(newcomer.screen());
  expect(after).toEqual(cells(newcomer));
});
