/**
 * What a plan means, once its Markdown has been read.
 *
 * Everything here is plain data (it survives JSON), and everything that was written by a person
 * remembers where: file, line and column. Durations are minutes unless the name says otherwise.
 */

import type { PlanSettings } from "./settings-types.ts";
import type { WorkKind } from "./work-kinds.ts";

export type { EscalationSettings, ModelTier, Permissions, PlanSettings, Schedule } from "./settings-types.ts";

/** Where a value was written. Lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export type Severity = "error" | "warning" | "note";

/** Something wrong or remarkable in a plan. Errors make it impossible to run. */
export interface Problem extends Place {
  readonly severity: Severity;
  /** Stable kebab-case name of the rule, such as `duplicate-task`. */
  readonly code: string;
  /** The trap of the requirements that this rule answers, such as `T-01`. */
  readonly trap: string | null;
  readonly message: string;
  /** What to do about it, as an instruction. */
  readonly advice: string;
  /** Where two figures disagree: what the plan states, and what its rows add up to. */
  readonly stated?: string | number;
  readonly computed?: string | number;
  /** A correction that changes nothing but a figure, a number or a box, and that cannot be meant otherwise. */
  readonly fix?: Fix;
}

/** On its line, the first `find` at or after the column becomes `put`. */
export interface Fix extends Place {
  readonly find: string;
  readonly put: string;
}

export type Priority = "P0" | "P1" | "P2" | "P3";

/** Planned working minutes. A single figure has `low === high`; "2-4 h" keeps both ends. */
export interface Estimate {
  readonly low: number;
  readonly high: number;
  readonly source: "plan" | "derived";
  /** For a derived estimate, the rule that gave it, in words. */
  readonly rule: string | null;
}

export interface PlanTask extends Place {
  readonly number: number;
  readonly title: string;
  readonly stream: string | null;
  readonly session: string | null;
  /** The terminal that the plan binds the task to; null is "any available terminal". */
  readonly terminal: number | null;
  /** The phase's id; see {@link PlanPhase}. */
  readonly phase: number;
  /** The heading or bold line that the task stands under, such as "Database Optimization". */
  readonly group: string | null;
  /** The file, route, area or type that the table names beside the task. */
  readonly target: string | null;
  /** State change, such as "Partial" to "Full". */
  readonly from: string | null;
  readonly to: string | null;
  /** Shell command of the `Run` column. */
  readonly run: string | null;
  /** The `Fallback` column: a command or a note, as written. */
  readonly fallback: string | null;
  /** The `Answer` column: what a question of this task is answered with when nobody is there. */
  readonly answer: string | null;
  readonly role: string | null;
  readonly agent: string | null;
  readonly estimate: Estimate | null;
  readonly dependsOn: readonly number[];
  readonly priority: Priority | null;
  /** The `Kind` column; left out where it says nothing. */
  readonly kind?: WorkKind;
  readonly security?: true;
  /** The plan already counts it as done (a ticked task list item). */
  readonly doneInPlan: boolean;
}

export interface PlanStream extends Place {
  readonly id: string;
  readonly name: string;
  readonly goal: string | null;
  /** Empty for a stream that is spread over free capacity. */
  readonly terminals: readonly number[];
  readonly tasks: readonly number[];
  /** Bullets about where things stand before the start. */
  readonly baseline: readonly string[];
  /** Planned hours of the stream, wall clock, when a budget table states them. */
  readonly hours: number | null;
  /** Context files listed for this stream. */
  readonly context: readonly ContextFile[];
  /** Paths of the stream's context bundle, as written. */
  readonly bundle: readonly string[];
}

export interface AgentCount {
  readonly role: string;
  readonly count: number;
}

/** One line of an agent work block. */
export interface AgentWork {
  /** Instance name as written, such as `QA_TESTER_2`. */
  readonly name: string;
  /** The role without the instance number. */
  readonly role: string;
  readonly work: string;
  /** The bracketed task count, when there is one. */
  readonly tasks: number | null;
}

export interface Criterion extends Place {
  readonly text: string;
  readonly met: boolean;
}

export interface Deliverable extends Place {
  readonly text: string;
  readonly kind: "path" | "folder" | "glob" | "count" | "dated" | "pull-request" | "text";
  readonly path: string | null;
  /** "25+ new test files in …": the number. */
  readonly count: number | null;
}

export interface Allocation {
  readonly terminals: readonly number[];
  readonly label: string;
  readonly tasks: readonly number[];
}

