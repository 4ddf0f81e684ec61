/**
 * How the screens of known agent CLIs look in each state, as data: one file for each CLI (rules/*.json), which a person may
 * replace with one of the same form. A rule is tested line by line, so no pattern can run away over a whole screen.
 */

export type RuleState = "busy" | "idle" | "asking" | "error" | "unknown";
export type RuleKind = "permission" | "question" | "auth" | "rate-limit";
/**
 * `aside`: what stands on the screen besides the program's own report that it works or rests, as that it waits until it may try again,
 * or a picker that a person has opened.
 */
export type RuleOrigin = "screen" | "title" | "notice" | "progress" | "aside";

export interface AgentRule {
  readonly id: string;
  /** What the patterns are tested against; `progress`: the state of OSC 9;4 in a word. */
  readonly from: RuleOrigin;
  readonly state: RuleState;
  readonly kind: RuleKind | null;
  /** Only the last so many lines of the screen that hold something; null: all. */
  readonly lines: number | null;
  /** One of these is on a line, if there are any. */
  readonly any: readonly RegExp[];
  /** Each of these is on a line. */
  readonly all: readonly RegExp[];
  /** None of these is on a line. */
  readonly none: readonly RegExp[];
  /** Which line is quoted; null: the one that `any`, else `all` found first. */
  readonly evidence: RegExp | null;
}

export interface AgentRules {
  readonly agent: string;
  readonly rules: readonly AgentRule[];
}

export interface RuleMatch {
  readonly rule: AgentRule;
  readonly evidence: string;
}

/** A file of rules that says something else than rules; the message says where and what. */
export class RulesError extends Error {}

const STATES: readonly RuleState[] = ["busy", "idle", "asking", "error", "unknown"];
const KINDS: readonly RuleKind[] = ["permission", "question", "auth", "rate-limit"];
const ORIGINS: readonly RuleOrigin[] = ["screen", "title", "notice", "progress", "aside"];
const KEYS: readonly string[] = ["id", "from", "state", "kind", "lines", "any", "all", "none", "evidence"];

/** Rules from the JSON value of a file. Throws RulesError for the first thing that is wrong. */
export function agentRules(value: unknown, file: string): AgentRules {
  const { agent, rules } = record(value, file, "it is not an object with agent and rules");
  if (typeof agent !== "string") throw new RulesError(`${file}: "agent" must name the agent that the rules are for`);
  if (!Array.isArray(rules)) throw new RulesError(`${file}: "rules" must be a list`);
  return { agent, rules: rules.map((rule, index) => ruleOf(rule, `${file}: rule ${index + 1}`)) };
}

/** The first rule for this origin that the lines satisfy. `lines`: a screen from its top, or the one line of a title or notice. */
export function matchingRule({ rules }: AgentRules, from: RuleOrigin, lines: readonly string[]): RuleMatch | null {
  const told = lines.filter((line) => line.trim() !== "");
  for (const rule of rules) {
    if (rule.from !== from) continue;
    const evidence = quoted(rule, rule.lines === null ? told : told.slice(-rule.lines));
    if (evidence !== null) return { rule, evidence };
  }
  return null;
}

/** The line that shows it; null when the rule does not match. */
function quoted({ any, all, none, evidence }: AgentRule, lines: readonly string[]): string | null {
  const find = (pattern: RegExp) => lines.findLast((line) => pattern.test(line));
  if (none.some((pattern) => find(pattern) !== undefined)) return null;
  const found = all.map(find);
  const one = any.map(find).find((line) => line !== undefined);
  if (found.includes(undefined) || (any.length > 0 && one === undefined)) return null;
  const line = (evidence && find(evidence)) ?? one ?? found[0] ?? null;
  return line === null ? null : unframed(line);
}

/** Without frames, spinners and marks, which change from look to look and say nothing. */
function unframed(line: string): string {
  const words = line.replace(/^[^\p{L}\p{N}$"'/~]+|[\s│┃|║▌▐]+$/gu, "").replace(/\s{2,}/gu, " ");
  return words === "" ? line.trim() : words;
}

function ruleOf(value: unknown, where: string): AgentRule {
  const given = record(value, where, "it is not an object");
  const { id, from = "screen", state, kind = null, lines = null, evidence = null } = given;
  const wrong = (what: string) => new RulesError(`${where}${typeof id === "string" ? ` (${id})` : ""}: ${what}`);
  const strange = Object.keys(given).find((key) => !KEYS.includes(key));
  if (strange !== undefined) throw wrong(`"${strange}" is unknown; use ${KEYS.join(", ")}`);
  if (typeof id !== "string" || id === "") throw wrong(`"id" is missing`);
  if (!isOneOf(ORIGINS, from)) throw wrong(`"from" must be one of ${ORIGINS.join(", ")}`);
  if (!isOneOf(STATES, state)) throw wrong(`"state" must be one of ${STATES.join(", ")}`);
  if (kind !== null && !isOneOf(KINDS, kind)) throw wrong(`"kind" must be one of ${KINDS.join(", ")}`);
  if (lines !== null && !(Number.isSafeInteger(lines) && Number(lines) > 0)) throw wrong(`"lines" must be a whole number from 1`);
  const [any, all, none] = [given["any"], given["all"], given["none"]].map((patterns) => patternsOf(patterns, wrong));
  if (!any?.length && !all?.length) throw wrong(`it has no pattern in "any" or "all", so it would always match`);
  return {
    id,
    from,
    state,
    kind,
    lines: lines as number | null,
    any: any ?? [],
    all: all ?? [],
    none: none ?? [],
    evidence: evidence === null ? null : patternOf(evidence, wrong),
  };
}

function isOneOf<T extends string>(known: readonly T[], value: unknown): value is T {
  return (known as readonly unknown[]).includes(value);
}

function patternsOf(value: unknown, wrong: (what: string) => RulesError): readonly RegExp[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw wrong(`"any", "all" and "none" must be lists of regular expressions`);
  return value.map((pattern) => patternOf(pattern, wrong));
}

function patternOf(value: unknown, wrong: (what: string) => RulesError): RegExp {
  if (typeof value !== "string") throw wrong(`${JSON.stringify(value)} is not a regular expression in quotes`);
  try {
    return new RegExp(value, "iu");
  } catch (error) {
    throw wrong(`${JSON.stringify(value)} is no regular expression: ${(error as Error).message}`);
  }
}

function record(value: unknown, where: string, what: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new RulesError(`${where}: ${what}`);
  return value as Record<string, unknown>;
}
