import { expect, test } from "vitest";
import { goalsOf } from "../../src/marathon/goals.ts";
import { targetsOf } from "../../src/marathon/targets.ts";
import { scene } from "../support/scene.ts";

const PLAN = `---
title: Night with goals
agent: command
command: sh agent.sh
---

# Night with goals

## Session 025: Backend tests

**Duration:** 2 hours
**Branch:** \`claude/session-025-tests\`
**Agents:** 2 (QA_TESTER × 2, parallel)

### Objectives
1. Services covered from 21 to 80 %

### Agent Work (Parallel)
\`\`\`
QA_TESTER_1: Unit tests (1 task)
QA_TESTER_2: Load tests (1 task)
\`\`\`

| # | Task | Estimate | Terminal |
| --- | --- | --- | --- |
| 1 | Unit tests | 1h | 1 |
| 2 | Load tests | 1h | 2 |

### Success Criteria
- [ ] All services have tests
- [ ] No test is skipped

### Deliverables
- \`docs/tests.md\`

## Success Criteria

| Metric | Current | Target |
| --- | --- | --- |
| Service tests | 10/47 | 47/47 |
`;

test("C shows what the plan wants to be true; Enter ticks a line and says what a target is now, for every dashboard", async () => {
  await using story = await scene({ plan: PLAN, agent: "command" });
  await story.until("task-assigned", { task: 1 });
  const desk = await story.dashboard({ columns: 160, rows: 45 });
  desk.press("C");
  await desk.shows("Goals of the plan", "criteria 0/2", "deliverables 0/1", "[ ] 025.1  All services have tests", "Service tests: 10/47");
  desk.press("enter");
  await desk.shows("Service tests: what is it now?", "It is to be 47/47");
  desk.types("28/47");
  desk.press("enter");
  await story.until("target-measured", { value: "28/47" });
  await desk.shows("10/47 → 28/47 → 47/47", "Goals of the plan");
  expect(targetsOf(story.state)[0]?.share).toBeCloseTo(18 / 37);
  desk.press("j", "enter");
  await story.until("goal-checked", { goal: "025.1", met: true });
  await desk.shows("criteria 1/2", "[x] 025.1  All services have tests", "met, says a person");
  // The line that was turned is still the marked one: Enter takes it back.
  desk.press("enter");
  await story.until("goal-checked", { goal: "025.1", met: false });
  expect(goalsOf(story.state).filter(({ met }) => met)).toEqual([]);
  await desk.shows("criteria 0/2", "[ ] 025.1  All services have tests", "open, says a person");

  desk.press("escape", "t", "enter");
  await desk.shows(
    "Services covered from 21 to 80 %",
    "QA_TESTER_2: Load tests (1 task)",
    "criteria 0/2 met",
    "[ ] 025.2  No test is skipped",
    "[ ] 025.branch  claude/session-025-tests is pushed",
    "[ ] 025.handoff",
  );
});
