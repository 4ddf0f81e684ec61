import { expect, test } from "vitest";
import { scene, type Scene } from "../support/scene.ts";
import { echoes, idles, pasteOf, reads, takes } from "../support/scene/agent.ts";
import { HUNDRED_TASKS } from "../support/scene/plans.ts";

function sends(story: Scene, terminal: number, text: string) {
  return story.engine.delivery.deliver(terminal, text, "message", { by: "a person" });
}

/** Resolves once the message waits for this reason. */
async function waits(story: Scene, why: string): Promise<void> {
  await story.until("message-waiting", { why });
}

test("a message is typed as a paste, gets its Enter once it is seen, and is delivered when the agent goes to work", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  await idles(story, 4);
  desk.press("4", "m");
  await desk.shows("Message to terminal 4");
  desk.types("Stop at the ");
  desk.types(pasteOf("next\ncommit"));
  await desk.shows("commit");
  desk.press("enter");
  const text = "Stop at the next\ncommit";
  await story.terminal(4).isTyped(pasteOf(text));
  expect(story.state.terminals[4]?.state).toBe("idle");
  echoes(story, 4, text);
  await story.terminal(4).isTyped(`${pasteOf(text)}\r`);
  takes(story, 4, text);
  expect((await story.until("message-delivered")).evidence).toBe("it went to work");
  await desk.shows("T4 took the message");
});

test("a message to a busy agent waits, with a mark on the board, until it idles", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.terminal(4).reports7501({ state: "working", msg: "tests" });
  await story.until("terminal-state", { terminal: 4, source: "osc-7501" });
  sends(story, 4, "hello");
  await waits(story, "it is busy");
  await desk.shows(/ 4 +B .*»1/u);
  desk.press("i");
  await desk.shows("T4 waits 0s: it is busy", "hello");
  expect(story.terminal(4).typed).toBe("");
  await idles(story, 4);
  await reads(story, 4, "hello");
  await desk.shows("T4 delivered 0s ago: it went to work");
});

test("after a quarter of an hour a message that waits is brought to the person's attention", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  sends(story, 4, "hello");
  await waits(story, "it is busy");
  story.passes(16);
  await desk.shows("16m");
  desk.press("!");
  await desk.shows("a message to terminal 4 still waits: it is busy (i)", /4▶B/u);
});

test("several messages to one terminal go in their order, one after the other was taken", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  await idles(story, 4);
  sends(story, 4, "first");
  sends(story, 4, "second");
  await waits(story, "another message to it goes first");
  await reads(story, 4, "first");
  await story.until("message-delivered");
  await waits(story, "it is busy");
  await idles(story, 4);
  await story.terminal(4).endsTyped(pasteOf("second"));
});

test("nothing is typed into a dialog, an editor, or a login; it waits until they are gone", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const terminal = story.terminal(4);
  terminal.prints("May I run it?\r\n❯ 1. Yes\r\n  2. No\r\n");
  terminal.reports7501({ state: "blocked", kind: "permission", msg: "may I?" });
  sends(story, 4, "hello");
  await waits(story, "it asks for a permission: answer that first (a)");
  terminal.reports7501({ state: "blocked", kind: "question", msg: "which?" });
  await waits(story, "it asks a question with set answers: answer that first (a)");
  terminal.reports7501({ state: "blocked", kind: "auth", msg: "log in" });
  await waits(story, "it asks for a login or a password, which no message answers");
  terminal.reports7501({ state: "idle" });
  terminal.prints("\x1b[?1049h~\r\n~\r\n");
  await waits(story, "a full-screen program has its screen: an editor, a pager or a picker");
  expect(terminal.typed).toBe("");
  terminal.prints("\x1b[?1049l");
  await idles(story, 4);
  await terminal.isTyped(pasteOf("hello"));
});

test("while a person types there a message waits, and for some seconds after; it never joins a line that was begun", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  await idles(story, 4);
  desk.press("4", "enter");
  desk.types("rm -r");
  await story.terminal(4).isTyped("rm -r");
  sends(story, 4, "hello");
  await waits(story, "somebody is typing into it");
  story.passes(1);
  await waits(story, "something was typed there and not sent: send it or erase it");
  desk.types("\x15");
  await story.terminal(4).isTyped("rm -r\x15");
  expect(story.terminal(4).typed).not.toContain("hello");
  story.passes(1);
  await story.terminal(4).endsTyped(pasteOf("hello"));
});

test("a message for an agent that has ended waits for its restart", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  await story.terminal(4).exits(1);
  sends(story, 4, "hello");
  await waits(story, "it ended with exit code 1: R restarts it, and then it gets the message");
  story.engine.submit({ type: "terminal-starting", terminal: 4, reason: "restarted by a person" });
  await story.terminal(4).starts(2);
  await idles(story, 4);
  await reads(story, 4, "hello");
  await story.until("message-delivered");
});

test("a message outlives its engine: what waited waits on, what was typed into a program that died is typed anew", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  await idles(story, 4);
  sends(story, 4, "typed before");
  sends(story, 5, "waiting");
  await story.until("message-typed");
  story.allDies();
  await story.engineComesBack();
  await waits(story, "the engine ended before it was seen to be taken");
  await waits(story, "it died with its engine: R restarts it, and then it gets the message");
  const desk = await story.dashboard();
  await desk.shows(/ 5 +B .*»1/u);
  story.engine.submit({ type: "terminal-starting", terminal: 4, reason: "restarted by a person" });
  await story.terminal(4).starts(1);
  await idles(story, 4);
  await reads(story, 4, "typed before");
  await story.until("message-delivered");
});
