import { expect, test } from "vitest";
import { scene, type Scene } from "../support/scene.ts";
import { HUNDRED_TASKS } from "../support/scene/plans.ts";

async function night(): Promise<Scene> {
  return scene({ plan: HUNDRED_TASKS, agent: "command" });
}

test("a task that is reported done is done as by a tick, and the answer names the next one", async () => {
  await using story = await night();
  const desk = await story.dashboard();
  const first = story.state.terminals[3]?.task ?? 0;
  const answer = await story.agent(3).says("task", { task: first, state: "done" });
  expect(answer).toMatchObject({ changed: true, notes: [] });
  expect(story.state.tasks[first]).toMatchObject({ state: "done", doneBy: "report of terminal 3" });
  expect(answer.said).toContain(`your next task is ${story.state.terminals[3]?.task}`);
  await desk.shows(`T3 finished ${first}`);
  expect(await story.agent(3).says("task", { task: first, state: "done" })).toMatchObject({ changed: false });
  story.scratchpad.writes("terminal-03.md", `# m-scene\n- [x] ${first} the same by hand\n`);
  expect(story.events.filter((event) => event.type === "task-done" && event.task === first)).toHaveLength(1);
});

test("a blocked task is a blocker with its reason, and the agent can go back to it", async () => {
  await using story = await night();
  const desk = await story.dashboard();
  const task = story.state.terminals[4]?.task ?? 0;
  const blocked = await story.agent(4).says("task", { task, state: "blocked", reason: "no database\nat all", priority: "P0" });
  expect(blocked).toMatchObject({ blocker: "B1", changed: true });
  expect(story.state.blockers["B1"]).toMatchObject({ priority: "P0", tasks: [task] });
  await desk.shows("■ 1 blocker", "no database at all");
  expect((await story.agent(4).says("task", { task, state: "doing" })).said).toBe(`task ${task} is begun`);
  expect(story.state.terminals[4]?.task).toBe(task);
});

test("what another terminal has in its hands only that one may report; what waits for it anybody may", async () => {
  await using story = await night();
  const theirs = story.state.terminals[5]?.task ?? 0;
  const waiting = Object.values(story.state.tasks).find((task) => task.terminal === 5 && task.state === "ready")?.number ?? 0;
  for (const state of ["done", "doing"])
    await expect(story.agent(3).says("task", { task: theirs, state })).rejects.toThrow(
      `terminal 5 works on task ${theirs}, so only it can say`,
    );
  await expect(story.agent(3).says("task", { task: theirs, state: "blocked", reason: "broken" })).rejects.toThrow("marathon message 5");
  expect(story.state.tasks[theirs]?.state).toBe("running");
  const noted = await story.agent(3).says("task", { task: waiting, state: "done" });
  expect(noted.notes).toEqual([`task ${waiting} belongs to terminal 5: noted as told by terminal 3`]);
  expect(story.state.tasks[waiting]).toMatchObject({ state: "done", doneBy: "report of terminal 3" });
});

test.each([
  ["an unknown task", "task", { task: 999, state: "done" }, "task 999 is not in the plan"],
  ["a blocked task without a reason", "task", { task: 1, state: "blocked" }, "say what stops task 1"],
  ["a state that is none", "task", { task: 1, state: "almost" }, "state must be one of done, doing, blocked"],
  ["a number in words", "task", { task: "1; rm -rf /", state: "done" }, "task must be a whole number from 1"],
  ["what is no object", "task", null, "an object with named values is needed"],
  ["a field that is none", "metric", { name: "coverage", value: 1, __proto__x: 1 }, 'metric has no "__proto__x"'],
  ["a figure that is none", "metric", { name: "coverage", value: "80" }, "value must be a number"],
  ["an unknown report", "constructor", {}, 'there is no report "constructor"'],
  ["a handoff that is none", "handoff", { text: "# Hello\n\nall fine\n" }, "this is no handoff"],
  ["an unknown session", "handoff", { text: "Completion: 80 %", session: "777" }, 'there is no session "777"'],
  ["a parent that is not there", "spawned", { role: "QA_TESTER", parent: "NOBODY" }, "NOBODY is not at work in terminal 3"],
])("refused with the reason, and nothing changes: %s", async (_what, verb, report, reason) => {
  await using story = await night();
  const before = story.events.length;
  await expect(story.agent(3).says(verb, report)).rejects.toThrow(reason);
  // Forecasts come by themselves.
  expect(story.events.slice(before).filter(({ type }) => type !== "forecast-made")).toEqual([]);
});

