import { join } from "node:path";
import { expect, test } from "vitest";
import { scene, type Scene } from "../support/scene.ts";
import { codingAgentsInPath } from "../support/scene/coding-agents.ts";
import { hookOf } from "../support/scene/hooks.ts";

codingAgentsInPath("codex", "qwen");

function plan(frontMatter = ""): string {
  return `---\ntitle: Careful\n${frontMatter}---\n\n# Careful\n\n## Stream A: Work (2 Tasks)\n\n**Terminals 1-1**\n\n| # | Task | Estimate |\n| --- | --- | --- |\n| 1 | Build it | 1h |\n| 2 | Ship it | 1h |\n`;
}

function started(agent: "codex" | "qwen", frontMatter = ""): Promise<Scene> {
  return scene({ plan: plan(frontMatter), agent });
}

test("Codex and Qwen Code get their next task as their turn ends, and are known by their hooks", async () => {
  for (const agent of ["codex", "qwen"] as const) {
    await using story = await started(agent);
    await hookOf(story, 1, "UserPromptSubmit", { prompt: "Build it" });
    expect(story.state.terminals[1]).toMatchObject({ state: "busy", source: "hook:UserPromptSubmit" });
    story.scratchpad.writes("terminal-01.md", "# m-scene\n- [x] 1 Build it\n");
    const { text } = await story.until("message-queued", { terminal: 1, purpose: "assignment" });
    expect(await hookOf(story, 1, "Stop")).toEqual({ decision: "block", reason: `This is no error. ${text}` });
    await story.until("message-delivered");
    expect(story.terminal(1).typed).toBe("");
  }
});

test("their dialog comes after the answer to the hook, so no person is waited for there: a rule answers, or nobody", async () => {
  await using story = await started("codex", "allow: Bash(npm test)\n");
  const allowed = await hookOf(story, 1, "PermissionRequest", { tool_name: "Bash", tool_input: { command: "npm test" } });
  expect(allowed).toEqual({ hookSpecificOutput: { hookEventName: "PermissionRequest", decision: { behavior: "allow" } } });
  expect(await hookOf(story, 1, "PermissionRequest", { tool_name: "Bash", tool_input: { command: "npm publish" } })).toEqual({});
  // Before its dialog stands on the screen there is nothing that a person could answer.
  expect(story.state.terminals[1]?.state).toBe("busy");
  await hookOf(story, 1, "Notification", { notification_type: "permission_prompt", message: "it needs you" });
  expect(story.state.terminals[1]).toMatchObject({ state: "asking", kind: "permission", evidence: "may it use Bash: npm publish" });
  // The dialog on its screen is what is answered.
  expect(story.engine.hooks.permissions.question(1)).toBeNull();
});

test("a report of its own needs no permission, and nothing is widened by that where the agent does not know how", async () => {
  await using story = await started("qwen");
  const input = { file_path: join(story.state.scratchpad, "terminal-01.md"), content: "- [x] 1" };
  const answer = await hookOf(story, 1, "PermissionRequest", { tool_name: "write_file", tool_input: input });
  expect(answer).toEqual({ hookSpecificOutput: { hookEventName: "PermissionRequest", decision: { behavior: "allow" } } });
});

test("what the plan denies is refused before it runs, whatever the agent calls its tools, and whether it asks or not", async () => {
  await using story = await started("qwen", "permissions: all\ndeny:\n  - Bash(git push *)\n  - Edit(src/**)\n");
  const before = (tool: string, input: object) => hookOf(story, 1, "PreToolUse", { tool_name: tool, tool_input: input });
  const refused = await before("run_shell_command", { command: "make && git push origin main" });
  expect(refused).toMatchObject({
    hookSpecificOutput: {
      hookEventName: "PreToolUse",
      permissionDecision: "deny",
      permissionDecisionReason: expect.stringContaining("Bash(git push *)"),
    },
  });
  expect(await before("write_file", { file_path: join(story.state.project, "src/a.ts") })).not.toEqual({});
  expect(await before("read_file", { file_path: join(story.state.project, "src/a.ts") })).toEqual({});
  expect(story.events.flatMap((event) => (event.type === "permission-answered" ? [[event.tool, event.allowed, event.rule]] : []))).toEqual([
    ["run_shell_command", false, "Bash(git push *)"],
    ["write_file", false, "Edit(src/**)"],
  ]);
});

test("a patch of several files is refused for any of them, and allowed by no rule", async () => {
  await using story = await started("codex", "allow: Edit(src/**)\ndeny: Edit(src/secret/**)\n");
  const patch = (...files: readonly string[]) => ({
    tool_name: "apply_patch",
    tool_input: { command: `*** Begin Patch\n${files.map((file) => `*** Update File: ${file}\n@@\n-a\n+b`).join("\n")}\n*** End Patch` },
  });
  const asked = async (...files: readonly string[]) =>
    (await hookOf(story, 1, "PermissionRequest", patch(...files))).hookSpecificOutput?.decision?.behavior ?? "asks";
  expect(await asked("src/a.ts")).toBe("allow");
  expect(await asked("src/a.ts", "src/b.ts")).toBe("asks");
  expect(await asked("src/a.ts", "src/secret/key.ts")).toBe("deny");
  expect(await asked("README.md")).toBe("asks");
});

