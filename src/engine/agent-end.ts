/** What is told when a long-lived agent's program has ended. */
import type { Fact } from "../marathon/types.ts";
import type { Exit } from "./agents/agent.ts";

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
