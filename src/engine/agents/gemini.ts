/** Gemini CLI (tried: 0.61.0). It has no flag for a system prompt, so its role comes with the first words. */
import type { Permissions } from "../../plan/types.ts";
import { codingAgent, modelFlag } from "./coding-cli.ts";

const MODES: Readonly<Record<Permissions, string>> = { ask: "default", edits: "auto_edit", all: "yolo", never: "default" };

export const geminiAgent = codingAgent({
  name: "gemini",
  program: "gemini",
  package: "@google/gemini-cli",
  tried: "0.61.0",
  conversation: "chosen",
  args: ({ id, resume, permissions, model, folders, words, wordsWithRole }) => [
    ...(id === null ? [] : [resume ? "--resume" : "--session-id", id]),
    "--approval-mode",
    MODES[permissions],
    ...modelFlag(model),
    ...folders.flatMap((folder) => ["--include-directories", folder]),
    "--prompt-interactive",
    resume ? words : wordsWithRole,
  ],
  wordsAtLaunch: true,
  messages: { whileBusy: true, alternateScreen: false, onlyInRead: false, composer: /^[│\s]*[>!*]\s?(.*)$/u },
});
