/** What every agent's program is told through its environment, whatever CLI it is. */
import type { AgentContext } from "./agent.ts";

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

/** A word as a POSIX shell must read it to get it back unchanged; plain words stay as they are. */
export function shellQuote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
