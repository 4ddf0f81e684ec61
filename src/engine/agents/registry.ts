/** The agents that a plan or `--agent` may name. */
import { nearestAgent } from "../../plan/agent-names.ts";
import { AgentError, type Agent } from "./agent.ts";
import { claudeAgent } from "./claude.ts";
import { codexAgent } from "./codex.ts";
import { commandAgent } from "./command.ts";
import { copilotAgent } from "./copilot.ts";
import { geminiAgent } from "./gemini.ts";
import { opencodeAgent } from "./opencode.ts";
import { qwenAgent } from "./qwen.ts";
import { rehearsalAgent } from "./rehearsal.ts";
import { shellAgent } from "./shell.ts";

const AGENTS: readonly Agent[] = [
  shellAgent,
  rehearsalAgent,
  commandAgent,
  claudeAgent,
  codexAgent,
  geminiAgent,
  qwenAgent,
  opencodeAgent,
  copilotAgent,
];

/** Every known name, in the order in which they should be listed. */
export const agentNames: readonly string[] = AGENTS.map((agent) => agent.name);

/** The adapter of that name. Throws AgentError 127 with advice for an unknown one; ask {@link unknownAgent} first to refuse politely. */
export function agentByName(name: string): Agent {
  const agent = AGENTS.find((one) => one.name === name);
  if (agent) return agent;
  throw new AgentError(127, unknownAgent(name) ?? `no agent ${name}`);
}

/** What is wrong with an agent's name and what to try; null when the name is known. */
export function unknownAgent(name: string): string | null {
  if (agentNames.includes(name)) return null;
  const near = nearestAgent(name);
  const hint =
    near === null ? `Any program can be one: --agent command --command "${name === "" ? "PROGRAM" : name}".` : `Did you mean ${near}?`;
  return `there is no agent called "${name}"; known are ${agentNames.join(", ")}. ${hint}`;
}
