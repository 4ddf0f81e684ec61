import { expect, test } from "vitest";
import { scene, type Scene } from "../support/scene.ts";
import { HUNDRED_TASKS, shellPlan } from "../support/scene/plans.ts";

async function night(): Promise<Scene> {
  return scene({ plan: HUNDRED_TASKS, agent: "command" });
}

test("a question is on the board, is answered by key, and the answer reaches whoever waits", async () => {
  await using story = await night();
  const desk = await story.dashboard();
  story.terminal(3).reports7501({ state: "working", msg: "Running marathon report" });
  const { question = "" } = await story.agent(3).says("ask", { text: "Which database?", option: ["sqlite", "postgres"] });
  expect(story.state.terminals[3]).toMatchObject({ state: "asking", kind: "question", source: "report", evidence: "Which database?" });
  const waiting = await story.agent(3).waitsFor(question);
  await desk.shows("? 1 asking", "T3 asks: Which database?");
  // Its screen goes on meanwhile, and it is still the question that counts.
  story.terminal(3).reports7501({ state: "working", msg: "still running" });
  expect(story.state.terminals[3]?.state).toBe("asking");
  desk.press("a");
  await desk.shows("Terminal 3 asks", "1. sqlite", "2. postgres");
  desk.press("2", "enter");
  expect(await waiting.answer).toMatchObject({ state: "answered", answer: "postgres", by: "a person" });
  await desk.shows("? 0 asking", "T3 answered: postgres");
  expect(story.state.terminals[3]).toMatchObject({ state: "busy", source: "osc-7501" });
  expect(story.events.filter((event) => event.type === "message-queued")).toEqual([]);
  expect(story.terminal(3).typed).toBe("");
});

test("where nobody waits for it, the answer comes as a message", async () => {
  await using story = await night();
  const desk = await story.dashboard();
  const { question = "" } = await story.agent(3).says("ask", { text: "Which database?" });
  const waiting = await story.agent(3).waitsFor(question);
  waiting.givesUp();
  await expect(waiting.answer).rejects.toThrow("killed");
  await desk.shows("? 1 asking");
  desk.press("a");
  await desk.shows("Terminal 3 asks");
  desk.types("sqlite, as always");
  desk.press("enter");
  const { text } = await story.until("message-queued", { terminal: 3 });
  expect(text).toBe("Answer to your question “Which database?”: sqlite, as always");
});

test("the same question again is the same question, and more than five are too many", async () => {
  await using story = await night();
  const first = await story.agent(3).says("ask", { text: "Which?" });
  expect(await story.agent(3).says("ask", { text: "Which?" })).toMatchObject({ changed: false, question: first.question });
  for (const text of ["B?", "C?", "D?", "E?"]) await story.agent(3).says("ask", { text });
  await expect(story.agent(3).says("ask", { text: "F?" })).rejects.toThrow("5 questions of terminal 3 are open already");
});

test("a dialog on its screen comes first: its agent cannot go on before that is answered", async () => {
  await using story = await night();
  await story.agent(3).says("ask", { text: "Which database?" });
  story.terminal(3).reports7501({ state: "blocked", kind: "permission", msg: "run make" });
  await story.until("terminal-state", { terminal: 3, state: "asking", kind: "permission" });
  story.terminal(3).reports7501({ state: "working" });
  await story.comesTo("the question again", ({ terminals }) => terminals[3]?.evidence === "Which database?");
});

test("a question ends with the program that asked, and whoever waits is told", async () => {
  await using story = await night();
  const { question = "" } = await story.agent(3).says("ask", { text: "Which database?" });
  const waiting = await story.agent(3).waitsFor(question);
  await story.terminal(3).dies("SIGKILL");
  expect(await waiting.answer).toMatchObject({ state: "withdrawn", answer: null });
  expect(story.state.terminals[3]?.state).not.toBe("asking");
});

test("a question outlives the engine as its program does, and its answer comes as a message", async () => {
  await using story = await night();
  await story.agent(3).says("ask", { text: "Which database?" });
  story.engineDies();
  await story.engineComesBack();
  const desk = await story.dashboard();
  await desk.shows("? 1 asking");
  desk.press("a");
  await desk.shows("Terminal 3 asks", "Which database?");
  desk.types("sqlite");
  desk.press("enter");
  const { text } = await story.until("message-queued", { terminal: 3 });
  expect(text).toBe("Answer to your question “Which database?”: sqlite");
});

test("a question ends when its program died with the engine, and a new one may be asked", async () => {
  await using story = await night();
  await story.agent(3).says("ask", { text: "Which database?" });
  story.allDies();
  await story.engineComesBack();
  expect(Object.values(story.state.questions ?? {}).map(({ state }) => state)).toEqual(["withdrawn"]);
});

test("where nobody watches, the plan answers; without an answer the task is blocked and the agent is told", async () => {
  const plan = shellPlan("Deploy", [["Build it | `make`"]]);
  await using story = await scene({ plan, unattended: true });
  await expect(story.agent(1).says("ask", { text: "Deploy?" })).rejects.toThrow("nobody is there to answer");
  expect(story.state.tasks[1]?.state).toBe("blocked");
  expect(story.terminal(1).typed).toBe("");
});
