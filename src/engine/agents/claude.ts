/** Claude Code (tried: 2.1.329). Everything rides on flags and `--settings`; nothing of the user's own settings is touched. */
import { join } from "node:path";
import type { Permissions } from "../../plan/types.ts";
import { claudeHooks } from "./claude-hooks.ts";
import { metricsEnvironment, statusLine, statusScript } from "./claude-meters.ts";
import { claudeOwn } from "./claude-own.ts";
import { claudeStatus } from "./claude-status.ts";
import { codingAgent, modelFlag, type Launch } from "./coding-cli.ts";

/** `default` is what newer versions list as `manual`; they take both, older ones only this. */
const MODES: Readonly<Record<Permissions, string>> = { ask: "default", edits: "acceptEdits", all: "bypassPermissions", never: "default" };

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
    settingsFile(launch) ?? settingsOf(launch),
    "--append-system-prompt",
    launch.role,
    launch.words,
  ],
  wordsAtLaunch: true,
  listed: (pid) => claudeStatus(pid),
  hooks: { dialog: "beside", widens: true, refusal: "settings", inherited: false },
  files: (launch) => {
    const path = settingsFile(launch);
    if (path === null || launch.hooks === null) return [];
    return [{ path, text: `${settingsOf(launch)}\n` }, statusScript(launch.hooks, launch.terminal)];
  },
  env: ({ hooks, project }) => (hooks === null || claudeOwn(project, process.env).telemetry ? {} : metricsEnvironment(hooks)),
  messages: { whileBusy: true, alternateScreen: true, onlyInRead: false, composer: /^[│\s]*❯\s?(.*)$/u },
});

/** Settings with hooks hold the secret of their address, which everybody could read among the arguments of a process. */
function settingsFile({ terminal, hooks }: Launch): string | null {
  return hooks && join(hooks.folder, `claude-${String(terminal).padStart(2, "0")}.json`);
}

/** Its own reporting needs no permission, and what is never to be shared cannot be read, whatever the mode. */
function settingsOf({ terminal, project, assignmentFile, scratchpad, folders, neverShare, hooks, deny: rules }: Launch): string {
  // In these rules a path from the root of the disk begins with two slashes.
  const allow = ["mcp__marathon", `Read(/${assignmentFile})`, `Read(/${scratchpad}/**)`, `Edit(/${scratchpad}/**)`];
  const refused = rules.map(({ tool, pattern }) => ruleOf(tool, pattern, project));
  const deny = [...neverShare.map((pattern) => `Read(${anchored(pattern)})`), ...refused];
  const line = hooks === null || claudeOwn(project, process.env).statusLine ? {} : { statusLine: statusLine(hooks, terminal) };
  const reporting = hooks === null ? {} : { hooks: claudeHooks(hooks), ...line };
  return JSON.stringify({ permissions: { allow, deny, additionalDirectories: folders }, ...reporting });
}

/** A rule of the plan in Claude Code's own form: it holds in every mode, also where nothing is asked. */
function ruleOf(tool: string, pattern: string | null, project: string): string {
  if (pattern === null) return tool;
  if (tool === "Bash") return `Bash(${pattern.replace(/ \*$/u, ":*")})`;
  return `${tool}(${pattern.startsWith("~/") ? pattern : `/${pattern.startsWith("/") ? pattern : `${project}/${pattern}`}`})`;
}

function anchored(pattern: string): string {
  if (pattern.startsWith("~/")) return pattern;
  return pattern.startsWith("/") ? `/${pattern}` : `**/${pattern.replace(/^(\.\/)+/u, "")}`;
}
