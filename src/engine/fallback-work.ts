/** A fallback's command as an agent with one program per task gets it: a piece of work that is no task of the plan. */
import type { Fact, TerminalFallback } from "../marathon/types.ts";
import type { AssignedTask, Exit } from "./agents/agent.ts";

/** No task of a plan has this number. */
const NO_TASK = -1;

export function fallbackWork({ text, run }: TerminalFallback): AssignedTask {
  return {
    number: NO_TASK,
    title: text,
    target: null,
    from: null,
    to: null,
    run,
    fallback: null,
    answer: null,
    dependsOn: [],
    priority: null,
    session: null,
    state: "running",
    estimateMinutes: null,
  };
}

export function isFallback(work: Pick<AssignedTask, "number">): boolean {
  return work.number === NO_TASK;
}

/** How it ended says nothing about any task. */
export function fallbackEnd(terminal: number, { code, signal }: Exit): Fact {
  return { type: "fallback-ended", terminal, code, signal };
}

/** Work that could not even be begun, and why. */
export function notBegun(work: AssignedTask, terminal: number, agent: string, reason: string): Fact {
  if (isFallback(work)) return fallbackEnd(terminal, { code: 126, signal: null });
  return { type: "task-blocked", task: work.number, terminal, reason, source: agent, priority: work.priority, evidence: [] };
}
