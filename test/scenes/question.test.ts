import { expect, test } from "vitest";
import { scene } from "../support/scene.ts";
import { shellPlan } from "../support/scene/plans.ts";

const plan = shellPlan("Deploy", [["Build it | `make`"], ["Ship it | `./ship`"]]);

test("a question is seen, taken over, answered verbatim and released", async () => {
  await using story = await scene({ plan });
  const desk = await story.dashboard();
  await story.terminal(2).asks("Really deploy to production? [y/N] ");

  await desk.shows("? 1 asking", "T2 asks: Really deploy to production?", /2 +A .*\? asking/u);
  desk.press("!");
  await desk.shows(/2▶A/u);
  desk.press("enter");
  await desk.shows("TAKE-OVER 2");
  expect(desk.cursor.visible).toBe(true);

  desk.types("yes, I am sure\r");
  await story.terminal(2).isTyped("yes, I am sure\r");
  story.terminal(2).prints("yes, I am sure\r\ndeploying…\r\n");
  await desk.shows("deploying…");

  desk.press("ctrl+q");
  await desk.shows("DASHBOARD");
  expect(desk.cursor.visible).toBe(false);
  desk.press("?");
  await desk.shows("The keys of this context");
  await story.terminal(2).isTyped("yes, I am sure\r");
});

test("an agent that says itself that it asks is believed, and so is that it goes on", async () => {
  await using story = await scene({ plan, agent: "command" });
  const desk = await story.dashboard();
  story.terminal(1).reports7501({ state: "blocked", kind: "permission", msg: "May I edit auth.ts?" });
  await desk.shows("? 1 asking", "T1 asks: May I edit auth.ts?");
  expect(story.state.terminals[1]).toMatchObject({ state: "asking", kind: "permission", source: "osc-7501" });
  story.terminal(1).reports7501({ state: "working" });
  await desk.shows("? 0 asking");
});

test("when everybody asks, the marathon waits for a person and says so, until one answers", async () => {
  await using story = await scene({ plan });
  const desk = await story.dashboard();
  await story.terminal(1).asks("Which target? ");
  await desk.hides("WAITS FOR YOU");
  await story.terminal(2).asks("Really deploy to production? [y/N] ");
  await desk.shows("WAITS FOR YOU");
  expect(story.state.status).toBe("settled");

  story.terminal(1).prints("all\r\nbuilding…\r\n");
  await story.until("marathon-resumed");
  await desk.hides("WAITS FOR YOU");
});
