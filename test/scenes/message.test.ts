import { expect, test } from "vitest";
import { scene, type Scene } from "../support/scene.ts";
import { HUNDRED_TASKS, shellPlan } from "../support/scene/plans.ts";

/** An agent with an input line that takes a message and says what it does with it. */
async function idles(story: Scene, number: number): Promise<void> {
  const terminal = story.terminal(number);
  terminal.prints("\x1b[?2004h> ");
  terminal.reports7501({ state: "idle", msg: "waits for work" });
  await story.until("terminal-state", { terminal: number, state: "idle", source: "osc-7501" });
}

/** It takes the line that was typed: as a program that echoes, empties its input line and goes to work. */
function takes(story: Scene, number: number, text: string): void {
  const terminal = story.terminal(number);
  terminal.prints(`\r\x1b[K⏺ ${text}\r\n> `);
  terminal.reports7501({ state: "working", msg: "reads the message" });
}

test("a message to an idle agent is typed as a paste, gets its Enter once it is seen, and is delivered when the agent goes to work", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  await idles(story, 4);
  story.engine.delivery.deliver(4, "Stop at the\nnext commit", "message", { by: "a person" });
  const paste = "\x1b[200~Stop at the\nnext commit\x1b[201~";
  await story.terminal(4).isTyped(paste);
  await story.until("message-typed");
  story.terminal(4).prints("Stop at the\r\n  next commit");
  await story.terminal(4).isTyped(`${paste}\r`);
  takes(story, 4, "Stop at the next commit");
  const { evidence } = await story.until("message-delivered");
  expect(evidence).toBe("it went to work");
  await desk.shows("T4 took the message “Stop at the next commit”");
});

test("a message to a busy agent waits until it idles", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  story.terminal(4).reports7501({ state: "working", msg: "tests" });
  await story.until("terminal-state", { terminal: 4, source: "osc-7501" });
  story.engine.delivery.deliver(4, "hello", "message", { by: "a person" });
  await story.until("message-waiting", { why: "it is busy" });
  expect(story.terminal(4).typed).toBe("");
  await idles(story, 4);
  await story.terminal(4).isTyped("\x1b[200~hello\x1b[201~");
});

test("a shell's command gets a message only while it waits in a read, and no later command gets it", async () => {
  await using story = await scene({ plan: shellPlan("Deploy", [["Build | `make`", "Ship | `./ship`"]]) });
  await story.terminal(1).starts(1);
  const { settled } = story.engine.delivery.deliver(1, "hello", "message", { by: "a person" });
  await story.until("message-waiting", { why: "its command does not wait for input" });
  await story.terminal(1).exits(0);
  await story.terminal(1).starts(2);
  expect(await settled).toMatchObject({ state: "failed", why: "the command that it was for has ended" });
  expect(story.terminal(1).typed).toBe("");
});
