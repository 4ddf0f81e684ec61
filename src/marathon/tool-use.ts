/** One use of a tool by an agent, as far as people, policies and figures need it. Pure. */
import { oneLine } from "./words.ts";

export interface ToolUse {
  /** In the words of its agent: "Bash", "Edit", "mcp__github__create_issue". */
  readonly tool: string;
  /** The file or folder that it is about, as the agent gave it; null where there is none. */
  readonly path: string | null;
  /** Further files, for a tool that changes several at once. */
  readonly more?: readonly string[];
  /** The command line that it would run; null where there is none. */
  readonly command: string | null;
  /** What it is about, on one line: the command, the path, else the first text among its arguments. */
  readonly words: string;
}

const EDITS: ReadonlySet<string> = new Set([
  "Edit",
  "Write",
  "MultiEdit",
  "NotebookEdit",
  "apply_patch",
  "write_file",
  "replace",
  "edit",
  "notebook_edit",
]);
const COMMANDS: ReadonlySet<string> = new Set(["Bash", "PowerShell", "shell", "exec_command", "run_shell_command"]);
const READS: ReadonlySet<string> = new Set(["Read", "read_file", "read_many_files"]);

/** Tools that do nothing but ask the person, as Claude Code and Qwen Code call them. */
const ASKS: ReadonlyMap<string, "question" | "plan"> = new Map([
  ["AskUserQuestion", "question"],
  ["ask_user_question", "question"],
  ["ExitPlanMode", "plan"],
  ["exit_plan_mode", "plan"],
]);

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
  const [patched = null, ...more] = tool === "apply_patch" ? filesOf(text("command") ?? text("input") ?? text("patch") ?? "") : [];
  const path = patched ?? PATHS.map(text).find((value) => value !== null) ?? null;
  const command = isCommand(tool) ? text("command") : null;
  const first = Object.values(given).find((value) => typeof value === "string" && value !== "");
  const words = command ?? path ?? text("description") ?? (typeof first === "string" ? first : "");
  return { tool, path, ...(more.length > 0 ? { more } : {}), command, words: oneLine([words, ...more].join(", "), SHOWN) };
}

/** The files that a patch of Codex names. */
function filesOf(patch: string): readonly string[] {
  return Array.from(patch.matchAll(/^\*\*\* (?:(?:Add|Update|Delete) File|Move to): (.+)$/gmu), ([, file = ""]) => file.trim());
}

/** The name under which rules of a plan know a tool, whatever its agent calls it: `Bash`, `Edit`, `Read`; else its own. */
export function ruleName(tool: string): string {
  if (isEdit(tool)) return "Edit";
  if (READS.has(tool)) return "Read";
  return isCommand(tool) ? "Bash" : tool;
}

/** Whether the tool changes a file. */
export function isEdit(tool: string): boolean {
  return EDITS.has(tool);
}

/** Whether the tool runs a command line. */
export function isCommand(tool: string): boolean {
  return COMMANDS.has(tool);
}

/** Whether the tool only asks the person: a question, or whether a plan may be begun. Its dialog holds a choice of its own. */
export function asksPerson(tool: string): "question" | "plan" | null {
  return ASKS.get(tool) ?? null;
}

/** "Bash: npm test"; the tool alone when nothing is known of what it is about. */
export function inWords({ tool, words }: ToolUse): string {
  return words === "" ? tool : `${tool}: ${words}`;
}
