import { expect, test } from "vitest";
import { scene } from "../support/scene.ts";
import { codingAgentsInPath } from "../support/scene/coding-agents.ts";
import { addressOf, hook, settingsOf } from "../support/scene/hooks.ts";
import { shellPlan } from "../support/scene/plans.ts";

codingAgentsInPath("claude", "gemini");
const plan = shellPlan("Two things", [["Build it | `make`", "Ship it | `./ship`"]]);

test("an agent is started with hooks that lead to its engine alone, in a file and not among its arguments", async () => {
  await using story = await scene({ plan, agent: "claude" });
  const { url, headers } = addressOf(story, 1, "Stop");
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/hook$/);
  const [, secret = ""] = /^Bearer ([\w-]{32})$/.exec(headers["authorization"] ?? "") ?? [];
  expect(secret).not.toBe("");
  expect(story.terminal(1).args.join(" ")).not.toContain(secret);
  // Whoever does not answer holds the agent up for two seconds, and stops it at nothing.
  expect(settingsOf(story, 1).hooks["PreToolUse"]).toEqual([
    { hooks: [{ type: "http", url, headers, timeout: 2, onFailure: "continue" }] },
  ]);
});

test("what it does is known by its hooks, and why tells so for as long as it is read", async () => {
  await using story = await scene({ plan, agent: "claude" });
  const desk = await story.dashboard();
  await hook(story, 1, "UserPromptSubmit", { prompt: "Build it" });
  expect(story.state.terminals[1]).toMatchObject({ state: "busy", source: "hook:UserPromptSubmit", evidence: "told: Build it" });
  await hook(story, 1, "Notification", { notification_type: "agent_needs_input", message: "Which database?" });
  await desk.shows("? 1 asking");
  await hook(story, 1, "Stop", { last_assistant_message: "It is built." });
  expect(story.state.terminals[1]).toMatchObject({ state: "idle", source: "hook:Stop", evidence: "its turn is over: It is built." });
  desk.press("w");
  await desk.shows("because of hook:Stop: its turn is over: It is built.");
  await hook(story, 1, "UserPromptSubmit", { prompt: "Ship it" });
  await desk.shows("because of hook:UserPromptSubmit: told: Ship it");
});

test("its own report counts more than its hooks, which are considered all the same", async () => {
  await using story = await scene({ plan, agent: "claude" });
  story.terminal(1).reports7501({ state: "blocked", kind: "question", msg: "Which?" });
  await story.until("terminal-state", { terminal: 1, source: "osc-7501" });
  await hook(story, 1, "PreToolUse", { tool_name: "Bash", tool_input: { command: "make all" } });
  expect(story.state.terminals[1]).toMatchObject({ state: "asking", source: "osc-7501" });
  expect(story.engine.hosts.get(1)?.signals).toContainEqual(expect.objectContaining({ source: "hook", evidence: "Bash: make all" }));
});

test("a rate limit is an error of that kind", async () => {
  await using story = await scene({ plan, agent: "claude" });
  await hook(story, 1, "StopFailure", { error: "rate_limit", error_details: "429 try later" });
  expect(story.state.terminals[1]).toMatchObject({ state: "error", kind: "rate-limit", evidence: "rate_limit: 429 try later" });
});

test("a hundred tools of an agent at work are one state, not a hundred events", async () => {
  await using story = await scene({ plan, agent: "claude" });
  for (let count = 0; count < 50; count++) {
    await hook(story, 1, "PreToolUse", { tool_name: "Read", tool_input: { file_path: `/src/${count}.ts` } });
    await hook(story, 1, "PostToolUse", { tool_name: "Read", tool_input: { file_path: `/src/${count}.ts` } });
  }
  expect(story.events.filter((event) => event.type === "terminal-state" && event.source.startsWith("hook"))).toHaveLength(1);
});

test("a conversation that a person has cleared is the new one from then on", async () => {
  await using story = await scene({ plan, agent: "claude" });
  const fresh = "0c9d2a51-1111-4222-8333-444455556666";
  await hook(story, 1, "UserPromptSubmit", { prompt: "again", session_id: fresh });
  expect(story.state.terminals[1]?.conversation).toBe(fresh);
});

test("a sub-agent stands under its terminal with what it does, and goes", async () => {
  await using story = await scene({ plan, agent: "claude" });
  const desk = await story.dashboard();
  const agent = { agent_id: "a0c911a41583c9714", agent_type: "Explore" };
  await hook(story, 1, "SubagentStart", agent);
  await hook(story, 1, "PostToolUse", {
    tool_name: "Agent",
    tool_input: { description: "count files", subagent_type: "Explore" },
    tool_response: { status: "async_launched", agentId: agent.agent_id, resolvedModel: "claude-haiku-4" },
  });
  expect(story.state.agents["terminal-1/a0c911a41583c9714"]).toMatchObject({
    role: "count files",
    model: "claude-haiku-4",
    state: "busy",
    ended: false,
  });
  expect(story.state.counters.spawned).toBe(2);
  desk.press("H");
  await desk.shows("● count files");
  // The same one by OSC 7501 is no second one.
  story.terminal(1).reports7501({ state: "working", id: agent.agent_id, title: "count files" });
  await hook(story, 1, "SubagentStop", agent);
  expect(story.state.agents["terminal-1/a0c911a41583c9714"]?.ended).toBe(true);
  expect(story.state.counters.spawned).toBe(2);
});

test("an engine that takes the marathon up again listens at the same address", async () => {
  await using story = await scene({ plan, agent: "claude" });
  const before = addressOf(story, 1, "Stop");
  await story.engine.hooks.stop();
  story.engineDies();
  await story.engineComesBack();
  expect(story.engine.hooks.address(1)).toMatchObject({ url: before.url, token: before.headers["authorization"]?.slice("Bearer ".length) });
});

test("agents without hooks need nobody to listen", async () => {
  await using story = await scene({ plan, agent: "gemini" });
  expect(story.engine.hooks.address(1)).toBeNull();
});
