import { expect, test } from "vitest";
import { handleRequest } from "../../src/engine/requests.ts";
import type { Request } from "../../src/protocol/messages.ts";
import { scene } from "../support/scene.ts";
import { HUNDRED_TASKS } from "../support/scene/plans.ts";

test("a digit goes to a terminal, again zooms it, z comes back, and the program is told each size", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  desk.press("0");
  await desk.shows(/10▶E/u);
  desk.press("0");
  await desk.shows("ZOOM 10");
  await story.comesTo("the size of the zoomed pane", () => story.terminal(10).size.cols === 160);
  // What the board asked for at first came before that.
  const small = story.terminal(1).size;
  desk.press("1");
  await desk.shows("ZOOM 1");
  await story.comesTo("the size of the zoomed pane", () => story.terminal(1).size.cols === 160);
  desk.press("z");
  await desk.shows("DASHBOARD", "Hierarchy");
  await story.comesTo("the size on the board", () => story.terminal(1).size.cols === small.cols);
});

test("Tab and Shift-Tab go round the panes, in the zoom round all terminals", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  for (const number of [2, 3, 1]) {
    desk.press("tab");
    await desk.shows(new RegExp(` ${number}▶`, "u"));
  }
  desk.press("shift+tab");
  await desk.shows(" 3▶");
  desk.press("z", "tab");
  await desk.shows("ZOOM 4");
  desk.press("shift+tab", "shift+tab", "shift+tab", "shift+tab");
  await desk.shows("ZOOM 10");
});

test("b, s, H and T lead to the lists, Enter to what a row is about, Escape back", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  story.scratchpad.writes("TASK_052_BLOCKER.md", "# No queue here\n\nPriority: P1\n");
  const desk = await story.dashboard();
  desk.press("b", "enter");
  await desk.shows(" 6▶");
  desk.press("escape", "T", "g", "j", "enter");
  await desk.shows(" 2▶");
  desk.press("s", "j", "j", "enter");
  await desk.shows(" 7▶");
  desk.press("H", "h");
  await desk.shows("▸ ORCHESTRATOR");
  desk.press("l");
  await desk.shows("▾ ORCHESTRATOR");
  desk.press("escape");
  await desk.shows("DASHBOARD");
});

test("p opens the scratchpad with the newest file first, and shows what it changed", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  story.scratchpad.writes("notes.md", "# Notes\n\nNothing yet.\n");
  story.passes(1);
  story.scratchpad.writes("terminal-01.md", "# Report\n\n- [x] 1 done\n");
  const desk = await story.dashboard();
  desk.press("p");
  await desk.shows("terminal-01.md", "notes.md", "task 1 done", "- [x] 1 done");
  expect(desk.find("terminal-01.md").y).toBeLessThan(desk.find("notes.md").y);
  desk.press("j", "enter");
  await desk.shows("Nothing yet.");
  desk.press("p");
  await desk.hides("Nothing yet.");
});

test("? shows the keys of the context, : finds a command by a part of its name and runs it", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  desk.press("?");
  await desk.shows("The keys of this context");
  desk.press("pagedown");
  await desk.shows("Ctrl-q");
  desk.press("/", ..."escalate");
  await desk.shows("/ escalate", "Escalate the selected blocker one level up.", "FIND A KEY");
  await desk.hides("Ctrl-q");
  desk.press("space", ..."xyz");
  await desk.shows("no key has that");
  desk.press("escape", "q");
  await desk.hides("The keys of this context");
  desk.press(":");
  desk.types("scratchp");
  await desk.shows(": scratchp", "Open or close the scratchpad");
  desk.press("enter");
  await desk.shows("nothing written yet");
});

test("q asks, and whoever only presses Enter detaches; to stop everything takes two more decisions", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  desk.press("q");
  await desk.shows("Leave the marathon?", "10 agents are working.");
  desk.press("down", "enter");
  await desk.shows("Stop everything?");
  desk.press("enter");
  await desk.hides("Stop everything?");
  expect(story.state.status).toBe("running");
  desk.press("q", "enter");
  expect(await desk.leaves()).toBe("detached");
  expect(story.state.status).toBe("running");

  const other = await story.dashboard();
  other.press("q", "down", "enter", "down", "enter");
  expect(await other.leaves()).toBe("stopped");
  await story.until("engine-stopped");
  for (let number = 1; number <= 10; number++) expect(story.terminal(number).running).toBe(false);
});

test("an engine that has ended still says how things stand and takes a second stop, and refuses what it could not journal any more", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  await story.engine.stop("a person", true);
  const asks = (request: Request) =>
    handleRequest(story.engine, request, { event: () => {}, follow: () => {}, held: () => null, there: () => true });
  await expect(asks({ name: "record", fact: { type: "noticed", severity: "info", text: "too late" } })).rejects.toThrow(
    "the engine is ending",
  );
  expect(await asks({ name: "status" })).toHaveProperty("terminals.length", 10);
  expect(await asks({ name: "stop", terminal: null, now: true, by: "another" })).toMatchObject({ stopping: true });
  expect(story.events.at(-1)).toMatchObject({ type: "engine-stopped", reason: "a person" });
});
