/** The embedded agent `shell`: one bash per task, run in the project folder. It needs no account and no network. */
import type { Fact } from "../../marathon/types.ts";
import type { Agent, AgentContext, AssignedTask, Exit, HandOver } from "./agent.ts";
import { agentEnvironment } from "./agent-environment.ts";
import { failure } from "./evidence.ts";
import { findFirst } from "./find-program.ts";
import { promptRules } from "./prompt-rules.ts";

/**
 * Runs a task's `Run` cell as `bash -c`, exactly as written (no `pipefail`, no `-e`: what works in a shell works here); `sh`
 * where there is no bash. Exit 0 is done; anything else blocks the task with its last lines as evidence.
 */
export const shellAgent: Agent = {
  name: "shell",
  life: "task",
  program: () => null,
  handOver(context: AgentContext, task: AssignedTask): HandOver {
    if (task.run === null || task.run.trim() === "") {
      return {
        kind: "refuse",
        reason: `task ${task.number} has no Run cell, and the agent shell can only run commands. Add one to the plan, or choose another agent.`,
      };
    }
    const shell = findFirst(["bash", "sh"], context.project, process.env["PATH"] ?? "");
    if (shell === null) return { kind: "refuse", reason: "there is neither bash nor sh in PATH; the agent shell needs one of them" };
    const env = { ...agentEnvironment(context), MARATHON_TASK: String(task.number) };
    return { kind: "run", program: { file: shell, args: ["-c", task.run], cwd: context.project, env, title: task.run } };
  },
  onExit(exit: Exit, running: AssignedTask | null, tail: readonly string[], context?: AgentContext): readonly Fact[] {
    if (running === null) return [];
    if (exit.code === 0) return [{ type: "task-done", task: running.number, terminal: context?.terminal ?? null, source: "exit code 0" }];
    const { reason, evidence } = failure(exit, running, tail, "shell");
    return [
      {
        type: "task-blocked",
        task: running.number,
        terminal: context?.terminal ?? null,
        reason,
        source: "shell",
        priority: running.priority,
        evidence,
      },
    ];
  },
  screenRules: promptRules,
  silentMinutes: 60,
  messages: { whileBusy: false, alternateScreen: false, onlyInRead: true, composer: null },
};
