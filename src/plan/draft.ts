/** What one document says, before several are joined and gaps are filled. Readers add to it; `assemble` makes a plan of it. */
import type { Problems } from "./problems.ts";
import type { Figure } from "./figures.ts";
import { NO_SETTINGS } from "./front-matter.ts";
import type { Marks } from "./marks.ts";
import { emptyMarks } from "./marks.ts";
import type {
  Allocation,
  ContextFile,
  HierarchySpec,
  Metric,
  ModelBudget,
  OverlapRule,
  Place,
  PlanSession,
  PlanSettings,
  PlanTask,
  RiskRule,
  StreamBudget,
  TimelineSlot,
} from "./types.ts";

/** A task as its row gives it; terminal and phase are not settled yet. */
export interface DraftTask extends Omit<PlanTask, "terminal" | "phase"> {
  /** Where its agent is named. */
  readonly agentAt?: Place;
  /** What binds the task: its own cell, the terminal line above its table, or nothing (null). */
  readonly terminals: readonly number[] | null;
}

/** A figure that the text states, to be held against what the rows add up to. Its place is where the text around it begins. */
export interface Stated extends Place {
  readonly figure: Figure;
  /** The figure as the file has it, with as much before it as makes it unique on its line: "36 hours", "(30". */
  readonly written: string;
}

export interface DraftStream extends Place {
  readonly id: string;
  name: string;
  /** The count in the heading, "(30 Tasks)". */
  stated: Stated | null;
  goal: string | null;
  /** Null until a line or table states them. */
  terminals: number[] | null;
  readonly baseline: string[];
}

/** A "Terminal 4: label (10 tasks)" line or heading. */
export interface TerminalLine extends Place {
  readonly terminal: number;
  readonly label: string;
  readonly stated: Stated | null;
  readonly stream: string | null;
  tasks: number;
}

export interface SummaryRow extends Place {
  readonly id: string;
  readonly terminals: number[] | null;
  readonly terminalText: string;
  readonly tasks: Stated | null;
  readonly focus: string;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type Settled = "tasks" | "stream" | "allocations" | "work" | "objectives" | "criteria" | "deliverables";

/** A session's section while it is being read. */
export interface SessionParts extends Mutable<Omit<PlanSession, Settled>> {
  readonly allocations: (Allocation & Place)[];
  readonly work: PlanSession["work"][number][];
  readonly objectives: string[];
  readonly criteria: PlanSession["criteria"][number][];
  readonly deliverables: PlanSession["deliverables"][number][];
  /** Count that the Agents field states before its list of roles. */
  statedAgents: Stated | null;
  /** Count in the allocation heading. */
  statedTasks: Stated | null;
}

/** A session of which nothing but its name is known. */
export function blankSession(id: string, name: string) {
  return {
    id,
    name,
    hours: null,
    hoursLow: null,
    branch: null,
    branchNote: null,
    agents: [],
    parallelAgents: false,
    work: [],
    objectives: [],
    allocations: [],
    criteria: [],
    deliverables: [],
    dependsOn: [],
    fallback: null,
  } satisfies Partial<SessionParts>;
}

export interface OverviewRow extends Place {
  readonly id: string;
  readonly focus: string;
  readonly hours: Stated | null;
  readonly agents: Stated | null;
  readonly tasks: Stated | null;
}

export interface DraftPhase extends Place {
  readonly id: number;
  readonly name: string | null;
  readonly terminals: number[];
  readonly entries: (Place & { readonly terminal: number | null; readonly label: string; readonly tasks: readonly number[] })[];
}

/** The row of a budget with each of its cells, to be held against the others. */
export type BudgetRow<T> = T & Place & { readonly cells: Readonly<Record<Exclude<keyof T, "hoursLow">, Stated | null>> };

export interface Draft {
  readonly file: string;
  readonly problems: Problems;
  title: string | null;
  /** Where the title stands; 1 without one. */
  titleLine: number;
  settings: PlanSettings;
  /** Where a key of the front matter stands; its beginning for a key that is not there. */
  settingAt: (key: string) => Place;
  readonly header: Record<string, string>;
  readonly streams: Map<string, DraftStream>;
  readonly summary: SummaryRow[];
  readonly terminalLines: TerminalLine[];
  readonly tasks: DraftTask[];
  readonly sessions: Map<string, SessionParts>;
  readonly overview: OverviewRow[];
  readonly phases: DraftPhase[];
  readonly timeline: (TimelineSlot & Place)[];
  readonly models: Map<string, BudgetRow<ModelBudget>>;
  modelTotal: BudgetRow<ModelBudget> | null;
  readonly streamBudgets: Map<string, BudgetRow<StreamBudget>>;
  streamBudgetTotal: BudgetRow<StreamBudget> | null;
  readonly context: { readonly heading: string; readonly stream: string | null; readonly files: ContextFile[] }[];
  readonly bundles: Map<string, string[]>;
  readonly neverShare: string[];
  /** Paths that may be shared once somebody has sanitized them. */
  readonly sanitizeFirst: string[];
  readonly metrics: Metric[];
  readonly risks: RiskRule[];
  readonly overlaps: (OverlapRule & Place)[];
  readonly preflight: string[];
  readonly synthesis: string[];
  readonly followUps: string[];
  hierarchy: HierarchySpec | null;
  readonly stated: { hours: Stated | null; agents: Stated | null; tasks: Stated | null; perTerminal: Stated | null };
  readonly marks: Marks;
}

/** A draft that says nothing yet. */
export function emptyDraft(file: string, problems: Problems): Draft {
  return {
    file,
    problems,
    title: null,
    titleLine: 1,
    settings: NO_SETTINGS,
    settingAt: () => ({ file, line: 1, column: 1 }),
    header: {},
    streams: new Map(),
    summary: [],
    terminalLines: [],
    tasks: [],
    sessions: new Map(),
    overview: [],
    phases: [],
    timeline: [],
    models: new Map(),
    modelTotal: null,
    streamBudgets: new Map(),
    streamBudgetTotal: null,
    context: [],
    bundles: new Map(),
    neverShare: [],
    sanitizeFirst: [],
    metrics: [],
    risks: [],
    overlaps: [],
    preflight: [],
    synthesis: [],
    followUps: [],
    hierarchy: null,
    stated: { hours: null, agents: null, tasks: null, perTerminal: null },
    marks: emptyMarks(),
  };
}
