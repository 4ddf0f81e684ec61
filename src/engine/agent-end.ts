/** What is told when a terminal's program has ended. */
import type { Fact } from "../marathon/types.ts";
import type { Screen } from "../screen/screen.ts";
import type { Agent, AgentContext, Exit } from "./agents/agent.ts";
import { lastWritten } from "./output-tail.ts";
import type { Running } from "./running-program.ts";

/** Lines that are kept as evidence when a task's command fails. */
const TAIL_LINES = 20;

/**
 * The adapter's verdict and the end itself, in the order in which they must be journaled. A bad end that stopped a task is
 * told as one fact: whether the work is tried again or blocked is decided by the plan (see marathon/crash.ts).
 */
export function endOfAgent(terminal: number, exit: Exit, verdict: readonly Fact[]): readonly Fact[] {
  const end = { type: "terminal-exited", terminal, code: exit.code, signal: exit.signal } as const;
  const blocked = verdict.find((fact) => fact.type === "task-blocked");
  if (blocked === undefined || exit.code === 0) return [...verdict, end];
  const { task, reason, source, priority, evidence } = blocked;
  return [...verdict.filter((fact) => fact !== blocked), { ...end, crash: { task, reason, source, priority, evidence } }];
}

/** A task's command is quoted from its own output; a long-lived agent draws, so its screen says more than its bytes. */
export function lastLines(running: Running, screen: Pick<Screen, "text">): readonly string[] {
  if (running.task !== null) return running.output.lines(TAIL_LINES);
  return lastWritten(screen.text(), TAIL_LINES);
}

/** What the program's end means for its task, in the adapter's words. */
export function verdictOn(
  running: Running,
  exit: Exit,
  { agent, tail, context }: { readonly agent: Agent; readonly tail: readonly string[]; readonly context: AgentContext },
): readonly Fact[] {
  const current = running.task ?? context.assignment.tasks.find((task) => task.state === "running") ?? null;
  return agent.onExit(exit, current, tail, context);
}
