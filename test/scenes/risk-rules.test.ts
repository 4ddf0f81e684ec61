import { expect, test } from "vitest";
import { scene, type Scene } from "../support/scene.ts";

const PLAN = `---
title: Night with risks
agent: command
command: sh agent.sh
---

# Night with risks

## Stream A: Tests (2 Tasks)

**Terminals 1-1 | Goal: unit tests pass**

**Terminal 1: QA_TESTER (2 tasks)**

| # | Task | Estimate | Session |
| --- | --- | --- | --- |
| 1 | Unit tests | 1h | 025 |
| 2 | Merge it | 1h | 025 |

## Stream F: Overflow (3 Tasks)

**Terminals 2-2 | Goal: written down**

**Terminal 2: SCRIBE (3 tasks)**

| # | Task | Estimate | Session |
| --- | --- | --- | --- |
| 3 | Write the guide | 1h | 032 |
| 4 | Write the index | 90m | 032 |
| 5 | Write the notes | 90m | 032 |

## Session 025: Core

**Duration:** 2 hours

## Session 032: Integration

**Duration:** 4 hours

## Risk Mitigation

### If Behind Schedule
1. **Drop Stream F** (overflow) - documentation can be deferred
2. **Merge early** - create PR with partial completion

### If Tests Fail
1. **Isolate failures** - don't block other streams
2. **Create follow-up tasks** - document in HUMAN_TODO.md
3. **Mark as known issues** - proceed with PR

### If Merge Conflicts
1. **Resolve in integration session** (032)
2. **Escalate to human** - if structural conflict
`;

async function night(): Promise<Scene> {
  const story = await scene({ plan: PLAN, agent: "command" });
  await story.until("task-assigned", { task: 1 });
  await story.until("task-assigned", { task: 3 });
  return story;
}

test("behind schedule: the plan's answers come with what they would change, one is taken by key, and taken back", async () => {
  await using story = await night();
  const desk = await story.dashboard();
  desk.press("P");
  await desk.shows("none of the plan's risk rules holds now");

  story.passes(200);
  story.scratchpad.writes("terminal-01.md", "- [x] 1 Unit tests\n");
  await story.until("risk-offered", { rule: 1, holds: true });
  await desk.shows("plan's advice");
  desk.press("P");
  await desk.shows("What the plan says to do", "Drop Stream F", "5 → 3 tasks, −3h (2 open tasks of Overflow", "to merge");
  desk.press("enter");
  await story.until("risk-taken", { id: "R1" });
  expect([4, 5].map((number) => story.state.tasks[number]?.state)).toEqual(["dropped", "dropped"]);
  expect(story.state.tasks[3]?.state).toBe("running");
  await story.comesTo("the list for people", () => story.paper("HUMAN_TODO.md") !== undefined);
  expect(story.paper("HUMAN_TODO.md")).toMatch(
    /- \[ \] R1 .*: 4 Write the index \(032\), 5 Write the notes \(032\); since .* <!-- marathon m-scene R1 -->/u,
  );

  await desk.shows("R1: 5 → 3 tasks", " 1/3 ");
  desk.press("P");
  await desk.shows("take back R1");
  desk.press("shift+tab", "enter");
  await story.until("risk-undone", { id: "R1" });
  expect([4, 5].map((number) => story.state.tasks[number]?.state)).toEqual(["ready", "ready"]);
  await story.comesTo("the line ticked", () => (story.paper("HUMAN_TODO.md") ?? "").includes("- [x] R1"));
});

test("tests fail: what is stopped is named, follow-ups are listed, and a known issue makes no noise", async () => {
  await using story = await night();
  const desk = await story.dashboard();
  story.scratchpad.writes("terminal-01.md", "- [!] 1 Unit tests - 3 tests failed in test_pairs.py\n");
  await desk.shows("P plan's advice");
  desk.press("P");
  await desk.shows("tests fail: B1 stops 1", "stream A stands, F go on", "1 line on the list for people (1)", "1 blocker (B1)");
  desk.press("tab", "tab", "enter");
  await story.until("risk-taken", { rule: 2, response: 3 });
  expect(story.state.blockers["B1"]?.state).toBe("known");
  // The trigger holds no more: nothing is offered for it.
  expect(story.state.riskHolds).toEqual([]);
});

test("a merge conflict is carried over to the integration session, with its origin, counted once; and taken back", async () => {
  await using story = await night();
  story.scratchpad.writes("terminal-01.md", "- [!] 2 Merge it - merge conflict in models.py\n");
  await story.until("risk-offered", { rule: 3, holds: true });
  const client = await story.dashboard();
  await client.shows("P plan's advice");
  client.press("P");
  await client.shows("from session 025 to 032, counted once");
  client.press("enter");
  await story.until("risk-taken", { rule: 3, response: 1 });
  expect(story.state.plan.sessions.map(({ id, tasks }) => [id, tasks])).toEqual([
    ["025", [1]],
    ["032", [2, 3, 4, 5]],
  ]);
  expect(story.state.tasks[2]?.carried).toMatchObject([{ from: "025", to: "032" }]);
  await client.shows("R1: 1 task (2)");
  client.press("P");
  await client.shows("take back R1");
  client.press("shift+tab", "enter");
  await story.until("risk-undone", { id: "R1" });
  expect(story.state.plan.tasks.find(({ number }) => number === 2)?.session).toBe("025");
});
