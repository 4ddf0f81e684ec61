/** `--agent claude,4-6=codex:gpt-5,7=gemini`: one agent for all terminals, others for some. */
import { unknownAgent } from "../engine/agents/registry.ts";
import { planTerminals } from "../marathon/initial.ts";
import { agentChoice, modelProblem } from "../plan/agent-choice.ts";
import type { Plan } from "../plan/types.ts";
import { UsageError } from "./exit.ts";

export interface Fleet {
  /** For every terminal that nothing else is said of; null: as the plan says. */
  readonly all: string | null;
  readonly terminals: ReadonlyMap<number, string>;
}

/** Throws UsageError for what cannot be. */
export function fleetOf(text: string | undefined): Fleet {
  const terminals = new Map<number, string>();
  let all: string | null = null;
  for (const part of (text ?? "").split(",").map((one) => one.trim())) {
    if (part === "" && text === undefined) continue;
    const match = /^(?:(\d{1,2})(?:\s*-\s*(\d{1,2}))?\s*=)?\s*(.*)$/u.exec(part);
    const [, first, last = first, agent = ""] = match ?? [];
    refuseWrong(agent);
    if (first === undefined) {
      if (all !== null)
        throw new UsageError(`--agent ${text}: which of ${all} and ${agent}? Say for which terminals, such as 4-6=${agent}`);
      all = agent;
      continue;
    }
    const [from, to] = [Number(first), Number(last)];
    if (from < 1 || to > 10 || from > to) throw new UsageError(`--agent ${part}: terminals are 1 to 10`);
    for (let number = from; number <= to; number++) terminals.set(number, agent);
  }
  return { all, terminals };
}

/** Throws UsageError for an agent that is not known, or a model that it cannot have. */
export function refuseWrong(agent: string): void {
  const choice = agentChoice(agent);
  const unknown = unknownAgent(choice.name);
  if (unknown !== null) throw new UsageError(unknown);
  const wrong = modelProblem(choice);
  if (wrong) throw new UsageError(`${wrong.message}: ${wrong.advice}`);
}

/** The plan with these agents in its terminals. Throws UsageError for a terminal that it does not have. */
export function withFleet(plan: Plan, { terminals: chosen }: Fleet): Plan {
  if (chosen.size === 0) return plan;
  const all = planTerminals(plan);
  const missing = [...chosen.keys()].find((number) => !all.some((terminal) => terminal.number === number));
  if (missing !== undefined)
    throw new UsageError(
      `--agent ${missing}=${chosen.get(missing)}: this marathon has ${all.length} terminals, and ${missing} is none of them`,
    );
  return { ...plan, terminals: all.map((terminal) => ({ ...terminal, agent: chosen.get(terminal.number) ?? terminal.agent })) };
}
