import { expect, test } from "vitest";
import { scene, type Scene } from "../support/scene.ts";
import type { Desk } from "../support/scene/desk.ts";
import { codingAgentsInPath } from "../support/scene/coding-agents.ts";
import { HUNDRED_TASKS, shellPlan } from "../support/scene/plans.ts";

codingAgentsInPath("claude");

const plan = shellPlan("Deploy", [["Build | `make`"], ["Ship | `./ship`"]]);

/** A dialog as agent CLIs draw it, and the agent's own word that it waits. */
async function asksPermission(story: Scene, number: number, command: string): Promise<void> {
  story
    .terminal(number)
    .prints(`\x1b[2J\x1b[H────────\r\nRun this?\r\n  ${command}\r\n❯ 1. Yes\r\n  2. Yes, always\r\n  3. No\r\n\r\nEsc to cancel`);
  story.terminal(number).reports7501({ state: "blocked", kind: "permission", msg: `run ${command}` });
  await story.until("terminal-state", { terminal: number, state: "asking", evidence: `run ${command}` });
}

/** Opens the question of a terminal once the board shows that it asks. */
async function opens(desk: Desk, title: string): Promise<void> {
  await desk.shows(/\? [1-9]\d* asking/u);
  desk.press("a");
  await desk.shows(title);
}

test("a question is shown with its answers, one is marked and typed, and its Enter follows once it is seen", async () => {
  await using story = await scene({ plan });
  const desk = await story.dashboard();
  await story.terminal(2).asks("Really deploy to production? [y/N] ");
  await opens(desk, "Terminal 2 asks");
  await desk.shows("Really deploy to production?", "1. Yes", "2. No");
  desk.press("enter");
  await desk.shows("mark an answer with its number, or write one");
  expect(story.terminal(2).typed).toBe("");
  desk.press("1", "enter");
  await story.terminal(2).isTyped("y");
  story.terminal(2).prints("y");
  await story.terminal(2).isTyped("y\r");
  story.terminal(2).prints("\r\ndeploying\r\n");
  await desk.shows("T2 answered: Yes");
});

test("a program that takes the digit alone gets no Enter, which would answer what comes next", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  await asksPermission(story, 3, "rm -rf build");
  await opens(desk, "Terminal 3 asks for a permission");
  await desk.shows("rm -rf build", "3. No");
  desk.press("3", "enter");
  await story.terminal(3).isTyped("3");
  await asksPermission(story, 3, "make");
  await desk.shows("T3 answered: No");
  await story.terminal(3).isTyped("3");
});

test("a program that only marks what was typed gets the Enter", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  await asksPermission(story, 3, "make");
  await opens(desk, "a number marks an answer");
  desk.press("down", "down", "enter");
  await story.terminal(3).isTyped("2");
  story.terminal(3).prints("\x1b[4;1H  1. Yes\r\n❯ 2. Yes, always");
  await story.terminal(3).isTyped("2\r");
  story.terminal(3).prints("\x1b[2J\x1b[Hrunning");
  await desk.shows("T3 answered: Yes, always");
});

test("what a coding agent has marked already is taken by Enter alone: not all of its lists know digits", async () => {
  await using story = await scene({ plan, agent: "claude" });
  const desk = await story.dashboard();
  await asksPermission(story, 2, "make");
  await opens(desk, "a number marks an answer");
  desk.press("1", "enter");
  await story.terminal(2).isTyped("\r");
  story.terminal(2).prints("\x1b[2J\x1b[Hrunning");
  await desk.shows("T2 answered: Yes");
  expect(story.terminal(2).typed).toBe("\r");
});

/** A list without numbers in terminal 3, opened to be answered; the result draws it anew, in one piece, with the mark on one answer after the other. */
async function opensUnnumbered(story: Scene, desk: Desk): Promise<(...marked: string[]) => void> {
  const drawn = (marked: string) => {
    const rows = ["No, exit", "Yes", "Later"].map((label) => `${label === marked ? "❯" : " "} ${label}`);
    return `\x1b[2J\x1b[HTrust it?\r\n\r\n${rows.join("\r\n")}\r\n\r\nEnter to confirm`;
  };
  const draws = (...marked: string[]) => story.terminal(3).prints(marked.map(drawn).join(""));
  draws("No, exit");
  story.terminal(3).reports7501({ state: "blocked", kind: "permission", msg: "trust" });
  await story.until("terminal-state", { terminal: 3, state: "asking" });
  await opens(desk, "Terminal 3 asks for a permission");
  return draws;
}

test("a list without numbers is gone through by arrow keys, and its Enter follows once the right one is marked", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  const draws = await opensUnnumbered(story, desk);
  desk.press("2", "enter");
  await story.terminal(3).isTyped("\x1b[B");
  draws("Yes");
  await story.terminal(3).isTyped("\x1b[B\r");
  story.terminal(3).prints("\x1b[2J\x1b[Hworking");
  await desk.shows("T3 answered: Yes");
});

test("an arrow key that a program lost, which had just drawn its list, is pressed again", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  const draws = await opensUnnumbered(story, desk);
  desk.press("2", "enter");
  await story.terminal(3).isTyped("\x1b[B\x1b[B");
  draws("Yes");
  await story.terminal(3).isTyped("\x1b[B\x1b[B\r");
  story.terminal(3).prints("\x1b[2J\x1b[Hworking");
  await desk.shows("T3 answered: Yes");
});