test("an agent at work that waits for a limit is shown to, whatever its hooks and its title say", async () => {
  await using story = await started("qwen");
  const desk = await story.dashboard();
  await hookOf(story, 1, "UserPromptSubmit", { prompt: "Build it" });
  // As Qwen Code 0.24.4 words it.
  const waits = "✕ This request would exceed your account's rate limit. (Retrying in 58s… (attempt 1/10))\r\n↻ Retrying in 58 seconds…\r\n";
  story.terminal(1).prints(`\x1b]0;◐\ufe0e Qwen - project\x07${waits}⠏ Thinking (3s · esc to cancel)\r\n`);
  await desk.shows("Retrying in 58 seconds");
  story.passes(1);
  story.looks(1);
  await story.until("terminal-state", { terminal: 1, state: "busy", kind: "rate-limit", source: "hook:UserPromptSubmit" });
  await desk.shows("● limited");
});

test("an agent that a terminal's agent starts for itself inherits its hooks, and is not taken for it", async () => {
  await using story = await started("qwen");
  const own = "11111111-2222-4333-8444-555566667777";
  const nested = "99999999-2222-4333-8444-555566667777";
  await hookOf(story, 1, "SessionStart", { source: "startup", session_id: own });
  await hookOf(story, 1, "UserPromptSubmit", { prompt: "Build it", session_id: own });
  await hookOf(story, 1, "SessionStart", { source: "startup", session_id: nested });
  await hookOf(story, 1, "UserPromptSubmit", { prompt: "Summarize", session_id: nested });
  await hookOf(story, 1, "Stop", { session_id: nested });
  expect(story.state.terminals[1]).toMatchObject({ state: "busy", conversation: own });
  // A conversation that a person has cleared is the same agent's.
  const cleared = "33333333-2222-4333-8444-555566667777";
  await hookOf(story, 1, "SessionStart", { source: "clear", session_id: cleared });
  await hookOf(story, 1, "UserPromptSubmit", { prompt: "Again", session_id: cleared });
  expect(story.state.terminals[1]?.conversation).toBe(cleared);
});

const OWN = "11111111-2222-4333-8444-555566667777";
const NESTED = "99999999-2222-4333-8444-555566667777";

async function newEngine(story: Scene): Promise<void> {
  await story.engine.hooks.stop();
  story.engineDies();
  await story.engineComesBack();
}

test("nor by an engine that hears of it before anything of the terminal's own agent, which has outlived the engine before", async () => {
  await using story = await started("qwen");
  await hookOf(story, 1, "SessionStart", { source: "startup", session_id: OWN });
  await hookOf(story, 1, "UserPromptSubmit", { prompt: "Build it", session_id: OWN });
  await newEngine(story);
  await hookOf(story, 1, "SessionStart", { source: "startup", session_id: NESTED });
  await hookOf(story, 1, "UserPromptSubmit", { prompt: "Summarize", session_id: NESTED });
  await hookOf(story, 1, "Stop", { session_id: NESTED });
  expect(story.state.terminals[1]).toMatchObject({ state: "busy", conversation: OWN });
  await hookOf(story, 1, "Stop", { session_id: OWN });
  expect(story.state.terminals[1]).toMatchObject({ state: "idle", conversation: OWN });
});

test("and one that an engine before has heard begin stays somebody else for the next", async () => {
  await using story = await started("qwen");
  await hookOf(story, 1, "UserPromptSubmit", { prompt: "Build it", session_id: OWN });
  await hookOf(story, 1, "SessionStart", { source: "startup", session_id: NESTED });
  await newEngine(story);
  await hookOf(story, 1, "UserPromptSubmit", { prompt: "Summarize", session_id: NESTED });
  await hookOf(story, 1, "Stop", { session_id: NESTED });
  expect(story.state.terminals[1]).toMatchObject({ state: "busy", conversation: OWN });
});

test("what the agent before was about to ask is not taken for a question of the one that was started anew", async () => {
  await using story = await started("codex");
  await hookOf(story, 1, "PermissionRequest", { tool_name: "Bash", tool_input: { command: "npm publish" } });
  story.engine.submit({ type: "terminal-exited", terminal: 1, code: 1, signal: null });
  story.engine.submit({ type: "terminal-started", terminal: 1, pid: 40_001, pidStart: 1, program: "codex" });
  await hookOf(story, 1, "Notification", { notification_type: "permission_prompt", message: "it needs you" });
  expect(story.state.terminals[1]).toMatchObject({ state: "asking", evidence: "it needs you" });
});

test("nor when it began while no engine listened; a conversation that a person clears later is the agent's own", async () => {
  await using story = await started("qwen");
  await hookOf(story, 1, "SessionStart", { source: "startup", session_id: OWN });
  await hookOf(story, 1, "UserPromptSubmit", { prompt: "Build it", session_id: OWN });
  await newEngine(story);
  await hookOf(story, 1, "UserPromptSubmit", { prompt: "Summarize", session_id: NESTED });
  await hookOf(story, 1, "Stop", { session_id: NESTED });
  expect(story.state.terminals[1]).toMatchObject({ state: "busy", conversation: OWN });
  const cleared = "33333333-2222-4333-8444-555566667777";
  await hookOf(story, 1, "SessionStart", { source: "clear", session_id: cleared });
  await hookOf(story, 1, "UserPromptSubmit", { prompt: "Again", session_id: cleared });
  expect(story.state.terminals[1]).toMatchObject({ state: "busy", conversation: cleared });
});

test.each(["null", "[]", '{"port":1,"tokens":null}', '{"port":0,"tokens":{},"foreign":{"1":7}}', "{"])(
  "what an engine before has left of hooks may be damaged (%s): the agents are started and heard",
  async (text) => {
    await using story = await started("qwen");
    story.engine.ports.writeOwn(join(story.engine.settings.launches, "hooks.json"), text);
    await newEngine(story);
    await hookOf(story, 1, "UserPromptSubmit", { prompt: "Build it", session_id: OWN });
    expect(story.state.terminals[1]).toMatchObject({ source: "hook:UserPromptSubmit" });
  },
);
