import { expect, test } from "vitest";
import { scene } from "../support/scene.ts";
import { shellPlan } from "../support/scene/plans.ts";

const plan = shellPlan("Night run", [["Ship it | `./ship` | y", "Tidy up | `./tidy` | "], ["Name it | `./name` | "]], {
  columns: " Answer |",
});

test("nobody is there: a question takes the answer that the plan gives", async () => {
  await using story = await scene({ plan, unattended: true });
  await story.terminal(1).asks("Really ship? [y/N] ");
  await story.terminal(1).isTyped("y\r");
  await story.terminal(1).exits(0);
  expect(story.state.tasks[1]?.state).toBe("done");
  expect(story.state.log.map((line) => line.text).join("\n")).toContain('answered "y", as the plan says');
});

test("nobody is there and the plan gives no answer: the task is blocked with the question, and the rest goes on", async () => {
  await using story = await scene({ plan, unattended: true });
  await story
    .terminal(2)
    .asks("What shall it be called? ")
    .catch(() => {});
  await story.until("task-blocked", { task: 3 });
  expect(story.state.tasks[3]?.state).toBe("blocked");
  expect(Object.values(story.state.blockers)[0]?.title).toContain("What shall it be called?");
  expect(story.terminal(2).running).toBe(false);
  await story.terminal(1).exits(0);
  await story.comesTo("the next task to run", (state) => state.tasks[2]?.state === "running");
});
