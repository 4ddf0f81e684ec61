/** Agents by model tier, in all and by session, held against the plan's budget. What no report and no setting tells is counted apart. */
import type { ModelTier } from "../../plan/types.ts";
import { terminalNode } from "../terminals.ts";
import type { AgentNode, State } from "../types.ts";
import { listed } from "../words.ts";

export const TIERS: readonly ModelTier[] = ["opus", "sonnet", "haiku"];

export interface TierUse {
  readonly tier: ModelTier;
  /** Agents spawned so far, those that are gone included. */
  readonly used: number;
  readonly planned: number;
}

export interface AgentUse {
  readonly tiers: readonly TierUse[];
  /** Spawned agents of which nothing tells the model. */
  readonly untold: number;
  readonly warnings: readonly string[];
}

/** The tier that a model's name belongs to: "claude-opus-4-1" is opus. Null where none is named in it. */
export function tierOf(model: string): ModelTier | null {
  return TIERS.find((tier) => model.toLowerCase().includes(tier)) ?? null;
}

/** Agents besides the terminals' own; null where the plan budgets no tiers. */
export function agentUse(state: State): AgentUse | null {
  const { models, modelTotal } = state.plan.budgets;
  if (modelTotal === null) return null;
  const spawned = Object.values(state.agents).filter(({ id, terminal }) => terminal !== null && id !== terminalNode(terminal));
  const warnings = [
    ...over(state, spawned, modelTotal, "the plan"),
    ...Object.entries(models).flatMap(([session, budget]) =>
      over(
        state,
        spawned.filter((agent) => agent.session === session),
        budget,
        `session ${session}`,
      ),
    ),
  ];
  return {
    tiers: TIERS.map((tier) => ({ tier, planned: modelTotal[tier], used: count(of(state, spawned, tier)) })),
    untold: count(spawned.filter((agent) => tier(state, agent) === null)),
    warnings,
  };
}

type Budget = Readonly<Record<ModelTier, number>>;

function over(state: State, agents: readonly AgentNode[], budget: Budget, whose: string): readonly string[] {
  return TIERS.flatMap((each) => {
    const found = of(state, agents, each);
    const used = count(found);
    if (used <= budget[each]) return [];
    const who = [...new Set(found.map((agent) => `${agent.role} of terminal ${agent.terminal}`))];
    return [`${used} ${each} ${used === 1 ? "agent" : "agents"}, ${whose} has ${budget[each]}: ${listed(who)}`];
  });
}

function of(state: State, agents: readonly AgentNode[], wanted: ModelTier): readonly AgentNode[] {
  return agents.filter((agent) => tier(state, agent) === wanted);
}

/** What the agent itself reports goes before what the plan says of its role. */
function tier(state: State, { model, role }: AgentNode): ModelTier | null {
  const told = model === undefined ? null : tierOf(model);
  return told ?? state.plan.settings.models?.[role] ?? null;
}

function count(agents: readonly AgentNode[]): number {
  return agents.reduce((sum, agent) => sum + agent.count, 0);
}
