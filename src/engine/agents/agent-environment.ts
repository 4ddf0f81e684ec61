/** What every agent's program is told through its environment, whatever CLI it is. */
import type { AgentContext } from "./agent.ts";
import type { McpProgram } from "./coding-cli.ts";

/**
 * The stable names of contract.md: `MARATHON_ASSIGNMENT` (absolute path of the JSON file), `MARATHON_TERMINAL` (1 to 10),
 * `MARATHON_SCRATCHPAD` and `MARATHON_PROJECT` (absolute folders), `MARATHON_BIN` (a command line that runs this very program; quoted for a shell
 * only where it must be, so that an unquoted `$MARATHON_BIN status` works unless a path has blanks, and `eval` always).
 */
export function agentEnvironment(context: AgentContext): Record<string, string> {
  return {
    MARATHON_ASSIGNMENT: context.assignmentFile,
    MARATHON_TERMINAL: String(context.terminal),
    MARATHON_SCRATCHPAD: context.scratchpad,
    MARATHON_PROJECT: context.project,
    MARATHON_BIN: context.bin.map(shellQuote).join(" "),
  };
}

/** Where our state and sockets are, and what a program needs to be found and to run; none of it is a secret. */
const PASSED_TO_MCP = /^(?:XDG_(?:STATE|CACHE)_HOME|XDG_RUNTIME_DIR|HOME|PATH|MARATHON_NODE)$/u;

/** What starts `marathon mcp` for this terminal. */
export function mcpProgram(context: AgentContext, own: NodeJS.ProcessEnv = process.env): McpProgram {
  const { MARATHON_BIN: _bin, ...env } = agentEnvironment(context);
  const passed = Object.entries(own).filter((entry): entry is [string, string] => PASSED_TO_MCP.test(entry[0]) && entry[1] !== undefined);
  const [command = "marathon", ...args] = context.bin;
  return { command, args: [...args, "mcp"], env: { ...Object.fromEntries(passed), MARATHON_ID: context.assignment.marathon, ...env } };
}

/** A word as a POSIX shell must read it to get it back unchanged; plain words stay as they are. */
export function shellQuote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
