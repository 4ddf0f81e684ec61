import { expect, test } from "vitest";
import { scene, type Scene } from "../support/scene.ts";
import { pasteOf } from "../support/scene/agent.ts";
import { codingAgentsInPath } from "../support/scene/coding-agents.ts";
import { hook } from "../support/scene/hooks.ts";
import { shellPlan } from "../support/scene/plans.ts";

codingAgentsInPath("claude");
const plan = shellPlan("Three things", [["Build it | `make`", "Ship it | `./ship`", "Tell them | `./tell`"]]);
const INPUT_LINE = "\x1b[?1049h\x1b[?2004h\x1b[H❯ ";

async function atWork(): Promise<Scene> {
  const story = await scene({ plan, agent: "claude" });
  story.terminal(1).prints(INPUT_LINE);
  await hook(story, 1, "UserPromptSubmit", { prompt: "Build it" });
  return story;
}

test("the next task is handed over as the turn ends, without a key typed", async () => {
  await using story = await atWork();
  story.scratchpad.writes("terminal-01.md", "# m-scene\n- [x] 1 Build it\n");
  const { text } = await story.until("message-queued", { terminal: 1, purpose: "assignment" });
  const answer = await hook(story, 1, "Stop", { stop_hook_active: false });
  expect(answer).toEqual({ decision: "block", reason: `This is no error. ${text}` });
  expect((await story.until("message-delivered")).evidence).toBe("handed over as its turn ended (Stop hook)");
  expect(story.state.terminals[1]).toMatchObject({ state: "busy", task: 2 });
  expect(story.terminal(1).typed).toBe("");
  expect(await hook(story, 1, "Stop", { stop_hook_active: true })).toEqual({});
  expect(story.state.terminals[1]?.state).toBe("idle");
});

test("what a person writes while the agent works is typed at once, and what waits at the end of a turn is handed over", async () => {
  await using story = await atWork();
  story.terminal(1).prints("half a thought"); // Its input line is in use, so nothing is typed.
  const { id } = story.engine.delivery.deliver(1, "use the new schema", "message", { by: "a person" });
  await story.until("message-waiting", { message: id });
  expect((await hook(story, 1, "Stop")).reason).toBe("This is no error, but a message from a person: use the new schema");
  await story.until("message-delivered", { message: id });
});

test("an agent that was interrupted and tells of no end gets its task typed", async () => {
  await using story = await atWork();
  story.scratchpad.writes("terminal-01.md", "# m-scene\n- [x] 1 Build it\n");
  const { text } = await story.until("message-queued", { terminal: 1, purpose: "assignment" });
  story.terminal(1).reports7501({ state: "idle" });
  await story.terminal(1).isTyped(pasteOf(text));
});

test("an agent whose hooks never came gets its task typed while it works, as ever", async () => {
  await using story = await scene({ plan, agent: "claude" });
  story.terminal(1).prints(INPUT_LINE);
  story.terminal(1).reports7501({ state: "working", msg: "Building" });
  story.scratchpad.writes("terminal-01.md", "# m-scene\n- [x] 1 Build it\n");
  const { text } = await story.until("message-queued", { terminal: 1, purpose: "assignment" });
  await story.terminal(1).isTyped(pasteOf(text));
});
