import { expect, test } from "vitest";
import { limitMarks, limitsJson } from "../../src/marathon/time/limits.ts";
import { scene, type Scene } from "../support/scene.ts";
import { codingAgentsInPath } from "../support/scene/coding-agents.ts";
import { addressOf, hook } from "../support/scene/hooks.ts";
import { shellPlan } from "../support/scene/plans.ts";

codingAgentsInPath("claude");
const plan = shellPlan("Two things", [["Build it | `make` | 3h", "Ship it | `./ship` | 2h"]]);

/** What Claude Code tells its status line of the limits of its account. */
async function tells(story: Scene, terminal: number, fiveHours: object, sevenDays: object = {}): Promise<void> {
  const { url, headers } = addressOf(story, terminal, "Stop");
  const body = JSON.stringify({ rate_limits: { five_hour: fiveHours, seven_day: sevenDays } });
  expect((await fetch(new URL("/status", url), { method: "POST", headers, body })).status).toBe(200);
}

const inHours = (story: Scene, hours: number) => Math.round(story.clock.now().at / 1000) + hours * 3600;

test("when a limit begins anew stands on the timeline, and who waits for it", async () => {
  await using story = await scene({ plan, agent: "claude" });
  const desk = await story.dashboard({ columns: 160, rows: 45 });
  await tells(story, 1, { used_percentage: 100, resets_at: inHours(story, 1) }, { used_percentage: 12, resets_at: inHours(story, 90) });
  await hook(story, 1, "StopFailure", { error: "rate_limit" });
  desk.press("t");
  await desk.shows("limits: 5 hours: T1 waits for it, 100 % used, begins anew at 21:00, in 1:00");
  const lane = desk
    .text()
    .split("\n")
    .filter((line) => line.includes("↻"));
  // In the lane of the whole marathon, and in the legend.
  expect(lane, desk.picture()).toHaveLength(2);
  desk.press("tab");
  await desk.idle();
  expect(
    desk
      .text()
      .split("\n")
      .filter((line) => line.includes("↻")),
    desk.picture(),
  ).toHaveLength(3);
});

test("agents of one account have one limit, and one that has begun anew is gone", async () => {
  await using story = await scene({ plan: shellPlan("Two", [["Build it | `make`"], ["Ship it | `./ship`"]]), agent: "claude" });
  const resets = inHours(story, 2);
  await tells(story, 1, { used_percentage: 40, resets_at: resets });
  await tells(story, 2, { used_percentage: 55, resets_at: resets + 1 });
  const { state } = story;
  expect(limitMarks(state, state.t)).toMatchObject([{ name: "5 hours", terminals: [1, 2], usedPercent: 55, holds: false }]);
  expect(limitsJson(state, state.t)).toMatchObject([
    { name: "5 hours", resetsAt: new Date(resets * 1000).toISOString(), resetsAtHours: 2 },
  ]);
  expect(limitMarks(state, state.t + 3 * 3600_000)).toEqual([]);
});

test("a time that is no date is not believed", async () => {
  await using story = await scene({ plan, agent: "claude" });
  await tells(story, 1, { used_percentage: 100, resets_at: 1e18 });
  expect(limitsJson(story.state, story.state.t)).toEqual([]);
  expect(story.engine.status()["terminals"]).toMatchObject([{ limits: [{ usedPercent: 100, resetsAt: null }] }]);
});
