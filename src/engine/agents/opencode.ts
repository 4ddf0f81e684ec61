/**
 * opencode (tried: 1.18.33). Its `--prompt` only fills the input line in, so the first words are typed once it can take them.
 * It chooses the ids of its conversations and shows them nowhere that belongs to one terminal.
 */
import type { Permissions } from "../../plan/types.ts";
import { codingAgent, modelFlag } from "./coding-cli.ts";

const PERMISSIONS: Readonly<Record<Permissions, Readonly<Record<string, string>>>> = {
  ask: { edit: "ask", bash: "ask" },
  edits: { edit: "allow", bash: "ask" },
  all: { edit: "allow", bash: "allow" },
  never: { edit: "ask", bash: "ask" },
};

export const opencodeAgent = codingAgent({
  name: "opencode",
  program: "opencode",
  package: "opencode-ai",
  tried: "1.18.33",
  conversation: "unknown",
  args: ({ id, resume, permissions, model, project }) => [
    project,
    ...(resume && id !== null ? ["--session", id] : []),
    ...modelFlag(model),
    ...(permissions === "all" ? ["--auto"] : []),
  ],
  env: ({ permissions }) => ({ OPENCODE_PERMISSION: JSON.stringify(PERMISSIONS[permissions]), OPENCODE_DISABLE_AUTOUPDATE: "1" }),
  wordsAtLaunch: false,
  messages: { whileBusy: true, alternateScreen: true, onlyInRead: false, composer: /^\s*┃\s*(.*)$/u },
});
