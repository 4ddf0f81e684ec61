import { expect, test } from "vitest";
import { scene } from "../support/scene.ts";
import { HUNDRED_TASKS } from "../support/scene/plans.ts";

test("who detaches gets the terminal back as it was, and who attaches again sees the same screen", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.terminal(1).printsLines(1, 80);
  story.terminal(2).prints("\x1b[?1049h\x1b[2J\x1b[5;5H\x1b[1;31mfull screen\x1b[m");
  story.terminal(3).prints("wide 漢字 and 🙂 and \x1b[38;2;1;200;3mgreen\x1b[m");
  story.scratchpad.writes("terminal-05.md", "- [x] 41 done\n");
  await desk.shows("line 80", "full screen", "wide 漢字", "1/100");
  await desk.idle();
  const before = desk.screen();

  desk.press("d");
  expect(await desk.leaves()).toBe("detached");
  expect(desk.modes).toEqual({ alternateScreen: false, mouse: "none", bracketedPaste: false, kittyFlags: 0, modifyOtherKeys: 0 });
  expect(desk.cursor.visible).toBe(true);
  expect(desk.screen()[0]).toBe("person@host:~$ marathon attach");
  expect(story.state.status).toBe("running");

  const again = await story.dashboard();
  await again.shows("line 80", "full screen", "wide 漢字");
  // Without the header: a first forecast may have come meanwhile.
  expect(again.screen().slice(1)).toEqual(before.slice(1));
  const red = again.find("full screen");
  expect(again.cell(red.x, red.y)).toMatchObject({ fg: 1, bold: true });
});

test("what happened meanwhile is there when somebody comes back", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  desk.press("d");
  await desk.leaves();
  story.terminal(1).printsLines(1, 500);
  story.scratchpad.writes("terminal-01.md", "- [x] 1 done\n- [x] 2 done\n");
  story.passes(15);
  const again = await story.dashboard();
  await again.shows("line 500", "2/100", "15m of 7:00");
});
