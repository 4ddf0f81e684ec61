import { expect, test } from "vitest";
import { scene } from "../support/scene.ts";
import { shellPlan } from "../support/scene/plans.ts";

const plan = shellPlan("Release day", [["Build it | `make`", "Pack it | `make pack`"], ["Read the mail | `mail`"]]);

test("a command fails: the board, the tree, the blockers and the event line tell it, and the terminal goes on", async () => {
  await using story = await scene({ plan });
  const desk = await story.dashboard();
  story.terminal(1).prints("make: *** [all] Error 2: no space left on device\r\n");
  await story.terminal(1).exits(2);

  await story.until("task-blocked", { task: 1 });
  await desk.shows("■ 1 blocker");
  await desk.shows(/1 .*exit code 2/u, "T1 blocked on 1 Build it: exit code 2");
  expect(desk.row(/P\d 1 /u)).toMatch(/T1 +0s/u);
  expect(desk.row("ORCHESTRATOR")).toMatch(/■1/u);
  // What went wrong can be read where it happened.
  await desk.shows("no space left on device", "✘ exit code 2");

  // The terminal does not wait for a person: its next task runs, and only the failed one is blocked.
  await desk.shows("▶ 2 Pack it", /1[ ▶]A .*● busy.* 2 .*\n.*Pack it/u);
  await story.terminal(1).exits(0);
  await story.terminal(2).exits(0);
  await story.until("marathon-settled");
  await desk.shows("WAITS FOR YOU", "2/3");
});

test("a program that cannot be run blocks its task with the reason", async () => {
  await using story = await scene({ plan: shellPlan("No command", [["Think about it | "], ["Do it | `true`"]]) });
  const desk = await story.dashboard();
  await desk.shows("has no Run cell", "■ 1 blocker");
  expect(story.state.tasks[1]?.state).toBe("blocked");
  expect(story.state.tasks[2]?.state).toBe("running");
});

test("an agent is killed in the middle of its task: the board says how it ended, and R starts it again on the same task", async () => {
  await using story = await scene({ plan, agent: "command" });
  const desk = await story.dashboard();
  story.terminal(1).prints("half of the work is done\r\n");
  await story.terminal(1).dies("SIGKILL");
  await desk.shows("T1 ended by SIGKILL", "half of the work is done", "■ 1 blocker");
  expect(story.state.tasks[1]).toMatchObject({ state: "blocked", terminal: 1 });
  expect(story.terminal(1).running).toBe(false);

  // Whoever tries to type is told what to do.
  desk.press("enter");
  await desk.shows("no program runs in terminal 1");
  desk.press("R");
  await story.terminal(1).starts(2);
  await desk.shows(/1▶A .*● busy.* 1 .*\n.*Build it/u);
});
