import { expect, test } from "vitest";
import { scene } from "../support/scene.ts";
import { shellPlan } from "../support/scene/plans.ts";

const AAR = ".claude/Scratchpad/MARATHON_AAR.md";

test("when everything is done the after-action review is drafted, from what was measured, and the event line says so", async () => {
  await using story = await scene({ plan: shellPlan("Two things", [["Build it | `make`", "Ship it | `./ship`"]]), agent: "shell" });
  const desk = await story.dashboard();
  await story.terminal(1).exits(0);
  await story.until("task-done", { task: 1 });
  expect(story.paper(AAR)).toBeUndefined();
  await story.terminal(1).exits(0);
  await story.comesTo("the draft", () => story.paper(AAR) !== undefined);
  expect(story.paper(AAR)).toContain("2 of 2 tasks done");
  expect(story.state.statusAt).toBe(story.events.find(({ type }) => type === "marathon-done")?.at);
  await desk.shows("done: 2 of 2", "MARATHON_AAR.md is drafted, p shows it");
});

test("where it cannot be written that is said, with what to do, and V drafts it later", async () => {
  await using story = await scene({ plan: shellPlan("One thing", [["Build it | `make`"]]), agent: "shell" });
  const desk = await story.dashboard({ columns: 200 });
  story.breaksPapers("ENOSPC: no space left on device, write");
  await story.terminal(1).exits(0);
  await story.until("marathon-done");
  await desk.shows("the after-action review could not be written: ENOSPC", "V or `marathon review --write` drafts it");
  story.mendsPapers();
  desk.press("V");
  await desk.shows("the after-action review is drafted: MARATHON_AAR.md");
  expect(story.paper(AAR)).toContain("1 of 1 tasks done");
});

test("V drafts it at any time, and words that somebody wrote in it stay", async () => {
  await using story = await scene({ plan: shellPlan("Two things", [["Build it | `make`", "Ship it | `./ship`"]]), agent: "shell" });
  const desk = await story.dashboard();
  desk.press("V");
  await desk.shows("the after-action review is drafted: MARATHON_AAR.md");
  const mine = (story.paper(AAR) ?? "").replace("_to be filled in_", "a good night");
  story.edits(AAR, mine);
  desk.press("V");
  await desk.shows("drafted: MARATHON_AAR_2.md");
  expect(story.paper(AAR)).toBe(mine);
});
