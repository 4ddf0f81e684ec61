/** Secrets are taken out of facts before they are folded and journaled: then they are in no document, no dashboard and no log of ours. */
import { redacted, secretValues, withoutSecrets } from "../marathon/secrets.ts";
import type { Fact } from "../marathon/types.ts";

/**
 * What is kept as it is: the plan, whose commands are run as they stand, and what a person wants to be typed or handed on word
 * for word. Plans and messages with secrets in them are in the journal, which is closed to others.
 */
const VERBATIM: ReadonlySet<Fact["type"]> = new Set([
  "marathon-started",
  "plan-offered",
  "task-added",
  "message-queued",
  "question-answered",
]);

export interface Cleaner {
  readonly text: (text: string) => string;
  readonly fact: (fact: Fact) => Fact;
}

/** `env`: variables that are named like secrets count as secrets, wherever their values turn up. */
export function cleaner(env: Readonly<Record<string, string | undefined>>): Cleaner {
  const values = secretValues(env);
  const text = (one: string) => withoutSecrets(one, values);
  return { text, fact: (fact) => (VERBATIM.has(fact.type) ? fact : redacted(fact, text)) };
}
