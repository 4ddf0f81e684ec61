import { expect, test } from "vitest";
import { act } from "../../src/engine/blocker-desk.ts";
import type { BlockerWish } from "../../src/marathon/blocker-judge.ts";
import { scene, type Scene } from "../support/scene.ts";
import { idles, reads } from "../support/scene/agent.ts";
import { HUNDRED_TASKS } from "../support/scene/plans.ts";

const NOTE = "# Two libraries exclude each other\n\nPriority: P0\n\nReason: no release of either fits\n";

function blockers(story: Scene): string[] {
  return Object.values(story.state.blockers).map((blocker) => `${blocker.id} ${blocker.state}`);
}

function asks(story: Scene, wish: BlockerWish, blocker = "B1") {
  return act(story.engine, { name: "blocker", blocker, wish, note: null, by: "a person" });
}

async function night(): Promise<Scene> {
  return scene({ plan: HUNDRED_TASKS, agent: "command" });
}

test("a blocker file without a reason stops its task all the same, and says what is missing", async () => {
  await using story = await night();
  const desk = await story.dashboard();
  story.scratchpad.writes("TASK_033_BLOCKER.md", "\n");
  await desk.shows("■ 1 blocker", "task 33 is blocked");
  expect(story.state.notices.map(({ text }) => text)).toEqual([
    'TASK_033_BLOCKER.md gives no reason: task 33 is blocked, and nobody knows why; add "Reason: …" to it',
  ]);
  expect(story.state.tasks[33]?.state).toBe("blocked");
  expect(story.state.blockers["B1"]?.title).toBe("task 33 is blocked");
});

test.each([
  ["an unknown task", "TASK_999_BLOCKER.md", "names task 999, which the plan does not have"],
  ["an unknown session", "SESSION_777_BLOCKER.md", "names session 777, which the plan does not have"],
  ["an unknown terminal", "TERMINAL_44_BLOCKER.md", "names terminal 44, which this marathon does not have"],
])("a blocker file for %s is on the board, stops nothing, and says so", async (_what, name, words) => {
  await using story = await night();
  const desk = await story.dashboard();
  story.scratchpad.writes(name, NOTE);
  await desk.shows("■ 1 blocker", words);
  expect(Object.values(story.state.tasks).filter((task) => task.state === "blocked")).toEqual([]);
  // What stops nothing cannot be moved or parked somewhere; it can be resolved.
  desk.press("b", "r");
  await desk.shows("stops no task, so there is nothing to move");
  desk.press("x", "enter");
  await story.until("blocker-closed", { as: "resolved" });
});

test("a blocker file with a literal XXX for its number speaks for nobody, and says what to put there", async () => {
  await using story = await night();
  const desk = await story.dashboard();
  story.scratchpad.writes("SESSION_XXX_BLOCKER.md", NOTE);
  await desk.shows("SESSION_XXX_BLOCKER.md written (put the number where the placeholder stands; until then it speaks for nobody)");
  expect(blockers(story)).toEqual([]);
  // Written again under its right name, it is a blocker.
  story.scratchpad.removes("SESSION_XXX_BLOCKER.md");
  story.scratchpad.writes("TASK_033_BLOCKER.md", NOTE);
  await desk.shows("■ 1 blocker");
});

test("a blocker file that is deleted while somebody reads its blocker ends it, says why, and its keys do nothing more", async () => {
  await using story = await night();
  const desk = await story.dashboard({ columns: 160, rows: 60 });
  story.scratchpad.writes("TASK_033_BLOCKER.md", NOTE);
  await desk.shows("■ 1 blocker");
  desk.press("b", "enter");
  await desk.shows("Blocker B1", "Who could take over");
  story.scratchpad.removes("TASK_033_BLOCKER.md");
  await desk.shows("P0 resolved", "resolved, by TASK_033_BLOCKER.md: its file was removed", "[ ] record what was learnt", "■ 0 blockers");
  expect(["ready", "running"]).toContain(story.state.tasks[33]?.state);
  desk.press("e");
  await desk.shows("B1 is resolved already: there is nothing left to do about it");
  expect(story.events.some((event) => event.type === "blocker-escalated")).toBe(false);
});

