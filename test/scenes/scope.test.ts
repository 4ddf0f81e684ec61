import { expect, test } from "vitest";
import { openWishes } from "../../src/marathon/wishes.ts";
import { planRequest } from "../../src/engine/plan-desk.ts";
import { scene, type Scene } from "../support/scene.ts";

const PLAN = `---
title: Scope
agent: command
command: sh agent.sh
---

# Scope

## Stream A: Core (2 Tasks)

**Terminals 1-1 | Goal: it works**

**Terminal 1: CODER (2 tasks)**

| # | Task | Estimate | Session |
| --- | --- | --- | --- |
| 1 | Build it | 1h | 025 |
| 2 | Test it | 1h | 026 |

## Session 025: Core

**Duration:** 1 hours

## Session 026: Tests

**Duration:** 1 hours

## Pre-Flight

1. The disk has room
2. The tests can be started
`;

const NEW = {
  name: "add-task",
  title: "Write the changelog",
  session: "025",
  stream: null,
  terminal: 1,
  estimate: "30m",
  run: null,
  by: "a person",
} as const;

async function running(): Promise<Scene> {
  const story = await scene({ plan: PLAN, agent: "command" });
  await story.until("task-assigned", { task: 1 });
  return story;
}

test("adding work asks for a plan change, and the task is marked as added with time and reason", async () => {
  await using story = await running();
  const { engine } = story;
  expect(() => planRequest(engine, { ...NEW, reason: null })).toThrow("that changes the plan (2 → 3 tasks, +30m in session 025): say why");
  story.passes(10);
  expect(planRequest(engine, { ...NEW, reason: "the release needs it" }).said).toBe("task 3 added: 2 → 3 tasks, +30m in session 025");
  expect(story.state.tasks[3]).toMatchObject({ state: "ready", terminal: 1, added: { reason: "the release needs it", by: "a person" } });
  expect(story.state.plan.sessions[0]?.tasks).toEqual([1, 3]);

  const desk = await story.dashboard();
  await desk.shows("/3 ");
  // It is work like any other: it is given, done and counted.
  story.scratchpad.writes("terminal-01.md", "- [x] 1 Build it\n- [x] 2 Test it\n");
  await story.until("task-assigned", { task: 3 });
  story.scratchpad.writes("terminal-01.md", "- [x] 1 Build it\n- [x] 2 Test it\n- [x] 3 Write the changelog\n");
  await story.until("marathon-done");
});

test("an agent asks for work in its report: it is told, and joins the plan only by a person's key", async () => {
  await using story = await running();
  const desk = await story.dashboard();
  story.scratchpad.writes("terminal-01.md", "- [~] 1 Build it\n- [+] 9 Rotate the keys - they are in the log\n");
  await desk.shows("terminal-01.md:2 asks to add work");
  expect(Object.keys(story.state.tasks)).toEqual(["1", "2"]);
  desk.press("A");
  await desk.shows("they are in the log");
  desk.press("enter");
  await desk.shows("2 → 3 tasks: why must the plan grow?");
  desk.press("enter");
  await story.until("task-added");
  expect(story.state.tasks[3]).toMatchObject({ added: { reason: "they are in the log", by: "a person" } });
  expect(openWishes(story.state)).toEqual([]);
  // The same report, saved again, asks for nothing new.
  const notices = story.state.notices.length;
  story.scratchpad.writes("terminal-01.md", "- [~] 1 Build it\n- [+] 9 Rotate  the keys - they are in the log\n- [x] 1 Build it\n");
  await story.until("task-done");
  expect(story.state.notices).toHaveLength(notices);
});

test("by key: what, why, and not without a reason", async () => {
  await using story = await running();
  const desk = await story.dashboard();
  desk.press("A");
  await desk.shows("what is to be done?");
  desk.types("Write the changelog");
  desk.press("enter");
  await desk.shows("why must the plan grow?");
  desk.press("enter");
  await desk.shows("a plan grows only for a reason");
  desk.press("A");
  await desk.shows("what is to be done?");
  desk.types("Write the changelog");
  desk.press("enter");
  await desk.shows("2 → 3 tasks");
  desk.types("the release needs it");
  desk.press("enter");
  await story.until("task-added");
  expect(story.state.tasks[3]?.added?.reason).toBe("the release needs it");
});

test("what cannot be added or carried over is refused with what there is", async () => {
  await using story = await running();
  const { engine } = story;
  const add = (facts: object) => () => planRequest(engine, { ...NEW, reason: "because", ...facts });
  expect(add({ title: " " })).toThrow("has no title");
  expect(add({ session: "099" })).toThrow("the plan has no session 099; it has 025, 026");
  expect(add({ terminal: 9 })).toThrow("no terminal 9");
  expect(add({ estimate: "soon" })).toThrow('"soon" is no duration');
  const carry =
    (task: number, to: string, reason = "late") =>
    () =>
      planRequest(engine, { name: "carry-task", task, to, reason, by: "a person" });
  expect(carry(9, "026")).toThrow("task 9 is not in the plan");
  expect(carry(1, "025")).toThrow("is in session 025 already");
  expect(carry(1, "026", "")).toThrow("say why");
  expect(carry(1, "026")().said).toBe("task 1: session 025 → 026");
  expect(story.state.tasks[1]?.carried).toMatchObject([{ from: "025", to: "026", reason: "late" }]);
  expect(story.state.plan.sessions.map(({ tasks }) => tasks)).toEqual([[], [1, 2]]);
});

test("a preflight item that failed is a blocker until it is in order", async () => {
  await using story = await running();
  const desk = await story.dashboard();
  const check = (ok: boolean, note: string | null = null) =>
    planRequest(story.engine, { name: "check-preflight", item: 1, ok, note, by: "a person" });
  check(false, "2 % left");
  await desk.shows("■ 1 blocker");
  expect(story.state.blockers["B1"]).toMatchObject({ title: "preflight: The disk has room", state: "open", tasks: [] });
  await desk.shows("with ORCHESTRATOR");
  check(false, "1 % left");
  expect(Object.keys(story.state.blockers)).toEqual(["B1"]);
  check(true);
  expect(story.state.blockers["B1"]?.state).toBe("resolved");
  expect(() => planRequest(story.engine, { name: "check-preflight", item: 7, ok: true, note: null, by: "a person" })).toThrow(
    "has 2 items, not 7",
  );
});
