/** The agent `command`: any program, one process per terminal, told its work by a file and reporting by file or escape sequence. */
import type { Fact } from "../../marathon/types.ts";
import { AgentError, type Agent, type AgentContext, type AssignedTask, type Exit, type HandOver, type Program } from "./agent.ts";
import { agentEnvironment } from "./agent-environment.ts";
import { failure } from "./evidence.ts";
import { findProgram } from "./find-program.ts";
import { promptRules } from "./prompt-rules.ts";
import { commandLine } from "./shell-words.ts";

/**
 * The program comes from `--command` or the front matter's `command:`. A line of plain words is run directly; one that
 * needs a shell (pipes, `$VARIABLES`, `NAME=value`, `&&` …) is run by `sh -c`. It stays for the whole marathon, reads
 * `MARATHON_ASSIGNMENT` again whenever that file changes, and reports by ticks in its report file, blocker files or OSC 7501.
 *
 * What its end means for the task that it still had:
 *  - exit 0, and the task was the only one that this terminal has: done. The program *was* the task.
 *  - exit 0 with more than one task: blocked. A program that leaves without a word has not proved anything.
 *  - anything else: blocked, with its last lines as evidence.
 */
export const commandAgent: Agent = {
  name: "command",
  life: "terminal",
  program(context: AgentContext): Program {
    const text = context.command?.trim() ?? "";
    if (text === "") {
      throw new AgentError(
        127,
        `the agent command does not know its program: give --command "PROGRAM ARGS", or command: in the plan's front matter`,
      );
    }
    return { ...runnable(text, context.project), cwd: context.project, env: agentEnvironment(context), title: text };
  },
  handOver: (): HandOver => ({ kind: "assignment-file" }),
  onExit(exit: Exit, running: AssignedTask | null, tail: readonly string[], context?: AgentContext): readonly Fact[] {
    if (running === null) return [];
    const { number, priority } = running;
    const blocked = { type: "task-blocked", task: number, terminal: context?.terminal ?? null, source: "command", priority } as const;
    if (exit.code !== 0) return [{ ...blocked, ...failure(exit, running, tail, "command") }];
    const tasks = context?.assignment.tasks ?? [];
    if (tasks.length === 1 && tasks[0]?.number === number) {
      return [{ type: "task-done", task: number, terminal: context?.terminal ?? null, source: "exit code 0 of the terminal's only task" }];
    }
    const report = context ? context.assignment.reportFile : "its report file";
    const reason = `the program ended (exit code 0) without reporting task ${number}: let it write "- [x] ${number}" to ${report}, then restart the terminal`;
    return [{ ...blocked, reason, evidence: failure(exit, running, tail, "command").evidence }];
  },
  screenRules: promptRules,
  silentMinutes: 20,
  messages: { whileBusy: false, alternateScreen: false, onlyInRead: false, composer: null },
};

/** What to run for a command line. Throws AgentError: 127 when its program is not found, 126 when it cannot be run. */
export function runnable(text: string, cwd: string): Pick<Program, "file" | "args"> {
  const path = process.env["PATH"] ?? "";
  const line = commandLine(text);
  if (line.kind === "broken") throw new AgentError(126, `cannot start the command ${text}: ${line.reason}`);
  if (line.kind === "shell") return { file: findProgram("sh", cwd, path), args: ["-c", text] };
  const [program = "", ...args] = line.words;
  return { file: findProgram(program, cwd, path), args };
}
