import { expect, test } from "vitest";
import { heartbeats } from "../../src/engine/heartbeat.ts";
import { scene } from "../support/scene.ts";
import { HUNDRED_TASKS } from "../support/scene/plans.ts";

test("a question that nobody answers for half an hour is a blocker with a clock, and none any more once it is answered", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  const beat = heartbeats(story.engine);
  story.terminal(4).reports7501({ state: "blocked", kind: "question", msg: "Which database?" });
  await story.until("terminal-state", { terminal: 4, state: "asking" });
  story.passes(29);
  beat();
  await desk.shows("? 1 asking", "■ 0 blockers");
  story.passes(1);
  beat();
  await desk.shows("■ 1 blocker", /31 unanswered: Which/u);
  // The answer is the quick way out; the blocker comes after it.
  desk.press("!");
  await desk.shows("terminal 4 asks: Which database?", "a answer");
  desk.press("!");
  await desk.shows("B1 P1 unanswered: Which database?; and terminal 4 asks (a)");
  desk.press("f");
  await desk.shows("task 31 only waits for a person in terminal 4: answer it (a) or look at it");
  // It goes up the chain like any other.
  desk.press("e");
  await desk.shows("B1 escalated to");
  story.terminal(4).reports7501({ state: "working" });
  await story.until("terminal-state", { terminal: 4, state: "busy", source: "osc-7501" });
  beat();
  await story.until("silence-ended");
  await desk.shows("■ 0 blockers", "T4 goes on");
  expect(story.state.blockers["B1"]?.history.at(-1)).toMatchObject({ act: "resolved", note: "its agent waits no longer" });
});

test("a file, a tick and the agent's own word about one task are one blocker with the evidence of all three", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.scratchpad.writes("terminal-04.md", "- [!] 31 basket.ts - no version fits both\n");
  await desk.shows("■ 1 blocker");
  story.scratchpad.writes("TASK_031_BLOCKER.md", "# The libraries exclude each other\n\nPriority: P0\n\nError: cannot resolve core>=2\n");
  await desk.shows(/P0 31 /u);
  await story.agent(4).says("task", { task: 31, state: "blocked", reason: "tried a container, the same" });
  await story.comesTo("three pieces of evidence", (state) => (state.blockers["B1"]?.evidence.length ?? 0) >= 3);
  expect(Object.keys(story.state.blockers)).toEqual(["B1"]);
  desk.press("b", "enter");
  await desk.shows("no version fits both", "cannot resolve core>=2", "tried a container, the same");
});