export interface PlanSession extends Place {
  readonly id: string;
  readonly name: string;
  /** Planned hours; the high end where a range is stated. */
  readonly hours: number | null;
  /** The low end of the planned hours; absent in journals of version 0.1. */
  readonly hoursLow?: number | null;
  readonly branch: string | null;
  /** The branch field as written where it is prose, such as "Merge all session branches". */
  readonly branchNote: string | null;
  readonly agents: readonly AgentCount[];
  readonly parallelAgents: boolean;
  readonly work: readonly AgentWork[];
  readonly objectives: readonly string[];
  readonly allocations: readonly Allocation[];
  readonly tasks: readonly number[];
  readonly criteria: readonly Criterion[];
  readonly deliverables: readonly Deliverable[];
  readonly dependsOn: readonly string[];
  readonly fallback: string | null;
  readonly stream: string | null;
  /** What it is for, where the plan says so: a buffer session is kept for work on blockers. */
  readonly kind?: SessionKind | null;
}

export type SessionKind = "core" | "independent" | "buffer";

export interface PlanTerminal {
  readonly number: number;
  readonly stream: string | null;
  readonly label: string | null;
  readonly role: string | null;
  readonly agent: string | null;
  readonly tasks: readonly number[];
}

/** A group of tasks that may start only after the groups before it. */
export interface PlanPhase {
  readonly id: number;
  readonly name: string | null;
  readonly terminals: readonly number[];
  readonly tasks: readonly number[];
}

export interface ContextFile extends Place {
  readonly path: string;
  readonly note: string | null;
}

export interface TimelineSlot {
  /** Hours from the start of the marathon. */
  readonly start: number;
  readonly end: number;
  readonly kind: "session" | "buffer";
  readonly session: string | null;
  readonly label: string;
}

export interface ModelBudget {
  readonly opus: number;
  readonly sonnet: number;
  readonly haiku: number;
  readonly total: number;
}

export interface StreamBudget {
  readonly tasks: number;
  readonly terminals: number;
  /** The high end where a range is stated. */
  readonly hours: number;
  /** The low end, where a range is stated. */
  readonly hoursLow?: number;
}

export interface Budgets {
  readonly models: Readonly<Record<string, ModelBudget>>;
  readonly modelTotal: ModelBudget | null;
  readonly streams: Readonly<Record<string, StreamBudget>>;
  readonly streamTotal: StreamBudget | null;
}

/** A role of the hierarchy. `parent: null` is a root, a staff role or not yet attached. */
export interface RoleSpec {
  readonly role: string;
  readonly level: "commander" | "deputy" | "coordinator" | "specialist" | "staff" | "unknown";
  readonly parent: string | null;
  /** Of a role that leads: what its definition file passes on to those that it leads, and which file that is. */
  readonly passesOn?: { readonly text: string; readonly file: string };
}

export interface HierarchySpec {
  readonly roles: readonly RoleSpec[];
  /** Domain words to the chain of roles that owns them, outermost first. */
  readonly routes: readonly { readonly domain: string; readonly chain: readonly string[] }[];
  /** Where the shape comes from: the built-in one, a plan, or a hierarchy file. */
  readonly source: string;
}

export interface Metric extends Place {
  readonly name: string;
  readonly current: string;
  readonly target: string;
}

export interface RiskRule {
  readonly trigger: string;
  readonly responses: readonly string[];
}

export interface OverlapRule {
  readonly sessions: readonly string[];
  readonly reason: string;
}

export interface Plan {
  readonly title: string;
  readonly files: readonly string[];
  readonly settings: PlanSettings;
  /** The block-quoted "key: value" lines below the title. */
  readonly header: Readonly<Record<string, string>>;
  /** Hours from start to the end of the buffer; null when nothing states or implies them. */
  readonly horizonHours: number | null;
  readonly streams: readonly PlanStream[];
  readonly sessions: readonly PlanSession[];
  readonly terminals: readonly PlanTerminal[];
  readonly phases: readonly PlanPhase[];
  readonly tasks: readonly PlanTask[];
  readonly timeline: readonly TimelineSlot[];
  readonly budgets: Budgets;
  readonly neverShare: readonly string[];
  /** What is not shared before somebody has sanitized it; left out when there is nothing. */
  readonly sanitizeFirst?: readonly string[];
  /** Context lists that are for everyone, or whose stream is not named, by heading. */
  readonly context: Readonly<Record<string, readonly ContextFile[]>>;
  readonly hierarchy: HierarchySpec;
  readonly metrics: readonly Metric[];
  readonly risks: readonly RiskRule[];
  readonly overlaps: readonly OverlapRule[];
  /** Steps before the start, after the end (synthesis), and after the marathon. */
  readonly preflight: readonly string[];
  readonly synthesis: readonly string[];
  readonly followUps: readonly string[];
}

/** One input of the reader: a path for messages, and its text. */
export interface PlanSource {
  readonly file: string;
  readonly text: string;
}

/** What `readPlan` answers. The plan is null only when there is nothing to run at all. */
export interface PlanReading {
  readonly plan: Plan | null;
  readonly problems: readonly Problem[];
}
