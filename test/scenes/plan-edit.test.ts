import { expect, test } from "vitest";
import { planRequest } from "../../src/engine/plan-desk.ts";
import { planEdit } from "../../src/marathon/plan-edit.ts";
import { readPlan } from "../../src/plan/read.ts";
import { scene, type Scene } from "../support/scene.ts";

const HEAD = `---
title: Edits
agent: command
command: sh agent.sh
terminals: 2
---

# Edits

| # | Task | Terminal | Estimate | Depends on |
| --- | --- | --- | --- | --- |
`;
const ROWS = [
  "| 1 | Build it | 1 | 1h | |",
  "| 2 | Test it | 1 | 1h | 1 |",
  "| 3 | Write it down | 1 | 1h | |",
  "| 4 | Ship it | 2 | 1h | 1 |",
];
const plan = (rows: readonly string[]): string => `${HEAD}${rows.join("\n")}\n`;
const EDITED = plan([
  ...ROWS.slice(0, 1),
  "| 2 | Test it twice | 1 | 2h | 1 |",
  "| 4 | Ship it | 1 | 1h | 1 |",
  "| 5 | Tell everybody | 2 | 30m | |",
]);

async function running(): Promise<Scene> {
  const story = await scene({ plan: plan(ROWS), agent: "command" });
  await story.until("task-assigned", { task: 1 });
  return story;
}

test("an edit of the plan file is shown and asked about, and taken by key", async () => {
  await using story = await running();
  const desk = await story.dashboard();
  story.savesPlan(EDITED);
  await story.until("plan-offered");
  expect(story.state.tasks[5]).toBeUndefined();
  expect(story.state.plan.tasks).toHaveLength(4);
  await desk.shows("the plan files were edited: 1 task added, 1 task dropped");
  story.passes(10);
  desk.press("E");
  await desk.shows("added    5 Tell everybody");
  await desk.shows("dropped  3 Write it down");
  await desk.shows("moved    4 Ship it: terminal 2 to 1");
  await desk.shows("changed  2 Test it twice: title, estimate 60m to 120m");
  desk.press("down");
  desk.press("enter");
  await story.until("plan-changed");
  expect(story.state.tasks).toMatchObject({
    1: { state: "running", terminal: 1 },
    2: { state: "waiting", terminal: 1 },
    3: { state: "dropped", unplanned: true },
    4: { terminal: 1 },
    5: { added: { by: "a person", reason: "the plan files were edited", t: 600_000, fromFiles: true } },
  });
  await story.until("task-assigned", { task: 5, terminal: 2 });
  // The same files again are no edit any more, and the journal has decided it once.
  story.savesPlan(`${EDITED}\n`);
  expect(story.state.planOffer).toBeNull();
  story.scratchpad.writes("terminal-01.md", "- [x] 1 Build it\n- [x] 2 Test it\n- [x] 4 Ship it\n");
  story.scratchpad.writes("terminal-02.md", "- [x] 5 Tell everybody\n");
  await story.until("marathon-done");
});

test("refused files are not offered again until they are edited again", async () => {
  await using story = await running();
  story.savesPlan(EDITED);
  const answer = (take: boolean, offer: number | null = null) =>
    planRequest(story.engine, { name: "answer-plan-edit", offer, take, by: "a person" }).said;
  expect(answer(false)).toContain("keeps its plan");
  story.savesPlan(EDITED);
  expect(story.state.planOffer).toBeNull();
  expect(() => answer(true)).toThrow("there is nothing to answer");
  story.savesPlan(plan([...ROWS, "| 6 | One more | 2 | 1h | |"]));
  expect(story.state.planOffer?.summary).toBe("1 task added");
  expect(() => answer(true, 1)).toThrow("edited again since");
  story.savesPlan(plan(ROWS));
  expect(story.state.planOffer).toBeNull();
  expect(story.state.plan.tasks).toHaveLength(4);
});

test("files with errors are told with their line, once, and change nothing", async () => {
  await using story = await running();
  story.savesPlan(EDITED);
  const wrong = plan([...ROWS, "| 1 | Twice | 1 | 1h | |"]);
  story.savesPlan(wrong);
  story.savesPlan(`${wrong}\n`);
  expect(story.state.planOffer).toBeNull();
  const told = story.state.notices.filter(({ text }) => text.includes("keeps its plan"));
  expect(told).toHaveLength(1);
  expect(told[0]?.text).toMatch(/^plan\.md:\d+: .*1/);
  story.savesPlan(plan([...ROWS, "| 7 | Far away | 9 | 1h | |"]));
  expect(story.state.notices.at(-1)?.text).toContain("task 7 is for terminal 9, and this marathon has 2");
  expect(story.state.planOffer).toBeNull();
});

test("what is being worked on and what is done stays, whatever the files leave out; it comes back with them", async () => {
  await using story = await running();
  story.scratchpad.writes("terminal-01.md", "- [x] 1 Build it\n");
  await story.until("task-assigned", { task: 4 });
  const take = () => planRequest(story.engine, { name: "answer-plan-edit", offer: null, take: true, by: "a person" }).said;
  story.savesPlan(plan(["| 9 | Something else | 2 | 1h | |"]));
  take();
  expect(Object.values(story.state.tasks).map(({ number, state }) => [number, state])).toEqual([
    [1, "done"],
    [2, "running"],
    [3, "dropped"],
    [4, "running"],
    [9, "ready"],
  ]);
  story.savesPlan(plan([...ROWS, "| 9 | Something else | 2 | 1h | |"]));
  expect(story.state.planOffer?.summary).toContain("tasks added");
  take();
  expect(story.state.tasks[3]?.state).toBe("ready");
  expect(story.state.tasks[2]).toMatchObject({ state: "running", unplanned: false });
});

test("work that was added by hand is in no file, and an edit does not drop it", async () => {
  await using story = await running();
  const wish = { title: "By hand", reason: "needed", session: null, stream: null, terminal: 2, estimate: null, run: null, by: "a person" };
  planRequest(story.engine, { name: "add-task", ...wish });
  const files = readPlan([{ file: "plan.md", text: plan(ROWS) }]).plan;
  expect(files && planEdit(story.state, files).changes).toEqual({ added: [], dropped: [], moved: [], changed: [] });
  story.savesPlan(EDITED.replace("| 5 |", "| 6 |"));
  planRequest(story.engine, { name: "answer-plan-edit", offer: null, take: true, by: "a person" });
  expect(story.state.tasks[5]?.state).not.toBe("dropped");
  expect(story.state.plan.tasks.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
});

test("an engine that comes back offers what was offered, decided by nobody else", async () => {
  await using story = await running();
  story.savesPlan(EDITED);
  story.engineDies();
  await story.engineComesBack();
  story.savesPlan(EDITED);
  expect(story.events.filter(({ type }) => type === "plan-offered")).toHaveLength(1);
  expect(story.state.planOffer?.summary).toContain("1 task added");
});
