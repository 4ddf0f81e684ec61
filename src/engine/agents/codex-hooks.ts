/**
 * Codex's hooks (tried: 0.169.0), by `-c` for one launch and beside the person's own. Codex runs a hook that is not from its managed
 * settings only if its hash stands among those that were trusted; for the hooks of a launch that, too, may be said by `-c`. So
 * ours are trusted by name, and no hook of anybody else is: its flag that trusts everything is not used.
 */
import { createHash } from "node:crypto";
import type { HookAddress, Program } from "./agent.ts";
import { ANSWER_S, hookCommand, hookScript } from "./hook-script.ts";

const EVENTS = [
  "UserPromptSubmit",
  "PreToolUse",
  "PermissionRequest",
  "PostToolUse",
  "SubagentStart",
  "SubagentStop",
  "Stop",
  "Interrupt",
  "SessionEnd",
] as const;

/** As Codex names the source of settings that came by `-c`. */
const SOURCE = "/<session-flags>/config.toml";

export function codexHookFiles(hooks: HookAddress, terminal: number): NonNullable<Program["files"]> {
  return [hookScript(hooks, "codex", terminal)];
}

export function codexHookArgs(hooks: HookAddress, terminal: number): readonly string[] {
  const command = hookCommand(hookScript(hooks, "codex", terminal));
  // A JSON string is a TOML string as well.
  const handler = `[{hooks=[{type="command",command=${JSON.stringify(command)},timeout=${ANSWER_S}}]}]`;
  const trusted = EVENTS.map((event) => `"${SOURCE}:${label(event)}:0:0"={trusted_hash="${trustedHash(event, command)}"}`);
  return [...EVENTS.map((event) => `hooks.${event}=${handler}`), `hooks.state={${trusted.join(",")}}`].flatMap((value) => ["-c", value]);
}

/** The hash of a hook's meaning: its JSON with sorted names. */
function trustedHash(event: string, command: string): string {
  const hook = { async: false, command, timeout: ANSWER_S, type: "command" };
  const meaning = JSON.stringify({ event_name: label(event), hooks: [hook] });
  return `sha256:${createHash("sha256").update(meaning).digest("hex")}`;
}

/** PreToolUse: pre_tool_use */
function label(event: string): string {
  return event.replace(/(?!^)[A-Z]/gu, "_$&").toLowerCase();
}
