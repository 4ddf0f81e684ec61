import { expect, test } from "vitest";
import { scene } from "../support/scene.ts";
import { idles, pasteOf, reads } from "../support/scene/agent.ts";
import { HUNDRED_TASKS, shellPlan } from "../support/scene/plans.ts";

test("a message to a stream names everybody before it is sent, no is the default, and the result of each is shown", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  for (const number of [4, 5]) await idles(story, number);
  desk.press("4", "M");
  await desk.shows("Message to whom?", /\[ \] +4 B/u, "nobody is picked");
  desk.press("enter");
  await desk.shows("nobody is picked: Space picks a terminal");
  desk.press("s");
  await desk.shows(/\[x\] +4 B/u, /\[x\] +5 B/u, /\[x\] +6 B/u, "3 picked");
  desk.press("enter");
  await desk.shows("Message to terminals 4, 5, 6");
  desk.types("commit now");
  desk.press("enter");
  await desk.shows("Send this to 3 terminals?", "“commit now”", /T4 +Order core · agent command · idle/u, /T6 .*agent command · busy/u);
  desk.press("enter");
  await desk.shows("Message to terminals 4, 5, 6", "commit now");
  expect(story.events.some((event) => event.type === "message-queued")).toBe(false);

  desk.press("enter", "down", "enter");
  await desk.shows("What became of it");
  await Promise.all([reads(story, 4, "commit now"), reads(story, 5, "commit now")]);
  await desk.shows(/T4 delivered/u, /T5 delivered/u, "T6 waits 0s: it is busy");
  expect(story.terminal(6).typed).toBe("");
});

test("idle terminals are picked by one key, all by another, and both leave them out again", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  desk.press("M", "i");
  await desk.shows("no terminal is idle");
  await idles(story, 7);
  await desk.shows(/7 C .*○ idle .*ProductPage/u);
  desk.press("i");
  await desk.shows(/\[x\] +7 C/u, "1 picked");
  desk.press("a");
  await desk.shows("10 picked");
  desk.press("a");
  await desk.shows("nobody is picked");
  desk.press("down", "space", "escape");
  await desk.hides("Message to whom?");
});

test("a terminal that can get none keeps the message from no other, and says why", async () => {
  await using story = await scene({ plan: shellPlan("Deploy", [["Build | `make`"], ["Ship | `./ship`"]]) });
  const desk = await story.dashboard();
  await story.terminal(1).exits(1);
  await story.terminal(2).asks("Which target? ");
  desk.press("M", "a", "enter");
  desk.types("staging");
  desk.press("enter", "down", "enter");
  await desk.shows("T1 refused: no program runs in terminal 1");
  await story.terminal(2).isTyped("staging");
  story.terminal(2).prints("staging");
  await story.terminal(2).isTyped("staging\r");
  story.terminal(2).prints("\r\nshipping\r\n");
  await desk.shows("T2 delivered 0s ago: its program took the line");
});

test("a message of several lines is the same text to a program that marks pastes and to one that does not", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  await idles(story, 4);
  await idles(story, 5);
  story.terminal(5).prints("\x1b[?2004l");
  for (const number of [4, 5]) story.engine.delivery.deliver(number, "one\n  two", "broadcast", { by: "a person" });
  await story.terminal(4).isTyped(pasteOf("one\n  two"));
  await story.terminal(5).isTyped("one two");
});
