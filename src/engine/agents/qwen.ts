/** Qwen Code (tried: 0.24.4). */
import type { Permissions } from "../../plan/types.ts";
import { codingAgent, modelFlag } from "./coding-cli.ts";
import { qwenHookEnvironment, qwenHookFiles } from "./qwen-hooks.ts";

const MODES: Readonly<Record<Permissions, string>> = { ask: "default", edits: "auto-edit", all: "yolo", never: "default" };

export const qwenAgent = codingAgent({
  name: "qwen",
  program: "qwen",
  package: "@qwen-code/qwen-code",
  tried: "0.24.4",
  conversation: "chosen",
  args: ({ id, resume, permissions, model, folders, role, words }) => [
    ...(id === null ? [] : [resume ? "--resume" : "--session-id", id]),
    "--approval-mode",
    MODES[permissions],
    ...modelFlag(model),
    ...folders.flatMap((folder) => ["--include-directories", folder]),
    "--append-system-prompt",
    role,
    "--prompt-interactive",
    words,
  ],
  wordsAtLaunch: true,
  hooks: { dialog: "after", widens: false, refusal: "hook", inherited: true },
  files: ({ hooks, terminal }) => (hooks === null ? [] : qwenHookFiles(hooks, terminal)),
  env: ({ hooks, terminal }) => (hooks === null ? {} : qwenHookEnvironment(hooks, terminal)),
  messages: { whileBusy: true, alternateScreen: true, onlyInRead: false, composer: /^[│\s]*[>❯!*]\s?(.*)$/u },
});
