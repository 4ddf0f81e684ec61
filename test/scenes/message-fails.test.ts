import { expect, test } from "vitest";
import { scene, type Scene } from "../support/scene.ts";
import { echoes, idles, pasteOf, PROMPT, reads } from "../support/scene/agent.ts";
import { HUNDRED_TASKS, shellPlan } from "../support/scene/plans.ts";

function sends(story: Scene, terminal: number, text: string) {
  return story.engine.delivery.deliver(terminal, text, "message", { by: "a person" });
}

test("a text that never appears is given up, stays on the board, and can be sent again or dropped", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  await idles(story, 4);
  desk.press("4", "m");
  desk.types("hello");
  desk.press("enter");
  await story.until("message-typed");
  story.passes(1);
  const { why } = await story.until("message-failed");
  expect(why).toBe("it was typed, but did not appear at the cursor: look at the terminal");
  await desk.shows("T4 did not get the message", / 4 +B .*»1!/u);
  // Typed once, and no Enter on a screen that nobody understands.
  expect(story.terminal(4).typed).toBe(pasteOf("hello"));

  desk.press("i");
  await desk.shows("T4 NOT delivered");
  desk.press("r");
  await story.terminal(4).isTyped(pasteOf("hello").repeat(2));
  await desk.hides("NOT delivered");
  story.passes(1);
  await desk.shows("NOT delivered");
  desk.press("x");
  await desk.shows("dropped by a person");
  desk.press("escape");
  await desk.hides(/»1/u);
});

test("an Enter that is not taken is pressed again, three times at most, and then a person is told", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  await idles(story, 4);
  const { settled } = sends(story, 4, "hello");
  await story.until("message-typed");
  echoes(story, 4, "hello");
  for (const enters of ["\r", "\r\r", "\r\r\r"]) {
    await story.terminal(4).isTyped(`${pasteOf("hello")}${enters}`);
    story.passes(1);
  }
  expect(await settled).toMatchObject({
    state: "failed",
    why: "its text stands in the input line, but Enter was not taken 3 times: look at the terminal",
  });
});

test("a question that comes up between text and Enter is not answered by that Enter", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  await idles(story, 4);
  sends(story, 4, "hello");
  await story.until("message-typed");
  const terminal = story.terminal(4);
  terminal.prints("\r\n❯ 1. Yes\r\n  2. No\r\nhello");
  terminal.reports7501({ state: "blocked", kind: "permission", msg: "may I?" });
  await story.until("message-waiting", { why: "it was typed, and now a question is up: answer that (a), then it goes on" });
  expect(terminal.typed).toBe(pasteOf("hello"));
  terminal.prints(`\x1b[2J\x1b[H${PROMPT}hello`);
  terminal.reports7501({ state: "working" });
  await terminal.isTyped(`${pasteOf("hello")}\r`);
});

test("a person who types between text and Enter is not interrupted, and is told what stands there", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  await idles(story, 4);
  desk.press("4", "enter");
  await desk.shows("TAKE-OVER 4");
  story.passes(1);
  const { settled } = sends(story, 4, "hello");
  await story.until("message-typed");
  story.passes(0.01);
  desk.types("x");
  expect(await settled).toMatchObject({ state: "failed", why: "somebody typed there at the same time: look at what became of it" });
  expect(story.terminal(4).typed).toBe(`${pasteOf("hello")}x`);
});

test("a shell's command gets a message only while it waits in a read, and no later command gets it", async () => {
  await using story = await scene({ plan: shellPlan("Deploy", [["Build | `make`", "Ship | `./ship`"]]) });
  await story.terminal(1).starts(1);
  const early = sends(story, 1, "too early");
  await story.until("message-waiting", { why: "its command does not wait for input" });
  await story.terminal(1).exits(0);
  await story.terminal(1).starts(2);
  expect(await early.settled).toMatchObject({ state: "failed", why: "the command that it was for has ended" });

  await story.terminal(1).asks("Which colour? ");
  const { settled } = sends(story, 1, "blue\nor green");
  // Its program did not ask for marked pastes: a line break would be an Enter.
  await story.terminal(1).isTyped("blue or green");
  story.terminal(1).prints("blue or green");
  await story.terminal(1).isTyped("blue or green\r");
  story.terminal(1).prints("\r\n");
  expect(await settled).toMatchObject({ state: "delivered", why: "its program took the line" });
});

test("a line that is longer than a program can read in one is refused with what to do", async () => {
  await using story = await scene({ plan: shellPlan("Deploy", [["Ship | `./ship`"]]) });
  await story.terminal(1).asks("Which colour? ");
  const { settled } = sends(story, 1, "x".repeat(5000));
  const why = "it is longer than a program that reads lines can take (4094 bytes): write it to a file and send its path";
  expect(await settled).toMatchObject({ state: "failed", why });
  expect(story.terminal(1).typed).toBe("");
});

test("what nobody could ever read is refused, and what was written is not lost", async () => {
  await using story = await scene({ plan: shellPlan("Deploy", [["Ship | `./ship`"]]) });
  const desk = await story.dashboard();
  await story.terminal(1).exits(1);
  await desk.shows("blocked");
  desk.press("m");
  desk.types("hello");
  desk.press("enter");
  await desk.shows("no program runs in terminal 1 that could read a message", "hello");
  desk.press("ctrl+u", "enter");
  await desk.shows("the message is empty: nothing was sent");
  expect(() => sends(story, 7, "hello")).toThrow("there is no terminal 7; this marathon has 1");
  expect(() => sends(story, 1, "x".repeat(1024 * 1024))).toThrow("the message has 1.0 MB, and 32 KB is the most");
});

test("a paste that is longer than a message may be is not even kept, and says so", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  desk.press("m");
  await desk.shows("Message to terminal 1");
  desk.types(pasteOf("a".repeat(40_000)));
  await desk.shows("longer than a message may be");
  desk.types(pasteOf("now \x1b[31mred\x1b[0m\x07!"));
  await desk.shows("now red!");
});

test("a queue has an end", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  for (let count = 1; count <= 20; count++) sends(story, 4, `message ${count}`);
  expect(() => sends(story, 4, "one more")).toThrow("20 messages wait for terminal 4 already");
});

test("once the marathon is done and its agent gone, a message is refused", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  story.scratchpad.writes("all.md", Array.from({ length: 100 }, (_, index) => `- [x] ${index + 1}`).join("\n"));
  await story.until("marathon-done");
  sends(story, 4, "well done");
  await idles(story, 4);
  await reads(story, 4, "well done");
  await story.until("message-delivered");
  const late = sends(story, 4, "too late");
  await story.terminal(4).exits(0);
  expect(await late.settled).toMatchObject({ state: "failed", why: "the marathon is done and its agent has ended" });
  expect(() => sends(story, 4, "hello?")).toThrow("the marathon is done and the agent of terminal 4 has ended");
});