test("an agent that an earlier marathon left behind says nothing about this one", async () => {
  await using story = await night();
  await expect(story.agent(3).says("task", { task: 21, state: "done" }, "m-yesterday")).rejects.toThrow(
    "you belong to the marathon m-yesterday",
  );
});

test("findings, figures and sub-agents are on the board, and spawns are judged", async () => {
  await using story = await night();
  const desk = await story.dashboard();
  expect(await story.agent(4).says("finding", { text: "the lock is\u001b[31m never freed", severity: "warning" })).toMatchObject({
    changed: true,
  });
  await desk.shows("terminal 4 found: the lock is");
  await story.agent(4).says("metric", { name: "coverage", value: 78 });
  expect((await story.agent(4).says("metric", { name: "coverage", value: 81.5, unit: "%" })).said).toBe(
    "noted: coverage 81.5 % (78 before)",
  );
  await desk.shows("terminal 4 measured coverage: 81.5 %");
  expect(story.state.metrics).toMatchObject([{ terminal: 4, name: "coverage", value: 81.5, unit: "%" }]);
  const spawned = await story.agent(4).says("spawned", { role: "QA_TESTER_1", title: "reads the tests" });
  expect(spawned.verdict).toBeDefined();
  await story.agent(4).says("spawned", { role: "PROBE", title: "counts files ×12", parent: "QA_TESTER_1" });
  expect(story.state.agents["terminal-4/PROBE"]).toMatchObject({ parent: "terminal-4/QA_TESTER_1", count: 12 });
  await story.agent(4).says("spawned", { role: "QA_TESTER_1", ended: true });
  expect(story.state.agents["terminal-4/QA_TESTER_1"]?.ended).toBe(true);
});

test("who is spawned with an intent bears it in the journal, the hierarchy and status, until it ends", async () => {
  await using story = await night();
  const desk = await story.dashboard({ columns: 200, rows: 50 });
  await story.agent(4).says("spawned", { role: "QA_TESTER_1", intent: "no release with a red test" });
  await story.until("agent-reported", { agent: "QA_TESTER_1", intent: "no release with a red test" });
  await desk.shows("intent: no");
  desk.press("%");
  await desk.shows("Spawned with intent", "(terminal 4): no release with a red test");
  desk.press("escape");
  // A later word of it says nothing of the intent.
  await story.agent(4).says("spawned", { role: "QA_TESTER_1", title: "reads the tests" });
  expect(story.state.agents["terminal-4/QA_TESTER_1"]).toMatchObject({ intent: "no release with a red test", title: "reads the tests" });
  const nodes = (): unknown => (story.engine.status()["hierarchy"] as { nodes: unknown }).nodes;
  expect(nodes()).toContainEqual(expect.objectContaining({ id: "terminal-4/QA_TESTER_1", intent: "no release with a red test" }));
  await story.agent(4).says("spawned", { role: "QA_TESTER_1", ended: true });
  await desk.hides("intent: no");
});

test("a handoff becomes the session's file, what stood there is kept, and what it lacks is said", async () => {
  await using story = await night();
  const whole =
    "# Handoff\n\nCompletion: 80 %\n\n## Completed work\n- tests\n\n## Blocked work\n- none\n\n## Next steps\n- ship\n\n## Effort\n2 hours\n";
  const answer = await story.agent(4).says("handoff", { text: whole });
  expect(answer).toMatchObject({ changed: true, notes: [] });
  const file = answer.file ?? "";
  await story.until("file-changed", { path: file });
  const again = await story.agent(4).says("handoff", { text: "# Handoff\n\nCompletion: 90 %\n" });
  expect(again.notes[0]).toContain("it does not say: completed work, blocked work, next steps, effort");
  expect(again.said).toContain("_HANDOFF_BEFORE_1.md");
  expect(story.paper(`.claude/Scratchpad/${file.split("/").at(-1)?.replace(".md", "_BEFORE_1.md")}`)).toContain("Completion: 80 %");
});
