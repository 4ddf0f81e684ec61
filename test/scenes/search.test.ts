import { expect, test } from "vitest";
import { scene } from "../support/scene.ts";
import { HUNDRED_TASKS } from "../support/scene/plans.ts";

test("what was said long ago is found by a part of it, hit by hit, and Escape gives the old place back", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.terminal(1).prints("an early Error here\r\n");
  story.terminal(1).printsLines(1, 90);
  story.terminal(1).prints("a second error there\r\n");
  story.terminal(1).printsLines(91, 180);
  await desk.shows("line 180");
  desk.press("/");
  await desk.shows("SEARCH", "text in terminal 1");
  desk.types("error");
  await desk.shows("a second error there", "1 of 2");
  desk.press("enter", "n");
  await desk.shows("an early Error here", "2 of 2");
  desk.press("N");
  await desk.shows("a second error there", "1 of 2");
  desk.press("escape");
  await desk.shows("line 180");
  await desk.hides("of 2", "lines back");
});

test("hits are marked where they stand, the one in front more than the others", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.terminal(1).prints("one fish two fish\r\n");
  await desk.shows("one fish two fish");
  desk.press("/");
  desk.types("fish");
  await desk.shows("1 of 2");
  await desk.idle();
  const { x, y } = desk.find("one fish two fish");
  const looks = [4, 13].map((at) => desk.cell(x + at, y));
  expect(looks.map((cell) => cell.char)).toEqual(["f", "f"]);
  expect(looks.map((cell) => cell.bg)).toEqual([3, 13]);
  expect(desk.cell(x, y).bg).toBeNull();
  desk.press("escape");
  await desk.hides("1 of 2");
  await desk.idle();
  expect(desk.cell(x + 4, y).bg).toBeNull();
});

test("a search of all terminals goes on to the next that has hits, and says how many there are", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.terminal(1).prints("the needle in one\r\n");
  story.terminal(3).prints("a needle in three\r\nanother needle in three\r\n");
  story.terminal(3).printsLines(1, 100);
  await desk.shows("needle in one");
  desk.press("/");
  desk.types("needle");
  await desk.shows("1 of 1");
  desk.press("tab");
  await desk.shows("all terminals", "1 of 1 · 3 in 2 terminals");
  desk.press("enter", "n");
  await desk.shows("another needle in three", "1 of 2");
  expect(desk.row("another needle in three")).toBeDefined();
  desk.press("n");
  await desk.shows("2 of 2");
  desk.press("n");
  await desk.shows("1 of 1");
  desk.press("escape");
  await desk.hides("needle in three");
});

test("counts follow the output, and what is looked at does not move", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.terminal(1).printsLines(1, 50, "word");
  await desk.shows("word 50");
  desk.press("/");
  desk.types("word 2");
  await desk.shows("1 of 11");
  desk.press("enter");
  await desk.idle();
  const before = desk.screen().filter((row) => /word \d+ *┃/u.test(row));
  story.terminal(1).printsLines(200, 260, "word");
  await desk.shows("62 of 72");
  await desk.idle();
  expect(desk.screen().filter((row) => /word \d+ *┃/u.test(row))).toEqual(before);
});

test("an expression that is none is said and takes nothing away", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.terminal(1).prints("port 8080 is taken\r\n");
  await desk.shows("port 8080");
  desk.press("/", "ctrl+r");
  desk.types("[0-9");
  await desk.shows("bad expression: Unterminated character class");
  desk.types("]+");
  await desk.shows("1 of 1", "expression in terminal 1");
});

test("a text that is nowhere leaves everything as it is", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.terminal(1).printsLines(1, 100);
  await desk.shows("line 100");
  desk.press("/");
  desk.types("line 5");
  await desk.shows("line 5 ");
  desk.types("x");
  await desk.shows("nowhere", "line 100");
  desk.press("enter");
  await desk.shows('"line 5x" is nowhere in this terminal');
  desk.press("escape");
  await desk.hides("SEARCH");
});

test("keys that come faster than the answers are all obeyed", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.terminal(1).prints("first match\r\nsecond match\r\nthird match\r\n");
  story.terminal(1).printsLines(1, 100);
  await desk.shows("line 100");
  desk.types("/match\rnn");
  await desk.shows("3 of 3", "first match");
});

test("in a search of all terminals the hit that is looked at stays, though they are looked through again and again", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  for (const terminal of [1, 2, 8]) story.terminal(terminal).prints(`needle of ${terminal}\r\n`);
  await desk.shows("needle of 1");
  desk.types("/needle\t\r");
  await desk.shows("1 of 1 · 3 in 3 terminals");
  desk.types("nn");
  await desk.shows("needle of 8");
  story.terminal(2).prints("another needle\r\n");
  story.terminal(8).prints("another needle\r\n");
  await desk.shows("2 of 2 · 5 in 3 terminals");
});

test("an expression that would run for years is stopped and said, and the terminals go on", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.terminal(1).prints(`${"a".repeat(45)}!\r\n`);
  await desk.shows("aaaa!");
  desk.press("/", "ctrl+r");
  desk.types("^(a+)+$");
  await desk.shows("bad expression: takes too long");
  story.terminal(1).prints("still here\r\n");
  await desk.shows("still here");
});

test("zooming keeps the hit in sight, though the lines are cut anew", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.terminal(1).prints(`${"long words that wrap ".repeat(12)}needle\r\n`);
  story.terminal(1).printsLines(1, 300);
  await desk.shows("line 300");
  desk.types("/needle\r");
  await desk.shows("1 of 1");
  desk.press("z");
  await desk.shows("no open blockers", "needle");
  await desk.idle();
  const { x, y } = desk.find("needle");
  expect(desk.cell(x, y).bg).toBe(13);
  desk.press("escape");
  await desk.shows("DASHBOARD", "line 300");
});

test("a click on another pane ends the search there, and Enter stays at the place that was found", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.terminal(1).prints("needle\r\n");
  story.terminal(1).printsLines(1, 200);
  await desk.shows("line 200");
  desk.types("/needle\r");
  await desk.shows("1 of 1");
  desk.press("enter");
  await desk.shows("lines back", "needle", "DASHBOARD");
  story.terminal(1).printsLines(201, 260);
  await desk.shows(/2\d\d\/\d+ lines back/u);
  expect(desk.text()).toContain("needle");
  desk.press("G");
  await desk.shows("line 260");
});
