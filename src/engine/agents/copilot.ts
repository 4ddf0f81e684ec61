/** GitHub Copilot CLI (tried: 1.0.102). It has no flag for a system prompt, so its role comes with the first words. */
import type { Permissions } from "../../plan/types.ts";
import { codingAgent, modelFlag } from "./coding-cli.ts";

const MODES: Readonly<Record<Permissions, readonly string[]>> = {
  ask: [],
  edits: ["--allow-tool=write"],
  all: ["--allow-all-tools"],
  never: [],
};

export const copilotAgent = codingAgent({
  name: "copilot",
  program: "copilot",
  package: "@github/copilot",
  tried: "1.0.102",
  conversation: "chosen",
  args: ({ id, resume, permissions, model, folders, words, wordsWithRole }) => [
    ...(id === null ? [] : [`${resume ? "--resume" : "--session-id"}=${id}`]),
    ...MODES[permissions],
    ...modelFlag(model),
    ...folders.map((folder) => `--add-dir=${folder}`),
    "--no-auto-update",
    "--interactive",
    resume ? words : wordsWithRole,
  ],
  wordsAtLaunch: true,
  messages: { whileBusy: true, alternateScreen: true, onlyInRead: false, composer: /^(?:[│┃\s]*[>❯]|┃)\s?(.*)$/u },
});
