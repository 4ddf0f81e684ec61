import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CONTEXT_UNKNOWN, contextWords } from "../../src/marathon/context-loaded.ts";
import { whyJson } from "../../src/marathon/status.ts";
import { scene } from "../support/scene.ts";

test("the page about a terminal says whether it was given all of the context that the plan names for it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "context-loaded-"));
  writeFileSync(join(folder, "GUIDE.md"), "x");
  const plan = `---
agent: command
command: sh agent.sh
---

# Night

## Context Files

**Core Understanding:**
\`\`\`
${folder}/GUIDE.md
\`\`\`

**For Tests (Stream B):**
\`\`\`
${folder}/gone.md
\`\`\`

## Stream A: Code (1 Task)

**Terminal 1 | Goal: it works**

| # | Task |
| --- | --- |
| 1 | Build it |

## Stream B: Tests (1 Task)

**Terminal 2 | Goal: it is tested**

| # | Task |
| --- | --- |
| 2 | Test it |
`;
  try {
    await using story = await scene({ plan, agent: "command" });
    await story.until("task-assigned", { task: 2 });
    const desk = await story.dashboard();
    desk.press("1", "w");
    await desk.shows("context loaded: full (1 of 1 file that the plan names for it)");
    desk.press("esc");
    await desk.hides("context loaded");
    desk.press("2", "w");
    await desk.shows("context loaded: minimal (1 of 2 files that the plan names for it)");
    // The journal alone does not say what was given.
    expect(whyJson(story.state, 1)).toMatchObject({ contextLoaded: CONTEXT_UNKNOWN });
    expect(contextWords(CONTEXT_UNKNOWN)).toBe("context loaded: unknown (no assignment of it says so)");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
