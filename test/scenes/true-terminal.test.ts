import { expect, test } from "vitest";
import type { OuterTerminal } from "../../src/protocol/messages.ts";
import { scene } from "../support/scene.ts";
import { HUNDRED_TASKS } from "../support/scene/plans.ts";

const PAPER: OuterTerminal = { foreground: 0x222222, background: 0xfffdf6, cursor: null, palette: [0x111111], kittyKeyboard: true };
const NIGHT: OuterTerminal = { foreground: 0xeeeeee, background: 0x000010, cursor: null, palette: [], kittyKeyboard: false };

const WHAT_COLOURS = "\x1b]11;?\x1b\\\x1b[?u";

test("a program that asks is told of the terminal of the person who came last, and of the one before when that leaves", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const agent = story.terminal(1);
  agent.prints(WHAT_COLOURS);
  await agent.isTyped("\x1b]11;rgb:1212/1212/1212\x1b\\");
  const first = await story.dashboard({ terminal: PAPER });
  await first.idle();
  agent.prints(WHAT_COLOURS);
  const light = "\x1b]11;rgb:1212/1212/1212\x1b\\\x1b]11;rgb:ffff/fdfd/f6f6\x1b\\\x1b[?0u";
  await agent.isTyped(light);
  const second = await story.dashboard({ terminal: NIGHT });
  await second.idle();
  agent.prints(WHAT_COLOURS);
  const dark = `${light}\x1b]11;rgb:0000/0000/1010\x1b\\`;
  await agent.isTyped(dark);
  second.press("d");
  await second.leaves();
  await first.idle();
  agent.prints(WHAT_COLOURS);
  await agent.isTyped(`${dark}\x1b]11;rgb:ffff/fdfd/f6f6\x1b\\\x1b[?0u`);
  for (const number of [2, 3, 4, 5, 6, 7, 8, 9, 10]) expect(story.terminal(number).typed).toBe("");
});

test("a late answer of the person's terminal is typed into no program", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard({ terminal: NIGHT });
  desk.press("4", "enter");
  await desk.shows("TAKE-OVER 4");
  desk.types("a\x1b]10;rgb:ffff/ffff/ffff\x1b\\\x1b]4;7;rgb:c0c0/c0c0/c0c0\x07b\x1b[?62;22cc");
  await story.terminal(4).isTyped("abc");
});

test("in take-over the terminal follows what the program wants of keys and cursor, and goes back to its own", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard({ terminal: PAPER });
  story.terminal(2).prints("\x1b[>5u\x1b[>4;2m\x1b[5 qready");
  await desk.shows("ready");
  expect(desk.modes).toMatchObject({ kittyFlags: 0, modifyOtherKeys: 0 });
  desk.press("2", "enter");
  await desk.shows("TAKE-OVER 2");
  await desk.idle();
  expect(desk.modes).toMatchObject({ kittyFlags: 5, modifyOtherKeys: 2 });
  expect(desk.cursor.style).toBe(5);
  desk.types("\x1b[97;3u\x1b[113;133u");
  await desk.shows("DASHBOARD");
  await story.terminal(2).isTyped("\x1b[97;3u");
  expect(desk.modes).toMatchObject({ kittyFlags: 0, modifyOtherKeys: 0 });
});

test("a link can be clicked in the person's terminal, and the rows that it covers are one link", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard({ columns: 120, rows: 36 });
  const url = `https://example.org/${"long/".repeat(12)}`;
  story.terminal(1).prints(`\x1b]8;;${url}\x1b\\${"L".repeat(90)}\x1b]8;;\x1b\\ no link`);
  await desk.shows("no link");
  const rows = desk.screen().flatMap((row, y) => (row.includes("LLLL") ? [{ x: row.indexOf("LLLL"), y }] : []));
  expect(rows.length).toBeGreaterThan(1);
  const links = rows.map(({ x, y }) => desk.link(x, y));
  expect(new Set(links.map(({ target }) => target))).toEqual(new Set([url]));
  expect(new Set(links.map(({ number }) => number)).size).toBe(1);
  const { x, y } = desk.find("no link");
  expect(desk.link(x, y).target).toBe("");
});
