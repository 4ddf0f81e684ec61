import { expect, test } from "vitest";
import { scene } from "../support/scene.ts";
import { HUNDRED_TASKS } from "../support/scene/plans.ts";

test("a bell and a notification of a terminal in the background are marks with words, until it is looked at", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard({ columns: 320, rows: 60 });
  const eight = story.terminal(8);
  eight.prints("\x07");
  await desk.shows("♪ rang", /^.* 8 .*♪/mu);
  eight.prints("\x1b]777;notify;Codex;approval \u202erequested\x1b\\");
  await desk.shows("T8 notifies: Codex: approval requested", "◆ Codex: approval requested");
  expect(story.events.filter((event) => event.type === "terminal-notified")).toMatchObject([
    { terminal: 8, source: "osc-777", title: "Codex", text: "approval requested" },
  ]);

  // Somebody who comes later sees them, too; and one look of anybody is enough.
  const other = await story.dashboard({ columns: 120, rows: 36, env: { LANG: "C", TERM: "xterm-256color", NO_COLOR: "1" } });
  await other.shows('" &');
  desk.press("8");
  await desk.hides("♪", "◆ Codex");
  await other.hides('"');
});

test("progress is a percent with its state, a title is what the program calls itself, and both end with it", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard({ columns: 320, rows: 60 });
  const seven = story.terminal(7);
  seven.prints("\x1b]9;4;1;37\x07\x1b]0;compiling \x1b[31mthings\x07\x1b]2;linking\x07");
  await desk.shows("37%", "linking");
  seven.prints("\x1b]9;4;2;38\x07");
  await desk.shows("✗38% error");
  seven.prints("\x1b]9;4;4;39\x07");
  await desk.shows("▪39% paused");
  seven.prints("\x1b]9;4;3\x07");
  await desk.shows("in progress");
  await seven.exits(1);
  await desk.hides("in progress", "linking");
  expect(story.events.some((event) => event.type === "terminal-notified")).toBe(false);
});

test("a flood of bells and notifications floods neither the journal nor the person", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  const before = story.events.length;
  for (let number = 0; number < 300; number++) story.terminal(5).prints(`\x07\x1b]9;hello ${number}\x07\r\n`);
  await desk.shows("T5 notifies: hello");
  expect(story.events.slice(before).filter((event) => event.type === "terminal-notified").length).toBe(1);
  expect(desk.bells).toBeLessThanOrEqual(2);
});
