/**
 * What an agent may report, as one table: the options of `marathon report`, the tools of `marathon mcp` and what the engine takes
 * are all made of it.
 */

interface Common {
  /** What it is, for people and for agents. */
  readonly about: string;
  readonly required?: true;
  /** The word that stands for it on the command line, in place of an option. */
  readonly word?: string;
}

export type Field = Common &
  (
    | {
        readonly kind: "text";
        /** UTF-16 units. */
        readonly most: number;
      }
    | { readonly kind: "choice"; readonly of: readonly string[] }
    | { readonly kind: "whole"; readonly least: number; readonly most: number }
    | { readonly kind: "number" }
    | { readonly kind: "texts"; readonly most: number; readonly each: number }
    | { readonly kind: "flag" }
  );

export interface Verb {
  readonly about: string;
  /** In the order in which they are told; those with a `word` in the order of the command line. */
  readonly fields: Readonly<Record<string, Field>>;
}

/** A handoff is a page or two; more than this is something else. */
const MOST_HANDOFF = 256 * 1024;

export const REPORT_VERBS = {
  task: {
    about: "say that a task is begun, done and checked, or blocked; a blocked one needs its reason",
    fields: {
      task: { kind: "whole", least: 1, most: 1_000_000, required: true, word: "number", about: "the task's number in the plan" },
      state: { kind: "choice", of: ["done", "doing", "blocked"], required: true, word: "state", about: "done, doing or blocked" },
      reason: { kind: "text", most: 4000, about: "blocked: what stops it, with the error message word for word" },
      priority: { kind: "choice", of: ["P0", "P1", "P2", "P3"], about: "blocked: how urgent it is" },
    },
  },
  ask: {
    about: "ask the person who watches: the terminal is shown as asking until it is answered, and the answer comes as a message",
    fields: {
      text: { kind: "text", most: 2000, required: true, word: "text", about: "the question, with all that is needed to answer it" },
      option: { kind: "texts", most: 9, each: 200, about: "an answer to choose from; may be given several times" },
      wait: { kind: "flag", about: "wait for the answer and return it" },
    },
  },
  handoff: {
    about:
      "leave a handoff for the next session: completion in percent, completed work, blocked work, next steps, effort to complete in hours",
    fields: {
      text: { kind: "text", most: MOST_HANDOFF, required: true, word: "file", about: "its Markdown" },
      session: { kind: "text", most: 20, about: "the session's id; without it, that of the task in hand" },
    },
  },
  spawned: {
    about: "say that a sub-agent was started, or has ended",
    fields: {
      role: { kind: "text", most: 60, required: true, word: "role", about: "its role; several of one role are QA_TESTER_1, QA_TESTER_2" },
      title: { kind: "text", most: 192, about: "what it does; a swarm says its size at the end, as ×12" },
      intent: { kind: "text", most: 400, about: "what it is to achieve and why, rather than its steps" },
      parent: { kind: "text", most: 60, about: "the sub-agent that started it; without it, the terminal's own agent" },
      ended: { kind: "flag", about: "it has ended" },
    },
  },
  finding: {
    about: "tell of something that others should know: a defect, a risk, a surprise",
    fields: {
      text: { kind: "text", most: 2000, required: true, word: "text", about: "what was found, and where" },
      severity: { kind: "choice", of: ["info", "warning", "error"], about: "how bad it is; info if it is not said" },
    },
  },
  security: {
    about: "of a task whose Kind says security: which of its four steps is done, and whether the fix was tried in isolation",
    fields: {
      task: { kind: "whole", least: 1, most: 1_000_000, required: true, word: "number", about: "the task's number in the plan" },
      step: {
        kind: "choice",
        of: ["found", "sorted", "fixed", "tested"],
        required: true,
        word: "step",
        about: "found: all of them, by a search; sorted by risk; fixed in that order; tested: regression tests are added",
      },
      isolated: { kind: "choice", of: ["yes", "no"], about: "whether the fix was tried away from what is in use" },
      note: { kind: "text", most: 400, about: "what was done in this step and where; with isolated, how it was tried" },
      open: { kind: "flag", about: "the step is not done after all" },
    },
  },
  metric: {
    about: "report a measured figure, such as coverage; the newest of a name counts",
    fields: {
      name: { kind: "text", most: 60, required: true, word: "name", about: "what was measured" },
      value: { kind: "number", required: true, word: "value", about: "the figure" },
      unit: { kind: "text", most: 20, about: "its unit" },
    },
  },
} as const satisfies Readonly<Record<string, Verb>>;

export type VerbName = keyof typeof REPORT_VERBS;

