import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readHookEvent } from "../../src/engine/hooks/hook-event.ts";
import { hookState } from "../../src/engine/hooks/hook-state.ts";

const SESSION = "27147566-2ad1-4375-a39e-297598d83329";

/** As Claude Code 2.1.329 sends it. */
function event(name: string, more: Readonly<Record<string, unknown>> = {}) {
  const read = readHookEvent({ session_id: SESSION, cwd: "/p", permission_mode: "default", hook_event_name: name, ...more });
  if (read === null) throw new Error(`${name} says nothing`);
  return read;
}

describe("the state that a hook tells", () => {
  const bash = { tool_name: "Bash", tool_input: { command: "npm test", description: "Tests" } };
  test.each([
    ["UserPromptSubmit", { prompt: "go" }, "busy", null, "told: go"],
    ["PreToolUse", bash, "busy", null, "Bash: npm test"],
    ["PostToolUse", bash, "busy", null, "did Bash: npm test"],
    ["PermissionRequest", bash, "asking", "permission", "may it use Bash: npm test"],
    ["PreToolUse", { tool_name: "AskUserQuestion", tool_input: { question: "Which?" } }, "asking", "question", "Which?"],
    ["PermissionRequest", { tool_name: "ask_user_question", tool_input: { question: "Which?" } }, "asking", "question", "Which?"],
    ["PreToolUse", { tool_name: "ask_user_question", tool_input: { question: "Which?" } }, "busy", null, "ask_user_question: Which?"],
    [
      "PermissionRequest",
      { tool_name: "exit_plan_mode", tool_input: { plan: "1." } },
      "asking",
      "permission",
      "may it use exit_plan_mode: 1.",
    ],
    ["Notification", { notification_type: "permission_prompt", message: "Claude needs you" }, "asking", "permission", "Claude needs you"],
    ["Notification", { notification_type: "idle_prompt", message: "" }, "idle", null, "it waits for words"],
    ["Stop", { last_assistant_message: "ready", background_tasks: [] }, "idle", null, "its turn is over: ready"],
    ["Stop", { background_tasks: [{ status: "running" }] }, "busy", null, "its turn is over, and 1 task goes on in the background"],
    ["StopFailure", { error: "authentication_failed" }, "error", "auth", "authentication_failed"],
    ["StopFailure", { error: "rate_limit" }, "error", "rate-limit", "rate_limit"],
    ["StopFailure", { error: "server_error" }, "error", null, "server_error"],
  ])("%s %j is %s", (name, payload, state, kind, evidence) => {
    expect(hookState(event(name, payload))).toEqual({ state, kind, source: `hook:${name}`, evidence });
  });

  test("is none for what a sub-agent does, but its permission is asked on its terminal's screen", () => {
    const agent = { agent_id: "a0c911", agent_type: "Explore" };
    expect(hookState(event("PreToolUse", { ...bash, ...agent }))).toBeNull();
    expect(hookState(event("PermissionRequest", { ...bash, ...agent }))).toMatchObject({ state: "asking" });
  });

  test("is withdrawn when the conversation ends, and none for a notice that asks nothing", () => {
    expect(hookState(event("SessionEnd", { reason: "clear" }))).toBe("withdrawn");
    expect(hookState(event("Notification", { notification_type: "auth_success", message: "ok" }))).toBeNull();
  });
});

describe("what is read", () => {
  test("names the conversation and the sub-agent only by ids of a believable form", () => {
    expect(event("Stop")).toMatchObject({ conversation: SESSION, agent: null });
    expect(event("Stop", { session_id: "../../etc/passwd" }).conversation).toBeNull();
    expect(event("SubagentStart", { agent_id: "a0c911a", agent_type: "x y\u0000" }).agent).toEqual({ id: "a0c911a", type: null });
  });

  test("of a permission is every argument of the tool, and the wider ones that last for the conversation", () => {
    const read = event("PermissionRequest", {
      tool_name: "Write",
      tool_input: { file_path: "/p/a.txt", content: "hello\nworld\u202e" },
      permission_suggestions: [
        { type: "setMode", mode: "acceptEdits", destination: "session" },
        { type: "addDirectories", directories: ["/tmp"], destination: "session" },
        { type: "addRules", rules: [{ toolName: "Bash", ruleContent: "make *" }], behavior: "allow", destination: "session" },
        { type: "addRules", rules: [{ toolName: "Bash" }], behavior: "allow", destination: "userSettings" },
        { type: "setMode", mode: "bypassPermissions", destination: "session" },
      ],
    });
    expect(read).toMatchObject({
      use: { tool: "Write", path: "/p/a.txt", command: null },
      details: ["file_path: /p/a.txt", "content: hello world"],
      suggestions: [
        { words: "Yes, and edits of files without asking from now on" },
        { words: "Yes, and from now on in /tmp" },
        { words: "Yes, and from now on Bash(make *)" },
      ],
    });
  });

  test.each([null, 7, [], "Stop", {}, { hook_event_name: "SomethingNew" }, { hook_event_name: "PreToolUse" }])(
    "of %j is nothing",
    (payload) => expect(readHookEvent(payload)).toBeNull(),
  );

  test("of anything at all never fails", () => {
    const names = fc.constantFrom(
      "UserPromptSubmit",
      "PreToolUse",
      "PermissionRequest",
      "Stop",
      "StopFailure",
      "Notification",
      "constructor",
    );
    const payloads = fc.tuple(
      names,
      fc.dictionary(
        fc.constantFrom("tool_name", "tool_input", "agent_id", "message", "background_tasks", "permission_suggestions"),
        fc.anything(),
      ),
    );
    fc.assert(
      fc.property(payloads, ([name, fields]) => {
        const read = readHookEvent({ ...fields, hook_event_name: name });
        if (read) hookState(read);
      }),
    );
  });
});
