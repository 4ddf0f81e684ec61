/**
 * Qwen Code's hooks (tried: 0.24.4): events POSTed as JSON, in a settings file of one launch. Its dialog for a permission comes after
 * the answer to the hook.
 */
import type { HookAddress, Program } from "./agent.ts";
import { ANSWER_S } from "./hook-script.ts";
import { defaultsFile, systemDefaults, type DefaultsOf } from "./system-defaults.ts";

const EVENTS = [
  "SessionStart",
  "UserPromptSubmit",
  "PreToolUse",
  "PostToolUse",
  "PostToolUseFailure",
  "PermissionRequest",
  "Notification",
  "SubagentStart",
  "SubagentStop",
  "Stop",
  "StopFailure",
  "SessionEnd",
] as const;

export const QWEN_DEFAULTS: DefaultsOf = {
  variable: "QWEN_CODE_SYSTEM_DEFAULTS_PATH",
  beside: "QWEN_CODE_SYSTEM_SETTINGS_PATH",
  linux: "/etc/qwen-code/settings.json",
  darwin: "/Library/Application Support/QwenCode/settings.json",
};

export function qwenHookFiles(hooks: HookAddress, terminal: number): NonNullable<Program["files"]> {
  const text = systemDefaults(QWEN_DEFAULTS, settings(hooks));
  return text === null ? [] : [{ path: defaultsFile(hooks, "qwen", terminal), text }];
}

export function qwenHookEnvironment(hooks: HookAddress, terminal: number): Readonly<Record<string, string>> {
  const usable = systemDefaults(QWEN_DEFAULTS, {}) !== null;
  return usable ? { [QWEN_DEFAULTS.variable]: defaultsFile(hooks, "qwen", terminal) } : {};
}

function settings({ url, token }: HookAddress): Readonly<Record<string, unknown>> {
  const hook = { hooks: [{ type: "http", name: "marathon", url, headers: { Authorization: `Bearer ${token}` }, timeout: ANSWER_S }] };
  return { hooks: Object.fromEntries(EVENTS.map((event) => [event, [hook]])) };
}
