/** What the stand-in is told through its environment. */

/** Chances per task, 0 to 1. */
export interface Rates {
  readonly questions: number;
  readonly permissions: number;
  readonly blockers: number;
  readonly crashes: number;
  readonly subAgents: number;
  readonly fullScreens: number;
}

/** Task numbers to which something happens for certain, whatever the rates say. */
export interface Forced {
  readonly ask: readonly number[];
  readonly permit: readonly number[];
  readonly block: readonly number[];
  readonly crash: readonly number[];
}

export interface Settings {
  /** Absolute path of the assignment file. */
  readonly assignmentFile: string;
  /** Marathon minutes per real minute. */
  readonly speed: number;
  readonly seed: number;
  /** Stand-in people answer questions and resolve blockers after a while. */
  readonly people: boolean;
  readonly rates: Rates;
  readonly forced: Forced;
}

/** A crash is rare enough that most terminals never have one, so that a marathon of 100 tasks is rehearsed to its end. */
export const defaultRates: Rates = { questions: 0.06, permissions: 0.1, blockers: 0.04, crashes: 0.008, subAgents: 0.15, fullScreens: 0.1 };

/**
 * From `MARATHON_ASSIGNMENT` (required), `MARATHON_SPEED` (1), `MARATHON_SEED` (1), `MARATHON_PEOPLE` (`none`, or anything else) and
 * `MARATHON_REHEARSAL`, JSON such as `{"crashes":0,"questions":0.5,"block":[33],"ask":[12],"permit":[7],"crash":[40]}`.
 * Throws an Error that names the variable.
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const assignmentFile = env["MARATHON_ASSIGNMENT"];
  if (!assignmentFile)
    throw new Error("MARATHON_ASSIGNMENT is not set: the stand-in is started by a marathon, with the path of its assignment file");
  const special = specialOf(env["MARATHON_REHEARSAL"]);
  return {
    assignmentFile,
    speed: numberOf("MARATHON_SPEED", env["MARATHON_SPEED"], 1, (value) => value > 0),
    seed: numberOf("MARATHON_SEED", env["MARATHON_SEED"], 1, Number.isFinite),
    people: env["MARATHON_PEOPLE"] !== "none",
    rates: ratesOf(special),
    forced: {
      ask: tasksOf(special, "ask"),
      permit: tasksOf(special, "permit"),
      block: tasksOf(special, "block"),
      crash: tasksOf(special, "crash"),
    },
  };
}

function numberOf(name: string, text: string | undefined, fallback: number, fits: (value: number) => boolean): number {
  if (text === undefined || text === "") return fallback;
  const value = Number(text);
  if (Number.isFinite(value) && fits(value)) return value;
  throw new Error(`${name} is "${text}", which is no usable number`);
}

function specialOf(text: string | undefined): Readonly<Record<string, unknown>> {
  if (text === undefined || text === "") return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`MARATHON_REHEARSAL is not JSON: ${(error as Error).message}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error("MARATHON_REHEARSAL must be a JSON object");
  const known = new Set([...Object.keys(defaultRates), "ask", "permit", "block", "crash"]);
  const unknown = Object.keys(value).find((key) => !known.has(key));
  if (unknown !== undefined) throw new Error(`MARATHON_REHEARSAL has an unknown key "${unknown}"; known are ${[...known].join(", ")}`);
  return value as Readonly<Record<string, unknown>>;
}

function ratesOf(special: Readonly<Record<string, unknown>>): Rates {
  const rate = (key: keyof Rates): number => {
    const value = special[key] ?? defaultRates[key];
    if (typeof value === "number" && value >= 0 && value <= 1) return value;
    throw new Error(`MARATHON_REHEARSAL: "${key}" must be a chance from 0 to 1`);
  };
  return {
    questions: rate("questions"),
    permissions: rate("permissions"),
    blockers: rate("blockers"),
    crashes: rate("crashes"),
    subAgents: rate("subAgents"),
    fullScreens: rate("fullScreens"),
  };
}

function tasksOf(special: Readonly<Record<string, unknown>>, key: keyof Forced): readonly number[] {
  const value = special[key] ?? [];
  if (Array.isArray(value) && value.every((one) => Number.isInteger(one))) return value as readonly number[];
  throw new Error(`MARATHON_REHEARSAL: "${key}" must be a list of task numbers`);
}
