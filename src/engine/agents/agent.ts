/**
 * What the engine asks of an agent. An adapter only describes: which program to run, what its end
 * means, how to hand it a task. The engine's terminal host does the acting, so adapters are pure and small.
 */
import type { Fact, Task } from "../../marathon/types.ts";
import type { PermissionRule } from "../../plan/permission-rules.ts";
import type { Permissions, PlanTask } from "../../plan/types.ts";
import type { CodingCli } from "./coding-cli.ts";
import type { ContextLoaded } from "../../marathon/context-loaded.ts";
import type { Checklist } from "../../marathon/delegation-checklist.ts";
import type { CommandChain } from "./delegation-pack.ts";

/** A program to run in a terminal's pty. */
export interface Program {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Added to the base environment (see `environment.ts`). Values may hold secrets: never journal them. */
  readonly env: Readonly<Record<string, string>>;
  /** What a person would have typed, for the log and the pane ("npm test"). */
  readonly title: string;
  /** Files that it is told to read, with absolute paths in folders of ours: written, closed to others, before it starts. */
  readonly files?: readonly { readonly path: string; readonly text: string }[];
}

/** Where an agent's hooks report to the engine that started it. */
export interface HookAddress {
  /** The secret of this terminal, to be sent as `Authorization: Bearer`: agents quote the address of a hook to their model. */
  readonly token: string;
  /** Takes an event of a hook as JSON (POST), and answers it. */
  readonly url: string;
  /** Takes what the agent measures: the base of an OTLP/HTTP endpoint that reads JSON. */
  readonly otlp: string;
  /** Takes what the agent would tell a status line. */
  readonly status: string;
  /** Absolute folder for the files of a launch; ours, and closed to others. */
  readonly folder: string;
}

/** Everything an agent may know about its terminal. Written as JSON to the file `MARATHON_ASSIGNMENT`. */
export interface Assignment {
  readonly schema: 1;
  readonly marathon: string;
  readonly title: string;
  readonly terminal: number;
  readonly label: string | null;
  readonly stream: { readonly id: string; readonly name: string; readonly goal: string | null } | null;
  readonly role: string | null;
  readonly reportsTo: string | null;
  /** What the role that it reports to passes on, from its agent definition file. */
  readonly inherited?: { readonly from: string; readonly text: string; readonly file: string };
  /** Standing orders of the plan: they hold for all of its work. */
  readonly orders?: readonly string[];
  /** Who is above it, and whom it may start. */
  readonly chain?: CommandChain;
  /** What it was told of the five things that a delegation needs, and what is missing. */
  readonly delegation?: Checklist;
  readonly project: string;
  readonly scratchpad: string;
  /** Where the agent should write its ticks, absolute. */
  readonly reportFile: string;
  /** How to report, in words an agent understands. */
  readonly howToReport: readonly string[];
  /** The project's own form for handoffs, absolute. */
  readonly handoffTemplate?: string;
  readonly plan: readonly string[];
  /** Absolute paths of context files; never one that the plan says never to share. */
  readonly context: readonly string[];
  /** Which list of the plan lets each of them in. */
  readonly sharedBy?: Readonly<Record<string, string>>;
  /** How much that is of what the plan names for it. */
  readonly contextLoaded?: ContextLoaded;
  readonly neverShare: readonly string[];
  /** Context files of the plan that were left out, and the never-share rule that forbids each. */
  readonly refused?: readonly RefusedFile[];
  /** Context files of the plan that are not there, as written. */
  readonly missing?: readonly string[];
  /** This terminal's work in order; `state` says where each stands. */
  readonly tasks: readonly AssignedTask[];
  /** The task to work on now. */
  readonly current: number | null;
  /** What to do while a task of this terminal is parked, in words. */
  readonly instead?: { readonly blocker: string; readonly text: string };
  /** Nothing more will come: the agent may end. */
  readonly finished: boolean;
  readonly speed: number;
  readonly seed: number | null;
}

export interface RefusedFile {
  readonly path: string;
  readonly rule: string;
  /** For a folder that holds something forbidden: what. */
  readonly because: string | null;
}

export interface AssignedTask
  extends Pick<
    PlanTask,
    | "number"
    | "title"
    | "target"
    | "from"
    | "to"
    | "run"
    | "fallback"
    | "answer"
    | "dependsOn"
    | "priority"
    | "session"
    | "kind"
    | "security"
  > {
  readonly state: Task["state"];
  readonly estimateMinutes: number | null;
  /** Where its target is, for whoever works in another folder; only for one that is there. */
  readonly targetPath?: string;
  /** What is known of it, when another agent could not finish it. */
  readonly takenOver?: TakenOver;
}

