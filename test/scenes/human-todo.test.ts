import { expect, test } from "vitest";
import { planRequest } from "../../src/engine/plan-desk.ts";
import { fold } from "../../src/marathon/step.ts";
import { scene, type Scene } from "../support/scene.ts";

const PLAN = `---
title: Night
agent: command
command: sh agent.sh
---

# Night

## Stream A: Core (3 Tasks)

**Terminals 1-1 | Goal: it works**

**Terminal 1: CODER (3 tasks)**

| # | Task | Estimate |
| --- | --- | --- |
| 1 | Build it | 1h |
| 2 | Test it | 1h |
| 3 | Ship it | 1h |
`;

async function blocked(): Promise<Scene> {
  const story = await scene({ plan: PLAN, agent: "command" });
  await story.until("task-assigned", { task: 1 });
  story.scratchpad.writes("terminal-01.md", "- [!] 1 Build it - no compiler\n");
  await story.until("task-blocked", { task: 1 });
  return story;
}

test("N puts a failed task on the list for people, the header counts it, and its line is ticked once the task is done", async () => {
  await using story = await blocked();
  const desk = await story.dashboard({ columns: 160, rows: 48 });
  await desk.shows("■ 1 blocker");
  desk.press("N");
  await desk.shows("Put on the list for people (HUMAN_TODO.md)", "1 Build it", "blocked by B1: no compiler");
  desk.press("enter");
  await desk.shows("task 1 put on the list for people: HUMAN_TODO.md", "1 open in HUMAN_TODO.md");
  expect(story.paper("HUMAN_TODO.md")).toMatch(
    /## Waiting for a person\n\n- \[ \] 1 Build it: blocked by B1, no compiler; listed .* <!-- marathon m-scene task 1 -->\n$/u,
  );
  expect(story.engine.status()).toMatchObject({ humanTodo: { open: 1 } });

  story.scratchpad.writes("terminal-01.md", "- [x] 1 Build it\n");
  await story.until("task-done", { task: 1 });
  await story.comesTo("the line ticked", () => (story.paper("HUMAN_TODO.md") ?? "").includes("- [x] 1 Build it: done; listed"));
});

test("what people write and tick by hand in the list is counted, and stays as they left it", async () => {
  await using story = await blocked();
  const desk = await story.dashboard({ columns: 160, rows: 48 });
  story.edits("HUMAN_TODO.md", "# Mine\n\n- [ ] call the vendor\n- [x] pay the bill\n* [ ] order a disk\n\n```\n- [ ] an example\n```\n");
  await desk.shows("2 open in HUMAN_TODO.md");
  planRequest(story.engine, { name: "list-todo", task: 1, by: "a person" });
  await desk.shows("3 open in HUMAN_TODO.md");
  story.edits("HUMAN_TODO.md", (story.paper("HUMAN_TODO.md") ?? "").replaceAll("[ ]", "[x]"));
  await desk.hides("open in HUMAN_TODO.md");
  const ticked = story.paper("HUMAN_TODO.md");
  expect(planRequest(story.engine, { name: "list-todo", task: 1, by: "a person" }).said).toContain("already, ticked");
  expect(story.paper("HUMAN_TODO.md")).toBe(ticked);
  expect(fold(null, story.events).todo).toEqual(story.state.todo);
});

test("work that goes its way, a task that is not in the plan, and a list that cannot be written are refused with the reason", async () => {
  await using story = await blocked();
  await story.until("task-assigned", { task: 2 });
  const list = (task: number) => () => planRequest(story.engine, { name: "list-todo", task, by: "a person" });
  expect(list(2)).toThrow("task 2 is running: only what is blocked, parked or dropped goes on the list for people");
  expect(list(9)).toThrow("task 9 is not in the plan");
  story.breaksPapers("HUMAN_TODO.md is a link: nothing was written there");
  expect(list(1)).toThrow("task 1 was not listed: HUMAN_TODO.md is a link: nothing was written there");
  expect(story.events.filter(({ type }) => type === "todo-listed")).toEqual([]);
});
