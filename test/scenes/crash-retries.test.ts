import { expect, test } from "vitest";
import { scene } from "../support/scene.ts";

const plan = (retries: string) => `---
title: Fragile
agent: command
command: sh agent.sh
${retries}
---

# Fragile

## Stream A: Work (2 Tasks)

**Terminals 1-1 | Goal: it holds**

**Terminal 1: WORKER (2 tasks)**

| # | Task | Estimate |
| --- | --- | --- |
| 1 | Carry water | 1h |
| 2 | Chop wood | 1h |
`;

test("a crashed agent is started again on its task as often as the plan says, and then the task is blocked with what was seen", async () => {
  await using story = await scene({ plan: plan("retries: 1"), agent: "command" });
  const desk = await story.dashboard();
  await story.until("task-assigned", { task: 1 });
  story.terminal(1).prints("panic: lost the bucket\r\n");
  await story.terminal(1).exits(3);
  await story.terminal(1).starts(2);
  expect(story.events.findLast((event) => event.type === "terminal-starting")?.reason).toContain("task 1 is tried again, 1 of 1");
  expect(story.state.blockers).toEqual({});
  expect(story.state.tasks[1]).toMatchObject({ state: "running", attempts: 2 });

  story.terminal(1).prints("panic: lost the bucket again\r\n");
  await story.terminal(1).exits(3);
  await desk.shows("■ 1 blocker");
  expect(story.state.tasks[1]).toMatchObject({ state: "blocked", terminal: 1 });
  const { B1 } = story.state.blockers;
  expect(B1?.title).toContain("lost the bucket again (attempt 2)");
  expect(B1?.evidence.map((one) => one.line)).toContain("panic: lost the bucket again");
  // The next task is not given to a terminal whose agent is gone.
  expect(story.state.tasks[2]).toMatchObject({ state: "ready", attempts: 0 });
});

test("without retries the first crash blocks the task; an agent that a person stops has not crashed", async () => {
  await using story = await scene({ plan: plan("buffer: 25%"), agent: "command" });
  await story.until("task-assigned", { task: 1 });
  story.engine.submit({ type: "terminal-retired", terminal: 1, reason: "stopped by a person" });
  await story.engine.hosts.get(1)?.stop(true);
  expect(story.state.blockers).toEqual({});
  expect(story.state.tasks[1]?.state).toBe("ready");
});

test("a stand-in that crashes stops its task like any agent, as long as nobody restarts it", async () => {
  await using story = await scene({ plan: plan("buffer: 25%"), agent: "rehearsal", rehearsal: true });
  await story.until("task-assigned", { task: 1 });
  story.terminal(1).prints("out of memory\r\n");
  await story.terminal(1).exits(137);
  await story.until("task-blocked", { task: 1 });
  expect(story.state.blockers["B1"]?.evidence.map((one) => one.line)).toContain("out of memory");
});
