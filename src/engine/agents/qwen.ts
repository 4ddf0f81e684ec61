/** Qwen Code (tried: 0.24.4). */
import type { Permissions } from "../../plan/types.ts";
import { codingAgent, modelFlag } from "./coding-cli.ts";

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
  messages: { whileBusy: true, alternateScreen: true, onlyInRead: false, composer: /^[│\s]*[>❯!*]\s?(.*)$/u },
});
