/** Claude Code (tried: 2.1.329). Everything rides on flags and `--settings`; nothing of the user's own settings is touched. */
import type { Permissions } from "../../plan/types.ts";
import { codingAgent, modelFlag, type Launch } from "./coding-cli.ts";

/** `default` is what newer versions list as `manual`; they take both, older ones only this. */
const MODES: Readonly<Record<Permissions, string>> = { ask: "default", edits: "acceptEdits", all: "bypassPermissions" };

export const claudeAgent = codingAgent({
  name: "claude",
  program: "claude",
  package: "@anthropic-ai/claude-code",
  tried: "2.1.329",
  conversation: "chosen",
  args: (launch) => [
    ...(launch.id === null ? [] : [launch.resume ? "--resume" : "--session-id", launch.id]),
    "--permission-mode",
    MODES[launch.permissions],
    ...modelFlag(launch.model),
    // Without --strict-mcp-config the person's own servers stay. It takes several values, so a flag must follow.
    "--mcp-config",
    JSON.stringify({ mcpServers: { marathon: launch.mcp } }),
    "--settings",
    settingsOf(launch),
    "--append-system-prompt",
    launch.role,
    launch.words,
  ],
  wordsAtLaunch: true,
  messages: { whileBusy: true, alternateScreen: true, onlyInRead: false, composer: /^[│\s]*❯\s?(.*)$/u },
});

/** Its own reporting needs no permission, and what is never to be shared cannot be read, whatever the mode. */
function settingsOf({ assignmentFile, scratchpad, folders, neverShare }: Launch): string {
  // In these rules a path from the root of the disk begins with two slashes.
  const allow = ["mcp__marathon", `Read(/${assignmentFile})`, `Read(/${scratchpad}/**)`, `Edit(/${scratchpad}/**)`];
  const deny = neverShare.map((pattern) => `Read(${anchored(pattern)})`);
  return JSON.stringify({ permissions: { allow, deny, additionalDirectories: folders } });
}

function anchored(pattern: string): string {
  if (pattern.startsWith("~/")) return pattern;
  return pattern.startsWith("/") ? `/${pattern}` : `**/${pattern.replace(/^(\.\/)+/u, "")}`;
}