/** Work that comes from another terminal. Paths are absolute. */
export interface TakenOver {
  readonly from: number | null;
  readonly blocker: string;
  /** Why it was given away. */
  readonly decisionContext: string;
  readonly assumptions: readonly string[];
  readonly priorDecisions: readonly string[];
  readonly evidence: readonly string[];
  readonly evidenceFiles: readonly string[];
  readonly expectedOutcome: string;
  readonly handoffFile: string;
  /** Where to report, and what to do when it does not work here either. */
  readonly returnPath: string;
}

export interface AgentContext {
  readonly terminal: number;
  readonly project: string;
  readonly scratchpad: string;
  readonly assignment: Assignment;
  /** Absolute path of the assignment file. */
  readonly assignmentFile: string;
  /** argv that runs this very marathon program, for agents that call back. */
  readonly bin: readonly string[];
  readonly command: string | null;
  /** What it may do without asking. */
  readonly permissions?: Permissions;
  /** The model that its program is to use; null or left out: the one of its own settings. */
  readonly model?: string | null;
  /** The conversation to take up again, or the id that a new one is to bear; null: the program chooses. */
  readonly conversation?: { readonly id: string; readonly resume: boolean } | null;
  /** What the plan refuses, whatever the permissions say. */
  readonly deny?: readonly PermissionRule[];
  /** Null or absent: nobody listens. */
  readonly hooks?: HookAddress | null;
}

/** What handing a task over takes. */
export type HandOver =
  /** Run this program in the terminal; its exit is the task's end. */
  | { readonly kind: "run"; readonly program: Program }
  /** The program that is already there reads the new assignment file. */
  | { readonly kind: "assignment-file" }
  /** The program that is there is told so, once it can take a message; when it was just started, its first words say it. */
  | { readonly kind: "message"; readonly text: string }
  /** There is nothing this agent could run for the task. */
  | { readonly kind: "refuse"; readonly reason: string };

export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

export interface Agent {
  readonly name: string;
  /** `terminal`: one long-lived program per terminal. `task`: one program per task, the terminal idles between. */
  readonly life: "terminal" | "task";
  /** For a coding agent: what is known of its CLI. */
  readonly cli?: CodingCli;
  /** The long-lived program; null for `life: "task"`. Throws AgentError when it cannot be found. */
  program(context: AgentContext): Program | null;
  handOver(context: AgentContext, task: AssignedTask): HandOver;
  /** What the end of the program means for the running task. `tail` is the last lines of the screen, oldest first. */
  onExit(exit: Exit, running: AssignedTask | null, tail: readonly string[], context?: AgentContext): readonly Fact[];
  /** Whether the bottom of the screen looks like a question, for agents that do not say so themselves. */
  readonly screenRules: readonly ScreenRule[];
  /** At work it shows something at least this often, marathon minutes; longer than that, it may hang. Without it no silence is too long. */
  readonly silentMinutes?: number;
  /** How messages reach its program; without it none is ever typed. */
  readonly messages?: MessageRules;
}

/** When a program takes a message that is typed into it, and how that is seen. */
export interface MessageRules {
  /** It takes messages while it works, and comes to them afterwards. */
  readonly whileBusy: boolean;
  /** It lives in the alternate screen. For all others a full-screen view is a picker, a pager or an editor: no place for a message. */
  readonly alternateScreen: boolean;
  /** Its programs only read now and then: a message is typed while one waits in a read, and is meant for no later program. */
  readonly onlyInRead: boolean;
  /**
   * Its input line, tested against the text left of the cursor; group 1 is what stands in it. Null when there is no such line
   * of a known look: then a message is typed unless somebody has begun to type there.
   */
  readonly composer: RegExp | null;
}

/** A rule over the last lines of a screen that has been quiet for a while. */
export interface ScreenRule {
  readonly id: string;
  readonly state: "asking" | "error";
  readonly kind: "permission" | "question" | "auth" | null;
  /** Tested against the last non-empty line. */
  readonly lastLine: RegExp;
  /** How long the screen must have been unchanged, real milliseconds. */
  readonly quietMs: number;
}

/** The agent's program is not there (127) or not runnable (126). */
export class AgentError extends Error {
  readonly code: 126 | 127;
  constructor(code: 126 | 127, message: string) {
    super(message);
    this.code = code;
  }
}
