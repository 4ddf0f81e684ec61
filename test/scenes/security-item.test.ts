import { expect, test } from "vitest";
import { assignmentFor } from "../../src/engine/agents/assignment.ts";
import { fold } from "../../src/marathon/step.ts";
import { statusJson } from "../../src/marathon/status.ts";
import { scene, type Scene } from "../support/scene.ts";
import { SECURITY_PLAN } from "../support/scene/plans.ts";

const stateOf = ({ state }: Scene): unknown => {
  const { tasks } = statusJson(state, 0, null, { journal: "/j" }) as { readonly tasks: readonly { readonly security: unknown }[] };
  return tasks.map(({ security }) => security);
};

test("a security item shows which of its four steps are reported, and whether the fix was tried in isolation", async () => {
  await using story = await scene({ plan: SECURITY_PLAN, agent: "command" });
  await story.until("task-assigned", { task: 2 });
  const desk = await story.dashboard();
  const agent = story.agent(1);
  desk.press("1", "w");
  await desk.shows("security 0/4, tried in isolation: nobody said", "[ ] all found by a search");

  expect(await agent.says("security", { task: 1, step: "found", note: "14 places, in docs/uploads.md" })).toMatchObject({
    said: "task 1: found is noted, 1 of 4 steps",
    notes: [],
  });
  expect(await agent.says("security", { task: 1, step: "fixed", isolated: "yes", note: "on a copy of the data" })).toMatchObject({
    notes: ["not reported yet, though it comes before: sorted"],
  });
  expect(stateOf(story)).toMatchObject([
    {
      done: 2,
      of: 4,
      steps: [
        { step: "found", done: true, by: "terminal 1", note: "14 places, in docs/uploads.md" },
        { step: "sorted", done: false, at: null },
        { step: "fixed", done: true, note: null },
        { step: "tested", done: false },
      ],
      isolated: { tried: true, by: "terminal 1", note: "on a copy of the data" },
    },
    null,
  ]);
  desk.press("esc");
  await desk.hides("Why terminal");
  desk.press("1", "w");
  await desk.shows(
    "security 2/4, tried in isolation: yes (on a copy of the data)",
    "[x] all found by a search (14 places, in docs/uploads.md)",
    "[ ] sorted by risk",
  );
  desk.press("esc");
  await desk.hides("Why terminal");
  desk.press("C");
  await desk.shows("1 security item: steps 2/4, tried in isolation 1/1");
  desk.press("esc");
  await desk.hides("Goals of the plan");
  desk.press("t", "enter");
  await desk.shows("security items", "1 Look for unchecked uploads", "[ ] regression tests added");
  expect(fold(null, story.events).security).toEqual(story.state.security);
});

test("a step can be taken back, and whoever says that the task is done is told what was not reported", async () => {
  await using story = await scene({ plan: SECURITY_PLAN, agent: "command" });
  await story.until("task-assigned", { task: 1 });
  const agent = story.agent(1);
  for (const step of ["found", "sorted", "fixed", "tested"]) await agent.says("security", { task: 1, step });
  expect(await agent.says("security", { task: 1, step: "tested", open: true })).toMatchObject({
    said: "task 1: tested is open again, 3 of 4 steps",
    notes: [],
  });
  expect(await agent.says("task", { task: 1, state: "done" })).toMatchObject({
    notes: ["task 1 is a security item, and these of its steps are not reported: tested"],
  });
  // What is known of it stays when it is done.
  expect(stateOf(story)).toMatchObject([{ done: 3, isolated: { tried: null } }, null]);
});

test("a task is no security item because its title says so; only its row does, and its agent is told of the steps", async () => {
  await using story = await scene({ plan: SECURITY_PLAN, agent: "command" });
  await story.until("task-assigned", { task: 2 });
  await expect(story.agent(2).says("security", { task: 2, step: "found" })).rejects.toThrow(
    'task 2 is no security item: its row would say "security" in the column Kind',
  );
  await expect(story.agent(1).says("security", { task: 1, step: "guessed" })).rejects.toThrow("step must be one of found, sorted");
  await expect(story.agent(1).says("security", { task: 7, step: "found" })).rejects.toThrow("task 7 is not in the plan");
  expect(story.state.security).toBeUndefined();
  const told = (terminal: number) => assignmentFor(story.state, terminal).howToReport.join("\n");
  expect(told(1)).toContain("report security 12 found|sorted|fixed|tested");
  expect(told(2)).not.toContain("report security");
});

test("a report without a note leaves the note that was there, and a fix that is open again was tried by nobody", async () => {
  await using story = await scene({ plan: SECURITY_PLAN, agent: "command" });
  await story.until("task-assigned", { task: 1 });
  const agent = story.agent(1);
  await agent.says("security", { task: 1, step: "found", note: "14 places" });
  await agent.says("security", { task: 1, step: "found" });
  await agent.says("security", { task: 1, step: "fixed", isolated: "yes", note: "on a copy" });
  await agent.says("security", { task: 1, step: "fixed", isolated: "yes" });
  expect(stateOf(story)).toMatchObject([
    { steps: [{ step: "found", note: "14 places" }, {}, {}, {}], isolated: { tried: true, note: "on a copy" } },
    null,
  ]);
  await agent.says("security", { task: 1, step: "fixed", isolated: "no" });
  expect(stateOf(story)).toMatchObject([{ isolated: { tried: false, note: null } }, null]);
  await agent.says("security", { task: 1, step: "fixed", open: true });
  expect(stateOf(story)).toMatchObject([{ done: 1, isolated: { tried: null, note: null } }, null]);
});
