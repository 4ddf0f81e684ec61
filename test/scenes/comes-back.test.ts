import { expect, test } from "vitest";
import { scene } from "../support/scene.ts";
import { HUNDRED_TASKS } from "../support/scene/plans.ts";

test("what a terminal showed is there again after its engine was killed, and a line says so", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command", logs: true });
  const desk = await story.dashboard();
  const one = story.terminal(1);
  one.printsLines(1, 60);
  one.prints("\x1b[1;32mthe last words\x1b[m");
  await desk.shows("the last words");
  await story.recorded();
  story.allDies();
  await story.engineComesBack();

  await desk.attachAgain();
  await desk.shows("the last words", /── above: before the engine's end, \d\d:\d\d ──/u);
  desk.press("1", "1", "g");
  await desk.shows("line 1 ");
  desk.press("G");

  // A new program writes below it.
  desk.press("R");
  await one.starts(1);
  one.prints("a new beginning\r\n");
  await desk.shows("a new beginning", "the last words");
  expect(story.terminal(1).size).toEqual({ cols: story.engine.hosts.get(1)?.screen.cols, rows: story.engine.hosts.get(1)?.screen.rows });
});

test("a full-screen program's last screen stays readable, and none of its modes or questions outlive it", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command", logs: true });
  story
    .terminal(1)
    .prints("before\r\n\x1b[?1049h\x1b[?1003h\x1b[?2004h\x1b[?1h\x1b[?25l\x1b[2;5r\x1b[Hthe plan so far\x1b[c\x1b]9;old news\x07\x07");
  await story.recorded();
  story.allDies();
  await story.engineComesBack();

  const desk = await story.dashboard();
  await desk.shows("the plan so far", "before the engine's end");
  desk.press("R");
  const one = story.terminal(1);
  await one.starts(1);
  expect(story.engine.hosts.get(1)?.modes).toMatchObject({
    alternateScreen: false,
    mouse: "none",
    bracketedPaste: false,
    applicationCursorKeys: false,
    cursorVisible: true,
  });
  // The old program asked what its terminal is; the new one must not be given the answer.
  one.prints("ready\r\n");
  await desk.shows("ready");
  expect(one.typed).toBe("");
});

test("what a new program prints while the past is shown comes after it", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command", logs: true });
  story.terminal(1).printsLines(1, 4000, "old");
  await story.recorded();
  story.allDies();
  await story.engineComesBack();
  story.engine.submit({ type: "terminal-starting", terminal: 1, reason: "taken up again" });
  await story.terminal(1).starts(1);
  story.terminal(1).prints("new 1\r\n");
  const desk = await story.dashboard();
  await desk.shows("old 4000", "new 1");
  expect(story.engine.hosts.get(1)?.screen.text(4)).toEqual([
    "old 3999",
    "old 4000",
    expect.stringContaining("above: before the engine's end"),
    "new 1",
  ]);
});

test("an engine that comes back twice says so once, and an empty terminal stays empty", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command", logs: true });
  const desk = await story.dashboard();
  story.terminal(1).prints("hello\r\n");
  await desk.shows("hello");
  for (let time = 0; time < 3; time++) {
    await story.recorded();
    story.allDies();
    await desk.shows("ENGINE GONE");
    await story.engineComesBack();
    await desk.attachAgain();
    await desk.shows("above: before the engine's end");
  }
  // The dashboard shows what it knew; the engine may not have come to it yet.
  await story.comesBack(1);
  expect(story.engine.hosts.get(1)?.screen.text(9)).toEqual(["hello", expect.stringContaining("above: before the engine's end")]);
  expect(story.engine.hosts.get(2)?.screen.text(9)).toEqual([]);
});
