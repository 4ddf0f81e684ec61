import { expect, test } from "vitest";
import { scene, type Scene } from "../support/scene.ts";
import { HUNDRED_TASKS } from "../support/scene/plans.ts";

async function inFullSwing(): Promise<Scene> {
  const story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  story.scratchpad.writes("TASK_031_BLOCKER.md", "# No basket\n\nPriority: P0\n");
  story.terminal(2).reports7501({ state: "blocked", kind: "question" });
  story.terminal(3).prints("\x1b[31mred\x1b[m");
  return story;
}

test("NO_COLOR: not a cell has a colour, and every state can still be told", async () => {
  await using story = await inFullSwing();
  const desk = await story.dashboard({ env: { NO_COLOR: "1", LANG: "C.UTF-8" } });
  await desk.shows("red", "■ 1 blocker", "? 1 asking");
  for (let y = 0; y < 45; y++) {
    for (let x = 0; x < 160; x++) expect(desk.cell(x, y), `cell ${x}, ${y}`).toMatchObject({ fg: null, bg: null });
  }
  // The terminal in front and the context are told by reverse video.
  const chip = desk.find("DASHBOARD");
  expect(desk.cell(chip.x, chip.y).inverse).toBe(true);
});

test("without a UTF-8 locale the whole chrome is ASCII, every state has its sign, and the keys work", async () => {
  await using story = await inFullSwing();
  const desk = await story.dashboard({ env: { LANG: "C", TERM: "xterm" } });
  await desk.shows("red", "! 1 blocker", "? 1 asking");
  for (const keys of [[], ["z"], ["?"], ["escape", ":"], ["escape", "z", "p"], ["p", "q"]]) {
    desk.press(...keys);
    await desk.idle();
    // oxlint-disable-next-line no-control-regex -- everything outside ASCII is looked for
    expect(desk.text().replaceAll(/[\u0000-\u007f]/gu, ""), desk.picture()).toBe("");
  }
});
