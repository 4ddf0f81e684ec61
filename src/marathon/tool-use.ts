/** One use of a tool by an agent, as far as people, policies and figures need it. Pure. */
import { oneLine } from "./words.ts";

export interface ToolUse {
  /** In the words of its agent: "Bash", "Edit", "mcp__github__create_issue". */
  readonly tool: string;
  /** The file or folder that it is about, as the agent gave it; null where there is none. */
  readonly path: string | null;
  /** The command line that it would run; null where there is none. */
  readonly command: string | null;
  /** What it is about, on one line: the command, the path, else the first text among its arguments. */
  readonly words: string;
}

const EDITS: ReadonlySet<string> = new Set(["Edit", "Write", "MultiEdit", "NotebookEdit", "apply_patch", "write_file", "replace"]);
const COMMANDS: ReadonlySet<string> = new Set(["Bash", "PowerShell", "shell", "exec_command", "run_shell_command"]);

/** Arguments that name a file or folder, in the order in which they are looked for. */
const PATHS = ["file_path", "notebook_path", "path", "absolute_path", "directory"] as const;
/** A command line longer than this is cut where it is shown; what is judged is never cut. */
const SHOWN = 400;

/** `input`: the tool's arguments as the agent sent them, of any shape. */
export function toolUse(tool: string, input: unknown): ToolUse {
  const given = typeof input === "object" && input !== null ? (input as Record<string, unknown>) : {};
  const text = (name: string): string | null => {
    const value = given[name];
    return typeof value === "string" && value !== "" ? value : null;
  };
  const path = PATHS.map(text).find((value) => value !== null) ?? null;
  const command = isCommand(tool) ? text("command") : null;
  const first = Object.values(given).find((value) => typeof value === "string" && value !== "");
  const words = command ?? path ?? text("description") ?? (typeof first === "string" ? first : "");
  return { tool, path, command, words: oneLine(words, SHOWN) };
}

/** Whether the tool changes a file. */
export function isEdit(tool: string): boolean {
  return EDITS.has(tool);
}

/** Whether the tool runs a command line. */
export function isCommand(tool: string): boolean {
  return COMMANDS.has(tool);
}

/** "Bash: npm test"; the tool alone when nothing is known of what it is about. */
export function inWords({ tool, words }: ToolUse): string {
  return words === "" ? tool : `${tool}: ${words}`;
}
