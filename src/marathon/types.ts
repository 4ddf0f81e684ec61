/**
 * The words of a running marathon: its state, what can happen to it, and what must then be done.
 *
 * Two clocks appear everywhere:
 *  - `at`  wall clock, milliseconds since the epoch, for display only;
 *  - `t`   marathon time, milliseconds that an engine has been running this marathon, scaled by the
 *          rehearsal speed. All durations, estimates and countdowns are in `t`, so suspends, clock jumps
 *          and restarts do not disturb them, and a rehearsal at 600× is the same arithmetic.
 *
 * Everything is plain JSON data. State changes only by folding events; a decision is an effect of
 * kind `record`, which the engine journals as an event of its own. Replay never decides anew.
 */
import type { Blocker } from "./blocker-types.ts";
import type { Fact } from "./facts.ts";
import type { Message } from "./message-types.ts";
import type { CheckIn } from "./time/check-in.ts";
import type { Editor } from "./edited-files.ts";
import type { RepositoryCheck } from "./repository-check.ts";
import type { Forecast } from "./time/forecast-types.ts";
import type { Added, Carried, PlanOffer, PreflightCheck, RiskTaken } from "./risk-types.ts";
import type { Counters } from "./counters.ts";
import type { GoalCheck, Measured } from "./goal-types.ts";
import type { AgentQuestion, Finding, Metric, SecurityItem } from "./report-facts.ts";
import type { Spawn } from "./spawns.ts";
import type { Meter, Usage } from "./usage.ts";
import type { HierarchySpec, Plan } from "../plan/types.ts";
import type { ScratchName, TickState, Wish } from "../plan/report-types.ts";

export type { Counters } from "./counters.ts";
export type { Blocker, BlockerAct, Evidence, Fallback, Holder } from "./blocker-types.ts";
export type { Event, Fact } from "./facts.ts";
export type { Forecast, Range } from "./time/forecast-types.ts";
export type { Message, MessagePurpose } from "./message-types.ts";

export type TaskStateName = "waiting" | "ready" | "running" | "blocked" | "parked" | "done" | "dropped";

export interface Task {
  readonly number: number;
  readonly state: TaskStateName;
  /** The terminal that has it or will have it; null while it is anybody's. */
  readonly terminal: number | null;
  /** When the state began (t). */
  readonly since: number;
  /** Working time booked so far in ms of t, without the stretch that is still running. */
  readonly workedMs: number;
  /** Time spent blocked or parked so far in ms of t, without the stretch that is still running. */
  readonly blockedMs: number;
  /** Time that its agent waited for an answer, in ms of t: booked, in the stretch that is still running, and since when it asks now. */
  readonly asked?: { readonly totalMs: number; readonly stretchMs: number; readonly since: number | null };
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly attempts: number;
  readonly blocker: string | null;
  /** For a done task: what said so ("exit code 0", "report terminal-04.md:12"). */
  readonly doneBy: string | null;
  /** For a waiting task: why, in words ("waits for 12, 14", "held: P0 task 3 is open (terminal 1)"). */
  readonly waitsFor: string | null;
  /** Event that last put it back to work (reopened, blocker closed): ticks that are older say nothing new. */
  readonly clearedSeq?: number;
  /** Event that moved it to its terminal, or pulled it forward there: it comes before the terminal's other work. */
  readonly movedSeq?: number | null;
  /** The terminal that had it before it was moved, for as long as it is elsewhere. */
  readonly movedFrom?: number | null;
  /** It was not planned: when and why it joined. */
  readonly added?: Added;
  /** The plan files leave it out since an edit that was taken. */
  readonly unplanned?: boolean;
  /** Its moves from session to session, oldest first. */
  readonly carried?: readonly Carried[];
}

export type TerminalStateName = "starting" | "busy" | "idle" | "asking" | "blocked" | "error" | "exited" | "unknown";
/** What an asking terminal wants, or why one shows an error, as far as it is known. */
export type AskingKind = "permission" | "question" | "auth" | "rate-limit";

