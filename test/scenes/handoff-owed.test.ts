import { expect, test } from "vitest";
import { scene } from "../support/scene.ts";

const PLAN = `---
title: Night
agent: command
command: sh agent.sh
---

# Night

| # | Task | Estimate | Terminal | Session |
| --- | --- | --- | --- | --- |
| 1 | Build it | 1h | 1 | 025 |
| 2 | Test it | 1h | 1 | 026 |

## Session 025: Core

**Duration:** 1 hours

## Session 026: Tests

**Duration:** 1 hours
`;

const HANDOFF =
  "# Handoff\n\nCompletion: 100 %\n\n## Completed work\n- all\n\n## Blocked work\n- none\n\n## Next steps\n- ship\n\n## Effort\n0 hours\n";

test("a session whose work is done owes its handoff on the board, in the time view and at the end, until the file is there", async () => {
  await using story = await scene({ plan: PLAN, agent: "command" });
  await story.until("task-assigned", { task: 1 });
  const desk = await story.dashboard({ columns: 200, rows: 50 });
  story.scratchpad.writes("terminal-01.md", "- [x] 1 Build it\n");
  await story.until("task-done", { task: 1 });
  await desk.shows("1/1", "owes a handoff", "no handoff of session 025 yet");
  desk.press("t");
  await desk.shows("Time by sessions", "owes a handoff");
  desk.press("enter");
  await desk.shows("it counts as closed once SESSION_025_HANDOFF.md is in the scratchpad");
  desk.press("escape", "escape");

  story.scratchpad.writes("SESSION_025_HANDOFF.md", HANDOFF);
  await desk.hides("owes a handoff");
  await desk.hides("no handoff of session 025 yet");
  story.scratchpad.writes("terminal-01.md", "- [x] 1 Build it\n- [x] 2 Test it\n");
  await story.until("marathon-done");
  await desk.shows("DONE", "done: 2 of 2 in 0s · no handoff of session 026 yet");
  expect(story.engine.status()).toMatchObject({
    progress: { handoffsMissing: ["026"], sessions: [{ closed: true }, { owesHandoff: true, closed: false }] },
  });
});
