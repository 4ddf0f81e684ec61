/** What agents' hooks send: anybody who has the token may send anything. */
import { strict as assert } from "node:assert";
import { readHookEvent } from "../../src/engine/hooks/hook-event.ts";
import { hookState } from "../../src/engine/hooks/hook-state.ts";
import type { Target } from "./targets.ts";

const KINDS = new Set(["prompt", "tool", "permission", "notification", "agent", "stop", "failure", "end"]);
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u;
const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

export const hooksTarget: Target = {
  name: "hooks",
  each: 1500,
  promise: "JSON of a hook is an event of a known kind with bounded, visible texts, or nothing",
  examples: [
    json({ hook_event_name: "UserPromptSubmit", session_id: "a-1", prompt: "do it" }),
    json({ hook_event_name: "PreToolUse", session_id: "a-1", tool_name: "Bash", tool_input: { command: "npm test", description: "d" } }),
    json({ hook_event_name: "PostToolUse", tool_name: "Task", tool_input: { subagent_type: "x" }, tool_response: { agentId: "b2" } }),
    json({
      hook_event_name: "PermissionRequest",
      tool_name: "Edit",
      tool_input: { file_path: "/a", old_string: "x" },
      permission_suggestions: [
        { type: "setMode", mode: "acceptEdits", destination: "session" },
        { type: "addRules", behavior: "allow", destination: "session", rules: [{ toolName: "Bash", ruleContent: "ls" }] },
        { type: "addDirectories", directories: ["/a"], destination: "session" },
      ],
    }),
    json({ hook_event_name: "Notification", notification_type: "idle_prompt", message: "waits" }),
    json({ hook_event_name: "Stop", stop_hook_active: true, last_assistant_message: "m", background_tasks: [{ status: "running" }] }),
    json({ hook_event_name: "constructor", kind: "permission", details: "none" }),
    json({ hook_event_name: "StopFailure", error: "rate_limit", error_details: "x" }),
  ],
  tokens: [
    '"hook_event_name":',
    "null",
    "[]",
    "{}",
    "1e999",
    '"constructor"',
    '"__proto__"',
    '"toString"',
    '"\\u001b]52;c;\\u0007"',
    '"\\u202e"',
    "true",
    ":",
    ",",
    "}",
    "SubagentStart",
  ].map((text) => Buffer.from(text)),
  check(bytes) {
    const event = readHookEvent(parsed(bytes));
    if (event === null) return;
    assert.ok(KINDS.has(event.kind), `an event of the kind ${String(event.kind)}`);
    const { name, conversation, agent } = event;
    assert.ok(name.length <= 40 && (conversation === null || conversation.length <= 64) && (agent === null || agent.id.length <= 64));
    const state = hookState(event);
    if (state !== null && state !== "withdrawn") assert.ok(!UNSEEN.test(state.evidence ?? ""), JSON.stringify(state.evidence));
    if (event.kind === "permission") {
      assert.ok(event.details.length <= 12 && event.suggestions.length <= 4);
      for (const text of [...event.details, ...event.suggestions.map(({ words }) => words)])
        assert.ok(!UNSEEN.test(text), JSON.stringify(text));
    }
  },
};

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch {
    return undefined;
  }
}
