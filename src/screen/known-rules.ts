/** The rules that come with the program. */
import { agentRules, type AgentRules } from "./agent-rules.ts";
import claude from "./rules/claude.json" with { type: "json" };
import codex from "./rules/codex.json" with { type: "json" };
import copilot from "./rules/copilot.json" with { type: "json" };
import gemini from "./rules/gemini.json" with { type: "json" };
import opencode from "./rules/opencode.json" with { type: "json" };
import qwen from "./rules/qwen.json" with { type: "json" };

const FILES: Readonly<Record<string, unknown>> = { claude, codex, copilot, gemini, opencode, qwen };

const RULES = new Map<string, AgentRules>();

/** How the screens of this agent look; null for an agent that no rules are known of. */
export function knownRules(agent: string): AgentRules | null {
  const known = RULES.get(agent);
  const value = FILES[agent];
  if (known || value === undefined) return known ?? null;
  const rules = agentRules(value, `rules/${agent}.json`);
  RULES.set(agent, rules);
  return rules;
}
