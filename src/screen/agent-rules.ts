/**
 * How the screens of known agent CLIs look in each state, as data: one file for each CLI (rules/*.json), which a person may
 * replace with one of the same form. A rule is tested line by line, so no pattern of ours can run away over a whole screen.
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
  /**
   * It is about a dialog that has the keys: where an input line stands below the words, they are only quoted. Always false for rules
   * about something else than what the screen asks.
   */
  readonly dialog: boolean;
  /** Which line is quoted; null: the one that `any`, else `all` found first. */
  readonly evidence: RegExp | null;
}

export interface AgentRules {
  readonly agent: string;
  /** One of these is on a line wherever its input line has the keys. */
  readonly input: readonly RegExp[];
  /** One of these begins what is said in a turn: an error above it is over. */
  readonly turn: readonly RegExp[];
  readonly rules: readonly AgentRule[];
  /** Runs a match whose patterns nobody has tried: it may stop one that takes too long, and then says that nothing matches. */
  readonly guarded?: (match: () => RuleMatch | null) => RuleMatch | null;
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
const KEYS: readonly string[] = ["id", "from", "state", "kind", "lines", "any", "all", "none", "dialog", "evidence"];

/** Rules from the JSON value of a file. Throws RulesError for the first thing that is wrong. */
export function agentRules(value: unknown, file: string): AgentRules {
  const { agent, input, turn, rules } = record(value, file, "it is not an object with agent and rules");
  if (typeof agent !== "string") throw new RulesError(`${file}: "agent" must name the agent that the rules are for`);
  if (!Array.isArray(rules)) throw new RulesError(`${file}: "rules" must be a list`);
  const listed = (name: string, value: unknown) => patternsOf(value, (what) => new RulesError(`${file}: "${name}": ${what}`));
  return {
    agent,
    input: listed("input", input),
    turn: listed("turn", turn),
    rules: rules.map((rule, index) => ruleOf(rule, `${file}: rule ${index + 1}`)),
  };
}

/** The first rule for this origin that the lines satisfy. `lines`: a screen from its top, or the one line of a title or notice. */
export function matchingRule(rules: AgentRules, from: RuleOrigin, lines: readonly string[]): RuleMatch | null {
  const match = () => firstMatch(rules, from, lines);
  return rules.guarded ? rules.guarded(match) : match();
}

function firstMatch({ input, turn, rules }: AgentRules, from: RuleOrigin, lines: readonly string[]): RuleMatch | null {
  const told = lines.filter((line) => line.trim() !== "");
  for (const rule of rules) {
    if (rule.from !== from) continue;
    const evidence = quoted(
      rule,
      rule.lines === null ? told : told.slice(-rule.lines),
      rule.dialog ? input : rule.state === "error" ? turn : [],
    );
    if (evidence !== null) return { rule, evidence };
  }
  return null;
}

/** The line that shows it; null when the rule does not match. `over`: what must not be on a line below all that it found. */
function quoted({ any, all, none, evidence }: AgentRule, lines: readonly string[], over: readonly RegExp[]): string | null {
  const find = (pattern: RegExp) => lines.findLastIndex((line) => pattern.test(line));
  if (none.some((pattern) => find(pattern) >= 0)) return null;
  const found = all.map(find);
  const ones = any.map(find).filter((at) => at >= 0);
  if (found.includes(-1) || (any.length > 0 && ones.length === 0)) return null;
  const lowest = Math.max(...found, ...ones);
  if (over.some((pattern) => find(pattern) > lowest)) return null;
  const shown = evidence === null ? -1 : find(evidence);
  const line = lines[shown >= 0 ? shown : (ones[0] ?? found[0] ?? -1)];
  return line === undefined ? null : unframed(line);
}

/** Without frames, spinners and marks, which change from look to look and say nothing. */
function unframed(line: string): string {
  const words = line.replace(/^[^\p{L}\p{N}$"'/~]+|[\s│┃|║▌▐█░▒▓]+$/gu, "").replace(/\s{2,}/gu, " ");
  return words === "" ? line.trim() : words;
}

function ruleOf(value: unknown, where: string): AgentRule {
  const given = record(value, where, "it is not an object");
  const { id, from = "screen", state, kind = null, lines = null, dialog, evidence = null } = given;
  const wrong = (what: string) => new RulesError(`${where}${typeof id === "string" ? ` (${id})` : ""}: ${what}`);
  const strange = Object.keys(given).find((key) => !KEYS.includes(key));
  if (strange !== undefined) throw wrong(`"${strange}" is unknown; use ${KEYS.join(", ")}`);
  if (typeof id !== "string" || id === "") throw wrong(`"id" is missing`);
  if (!isOneOf(ORIGINS, from)) throw wrong(`"from" must be one of ${ORIGINS.join(", ")}`);
  if (!isOneOf(STATES, state)) throw wrong(`"state" must be one of ${STATES.join(", ")}`);
  if (kind !== null && !isOneOf(KINDS, kind)) throw wrong(`"kind" must be one of ${KINDS.join(", ")}`);
  if (lines !== null && !(Number.isSafeInteger(lines) && Number(lines) > 0)) throw wrong(`"lines" must be a whole number from 1`);
  if (dialog !== undefined && typeof dialog !== "boolean") throw wrong(`"dialog" must be true or false`);
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
    dialog: (dialog ?? true) && state === "asking" && from === "screen",
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
