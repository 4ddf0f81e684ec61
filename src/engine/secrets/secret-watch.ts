/** Looks for secrets where agents would come upon them, and names them to the person: never the secrets themselves. */
import type { Notice } from "../../marathon/types.ts";
import type { Plan } from "../../plan/types.ts";
import type { Engine } from "../engine.ts";
import type { SecretBook } from "./secret-book.ts";

const AFTER_MS = 1500;
const MOST_NAMED = 8;

/** Looks once the terminals are up: the rules take a moment to load. `tell`: the person of a new marathon is told. */
export function lookForSecretsLater(engine: Engine, tell: boolean): void {
  setTimeout(() => void lookForSecrets(engine, tell), AFTER_MS).unref();
}

/** Looks through the environment and the plan; tells the person of a new marathon, and writes the packs again without what was found. */
async function lookForSecrets(engine: Engine, tell: boolean): Promise<void> {
  try {
    const { plan } = engine.state;
    const found = await secretNotices(plan, engine.ports.secrets);
    if (found.length === 0) return;
    for (const terminal of engine.hosts.keys()) engine.writeAssignment(terminal);
    if (tell) for (const { severity, text } of found) engine.submit({ type: "noticed", severity, text });
  } catch (error) {
    engine.ports.log(`secrets were not looked for: ${(error as Error).message}`);
  }
}

type Said = Pick<Notice, "severity" | "text">;

/** What a person should know of secrets in the environment and in the plan; a line each. */
export async function secretNotices(plan: Plan, book: SecretBook): Promise<readonly Said[]> {
  const variables = await book.readEnvironment();
  const tasks: string[] = [];
  for (const task of plan.tasks) {
    const texts = [task.title, task.target, task.run, task.fallback, task.answer].filter((text) => text !== null);
    const [first] = await book.read(texts.join("\n"), "task.md");
    if (first) tasks.push(`task ${task.number} (${first.rule}, ${task.file}:${task.line})`);
  }
  const files = [...book.files].map(([file, what]) => `${file} (${what})`);
  return [
    ...said(
      "info",
      "agents inherit what looks like secrets from the environment",
      variables.map(({ name, rule }) => `${name} (${rule})`),
    ),
    ...said("warning", "the plan holds what looks like secrets, and every agent can read it: put them elsewhere", tasks),
    ...said("warning", "not given to agents, since secrets seem to stand in them", files),
  ];
}

function said(severity: Notice["severity"], what: string, names: readonly string[]): readonly Said[] {
  if (names.length === 0) return [];
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : "";
  return [{ severity, text: `${what}: ${names.slice(0, MOST_NAMED).join(", ")}${more}` }];
}