test("an arrow key that was only late takes the mark too far: it is brought back before Enter takes anything", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  const draws = await opensUnnumbered(story, desk);
  desk.press("2", "enter");
  await story.terminal(3).isTyped("\x1b[B\x1b[B");
  draws("Yes", "Later");
  await story.terminal(3).isTyped("\x1b[B\x1b[B\x1b[A");
  draws("Yes");
  await story.terminal(3).isTyped("\x1b[B\x1b[B\x1b[A\r");
  story.terminal(3).prints("\x1b[2J\x1b[Hworking");
  await desk.shows("T3 answered: Yes");
});

test("what blinks above the dialog's rule does not make another question of it", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  const dialog = "\r\n────────\r\nRun this?\r\n❯ 1. Yes\r\n  2. No\r\n\r\nEsc to cancel";
  story.terminal(3).prints(`\x1b[2J\x1b[H● Bash(make)${dialog}`);
  story.terminal(3).reports7501({ state: "blocked", kind: "permission", msg: "run make" });
  await story.until("terminal-state", { terminal: 3, state: "asking" });
  await opens(desk, "Terminal 3 asks for a permission");
  desk.press("1");
  story.terminal(3).prints(`\x1b[2J\x1b[H  Bash(make)${dialog}`);
  desk.press("enter");
  await story.terminal(3).isTyped("1");
});

test("an answer to a screen that has changed is not typed; the person is shown what it asks now", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  await asksPermission(story, 3, "make");
  await opens(desk, "Terminal 3 asks for a permission");
  desk.press("1");
  await asksPermission(story, 3, "rm -rf /");
  desk.press("enter");
  await desk.shows("is not the one you saw any more: nothing was sent", "rm -rf /");
  expect(story.terminal(3).typed).toBe("");
  // What was marked for the other question is not marked for this one.
  desk.press("enter");
  await desk.shows("mark an answer with its number");
  desk.press("3", "enter");
  await story.terminal(3).isTyped("3");
});

test("an answer comes too late: the terminal asks nothing any more, and nothing is typed", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  await asksPermission(story, 3, "make");
  await opens(desk, "Terminal 3 asks");
  story.terminal(3).reports7501({ state: "working" });
  await story.until("terminal-state", { terminal: 3, state: "busy", source: "osc-7501" });
  desk.press("1", "enter");
  await desk.shows("T3 was not answered: terminal 3 asks nothing now: it is busy");
  desk.press("a");
  await desk.shows("no terminal asks anything now");
  expect(story.terminal(3).typed).toBe("");
});

test("words of one's own answer an open question, and controls among them are no keys", async () => {
  await using story = await scene({ plan });
  const desk = await story.dashboard();
  await story.terminal(2).asks("Which target? ");
  desk.press("2");
  await opens(desk, "write the answer");
  desk.types("\x1b[200~stag\x1b[A\x03ing\x1b[201~");
  await desk.shows("staging");
  desk.press("enter");
  await story.terminal(2).isTyped("staging");
  story.terminal(2).prints("staging");
  await story.terminal(2).isTyped("staging\r");
  story.terminal(2).prints("\r\n");
  await desk.shows("T2 answered: staging");
  expect(story.events).toContainEqual(expect.objectContaining({ type: "person-acted", what: "answered T2: staging" }));
});

test("a password is not answered from here, so that nobody keeps it", async () => {
  await using story = await scene({ plan });
  const desk = await story.dashboard();
  await story.terminal(2).asks("Password: ");
  await opens(desk, "Terminal 2 asks");
  desk.types("hunter2");
  desk.press("enter");
  await desk.shows("take it over (Enter) and type it there");
  expect(story.terminal(2).typed).toBe("");
  expect(JSON.stringify(story.events)).not.toContain("hunter2");
});

test("many questions are answered one after the other, and one may be left for later", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  for (const number of [3, 5, 8]) await asksPermission(story, number, `make part${number}`);
  await desk.shows("? 3 asking");
  desk.press("5", "a");
  await desk.shows("Terminal 5 asks");
  desk.press("1", "enter");
  await story.terminal(5).isTyped("1");
  story.terminal(5).prints("\x1b[2J\x1b[Hmaking");
  story.terminal(5).reports7501({ state: "working" });
  await desk.shows("T5 answered: Yes; 2 more ask: a");
  desk.press("a");
  await desk.shows(/Terminal [38] asks/u);
  const [, first = ""] = /Terminal ([38]) asks/u.exec(desk.text()) ?? [];
  const other = first === "3" ? "8" : "3";
  desk.press("tab");
  await desk.shows(`Terminal ${other} asks`, `make part${other}`);
  desk.press("3", "enter");
  await story.terminal(Number(other)).isTyped("3");
  expect(story.terminal(Number(first)).typed).toBe("");
});

test("two people answer at once: the second one's answer is refused", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  const colleague = await story.dashboard();
  await asksPermission(story, 3, "make");
  await opens(desk, "Terminal 3 asks");
  await opens(colleague, "Terminal 3 asks");
  desk.press("1", "enter");
  await story.terminal(3).isTyped("1");
  colleague.press("3", "enter");
  await colleague.shows("somebody else is answering terminal 3 at this moment: nothing was sent");
  story.terminal(3).prints("\x1b[2J\x1b[Hmaking");
  await desk.shows("T3 answered: Yes");
  expect(story.terminal(3).typed).toBe("1");
});

test("why a state is shown: what decided, what else was seen, and how old each is", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  await asksPermission(story, 3, "make");
  story.passes(2);
  await desk.shows("2m");
  desk.press("3", "w");
  await desk.shows(
    "Why terminal 3 is asking",
    /decided +osc-7501: asking, 2m ago: run make/u,
    /also seen +process: busy/u,
    /quiet: unknown/u,
  );
  await desk.shows(/task: busy: task 21 is running here/u);
});
