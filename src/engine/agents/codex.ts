/** Codex (tried: 0.169.0). Settings of a launch go by `-c`; the user's config.toml is not touched. */
import type { Permissions } from "../../plan/types.ts";
import { codexHookArgs, codexHookFiles } from "./codex-hooks.ts";
import { CodexRollout } from "./codex-rollout.ts";
import { codingAgent, type McpProgram, modelFlag } from "./coding-cli.ts";

/** Edits inside the project never ask in its sandbox; what leaves it does. */
const SANDBOXED = ["--sandbox", "workspace-write", "--ask-for-approval", "on-request"];
const MODES: Readonly<Record<Permissions, readonly string[]>> = {
  ask: SANDBOXED,
  edits: SANDBOXED,
  // What its sandbox does not let through fails, and nobody is asked.
  never: ["--sandbox", "workspace-write", "--ask-for-approval", "never"],
  all: ["--dangerously-bypass-approvals-and-sandbox"],
};

export const codexAgent = codingAgent({
  name: "codex",
  program: "codex",
  package: "@openai/codex",
  tried: "0.169.0",
  conversation: "found",
  conversationFile: /\/rollout-[^/]*?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.jsonl$/u,
  conversationMeter: () => new CodexRollout(),
  args: ({ terminal, id, resume, permissions, model, mcp, project, folders, role, words, hooks }) => [
    ...(resume && id !== null ? ["resume"] : []),
    // Its background server would outlive the terminal.
    "--no-daemon",
    "--cd",
    project,
    ...MODES[permissions],
    ...modelFlag(model),
    ...folders.flatMap((folder) => ["--add-dir", folder]),
    // A JSON string is a TOML string as well.
    "-c",
    `developer_instructions=${JSON.stringify(role)}`,
    ...mcpSettings(mcp),
    ...(hooks === null ? [] : codexHookArgs(hooks, terminal)),
    ...(resume && id !== null ? [id] : []),
    words,
  ],
  wordsAtLaunch: true,
  hooks: { dialog: "after", widens: false, refusal: "hook", inherited: false },
  files: ({ hooks, terminal }) => (hooks === null ? [] : codexHookFiles(hooks, terminal)),
  messages: { whileBusy: true, alternateScreen: true, onlyInRead: false, composer: /^›\s?(.*)$/u },
});

/** Each value by its own dotted path: what the person has set up besides stays. */
function mcpSettings({ command, args, env }: McpProgram): readonly string[] {
  const values: readonly (readonly [string, string | readonly string[]])[] = [
    ["command", command],
    ["args", args],
    ...Object.entries(env).map(([name, value]) => [`env.${name}`, value] as const),
  ];
  return values.flatMap(([path, value]) => ["-c", `mcp_servers.marathon.${path}=${JSON.stringify(value)}`]);
}
