/**
 * How the screens of agents look, as a person says it: a file of theirs takes the place of ours, and is read again whenever it
 * changes. The screens of an agent change with its versions, and nobody should have to wait for one of ours.
 */
import { readFileSync, statSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { guard, RunawayError } from "../guarded-match.ts";
import { agentRules, type AgentRules, type RuleMatch } from "../../screen/agent-rules.ts";
import { knownRules } from "../../screen/known-rules.ts";

/** So often is looked whether a file has changed, ms: rules are asked for at every look at a screen. */
const LOOK_MS = 2000;
/** Larger ones hold something else. */
const MOST_BYTES = 1 << 20;
/** Names of agents that can be names of files. */
const NAME = /^[a-z][a-z0-9-]{0,31}$/u;

interface Kept {
  readonly lookedAt: number;
  /** Of the file as it was read last; null: there was none. */
  readonly version: string | null;
  readonly rules: AgentRules | null;
}

/** Where a person's rules lie; null where they have no home. */
export function rulesFolder({ XDG_CONFIG_HOME: config, HOME: home }: Readonly<Record<string, string | undefined>>): string | null {
  if (config && isAbsolute(config)) return join(config, "marathon", "rules");
  return home && isAbsolute(home) ? join(home, ".config", "marathon", "rules") : null;
}

export class OwnRules {
  readonly #folder: string | null;
  readonly #wall: () => number;
  readonly #kept = new Map<string, Kept>();
  /** Made for the first rules of a person's own: most have none. */
  #guarded: ReturnType<typeof guard> | null = null;
  /** Told once of each version of a file that cannot be used, with what is wrong and which rules hold instead. */
  tell: (text: string) => void = () => {};

  /** `wall`: ms. */
  constructor(folder: string | null, wall: () => number) {
    this.#folder = folder;
    this.#wall = wall;
  }

  /** The person's rules for this agent, else ours; null for an agent that neither knows. */
  of(agent: string): AgentRules | null {
    const kept = this.#kept.get(agent);
    const now = this.#wall();
    if (kept && Math.abs(now - kept.lookedAt) < LOOK_MS) return kept.rules ?? knownRules(agent);
    const file = this.#folder === null || !NAME.test(agent) ? null : join(this.#folder, `${agent}.json`);
    const version = file === null ? null : versionOf(file);
    const changed = file !== null && version !== null && version !== kept?.version;
    // A file that cannot be used leaves what held before it.
    const rules = version === null ? null : ((changed ? this.#read(file, agent) : null) ?? kept?.rules ?? null);
    this.#kept.set(agent, { lookedAt: now, version, rules });
    return rules ?? knownRules(agent);
  }

  #read(file: string, agent: string): AgentRules | null {
    try {
      if (statSync(file).size > MOST_BYTES) throw new Error("it is larger than a megabyte");
      const rules = agentRules(JSON.parse(readFileSync(file, "utf8")) as unknown, file);
      if (rules.agent !== agent) throw new Error(`it is for the agent ${rules.agent}`);
      return { ...rules, guarded: (match) => this.#try(match, file, agent) };
    } catch (error) {
      const why = (error as Error).message.replace(`${file}: `, "");
      this.tell(`the rules for the screens of ${agent} in ${file} are not used: ${why}. Those from before hold`);
      return null;
    }
  }

  /** A pattern in which a repetition repeats can take years for a line: then the file is not used any more, until it changes. */
  #try(match: () => RuleMatch | null, file: string, agent: string): RuleMatch | null {
    try {
      this.#guarded ??= guard();
      return this.#guarded(match);
    } catch (error) {
      if (!(error instanceof RunawayError)) throw error;
      if (error.starved) return null;
      const kept = this.#kept.get(agent);
      if (kept && kept.rules !== null) {
        this.#kept.set(agent, { ...kept, rules: null });
        this.tell(`the rules for the screens of ${agent} in ${file} are not used any more: a pattern ${error.message}. Ours hold`);
      }
      return null;
    }
  }
}

/** Changes with the file; null when there is none. */
function versionOf(file: string): string | null {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat?.isFile() ? `${stat.mtimeMs} ${stat.size} ${stat.ino}` : null;
}
