/** What a plan or `--agent` may say of a terminal's agent: its name, and for a coding agent the model: `codex:gpt-5`. */

export interface AgentChoice {
  readonly name: string;
  /** As its own program spells it; null: whichever its settings name. */
  readonly model: string | null;
}

/** Agents whose programs are told a model. */
const WITH_MODEL: ReadonlySet<string> = new Set(["claude", "codex", "gemini", "qwen", "opencode", "copilot"]);
/** Such as "gpt-5.2-codex", "anthropic/claude-sonnet-4-5", "opus[1m]". It becomes an argument of its own, so it must not look like a flag. */
const MODEL = /^[A-Za-z0-9][\w.:/@+[\]-]{0,99}$/u;

export function agentChoice(text: string): AgentChoice {
  const words = text.trim();
  const colon = words.indexOf(":");
  return colon < 0 ? { name: words, model: null } : { name: words.slice(0, colon).trim(), model: words.slice(colon + 1).trim() };
}

/** What is wrong with a model, with what to write instead; null when nothing is, or none is named. Whether the agent is known is not judged. */
export function modelProblem({ name, model }: AgentChoice): { readonly message: string; readonly advice: string } | null {
  if (model === null) return null;
  if (!WITH_MODEL.has(name))
    return { message: `the agent ${name} takes no model`, advice: `write ${name} alone; models are for ${[...WITH_MODEL].join(", ")}` };
  if (MODEL.test(model)) return null;
  return {
    message: `"${model.slice(0, 60)}" is no name of a model`,
    advice: `write ${name}:MODEL as its program spells it, in letters, digits and . : / @ + - [ ]`,
  };
}

/** As people read it: "codex:gpt-5". */
export function agentLabel(name: string, model: string | null | undefined): string {
  return model ? `${name}:${model}` : name;
}
