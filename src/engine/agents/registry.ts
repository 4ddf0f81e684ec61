/** The agents that a plan or `--agent` may name. */
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
  const near = nearest(name.toLowerCase());
  const hint =
    near === null ? `Any program can be one: --agent command --command "${name === "" ? "PROGRAM" : name}".` : `Did you mean ${near}?`;
  return `there is no agent called "${name}"; known are ${agentNames.join(", ")}. ${hint}`;
}

/** Names people use for the same things. */
const ALIASES: Readonly<Record<string, string>> = {
  bash: "shell",
  sh: "shell",
  zsh: "shell",
  cmd: "command",
  custom: "command",
  "claude-code": "claude",
  "gemini-cli": "gemini",
  "qwen-code": "qwen",
  "codex-cli": "codex",
  simulation: "rehearsal",
  demo: "rehearsal",
};

function nearest(name: string): string | null {
  const alias = ALIASES[name];
  if (alias !== undefined) return alias;
  const scored = agentNames.map((known) => ({ known, edits: distance(name, known) })).toSorted((a, b) => a.edits - b.edits);
  const best = scored[0];
  return best !== undefined && best.edits <= Math.max(1, Math.floor(best.known.length / 3)) ? best.known : null;
}

/** Levenshtein distance; the words are short, so one row of the table is enough. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
