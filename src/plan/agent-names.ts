/** The agents that a plan may name, and what people call them otherwise. */

/** Every name that a plan may give to an agent. Which of their programs are installed is for `run` to find out. */
export const AGENT_NAMES: readonly string[] = ["shell", "rehearsal", "command", "claude", "codex", "gemini", "qwen", "opencode", "copilot"];

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

/** The agent that was probably meant; null when none comes near. */
export function nearestAgent(text: string): string | null {
  const name = text.toLowerCase();
  const alias = ALIASES[name];
  if (alias !== undefined) return alias;
  const scored = AGENT_NAMES.map((known) => ({ known, edits: distance(name, known) })).toSorted((a, b) => a.edits - b.edits);
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
