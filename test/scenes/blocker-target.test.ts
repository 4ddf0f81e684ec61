import { expect, test } from "vitest";
import { scene, type Scene } from "../support/scene.ts";
import { HUNDRED_TASKS } from "../support/scene/plans.ts";

function note(story: Scene, task: number, priority: string, title: string): void {
  story.scratchpad.writes(`TASK_${String(task).padStart(3, "0")}_BLOCKER.md`, `# ${title}\n\nPriority: ${priority}\n`);
}

async function night(): Promise<Scene> {
  return scene({ plan: HUNDRED_TASKS, agent: "command" });
}

test("a selected blocker stays selected while a more urgent one comes in above it: a key means what was read", async () => {
  await using story = await night();
  const desk = await story.dashboard();
  note(story, 33, "P1", "The libraries exclude each other");
  note(story, 64, "P2", "The page does not load");
  await desk.shows("■ 2 blockers");
  desk.press("b", "j");
  note(story, 81, "P0", "The keys are public");
  await desk.shows("■ 3 blockers", "The keys are public");
  desk.press("e");
  await story.until("blocker-escalated", { blocker: "B2" });
  await desk.shows("B2 escalated to");
  // The file that somebody reads stays open, too, when a newer one comes first.
  await desk.shows("ESCALATION_B2.md written");
  desk.press("p", "j", "j");
  await desk.shows("# The page does not load");
  note(story, 41, "P2", "Nothing imports that");
  await desk.shows(/TASK_041_BLOCKER\.md/u);
  desk.press("p", "p");
  await desk.shows("# The page does not load");
});

test("with two blockers in the terminal in front a key acts on neither, says which there are, and the list tells them apart", async () => {
  await using story = await night();
  const desk = await story.dashboard();
  note(story, 31, "P1", "The libraries exclude each other");
  note(story, 33, "P2", "The page does not load");
  await desk.shows("■ 2 blockers");
  desk.press("4", "K");
  await desk.shows("which of B1, B2, all of terminal 4? b goes to the list of them");
  expect(story.events.some((event) => event.type === "blocker-closed")).toBe(false);
  desk.press("b", "j");
  await desk.shows("B2 with terminal 4");
  desk.press("K");
  await story.until("blocker-closed", { blocker: "B2", as: "known" });
  await desk.shows("1 blocker open, 1 parked or known");
  // Now there is only one that it could mean.
  desk.press("4", "K");
  await story.until("blocker-closed", { blocker: "B1", as: "known" });
});

test("! goes through everything that needs a person and around again, each blocker by its id", async () => {
  await using story = await night();
  const desk = await story.dashboard({ columns: 120, rows: 36 });
  note(story, 31, "P0", "The libraries exclude each other");
  note(story, 33, "P1", "The page does not load");
  note(story, 64, "P1", "The keys are public");
  await desk.shows("■ 3 blockers");
  await story.terminal(9).asks("Really? [y/N] ");
  await desk.shows("? 1 asking");
  story.savesPlan(`${HUNDRED_TASKS}\n\n# One more heading\n\n| # | Task | Estimate |\n| --- | --- | --- |\n| 101 | More | 5m |\n`);
  await story.until("plan-offered");
  // Two blockers of one terminal are told apart in the list.
  desk.press("!");
  await desk.shows("B1 P0 The libraries exclude each other", "LIST", "e escalate", "x resolve");
  // Whoever asks for the list now is in it already.
  desk.press("b");
  await desk.shows("LIST", "B1 P0");
  desk.press("!");
  await desk.shows("terminal 9 asks", "a answer");
  desk.press("!");
  await desk.shows("B2 P1 The page does not load");
  // The only one of its terminal: its keys stand in the last line at once.
  desk.press("!");
  await desk.shows("B3 P1 The keys are public", "DASHBOARD", /e escalate +r reassign +f fall back +x resolve/u);
  desk.press("!");
  await desk.shows("the plan files were edited");
  desk.press("!");
  await desk.shows("B1 P0 The libraries exclude each other");
});

test("the list of blockers grows while somebody walks through it, and nothing moves before", async () => {
  await using story = await night();
  const desk = await story.dashboard({ columns: 120, rows: 36 });
  for (const [index, task] of [31, 32, 41, 49, 56, 64, 71].entries()) note(story, task, "P1", `Reason number ${index + 1}`);
  await desk.shows("■ 7 blockers", "Reason number 1", /⋯ \d more/u);
  expect(desk.text()).not.toContain("Reason number 7");
  desk.press("b");
  await desk.shows("Reason number 1", "Reason number 7", "B7 with terminal 9");
  desk.press("b");
  await desk.hides("Reason number 7");
});

test("x says what goes on and what does not: a task that is given back to a dead agent waits for R", async () => {
  await using story = await night();
  const desk = await story.dashboard();
  await story.terminal(1).exits(3);
  await desk.shows("■ 1 blocker");
  desk.press("1", "x");
  await desk.shows("what helped?", "Task 1 can go on. The agent of terminal 1 is gone: R starts it");
  desk.types("made room");
  desk.press("enter");
  await desk.shows("B1 resolved by a person: made room. The agent of terminal 1 is gone: R starts it again");
  desk.press("u");
  await desk.shows("B1: the resolution was taken back by a person");
  expect(story.state.tasks[1]?.state).toBe("blocked");
});
