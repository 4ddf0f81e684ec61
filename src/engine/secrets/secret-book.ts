/**
 * The secrets that are known to be about: in the environment that agents inherit, in the plan, in files that they are given. They are
 * named to the person, and taken out of what agents are given. Kept in memory only.
 */
import { readFileSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import type { Plan } from "../../plan/types.ts";
import { HANDOFF_TEMPLATE } from "../agents/handoff-template.ts";
import type { FoundSecret } from "./find-secrets.ts";

/** Variables that are secrets by their name. */
const SECRET_NAME =
  /(?:^|_)(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?|(?:API|ACCESS|PRIVATE|SIGNING|ENCRYPTION|AUTH)_?KEY)$/iu;
/** Values that only lead to one, or are none. */
const NO_SECRET = /^(?:\/|~|true$|false$|\d+$)/u;
/** A shorter value, or one with blanks, could be any word: to take it out would spoil texts that have nothing to do with it. */
const LEAST = 12;

/** A larger file is no context that anybody reads, bytes. */
const MOST_FILE = 1024 * 1024;

type Finder = (text: string, name: string) => Promise<readonly FoundSecret[]>;

/** The rules are loaded when there is something to look at. */
const finder: Finder = async (text, name) => (await import("./find-secrets.ts")).findSecrets(text, name);

export class SecretBook {
  readonly #env: Readonly<NodeJS.ProcessEnv>;
  readonly #find: Finder;
  /** By the secret as JSON has it, between its quotes: what stands for it. */
  readonly #known = new Map<string, string>();
  /** Files that hold secrets, by real path, and what they hold: they are given to no agent. */
  readonly files = new Map<string, string>();

  /** `env`: what agents inherit. Variables that are secrets by their name are known at once. */
  constructor(env: Readonly<NodeJS.ProcessEnv>, find: Finder = finder) {
    this.#env = env;
    this.#find = find;
    this.#readNames();
  }

  /**
   * Looks through the context files of the plan; those with secrets go into `files`. The rules are loaded only for a plan that names
   * such files. Never rejects: rules that fail must not keep a marathon from starting, and its never-share list still holds.
   */
  async readContext(plan: Plan, project: string): Promise<void> {
    const written = [...Object.values(plan.context).flat(), ...plan.streams.flatMap((stream) => stream.context)].map((file) => file.path);
    const bundles = plan.streams.flatMap((stream) => stream.bundle).filter((path) => !/\s/u.test(path));
    const definitions = plan.hierarchy.roles.flatMap(({ passesOn }) => passesOn?.file ?? []);
    for (const path of new Set([...written, ...bundles, ...definitions, HANDOFF_TEMPLATE])) {
      const found = textOf(isAbsolute(path) ? path : resolve(project, path));
      if (found === null) continue;
      const [first] = await this.read(found.text, found.file).catch(() => []);
      if (first) this.files.set(found.file, `${first.rule} in line ${first.line}`);
    }
  }

  /** Looks at a text; answers what was found, without the secrets themselves. */
  async read(text: string, name: string): Promise<readonly Pick<FoundSecret, "rule" | "line">[]> {
    const found = await this.#find(text, name);
    for (const secret of found) this.#keep(secret.text, secret.rule);
    return found.map(({ rule, line }) => ({ rule, line }));
  }

  #readNames(): readonly string[] {
    const named = Object.entries(this.#env).filter(
      ([name, value = ""]) => SECRET_NAME.test(name) && value !== "" && !NO_SECRET.test(value),
    );
    for (const [name, value = ""] of named) if (!/\s/u.test(value.trim())) this.#keep(value, name);
    return named.map(([name]) => name);
  }

  /** Looks at the whole environment; answers the names of variables that hold secrets, with what each is. */
  async readEnvironment(): Promise<readonly { readonly name: string; readonly rule: string }[]> {
    const entries = Object.entries(this.#env).filter((entry): entry is [string, string] => (entry[1] ?? "") !== "");
    // One text for all, a line each, so that the rules run once.
    const lines = entries.map(([name, value]) => `${name}=${value.replaceAll(/[\r\n]/gu, " ")}`);
    const found = await this.#find(lines.join("\n"), ".env");
    for (const { text, rule } of found) this.#keep(text, rule);
    const named = new Map(this.#readNames().map((name) => [name, "by its name"]));
    for (const { line, rule } of found) named.set(entries[line - 1]?.[0] ?? "", rule);
    return [...named].filter(([name]) => name !== "").map(([name, rule]) => ({ name, rule }));
  }

  /** The text with every known secret replaced by what it is. For plain text and for JSON. */
  redact(text: string): string {
    let clean = text;
    for (const [secret, name] of this.#known) if (clean.includes(secret)) clean = clean.replaceAll(secret, `[secret: ${name}]`);
    return clean;
  }

  #keep(secret: string, name: string): void {
    const text = secret.trim();
    if (text.length < LEAST) return;
    const label = name.replaceAll(/[^\w -]/gu, "");
    this.#known.set(text, label);
    // As it stands inside of a JSON string.
    this.#known.set(JSON.stringify(text).slice(1, -1), label);
  }
}

/** A file's text and real path; null for what is none, or too large. */
function textOf(path: string): { readonly file: string; readonly text: string } | null {
  try {
    const file = realpathSync(path);
    const stat = statSync(file);
    return stat.isFile() && stat.size <= MOST_FILE ? { file, text: readFileSync(file, "utf8") } : null;
  } catch {
    return null;
  }
}
