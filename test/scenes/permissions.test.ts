import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scene, type Scene } from "../support/scene.ts";
import { codingAgentsInPath } from "../support/scene/coding-agents.ts";
import { hook, type HookAnswer } from "../support/scene/hooks.ts";

codingAgentsInPath("claude");

function plan(frontMatter = ""): string {
  return `---\ntitle: Careful\nagent: claude\n${frontMatter}---\n\n# Careful\n\n## Stream A: Work (1 Task)\n\n**Terminals 1-1**\n\n| # | Task | Estimate |\n| --- | --- | --- |\n| 1 | Build it | 1h |\n`;
}

const BASH = { tool_name: "Bash", tool_input: { command: "rm -rf build", description: "Cleans up" } };

/** Asks as the agent does; the answer stands out until somebody gives it. */
async function asks(story: Scene, payload: Readonly<Record<string, unknown>>): Promise<Promise<HookAnswer>[]> {
  const before = story.state.seq;
  const answer = hook(story, 1, "PermissionRequest", payload);
  await story.waiting.until("the terminal to ask", () =>
    story.events.some((event) => event.seq > before && event.type === "terminal-state" && event.state === "asking"),
  );
  // Wrapped: an awaited promise would be waited for.
  return [answer];
}

function behaviour(answer: HookAnswer | undefined): string | undefined {
  return answer?.hookSpecificOutput?.decision?.behavior;
}

test("is shown with all that it would do and what is risky about it, and answered by key without typing into the agent", async () => {
  await using story = await scene({ plan: plan(), agent: "claude" });
  const desk = await story.dashboard();
  const [answer] = await asks(story, BASH);
  await desk.shows("? 1 asking");
  desk.press("a");
  await desk.shows("wants to use Bash", "command: rm -rf build", "! it removes files", "Yes, this once");
  desk.press("1", "Enter");
  expect(behaviour(await answer)).toBe("allow");
  await desk.shows("T1 answered: Yes, this once");
  expect(story.terminal(1).typed).toBe("");
  expect(await story.until("permission-answered")).toMatchObject({
    terminal: 1,
    tool: "Bash",
    words: "rm -rf build",
    allowed: true,
    by: "person",
    rule: null,
  });
});

test("the notice that comes seconds later says nothing new", async () => {
  await using story = await scene({ plan: plan(), agent: "claude" });
  const [answer] = await asks(story, BASH);
  await hook(story, 1, "Notification", { notification_type: "permission_prompt", message: "Claude needs your permission" });
  expect(story.state.terminals[1]).toMatchObject({ source: "hook:PermissionRequest", evidence: "may it use Bash: rm -rf build" });
  await hook(story, 1, "Stop");
  expect(await answer).toEqual({});
});

test("a no in words tells the agent what to do instead", async () => {
  await using story = await scene({ plan: plan(), agent: "claude" });
  const desk = await story.dashboard();
  const [answer] = await asks(story, BASH);
  await desk.shows("? 1 asking");
  desk.press("a");
  await desk.shows("wants to use Bash");
  desk.types("use make clean");
  desk.press("Enter");
  expect((await answer)?.hookSpecificOutput?.decision).toEqual({ behavior: "deny", message: "use make clean" });
});

test("what was answered on the agent's own screen is not answered twice", async () => {
  await using story = await scene({ plan: plan(), agent: "claude" });
  const desk = await story.dashboard();
  const [answer] = await asks(story, BASH);
  await desk.shows("? 1 asking");
  desk.press("a");
  await desk.shows("wants to use Bash");
  await hook(story, 1, "PostToolUse", BASH);
  expect(await answer).toEqual({});
  desk.press("1", "Enter");
  await desk.shows("does not ask that any more");
  expect(story.events.filter((event) => event.type === "permission-answered")).toEqual([]);
});

test("an agent that speaks for itself is asked no more once it says that it works", async () => {
  await using story = await scene({ plan: plan(), agent: "claude" });
  story.terminal(1).reports7501({ state: "working", msg: "Cleaning" });
  await story.until("terminal-state", { source: "osc-7501", state: "busy" });
  const answer = hook(story, 1, "PermissionRequest", BASH);
  // The state is the same until the agent says so itself; what is considered is not.
  await story.waiting.until(
    "the request",
    () => story.engine.hosts.get(1)?.signals.some(({ evidence }) => evidence?.startsWith("may it use") === true) === true,
  );
  story.terminal(1).reports7501({ state: "blocked", kind: "permission", msg: "approve Bash" });
  await story.until("terminal-state", { source: "osc-7501", state: "asking" });
  story.terminal(1).reports7501({ state: "working", msg: "Cleaning on" });
  expect(await answer).toEqual({});
});

test("a rule of the plan answers for the person, and the journal names it", async () => {
  await using story = await scene({
    plan: plan("allow:\n  - Bash(npm run *)\n  - Edit(src/**)\ndeny: Bash(git push *)\n"),
    agent: "claude",
  });
  const allowed = await hook(story, 1, "PermissionRequest", { tool_name: "Bash", tool_input: { command: "npm run build" } });
  expect(behaviour(allowed)).toBe("allow");
  const refused = await hook(story, 1, "PermissionRequest", { tool_name: "Bash", tool_input: { command: "git push origin" } });
  expect(refused.hookSpecificOutput?.decision).toMatchObject({ behavior: "deny", message: expect.stringContaining("Bash(git push *)") });
  expect(story.events.flatMap((event) => (event.type === "permission-answered" ? [[event.allowed, event.by, event.rule]] : []))).toEqual([
    [true, "rule", "Bash(npm run *)"],
    [false, "rule", "Bash(git push *)"],
  ]);
  // Nobody was asked.
  expect(story.events.some((event) => event.type === "terminal-state" && event.state === "asking")).toBe(false);
  expect(story.state.log.map(({ text }) => text)).toContain("refused T1 Bash: git push origin (rule Bash(git push *))");
});

test("a link out of an allowed folder is asked about", async () => {
  await using story = await scene({ plan: plan("allow: Edit(src/**)\n"), agent: "claude" });
  mkdirSync(join(story.state.project, "src"));
  symlinkSync("/etc", join(story.state.project, "src/etc"));
  const within = await hook(story, 1, "PermissionRequest", {
    tool_name: "Edit",
    tool_input: { file_path: join(story.state.project, "src/new.ts") },
  });
  expect(behaviour(within)).toBe("allow");
  const desk = await story.dashboard();
  const [answer] = await asks(story, { tool_name: "Edit", tool_input: { file_path: join(story.state.project, "src/etc/hosts") } });
  await desk.shows("? 1 asking");
  desk.press("a");
  await desk.shows("it leads to /etc/hosts");
  desk.press("Escape");
  await hook(story, 1, "Stop");
  expect(await answer).toEqual({});
});

test("a plan that never permits refuses, and the agent hears why", async () => {
  await using story = await scene({ plan: plan("permissions: never\n"), agent: "claude" });
  const refused = await hook(story, 1, "PermissionRequest", BASH);
  expect(refused.hookSpecificOutput?.decision).toMatchObject({ behavior: "deny", message: expect.stringContaining("permissions: never") });
});

test("an engine that ends leaves the question to the agent's own dialog", async () => {
  await using story = await scene({ plan: plan(), agent: "claude" });
  const [answer] = await asks(story, BASH);
  await story.engine.hooks.stop();
  expect(await answer).toEqual({});
});
