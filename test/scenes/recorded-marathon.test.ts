import { expect, test } from "vitest";
import { blockerDetailJson } from "../../src/marathon/blocker-json.ts";
import { findBlocker } from "../../src/marathon/blocker-judge.ts";
import { CHAIN, plan } from "../support/plan-builder.ts";
import { scene, type Scene } from "../support/scene.ts";

/** The shape of the recorded marathon: a dependency conflict stopped session 025, hurt 026 and kept 027 from starting; 029 needs none of them. */
const PLAN = plan({
  title: "Thirty-two hours",
  hierarchy: CHAIN,
  sessions: [
    { id: "025", name: "backend tests", hours: 4, fallback: "Session 029: documents" },
    { id: "026", name: "integration", hours: 4 },
    { id: "027", name: "coverage", hours: 4, dependsOn: ["025"] },
    { id: "029", name: "documents", hours: 4 },
  ],
  tasks: [
    { number: 3, session: "025", terminal: 1, title: "run the backend tests", minutes: 240 },
    { number: 5, session: "026", terminal: 2, title: "integrate what is there", minutes: 120 },
    { number: 6, session: "026", terminal: 2, title: "integrate the rest", minutes: 120, dependsOn: [3] },
    { number: 7, session: "027", terminal: 1, title: "measure the coverage", minutes: 240, dependsOn: [3] },
    { number: 11, session: "029", terminal: 2, title: "write the guide", minutes: 120 },
    { number: 12, session: "029", terminal: 2, title: "write the reference", minutes: 120 },
  ],
});

interface Detail {
  readonly blocker: {
    readonly hoursAtRisk: number;
    readonly affects: readonly { readonly session?: string; readonly task?: number; readonly effect: string }[];
    readonly fallbacks: readonly { readonly text: string; readonly bringsBack: number }[];
  };
}

function detail(story: Scene): Detail["blocker"] {
  const blocker = findBlocker(story.state, "B1");
  if (!blocker) throw new Error("there is no B1");
  return (blockerDetailJson(story.state, story.state.t, blocker) as unknown as Detail).blocker;
}

test("025 blocks after two hours: what it stops, hurts and keeps from starting is said at once, and the fallback brings hours back", async () => {
  await using story = await scene({ plan: PLAN, agent: "command" });
  const desk = await story.dashboard();
  await story.until("task-assigned", { task: 5 });
  story.passes(120);
  story.scratchpad.writes("SESSION_025_BLOCKER.md", "# Two libraries exclude each other\n\nPriority: P0\n\nError: no version fits both\n");
  await desk.shows("■ 1 blocker");
  const sessions = detail(story).affects.flatMap((item) => (item.session === undefined ? [] : [[item.session, item.effect]]));
  expect(sessions).toEqual([
    ["025", "stopped"],
    ["026", "hurt"],
    ["027", "not-started"],
  ]);
  // Two hours of 025, two of 026 and all four of 027.
  expect(detail(story).hoursAtRisk).toBe(8);
  desk.press("b", "enter");
  await desk.shows(
    "session 025 backend tests: stopped",
    "session 026 integration: hurt",
    "session 027 coverage: not started",
    "8 h of planned work",
  );
  desk.press("f");
  await desk.shows("Session 029: documents", "brings back 4 h of 8 h");
  desk.press("enter");
  const pivot = await story.until("blocker-fell-back");
  expect(pivot.fallback.tasks).toEqual([11, 12]);
  await story.until("task-assigned", { task: 11, terminal: 1 });
  expect(story.state.tasks[12]).toMatchObject({ terminal: 1, movedFrom: 2 });

  story.passes(60);
  desk.press("x");
  await desk.shows("what helped?");
  desk.types("the environment was rebuilt");
  desk.press("enter");
  await story.until("blocker-closed", { as: "resolved" });
  // Its time standing still is booked apart from its work.
  expect(story.state.tasks[3]).toMatchObject({ terminal: 1, workedMs: 120 * 60_000, blockedMs: 60 * 60_000 });
});