test.each([
  ["the same", 4, "task 33 is in terminal 4 already: resume or resolve the blocker to try again there"],
  ["a dead", 5, "terminal 5 is dead (ended with exit code 3): restart it first (marathon restart --terminal 5)"],
  ["an unknown", 44, "there is no terminal 44: this marathon has 1, 2, 3"],
])("a reassign to %s terminal moves nothing, and says what to do instead", async (_which, to, words) => {
  await using story = await night();
  const desk = await story.dashboard();
  story.scratchpad.writes("TASK_033_BLOCKER.md", NOTE);
  await story.terminal(5).exits(3);
  await desk.shows("■ 2 blockers");
  expect(() => asks(story, { act: "reassign", to })).toThrow(words);
  expect(() => asks(story, { act: "reassign", to })).toThrow(/terminal \d+ could take it \(/u);
  expect(story.state.tasks[33]).toMatchObject({ state: "blocked", terminal: 4 });
});

test("a reassign to a full terminal is refused with what waits there; by key it is shown last, with the reason, and refuses when it is chosen", async () => {
  await using story = await night();
  const desk = await story.dashboard({ columns: 160, rows: 60 });
  for (const task of [31, 32, 34]) {
    story.scratchpad.writes(`TASK_0${task}_BLOCKER.md`, NOTE.replace("exclude", `exclude ${task}`));
    await desk.shows(`exclude ${task}`);
    asks(story, { act: "reassign", to: 6 }, Object.keys(story.state.blockers).at(-1));
  }
  story.scratchpad.writes("TASK_033_BLOCKER.md", NOTE);
  await desk.shows("■ 1 blocker", "exclude each other");
  desk.press("b", "r");
  await desk.shows("who takes over?", "no, terminal 6 is full: 31, 32 and 34 were moved there and still wait; choose another terminal");
  desk.press("shift+tab", "enter");
  await desk.shows("terminal 6 is full", "could take it");
  expect(story.state.tasks[33]).toMatchObject({ state: "blocked", terminal: 4 });
});

test.each([
  ["a picker", "\x1b[?1049hPick a model\r\n> one\r\n  two\r\n", "\x1b[?1049l"],
  ["an editor", "\x1b[?1049h~\r\n~\r\n-- INSERT --", "\x1b[?1049l"],
])(
  "a message to an agent that stands in %s is not typed there: it waits, says for what, and is delivered afterwards",
  async (_what, opens, leaves) => {
    await using story = await night();
    const desk = await story.dashboard({ columns: 160, rows: 60 });
    story.scratchpad.writes("TASK_033_BLOCKER.md", NOTE);
    await desk.shows("■ 1 blocker");
    const terminal = story.terminal(6);
    await idles(story, 6);
    terminal.prints(opens);
    asks(story, { act: "reassign", to: 6 });
    await story.until("message-waiting", { why: "a full-screen program has its screen: an editor, a pager or a picker" });
    desk.press("i");
    await desk.shows("T6 waits", "an editor, a pager or a picker");
    expect(terminal.typed).toBe("");
    desk.press("escape");
    terminal.prints(leaves);
    terminal.reports7501({ state: "working" });
    await idles(story, 6);
    const { text } = await story.until("message-queued", { terminal: 6 });
    await reads(story, 6, text);
    await story.until("message-delivered");
    expect(text).toContain("You take over 33 from terminal 4");
  },
);

test("an escalation at the top of the chain changes nothing and says that it waits for you", async () => {
  await using story = await night();
  const desk = await story.dashboard();
  story.scratchpad.writes("TASK_033_BLOCKER.md", NOTE);
  await desk.shows("■ 1 blocker");
  desk.press("b");
  for (let level = 0; level < 8 && story.state.blockers["B1"]?.holder.level !== "human"; level++) {
    const before = story.state.seq;
    desk.press("e");
    await story.comesTo("one level more", (state) => state.seq > before);
  }
  await desk.shows("a person: waits for you");
  const levels = story.events.filter((event) => event.type === "blocker-escalated").length;
  desk.press("e");
  await desk.shows("B1 is with a person already, and nobody is above: it waits for you");
  expect(() => asks(story, { act: "escalate" })).toThrow("nobody is above");
  expect(story.events.filter((event) => event.type === "blocker-escalated")).toHaveLength(levels);
  expect(desk.notifications).toHaveLength(1);
});

test("a blocker file that is edited ten times a second is one blocker with the last words", async () => {
  await using story = await night();
  const desk = await story.dashboard();
  for (let edit = 1; edit <= 60; edit++)
    story.scratchpad.writes("TASK_033_BLOCKER.md", `# Attempt ${edit}\n\nPriority: P1\n\n\`\`\`\nERROR: attempt ${edit}\n\`\`\`\n`);
  await desk.shows("■ 1 blocker", "Attempt 60");
  expect(blockers(story)).toEqual(["B1 open"]);
  const seen = story.state.blockers["B1"]?.evidence.map(({ line }) => line) ?? [];
  expect(seen.length).toBeLessThanOrEqual(40);
  expect([seen[0], seen.at(-1)]).toEqual(["ERROR: attempt 1", "ERROR: attempt 60"]);
});

test("two files for one blocker are one blocker, and it stays until both are gone", async () => {
  await using story = await night();
  const desk = await story.dashboard();
  story.scratchpad.writes("TASK_033_BLOCKER.md", NOTE);
  story.scratchpad.writes("BLOCKED_LIBRARIES_BLOCKER.md", NOTE);
  story.scratchpad.writes("TERMINAL_04_BLOCKER.md", `${NOTE}\nTasks: 33\n`);
  await desk.shows("■ 1 blocker");
  expect(blockers(story)).toEqual(["B1 open"]);
  story.scratchpad.removes("TASK_033_BLOCKER.md");
  await desk.idle();
  expect(blockers(story)).toEqual(["B1 open"]);
  story.scratchpad.removes("TERMINAL_04_BLOCKER.md");
  await story.until("blocker-closed", { as: "resolved", note: "its file was removed" });
  expect(blockers(story)).toEqual(["B1 resolved"]);
});

test("a known issue stays known when its file is saved again with other words", async () => {
  await using story = await night();
  const desk = await story.dashboard();
  story.scratchpad.writes("TASK_033_BLOCKER.md", NOTE);
  await desk.shows("■ 1 blocker");
  desk.press("b", "K");
  await story.until("blocker-closed", { as: "known" });
  story.scratchpad.writes("TASK_033_BLOCKER.md", `${NOTE}\nCause: the pin of last year\n`);
  await story.comesTo("the cause to be read", (state) => state.blockers["B1"]?.cause === "the pin of last year");
  await desk.shows("■ 0 blockers", "known");
  expect(blockers(story)).toEqual(["B1 known"]);
});

test("a document is never written through a link, and the person is told why", async () => {
  await using story = await night();
  const desk = await story.dashboard();
  story.scratchpad.writes("TASK_033_BLOCKER.md", NOTE);
  await desk.shows("■ 1 blocker");
  story.breaksPapers("HUMAN_TODO.md is a link: nothing was written there");
  desk.press("b", "e", "e", "e", "e");
  await desk.shows("the line for people of B1 could not be written: HUMAN_TODO.md is a link");
  expect(story.state.blockers["B1"]?.holder.level).toBe("human");
});
