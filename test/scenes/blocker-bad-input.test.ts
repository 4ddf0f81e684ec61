import { expect, test } from "vitest";
import { scene, type Scene } from "../support/scene.ts";
import { HUNDRED_TASKS } from "../support/scene/plans.ts";

const NOTE = "# Two libraries exclude each other\n\nPriority: P0\n\nReason: no release of either fits\n";

function blockers(story: Scene): string[] {
  return Object.values(story.state.blockers).map((blocker) => `${blocker.id} ${blocker.state}`);
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
