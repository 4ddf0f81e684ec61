/** The YAML at the top of a plan in our own dialect. */
import { parseDuration } from "./durations.ts";
import type { Block } from "./markdown.ts";
import { permissionRule, type PermissionRule } from "./permission-rules.ts";
import type { Problems } from "./problems.ts";
import type { EscalationSettings, ModelTier, Permissions, Place, PlanSettings, Schedule } from "./types.ts";
import { plainYaml } from "./plain-yaml.ts";
import { parseYaml } from "./yaml.ts";

export const NO_SETTINGS: PlanSettings = {
  title: null,
  agent: null,
  command: null,
  terminals: null,
  scratchpad: null,
  buffer: null,
  hierarchy: null,
  schedule: null,
  "check-in": null,
  escalation: null,
  "human-todo": null,
  orders: null,
  permissions: null,
  allow: null,
  deny: null,
  env: null,
  clipboard: null,
  retries: null,
  models: null,
};

/** An agent that has crashed on a task this often will not get through the next time. */
const MOST_RETRIES = 9;

const KEYS = Object.keys(NO_SETTINGS);

export interface FrontMatter {
  readonly settings: PlanSettings;
  /** Where a key stands; null where there are no keys. */
  readonly at: ((key: string) => Place) | null;
}

const NONE: FrontMatter = { settings: NO_SETTINGS, at: null };

/** Reads the front matter among a document's blocks, if there is one. Unknown keys are warnings, malformed YAML is an error. */
export function readFrontMatter(blocks: readonly Block[], problems: Problems): FrontMatter {
  const block = blocks.find((candidate) => candidate.kind === "front-matter");
  if (block === undefined) {
    reportUnclosed(blocks, problems);
    return NONE;
  }
  const { value, error, keys } = plainYaml(block.value) ?? parseYaml(block.value);
  const at = (key: string): Place => {
    const place = keys.get(key);
    return { file: block.place.file, line: block.place.line + (place?.line ?? 1), column: place?.column ?? 1 };
  };
  if (error !== null) {
    malformed(problems, { ...block.place, line: block.place.line + error.line, column: error.column }, error.message);
    return NONE;
  }
  if (value === null || value === undefined) return NONE;
  if (typeof value !== "object" || Array.isArray(value)) {
    malformed(problems, block.place, "it is not a list of keys and values");
    return NONE;
  }
  const given = value as Record<string, unknown>;
  for (const key of Object.keys(given).filter((name) => !KEYS.includes(name))) {
    problems.warning({
      at: at(key),
      code: "unknown-key",
      message: `the front matter key "${key}" is unknown and ignored`,
      advice: `use one of ${KEYS.join(", ")}`,
    });
  }
  const wrong = (key: string, wanted: string) =>
    malformed(
      problems,
      at(key),
      `${key} must be ${wanted}, not ${JSON.stringify(given[key])}`,
      `correct ${key}, or leave it out: what then holds stands in the README's table of the front matter`,
    );
  return { settings: settingsOf(given, wrong), at };
}

function settingsOf(given: Record<string, unknown>, wrong: (key: string, wanted: string) => void): PlanSettings {
  const text = (key: string): string | null => {
    const value = given[key];
    if (value === undefined || value === null) return null;
    if (typeof value === "string" || typeof value === "number") return String(value);
    wrong(key, "text");
    return null;
  };
  return {
    title: text("title"),
    agent: text("agent"),
    command: text("command"),
    terminals: wholeNumber(given["terminals"], 1, Infinity, () => wrong("terminals", "a whole number from 1")),
    scratchpad: text("scratchpad"),
    buffer: share(given["buffer"], () => wrong("buffer", 'a share such as "25%" or 0.25')),
    hierarchy: text("hierarchy"),
    "check-in": minutesOf(given["check-in"], () => wrong("check-in", "a duration such as 30m")),
    schedule: scheduleOf(given["schedule"], () => wrong("schedule", "sessions, streams, 2 sessions or 3 sessions")),
    escalation: escalation(given["escalation"], () => wrong("escalation", 'a time such as "30m", "auto", or both: "20m auto"')),
    "human-todo": text("human-todo"),
    orders: orders(given["orders"], () => wrong("orders", "a text, or a list of texts: one line for each standing order")),
    permissions: permissions(given["permissions"], () => wrong("permissions", "ask, edits, all or never")),
    allow: rules(given["allow"], (wanted) => wrong("allow", wanted)),
    deny: rules(given["deny"], (wanted) => wrong("deny", wanted)),
    env: variables(given["env"], () => wrong("env", "a list of names of variables, such as [ANTHROPIC_API_KEY, NPM_*]")),
    clipboard: clipboard(given["clipboard"], () => wrong("clipboard", "write or never")),
    retries: wholeNumber(given["retries"], 0, MOST_RETRIES, () => wrong("retries", `a whole number from 0 to ${MOST_RETRIES}`)),
    models: modelsOf(given["models"], () => wrong("models", "a list of roles, each with opus, sonnet or haiku")),
  };
}

function wholeNumber(value: unknown, least: number, most: number, wrong: () => void): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
  wrong();
  return null;
}

