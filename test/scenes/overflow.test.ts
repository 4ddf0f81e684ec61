import { expect, test } from "vitest";
import { scene } from "../support/scene.ts";
import { HUNDRED_TASKS } from "../support/scene/plans.ts";

const FIRST_PHASE = Array.from({ length: 88 }, (_, index) => index + 1);
const OVERFLOW = Array.from({ length: 12 }, (_, index) => index + 89);

/** As agents tick it off: "- [x] 12 done" for each. */
const ticks = (tasks: readonly number[]) => tasks.map((task) => `- [x] ${task} done\n`).join("");

test("overflow tasks are taken by free terminals, each once, until all hundred are done", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.scratchpad.writes("terminal-01.md", ticks(FIRST_PHASE));
  await desk.shows("88/100");

  const running = () => Object.values(story.state.tasks).filter((task) => task.state === "running");
  expect(running().map((task) => task.number)).toEqual(OVERFLOW.slice(0, 10));
  expect(new Set(running().map((task) => task.terminal)).size).toBe(10);

  for (const task of OVERFLOW) story.scratchpad.writes(`TASK_${task}_REPORT.md`, ticks([task]));

  await story.until("marathon-done");
  await desk.shows("100/100", "DONE");
  const taken = story.events.flatMap((event) => (event.type === "task-assigned" ? [event.task] : []));
  expect(taken.toSorted((a, b) => a - b)).toEqual([...new Set(taken)].toSorted((a, b) => a - b));
  expect(story.events.filter((event) => event.type === "task-done")).toHaveLength(100);
});