export type Report =
  | {
      readonly verb: "task";
      readonly task: number;
      readonly state: "done" | "doing" | "blocked";
      readonly reason?: string;
      readonly priority?: "P0" | "P1" | "P2" | "P3";
    }
  | { readonly verb: "ask"; readonly text: string; readonly option?: readonly string[]; readonly wait?: boolean }
  | { readonly verb: "handoff"; readonly text: string; readonly session?: string }
  | {
      readonly verb: "spawned";
      readonly role: string;
      readonly title?: string;
      readonly intent?: string;
      readonly parent?: string;
      readonly ended?: boolean;
    }
  | { readonly verb: "finding"; readonly text: string; readonly severity?: "info" | "warning" | "error" }
  | {
      readonly verb: "security";
      readonly task: number;
      readonly step: "found" | "sorted" | "fixed" | "tested";
      readonly isolated?: "yes" | "no";
      readonly note?: string;
      readonly open?: boolean;
    }
  | { readonly verb: "metric"; readonly name: string; readonly value: number; readonly unit?: string };

export type CheckedReport = { readonly ok: true; readonly report: Report } | { readonly ok: false; readonly reason: string };

/** The report in these words, or what is wrong with them: `input` may be anything. */
export function checkedReport(name: string, input: unknown): CheckedReport {
  if (!Object.hasOwn(REPORT_VERBS, name))
    return refused(`there is no report "${name.slice(0, 40)}": there are ${Object.keys(REPORT_VERBS).join(", ")}`);
  const verb: Verb = REPORT_VERBS[name as VerbName];
  if (typeof input !== "object" || input === null || Array.isArray(input)) return refused(`${name}: an object with named values is needed`);
  const given = input as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(given).find((key) => !Object.hasOwn(verb.fields, key));
  if (unknown !== undefined) return refused(`${name} has no "${unknown.slice(0, 40)}": it takes ${Object.keys(verb.fields).join(", ")}`);
  for (const [key, field] of Object.entries(verb.fields)) {
    const value = Object.hasOwn(given, key) ? given[key] : undefined;
    const wrong = value === undefined ? (field.required ? "is missing" : null) : problemOf(field, value);
    if (wrong !== null) return refused(`${name}: ${key} ${wrong}: ${field.about}`);
  }
  const report = { verb: name, ...given } as Report;
  if (report.verb === "task" && report.state === "blocked" && !report.reason?.trim())
    return refused(`task: say what stops task ${report.task}, in "reason"`);
  return { ok: true, report };
}

function refused(reason: string): CheckedReport {
  return { ok: false, reason };
}

/** What is wrong with a value; null when nothing is. */
function problemOf(field: Field, value: unknown): string | null {
  switch (field.kind) {
    case "text":
      return textProblem(value, field.most);
    case "choice":
      return typeof value === "string" && field.of.includes(value) ? null : `must be one of ${field.of.join(", ")}`;
    case "whole":
      return typeof value === "number" && Number.isSafeInteger(value) && value >= field.least && value <= field.most
        ? null
        : `must be a whole number from ${field.least} to ${field.most}`;
    case "number":
      return typeof value === "number" && Number.isFinite(value) ? null : "must be a number";
    case "texts":
      if (!Array.isArray(value) || value.length > field.most) return `must be a list of at most ${field.most} texts`;
      return value.map((one) => textProblem(one, field.each)).find((wrong) => wrong !== null) ?? null;
    case "flag":
      return typeof value === "boolean" ? null : "must be true or false";
  }
}

function textProblem(value: unknown, most: number): string | null {
  if (typeof value !== "string") return "must be a text";
  if (value.trim() === "") return "is empty";
  return value.length > most ? `has ${value.length} characters, and ${most} are the most` : null;
}

/** The JSON Schema (2020-12) of what `checkedReport` takes for this verb. */
export function reportSchema(name: VerbName): Record<string, unknown> & { readonly type: "object" } {
  const fields: Readonly<Record<string, Field>> = REPORT_VERBS[name].fields;
  return {
    type: "object",
    properties: Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, { ...schemaOf(field), description: field.about }])),
    required: Object.entries(fields).flatMap(([key, field]) => (field.required ? [key] : [])),
    additionalProperties: false,
  };
}

function schemaOf(field: Field): Record<string, unknown> {
  switch (field.kind) {
    case "text":
      return { type: "string", minLength: 1, maxLength: field.most };
    case "choice":
      return { type: "string", enum: field.of };
    case "whole":
      return { type: "integer", minimum: field.least, maximum: field.most };
    case "number":
      return { type: "number" };
    case "texts":
      return { type: "array", maxItems: field.most, items: { type: "string", minLength: 1, maxLength: field.each } };
    case "flag":
      return { type: "boolean" };
  }
}