function permissions(value: unknown, wrong: () => void): Permissions | null {
  if (value === "ask" || value === "edits" || value === "all" || value === "never") return value;
  if (value !== undefined && value !== null) wrong();
  return null;
}

/** A list of rules, or one. A rule that is wrong is none at all: what it was to refuse must not go through unsaid. */
function rules(value: unknown, wrong: (wanted: string) => void): readonly PermissionRule[] | null {
  if (value === undefined || value === null) return null;
  return (Array.isArray(value) ? (value as unknown[]) : [value]).flatMap((one) => {
    const rule = typeof one === "string" ? permissionRule(one) : "a rule is a text, as Bash(npm test)";
    if (typeof rule !== "string") return [rule];
    wrong(`a list of rules (${rule})`);
    return [];
  });
}

/** Names, or one. A list that is wrong lets nothing through: the plan has an error then, and does not start. */
function variables(value: unknown, wrong: () => void): readonly string[] | null {
  if (value === undefined || value === null) return null;
  const names = Array.isArray(value) ? (value as unknown[]) : [value];
  const good = names.filter((name): name is string => typeof name === "string" && /^[A-Za-z_*][\w*]*$/.test(name));
  if (good.length < names.length) wrong();
  return good;
}

/** Texts, or one; each is one line, however it is broken in the file. */
function orders(value: unknown, wrong: () => void): readonly string[] | null {
  if (value === undefined || value === null) return null;
  const texts = Array.isArray(value) ? (value as unknown[]) : [value];
  const good = texts.flatMap((text) => (typeof text === "string" && text.trim() !== "" ? [text.trim().replace(/\s+/gu, " ")] : []));
  if (good.length < texts.length) wrong();
  return good.length > 0 ? good : null;
}

function clipboard(value: unknown, wrong: () => void): "write" | null {
  if (value === "write") return value;
  if (value !== undefined && value !== null && value !== "never") wrong();
  return null;
}

function modelsOf(value: unknown, wrong: () => void): Readonly<Record<string, ModelTier>> | null {
  if (value === undefined || value === null) return null;
  const entries = typeof value === "object" && !Array.isArray(value) ? Object.entries(value) : [];
  const models = entries.flatMap(([role, tier]): [string, ModelTier][] =>
    tier === "opus" || tier === "sonnet" || tier === "haiku" ? [[role, tier]] : [],
  );
  if (entries.length > 0 && models.length === entries.length) return Object.fromEntries(models);
  wrong();
  return null;
}

function minutesOf(value: unknown, wrong: () => void): number | null {
  if (value === undefined || value === null) return null;
  const minutes = typeof value === "string" ? (parseDuration(value)?.high ?? 0) : 0;
  if (minutes >= 1) return minutes;
  wrong();
  return null;
}

/** "sessions" runs them one after another, "2 sessions" two at once, "streams" every stream at once. */
function scheduleOf(value: unknown, wrong: () => void): Schedule | null {
  if (value === undefined || value === null) return null;
  if (value === "streams") return { by: "streams" };
  const atOnce = value === "sessions" ? 1 : Number(/^([1-9])\s+sessions?$/.exec(typeof value === "string" ? value : "")?.[1]);
  if (atOnce >= 1) return { by: "sessions", atOnce };
  wrong();
  return null;
}

/** 0.25, "25%" and 25 are all a quarter: a bare number above 3 cannot be meant as a multiple. */
function share(value: unknown, wrong: () => void): number | null {
  if (value === undefined || value === null) return null;
  const match = /^(\d+(?:\.\d+)?)\s*(%?)$/.exec(typeof value === "string" || typeof value === "number" ? `${value}`.trim() : "");
  if (match === null) {
    wrong();
    return null;
  }
  const number = Number(match[1]);
  return match[2] === "%" || number > 3 ? number / 100 : number;
}

/** "30m": when a blocker should go one level up; "auto": it does so by itself; "20m auto": both. "manual" says the default. */
function escalation(value: unknown, wrong: () => void): EscalationSettings | null {
  if (value === undefined || value === null) return null;
  const words = typeof value === "string" || typeof value === "number" ? `${value}`.trim().toLowerCase() : "";
  const time = words.replace(/\b(?:auto(?:matic)?|manual)\b/g, "").replace(/^[\s,]+|[\s,]+$/g, "");
  const after = time === "" ? null : parseDuration(time, "minutes");
  if (words === "" || (time !== "" && (after === null || after.low !== after.high))) {
    wrong();
    return null;
  }
  return { afterMinutes: after?.low ?? null, auto: /\bauto/.test(words) };
}

/** Front matter that is opened and never closed is read as a rule and prose by Markdown: say so. */
function reportUnclosed(blocks: readonly Block[], problems: Problems): void {
  const [first, second] = blocks;
  if (first?.kind !== "rule" || first.place.line !== 1) return;
  const looksLikeKeys = (second?.kind === "paragraph" || second?.kind === "heading") && /^[\w-]+\s*:/.test(second.content.text);
  if (looksLikeKeys) malformed(problems, first.place, "it is opened with --- and never closed");
}

function malformed(problems: Problems, at: Place, what: string, advice = "put YAML between two lines of ---, or remove it"): void {
  problems.error({
    at,
    code: "front-matter",
    message: `the front matter cannot be read: ${what}`,
    advice,
  });
}
