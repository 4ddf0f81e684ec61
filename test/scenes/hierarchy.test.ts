import { expect, test } from "vitest";
import { scene, type Scene } from "../support/scene.ts";

const PLAN = `---
title: Chain of command
agent: command
command: sh agent.sh
---

# Chain of command

## Stream A: Tests (2 Tasks)

**Terminals 1-2 | Goal: unit tests pass**

**Terminal 1: COORD_QUALITY (1 task)**

| # | Task | Estimate | Role |
| --- | --- | --- | --- |
| 1 | Lead the testers | 2h | COORD_QUALITY |

**Terminal 2: ORCHESTRATOR (1 task)**

| # | Task | Estimate | Role |
| --- | --- | --- | --- |
| 2 | Fix the database schema | 1h | ORCHESTRATOR |

## Hierarchy

\`\`\`
ORCHESTRATOR
├── ARCHITECT
│   └── COORD_QUALITY
│       └── QA_TESTER
└── SYNTHESIZER
    └── COORD_OPS
\`\`\`
`;

async function working(): Promise<Scene> {
  const story = await scene({ plan: PLAN, agent: "command" });
  await story.until("task-assigned", { task: 1 });
  await story.until("task-assigned", { task: 2 });
  return story;
}

function spawns(story: Scene, terminal: number, agent: string, title: string | null = null): void {
  story.engine.submit({ type: "agent-reported", terminal, agent, state: "busy", title, message: null });
}

test("each spawn is judged with both names, and the figures are there with their formulas and what was recorded before", async () => {
  await using story = await working();
  const desk = await story.dashboard();
  spawns(story, 1, "QA_TESTER_1");
  spawns(story, 1, "COORD_OPS");
  await desk.shows("1 violation");
  expect(story.state.notices.map(({ text }) => text)).toContain(
    "against the hierarchy: COORD_QUALITY spawned COORD_OPS: that is up to SYNTHESIZER (terminal 1)",
  );

  desk.press("%");
  await desk.shows(
    "delegation ratio 75 %",
    "recorded 100 %, 67 %, 85 %; best before 100 %",
    "= delegated runs / all runs",
    "COORD_QUALITY spawned COORD_OPS",
    "not measured",
  );
  const hierarchy = story.engine.status()["hierarchy"] as { readonly metrics: Record<string, unknown> };
  expect(hierarchy.metrics).toMatchObject({
    spawned: 4,
    compliance: 0.75,
    delegationRatio: 0.75,
    directShare: 0.25,
    directEditRate: null,
    spans: [{ role: "COORD_QUALITY", agents: 2, outside: "too few" }],
    violations: [{ by: "COORD_QUALITY", role: "COORD_OPS", terminal: 1 }],
  });
});

test("a commander that works itself is told of the deputy, and the 99 to 1 gauge turns", async () => {
  await using story = await working();
  const desk = await story.dashboard();
  await desk.shows("direct 50 % > 1 %");
  expect(story.state.notices.map(({ text }) => text)).toContain(
    "ORCHESTRATOR works on task 2 itself instead of delegating it: which deputy owns that?",
  );
});

test("a coordinator with too many below it is marked beside its name", async () => {
  await using story = await working();
  const desk = await story.dashboard();
  spawns(story, 1, "QA_TESTER", "unit tests ×9");
  await desk.shows(/COORD_QUALITY 9>8/u);
});
