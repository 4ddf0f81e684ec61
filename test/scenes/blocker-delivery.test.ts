import { expect, test } from "vitest";
import { scene } from "../support/scene.ts";
import { idles, pasteOf, reads } from "../support/scene/agent.ts";

const PLAN = `---
title: Told for real
agent: command
command: sh agent.sh
---

# Told for real

## Stream A: Tests (2 Tasks)

**Terminals 1-2 | Goal: unit tests pass**

**Terminal 1: QA_TESTER (1 task)**

| # | Task | Estimate | Role |
| --- | --- | --- | --- |
| 1 | Unit tests | 2h | QA_TESTER |

**Terminal 2: COORD_QUALITY (1 task)**

| # | Task | Estimate | Role |
| --- | --- | --- | --- |
| 2 | Lead the testers | 2h | COORD_QUALITY |

## Hierarchy

\`\`\`
ORCHESTRATOR
└── ARCHITECT
    └── COORD_QUALITY
        └── QA_TESTER
\`\`\`
`;

test("a coordinator to whom a blocker goes up is told in its own terminal: at the right moment, seen to be taken, and shown as delivered", async () => {
  await using story = await scene({ plan: PLAN, agent: "command" });
  const desk = await story.dashboard({ columns: 160, rows: 60 });
  await story.until("task-assigned", { task: 2 });
  story.scratchpad.writes("terminal-01.md", "- [!] 1 Unit tests - no space left on the disk\n");
  await desk.shows("■ 1 blocker");
  story.terminal(2).reports7501({ state: "working" });
  await story.until("terminal-state", { terminal: 2, state: "busy", source: "osc-7501" });
  desk.press("b", "e");
  const { to } = await story.until("blocker-escalated");
  expect(to).toEqual({ level: "coordinator", role: "COORD_QUALITY", terminal: 2 });
  // It is at work: the words wait, and the page says so.
  await story.until("message-waiting", { why: "it is busy" });
  expect(story.terminal(2).typed).toBe("");
  desk.press("enter");
  await desk.shows("with COORD_QUALITY in terminal 2", "terminal 2 was told: queued (it is busy)");
  expect(story.paper(".claude/Scratchpad/ESCALATION_B1.md")).toContain("no space left on the disk");

  const { text } = await story.until("message-queued", { terminal: 2 });
  expect(text).toContain("Blocker B1 (P1) is yours now, COORD_QUALITY in terminal 2: no space left on the disk. It stops 1.");
  await idles(story, 2);
  await story.terminal(2).endsTyped(pasteOf(text));
  await reads(story, 2, text);
  await story.until("message-delivered");
  await desk.shows("terminal 2 was told: delivered");
  // It does its part by command, as a person does by key.
  desk.press("escape");
  story.scratchpad.writes("terminal-01.md", "- [~] 1 Unit tests\n");
  await desk.shows("■ 0 blockers");
});