export interface Terminal {
  readonly number: number;
  readonly stream: string | null;
  readonly label: string | null;
  readonly role: string | null;
  readonly agent: string;
  /** What its program is told to think with; without it, whatever its own settings name. */
  readonly model?: string;
  readonly state: TerminalStateName;
  readonly kind: AskingKind | null;
  /** What decided the state: `osc-7501`, `hook`, `claude-agents`, `title`, `osc-9`, `screen-rule`, `quiet`, `process`, `task`, `report`, `engine`; behind a colon, the rule. */
  readonly source: string;
  /** The line or fact that was seen. */
  readonly evidence: string | null;
  readonly since: number;
  readonly sinceAt: number;
  readonly task: number | null;
  readonly pid: number | null;
  /** Start time of the process as the kernel tells it (clock ticks since boot), against reused pids. */
  readonly pidStart: number | null;
  readonly exit: { readonly code: number | null; readonly signal: string | null } | null;
  readonly starts: number;
  /** The process died because its engine did; the person is offered a restart. */
  readonly lost: boolean;
  /** A person or a rule said that this terminal takes no more work. */
  readonly retired: boolean;
  /** The conversation of its coding agent, in the words of that agent. */
  readonly conversation?: string | null;
  /** The version of its agent's CLI, as that tells it. */
  readonly version?: string;
  /** Its agent runs one program per task and idles between them (`life: "task"`). */
  readonly perTask?: boolean;
  /** Marathon times of its latest starts, oldest first, against crash loops. */
  readonly startTimes?: readonly number[];
  /** What it does instead of a parked task: a command that is due or running, or words that its agent was told. */
  readonly fallback?: TerminalFallback | null;
}

export interface TerminalFallback {
  readonly blocker: string;
  readonly text: string;
  readonly run: string | null;
  readonly state: "due" | "running" | "told";
}

/** A node of the live hierarchy: a role of the chain of command, an agent in a terminal, or a sub-agent. */
export interface AgentNode {
  readonly id: string;
  readonly role: string;
  readonly parent: string | null;
  readonly terminal: number | null;
  readonly title: string | null;
  readonly state: TerminalStateName | "absent";
  readonly since: number;
  /** Sub-agents come and go; an ended one stays for the metrics with `ended` set. */
  readonly ended: boolean;
  /** How many agents this node stands for (a swarm is one node with a count). */
  readonly count: number;
  /** Of a sub-agent: the session whose task its terminal had in hand when it was spawned. */
  readonly session?: string | null;
  /** Its model, as it was reported. */
  readonly model?: string;
  /** What it is to achieve, in the words of whoever spawned it. */
  readonly intent?: string;
}

export interface ScratchFile {
  readonly path: string;
  readonly name: ScratchName;
  readonly at: number;
  readonly bytes: number;
  readonly lines: number;
  /** What it changed, in words: "task 12 done". */
  readonly changes: readonly string[];
  readonly note: string | null;
  /** Work that it asks to be added to the plan. */
  readonly wishes?: readonly Wish[];
  /** Newest tick of each task in it, and the event that brought that tick. */
  readonly ticks?: Readonly<Record<number, { readonly state: TickState; readonly seq: number }>>;
  /** For a handoff. */
  readonly handoff?: HandoffNote;
  /** For a blocker file: the words it raised a blocker with, and the event that brought them. */
  readonly raised?: { readonly words: string; readonly seq: number };
}

export interface HandoffNote {
  /** Percent, 0 to 100, as it says. */
  readonly completion: number | null;
  /** When it was written (t). */
  readonly t: number;
  /** Its session went on since, so that it does not tell how that ended. */
  readonly overtaken: boolean;
}

export interface Notice {
  readonly at: number;
  readonly severity: "info" | "warning" | "error";
  readonly text: string;
}

/** One line of the event log on the screen. */
export interface LogLine {
  readonly seq: number;
  readonly at: number;
  readonly terminal: number | null;
  readonly tone: "plain" | "good" | "warn" | "bad" | "person";
  readonly text: string;
}

export type MarathonStatus = "running" | "settled" | "done" | "stopped";

export interface Engine {
  readonly pid: number;
  readonly version: string;
  readonly startedAt: number;
}

