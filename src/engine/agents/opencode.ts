/**
 * opencode (tried: 1.18.33). Its `--prompt` only fills the input line in, so the first words are typed once it can take them.
 * It chooses the ids of its conversations and shows them nowhere that belongs to one terminal.
 */
import type { Permissions } from "../../plan/types.ts";
import { codingAgent, type Launch, modelFlag } from "./coding-cli.ts";

const PERMISSIONS: Readonly<Record<Permissions, Readonly<Record<"edit" | "bash", string>>>> = {
  ask: { edit: "ask", bash: "ask" },
  edits: { edit: "allow", bash: "ask" },
  all: { edit: "allow", bash: "allow" },
  never: { edit: "ask", bash: "ask" },
};

/** Reading its assignment and writing its reports needs nobody; of several patterns that match the last one counts. */
function permissionsOf({ permissions, project, scratchpad, folders }: Launch): Readonly<Record<string, unknown>> {
  const { edit, bash } = PERMISSIONS[permissions];
  // It looks at paths from the root of the repository, or of the disk where there is none; a star spans folders.
  const reports = [`*${scratchpad.slice(1)}`, ...(scratchpad.startsWith(`${project}/`) ? [scratchpad.slice(project.length + 1)] : [])];
  return {
    edit: { "*": edit, ...Object.fromEntries(reports.map((folder) => [`${folder}/*`, "allow"])) },
    bash,
    external_directory: { "*": "ask", ...Object.fromEntries(folders.map((folder) => [`${folder}/*`, "allow"])) },
  };
}

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
  env: (launch) => ({ OPENCODE_PERMISSION: JSON.stringify(permissionsOf(launch)), OPENCODE_DISABLE_AUTOUPDATE: "1" }),
  wordsAtLaunch: false,
  messages: { whileBusy: true, alternateScreen: true, onlyInRead: false, composer: /^\s*┃\s*(.*)$/u },
});
