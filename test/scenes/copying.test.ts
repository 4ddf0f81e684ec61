import { expect, test } from "vitest";
import { scene } from "../support/scene.ts";
import { HUNDRED_TASKS } from "../support/scene/plans.ts";

test("a line is selected with vi keys and copied, and the pane follows the output again", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.terminal(1).prints("alpha beta gamma\r\nsecond line\r\n$ ");
  await desk.shows("second line");
  desk.press("v");
  await desk.shows("COPY 1", "stands still");
  desk.press("k", "k", "0", "w", "v", "e");
  await desk.shows("1 row selected");
  desk.press("y");
  await desk.shows("copied 4 characters to the story's clipboard");
  expect(desk.copied).toEqual(["beta"]);
  await desk.hides("stands still");
});

test("the pane stands still while it is read, whatever its program does", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.terminal(1).printsLines(1, 60);
  await desk.shows("line 60");
  desk.press("[", "V", "k", "k", "k");
  await desk.shows("whole 4 rows selected");
  await desk.idle();
  const read = () => desk.screen().filter((row) => /line \d+ *┃/u.test(row));
  const before = read();
  story.terminal(1).prints("\x1b[2J\x1b[Heverything is new\r\n");
  story.terminal(1).printsLines(100, 400);
  await desk.idle();
  expect(read()).toEqual(before);
  desk.press("y");
  await desk.shows("line 400");
  expect(desk.copied).toEqual(["line 58\nline 59\nline 60\n\n"]);
});

test("a search inside goes to the hit, and a block has its columns", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.terminal(1).prints("id   name   state\r\n1    one    done\r\n2    two    busy\r\n");
  story.terminal(1).printsLines(1, 100);
  await desk.shows("line 100");
  desk.press("v", "/");
  desk.types("name");
  await desk.shows("1 of 1");
  desk.press("enter", "ctrl+v", "j", "j", "l", "l", "l");
  await desk.shows("block of 3 × 4 selected");
  desk.press("enter");
  await desk.shows("copied 3 lines");
  expect(desk.copied).toEqual(["name\none \ntwo "]);
});

test("Escape leaves and gives back the old place; without a selection nothing is copied", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.terminal(1).printsLines(1, 200);
  await desk.shows("line 200");
  desk.press("v", "g");
  await desk.shows(/line 1 *┃/u);
  desk.press("y");
  await desk.shows("nothing is selected");
  desk.press("escape");
  await desk.shows("line 200");
  await desk.hides("COPY");
  expect(desk.copied).toEqual([]);
});

test("a drag with the mouse selects, and letting go copies", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.terminal(1).prints("pick this word\r\nand this\r\n");
  await desk.shows("pick this word");
  const { x, y } = desk.find("pick this word");
  const mouse = (code: number, column: number, row: number, final = "M") => desk.types(`\x1b[<${code};${column + 1};${row + 1}${final}`);
  mouse(0, x + 5, y);
  mouse(32, x + 7, y);
  mouse(32, x + 2, y + 1);
  await desk.shows("2 rows selected");
  mouse(0, x + 2, y + 1, "m");
  await desk.shows("copied 2 lines");
  expect(desk.copied).toEqual(["this word\nand"]);
  await desk.hides("COPY");
});

test("the wheel goes further back while the button is down, and the selection with it", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.terminal(1).printsLines(1, 100);
  await desk.shows("line 100");
  const { x, y } = desk.find("line 98");
  const mouse = (code: number, column: number, row: number, final = "M") => desk.types(`\x1b[<${code};${column + 1};${row + 1}${final}`);
  mouse(0, x + 3, y);
  mouse(32, x, y - 1);
  await desk.shows("2 rows selected");
  mouse(64, x, y - 1);
  await desk.shows("5 rows selected");
  await desk.idle();
  mouse(0, x, y - 1, "m");
  await desk.shows("copied 5 lines");
  expect(desk.copied).toEqual(["line 94\nline 95\nline 96\nline 97\nline"]);
});

test("another size drops the selection and says so, and the cursor goes on in the new lines", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.terminal(1).printsLines(1, 60);
  await desk.shows("line 60");
  desk.press("v", "k", "v", "k");
  await desk.shows("2 rows selected");
  desk.press("z");
  await desk.shows("the pane has another size: select again", "nothing selected");
  desk.press("k", "V", "y");
  await desk.shows("copied");
  expect(desk.copied[0]).toMatch(/^line \d+\n$/u);
});

test("going to another terminal ends it, and an engine that is lost does too", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.terminal(1).printsLines(1, 60);
  await desk.shows("line 60");
  desk.press("v");
  await desk.shows("COPY 1");
  story.terminal(1).printsLines(61, 90);
  const { x, y } = desk.find("2  A");
  desk.types(`\x1b[<0;${x + 2};${y + 1}M\x1b[<0;${x + 2};${y + 1}m`);
  await desk.shows("DASHBOARD", "line 90");
  desk.press("1", "v");
  await desk.shows("COPY 1");
  story.engineDies();
  await story.engineComesBack();
  await desk.attachAgain();
  await desk.hides("COPY 1");
});

test("two people read one terminal: what stands still for one goes on for the other", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const [reader, watcher] = [await story.dashboard(), await story.dashboard()];
  story.terminal(1).printsLines(1, 30);
  await reader.shows("line 30");
  await watcher.shows("line 30");
  reader.press("v", "V");
  await reader.shows("1 row selected");
  story.terminal(1).printsLines(31, 80);
  await watcher.shows("line 80");
  await reader.idle();
  expect(reader.text()).not.toContain("line 80");
  reader.press("k", "y");
  await reader.shows("line 80");
  expect(reader.copied).toEqual(["line 30\n\n"]);
});
