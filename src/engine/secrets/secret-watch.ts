/** Looks for secrets where agents would come upon them, and names them to the person: never the secrets themselves. */
import type { Notice } from "../../marathon/types.ts";
import type { Plan } from "../../plan/types.ts";
import type { Engine } from "../engine.ts";
import type { SecretBook } from "./secret-book.ts";

const AFTER_MS = 1500;
const MOST_NAMED = 8;
/** Tasks that are looked through at once: a reading costs some milliseconds whatever it holds. */
const TOGETHER = 250;

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
  const told = await inOrders(plan, book);
  for (let from = 0; from < plan.tasks.length; from += TOGETHER)
    told.push(...(await inTasks(plan.tasks.slice(from, from + TOGETHER), book)));
  const files = [...book.files].map(([file, what]) => `${file} (${what})`);
  return [
    ...said(
      "info",
      "agents inherit what looks like secrets from the environment",
      variables.map(({ name, rule }) => `${name} (${rule})`),
    ),
    ...said("warning", "the plan holds what looks like secrets, and every agent can read it: put them elsewhere", told),
    ...said("warning", "not given to agents, since secrets seem to stand in them", files),
  ];
}

/** The standing orders with a secret, in words. */
async function inOrders({ settings, files }: Plan, book: SecretBook): Promise<string[]> {
  const lines = (settings.orders ?? []).map((order) => order.replaceAll("\n", " "));
  if (lines.length === 0) return [];
  const found = await book.read(lines.join("\n"), "orders.md");
  return found.map(({ line, rule }) => `standing order ${line} (${rule}, ${files[0] ?? "the plan"})`);
}

/** The tasks with a secret, in words; each task is one line of what is read, so that the line tells which it was. */
async function inTasks(tasks: Plan["tasks"], book: SecretBook): Promise<readonly string[]> {
  // The terminals come first: a plan may have thousands of tasks, and the rules take their time.
  await new Promise((resolve) => setTimeout(resolve, 20));
  const lines = tasks.map(({ title, target, run, fallback, answer }) =>
    [title, target, run, fallback, answer]
      .filter((text) => text !== null)
      .join(" ")
      .replaceAll("\n", " "),
  );
  const found = await book.read(lines.join("\n"), "task.md");
  const first = new Map(found.map(({ line, rule }) => [line, rule] as const).toReversed());
  return [...first]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([line, rule]) => {
      const task = tasks[line - 1];
      return task ? [`task ${task.number} (${rule}, ${task.file}:${task.line})`] : [];
    });
}

function said(severity: Notice["severity"], what: string, names: readonly string[]): readonly Said[] {
  if (names.length === 0) return [];
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : "";
  return [{ severity, text: `${what}: ${names.slice(0, MOST_NAMED).join(", ")}${more}` }];
}
