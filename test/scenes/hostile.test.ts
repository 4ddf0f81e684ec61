import { expect, test } from "vitest";
import { ENDLESS, HOSTILE } from "../conformance/hostile.ts";
import { ANSWERS, firstStrange } from "../conformance/repertoire.ts";
import { scene } from "../support/scene.ts";
import { HUNDRED_TASKS } from "../support/scene/plans.ts";

test("programs that try everything reach nothing of the person's terminal and nothing of each other", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  const [attacker, taken, victim] = [story.terminal(1), story.terminal(2), story.terminal(3)];
  desk.press("2", "enter");
  await desk.shows("TAKE-OVER 2");
  for (const [, bytes] of HOSTILE) {
    attacker.prints(bytes);
    taken.prints(bytes);
  }
  for (const [, begin] of ENDLESS) attacker.prints(`${begin}${"A".repeat(10_000)}\x1b\\`);
  for (const terminal of [attacker, taken]) terminal.prints("\x18\x1bc\x1b[2J\x1b[HALIVE");
  await desk.shows(/ALIVE[\s\S]*ALIVE/u);
  await desk.idle();
  expect(firstStrange(desk.written)).toBe("");
  expect(victim.typed).toBe("");
  expect(attacker.typed).toMatch(ANSWERS);
  expect(taken.typed).toMatch(ANSWERS);
  desk.types("\x11");
  await desk.shows("DASHBOARD");
  desk.press("d");
  await desk.leaves();
  expect(desk.modes).toEqual({ alternateScreen: false, mouse: "none", bracketedPaste: false, kittyFlags: 0, modifyOtherKeys: 0 });
});

const WRITES = `\x1b]52;c;${Buffer.from("from the agent").toString("base64")}\x07`;

test("a program's wish for the clipboard is swallowed, and said", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.terminal(3).prints(`${WRITES}\x1b]52;c;?\x07done`);
  await desk.shows("done", "T3 notifies: wanted to put 14 characters on your clipboard: swallowed");
  expect(desk.copied).toEqual([]);
  expect(story.terminal(3).typed).toBe("");
});

test("where the plan says so, programs may put text on the clipboard of the person who came last", async () => {
  await using story = await scene({ plan: `---\nclipboard: write\n---\n${ONE_TASK}`, agent: "command" });
  const first = await story.dashboard();
  const second = await story.dashboard();
  story.terminal(1).prints(WRITES);
  await second.shows("terminal 1 copied");
  expect([first.copied, second.copied]).toEqual([[], ["from the agent"]]);
});

const ONE_TASK = "# One\n\n## Stream A: One\n\n**Terminal 1**\n\n| # | Task |\n|---|------|\n| 1 | Copy |\n";