export interface State {
  readonly id: string;
  readonly title: string;
  readonly agent: string;
  readonly command: string | null;
  readonly rehearsal: boolean;
  /** In a rehearsal: whether stand-ins do what people would; absent when they do. */
  readonly standIns?: boolean;
  readonly speed: number;
  readonly seed: number | null;
  readonly project: string;
  readonly scratchpad: string;
  readonly status: MarathonStatus;
  /** When that began, wall clock, ms; absent while nothing but the start is known of it. */
  readonly statusAt?: number;
  readonly startedAt: number;
  readonly engine: Engine | null;
  /** Of the newest folded event. */
  readonly seq: number;
  readonly at: number;
  readonly t: number;
  readonly plan: Plan;
  readonly hierarchy: HierarchySpec;
  readonly tasks: Readonly<Record<number, Task>>;
  readonly terminals: Readonly<Record<number, Terminal>>;
  readonly blockers: Readonly<Record<string, Blocker>>;
  readonly agents: Readonly<Record<string, AgentNode>>;
  readonly files: Readonly<Record<string, ScratchFile>>;
  /** Sessions that have a handoff file, by session id. */
  readonly handoffs: Readonly<Record<string, string>>;
  /** Messages to terminals by id, oldest first: all that are not delivered, and the latest that are. */
  readonly messages?: Readonly<Record<string, Message>>;
  /** The newest forecast of the engine; none before the first, and in journals of version 0.1. */
  readonly forecast?: Forecast;
  /** What was done by the plan's risk rules, oldest first, and the rules (from 1) whose trigger holds. */
  readonly risks?: readonly RiskTaken[];
  readonly riskHolds?: readonly number[];
  /** What the edited plan files say, until a person takes or refuses it. */
  readonly planOffer?: PlanOffer | null;
  /** Fingerprint of the plan files that were refused last: they are not offered again. */
  readonly planRefused?: string | null;
  /** The items of the plan's preflight list that were looked at, counted from 1. */
  readonly preflight?: Readonly<Record<number, PreflightCheck>>;
  /** The newest look for files with secrets; none before the first. */
  readonly repository?: RepositoryCheck;
  /** What was said of the plan's goals, by their ids (goals.ts), and what was measured of its targets, by their names, oldest first. */
  readonly goals?: Readonly<Record<string, GoalCheck>>;
  readonly targets?: Readonly<Record<string, readonly Measured[]>>;
  /** The latest spawns that the hierarchy in force does not allow, or does not know. */
  readonly spawns?: readonly Spawn[];
  /** Reasons for which the decision gate was told already. */
  readonly gates?: readonly string[];
  /** What agents used, by terminal and by session; and what their meters read last. Only of those that tell. */
  readonly usage?: { readonly terminals: Readonly<Record<number, Usage>>; readonly sessions: Readonly<Record<string, Usage>> };
  readonly meters?: Readonly<Record<number, Meter>>;
  /** The list for people: how many of its lines are open, and when each task was put on it by hand (wall clock, ms). */
  readonly todo?: { readonly file: string; readonly open: number; readonly tasks?: Readonly<Record<number, number>> };
  /** What agents have asked in so many words, by id, oldest first: all that is open, and the latest that is not. */
  readonly questions?: Readonly<Record<string, AgentQuestion>>;
  /** The latest findings of agents, and the newest figure of each name and terminal; oldest first. */
  readonly findings?: readonly Finding[];
  readonly metrics?: readonly Metric[];
  /** What was reported of security items, by their numbers. */
  readonly security?: Readonly<Record<number, SecurityItem>>;
  /** The newest check-ins, oldest first. */
  readonly checkIns?: readonly CheckIn[];
  /** What works only in part now, by its name, in words for a person; an engine begins without any. */
  readonly degraded?: Readonly<Record<string, string>>;
  /** Which stream edited a file first, by the file's name from the project's folder on (edited-files.ts). Only of agents that tell. */
  readonly edited?: Readonly<Record<string, Editor>>;
  readonly notices: readonly Notice[];
  readonly log: readonly LogLine[];
  readonly counters: Counters;
}

export type Effect =
  /** A decision: journal this fact now, before anything else is looked at. */
  | { readonly kind: "record"; readonly fact: Fact }
  | { readonly kind: "start-terminal"; readonly terminal: number }
  /** Let the agent in this terminal work on the task. */
  | { readonly kind: "hand-over"; readonly terminal: number; readonly task: number }
  /** The terminal's list of work has changed: rewrite its assignment file. */
  | { readonly kind: "update-assignment"; readonly terminal: number }
  /** Fire `timer-fired` when marathon time reaches `t`; a later one of the same name replaces it. */
  | { readonly kind: "set-timer"; readonly timer: string; readonly t: number }
  | {
      readonly kind: "announce";
      readonly severity: Notice["severity"];
      readonly text: string;
      /** It waits for a person from now on: their terminal shows a notification, not only a bell. */
      readonly notify?: true;
    }
  /** Write down what happened to a blocker, where agents and people look. `task`: of a handoff. */
  | { readonly kind: "write"; readonly document: "escalation" | "human-todo" | "handoff"; readonly blocker: string; readonly task?: number }
  /** Note in the list for people what was decided by a risk rule. */
  | { readonly kind: "write-risk"; readonly risk: string }
  /** The same with a task that a person has put there. */
  | { readonly kind: "write-listed"; readonly task: number }
  /** Run the fallback's command in this terminal. */
  | { readonly kind: "run-fallback"; readonly terminal: number }
  /** Nothing is left to do: end the terminals' programs that wait for work. */
  | { readonly kind: "finish" };

export interface StepResult {
  readonly state: State;
  readonly effects: readonly Effect[];
}
