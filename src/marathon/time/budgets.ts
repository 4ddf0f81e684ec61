/** What was to be used and what is: agents, terminals, and their idle time. Over budget is told, never stopped. Pure. */
import { elapsedAt } from "../clock.ts";
import { openCount, terminalTally, wholeTally } from "../tally.ts";
import { terminalNode } from "../terminals.ts";
import type { State } from "../types.ts";
import { counted, listed } from "../words.ts";
import { askedMs, workedMs } from "../progress.ts";
import { crowdWarnings } from "./crowds.ts";
import { planTime } from "./plan-time.ts";
import { agentUse, type AgentUse } from "./tiers.ts";

export interface Budget {
  /** Terminals with a task in hand, and all. */
  readonly inUse: number;
  readonly terminals: number;
  /** Time that tasks were worked on, summed over the terminals, ms. */
  readonly workedMs: number;
  /** Time of terminals that no task was worked on, summed, ms. */
  readonly idleMs: number;
  /** Time that their agents waited for answers, summed, ms; neither idle nor worked. */
  readonly askedMs: number;
  /** Agents that were spawned besides the terminals' own, and what the plan has; null where it states none. */
  readonly spawned: number;
  readonly agents: number | null;
  /** Agents by model tier; null where the plan budgets none. */
  readonly use: AgentUse | null;
  readonly warnings: readonly string[];
}

/** Terminals that idle for more than this share of their time while there is work are worth a warning. */
const IDLE_SHARE = 0.5;

export function budgetOf(state: State, t: number): Budget {
  const terminals = Object.values(state.terminals);
  const tally = wholeTally(state);
  const busy = terminals.filter((terminal) => terminal.task !== null);
  const worked = tally.moving.reduce((sum, task) => sum + workedMs(task, t) - task.workedMs, tally.workedMs);
  const asked = tally.moving.reduce((sum, task) => sum + askedMs(task, t) - (task.asked?.totalMs ?? 0), tally.askedMs);
  const wholeMs = elapsedAt(state, t) * terminals.length;
  const idleMs = Math.max(0, wholeMs - worked - asked);
  const agents = agentsOf(state);
  const subAgents = Object.values(state.agents).filter(({ id, terminal }) => terminal !== null && id !== terminalNode(terminal));
  const spawned = subAgents.reduce((sum, agent) => sum + agent.count, 0);
  const parents = [...new Set(subAgents.flatMap((agent) => agent.terminal ?? []))];
  const warnings: string[] = [];
  if (agents !== null && spawned > agents)
    warnings.push(
      `${counted(spawned, "agent")} spawned, the plan has ${agents}${parents.length > 0 ? `; by ${parents.length === 1 ? "terminal" : "terminals"} ${listed(parents)}` : ""}`,
    );
  const waiting = terminals.filter((terminal) => terminal.task === null && openCount(terminalTally(state, terminal.number)) > 0);
  if (t > 0 && idleMs > IDLE_SHARE * wholeMs && waiting.length > 0)
    warnings.push(
      `terminals idled ${planTime(idleMs)} of ${planTime(wholeMs)}: ${waiting.length === 1 ? "terminal" : "terminals"} ${listed(waiting.map(({ number }) => number))} ${waiting.length === 1 ? "has" : "have"} open tasks and none in hand`,
    );
  const use = agentUse(state);
  warnings.push(...(use?.warnings ?? []), ...crowdWarnings(state));
  return {
    inUse: busy.length,
    terminals: terminals.length,
    workedMs: worked,
    idleMs,
    askedMs: asked,
    spawned,
    agents,
    use,
    warnings,
  };
}

function agentsOf({ plan }: State): number | null {
  if (plan.budgets.modelTotal) return plan.budgets.modelTotal.total;
  const sum = plan.sessions.reduce((all, session) => all + session.agents.reduce((own, agent) => own + agent.count, 0), 0);
  return sum > 0 ? sum : null;
}
