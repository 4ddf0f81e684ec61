/** What can happen to a marathon. Facts are journaled as they are: fields are added, never renamed. */
import type { AgentFact } from "./agent-facts.ts";
import type { BlockerFact } from "./blocker-facts.ts";
import type { Evidence } from "./blocker-types.ts";
import type { MessageFact } from "./message-types.ts";
import type { CheckInFact } from "./time/check-in.ts";
import type { PlanFact } from "./plan-facts.ts";
import type { ReportFact } from "./report-facts.ts";
import type { ForecastFact } from "./time/forecast-types.ts";
import type { AskingKind, Notice, TerminalStateName } from "./types.ts";
import type { Plan, Priority } from "../plan/types.ts";
import type { ScratchReading } from "../plan/report-types.ts";

/** Facts without the clocks and the sequence number; the engine stamps them. */
export type Fact =
  | {
      readonly type: "marathon-started";
      readonly id: string;
      readonly plan: Plan;
      readonly agent: string;
      readonly command: string | null;
      readonly rehearsal: boolean;
      readonly speed: number;
      readonly seed: number | null;
      readonly project: string;
      readonly scratchpad: string;
    }
  | {
      readonly type: "engine-started";
      readonly pid: number;
      readonly version: string;
      readonly resumed: boolean;
      /** False in a rehearsal whose questions real people answer, and nobody else. */
      readonly standIns?: boolean;
    }
  /** Written by a new engine that finds no `engine-stopped`: what was running is gone, but for the programs of the terminals `kept`. */
  | { readonly type: "engine-lost"; readonly pid: number; readonly kept?: readonly number[] }
  | { readonly type: "engine-stopped"; readonly reason: string }
  /** `fresh`: its agent is to begin a new conversation. */
  | { readonly type: "terminal-starting"; readonly terminal: number; readonly reason: string; readonly fresh?: true }
  /** A new start of its agent takes this conversation up again. */
  | { readonly type: "conversation-known"; readonly terminal: number; readonly conversation: string }
  /** The version of its agent's CLI; `tried`: the one that its flags were tried with, if that is newer. */
  | { readonly type: "agent-version"; readonly terminal: number; readonly version: string; readonly tried?: string }
  | {
      readonly type: "terminal-started";
      readonly terminal: number;
      readonly pid: number;
      readonly pidStart: number | null;
      readonly program: string;
    }
  | {
      readonly type: "terminal-exited";
      readonly terminal: number;
      readonly code: number | null;
      readonly signal: string | null;
      /** A bad end of a long-lived agent in the middle of a task, and what there is to see of it. */
      readonly crash?: Pick<Extract<Fact, { type: "task-blocked" }>, "task" | "reason" | "source" | "priority" | "evidence">;
    }
  /** The program could not be run at all: 126 not runnable, 127 not found. */
  | { readonly type: "terminal-failed"; readonly terminal: number; readonly code: 126 | 127; readonly message: string }
  | { readonly type: "terminal-retired"; readonly terminal: number; readonly reason: string }
  | {
      readonly type: "terminal-state";
      readonly terminal: number;
      readonly state: TerminalStateName;
      readonly kind: AskingKind | null;
      readonly source: string;
      readonly evidence: string | null;
      /** Given when the program in the terminal changed with the state (agents with one program per task); null: none runs. */
      readonly pid?: number | null;
      readonly pidStart?: number | null;
    }
  | { readonly type: "task-assigned"; readonly task: number; readonly terminal: number; readonly why: string }
  | { readonly type: "task-done"; readonly task: number; readonly terminal: number | null; readonly source: string }
  | {
      readonly type: "task-blocked";
      readonly task: number;
      readonly terminal: number | null;
      readonly reason: string;
      readonly source: string;
      readonly priority: Priority | null;
      readonly evidence: readonly Evidence[];
    }
  /** Back to ready, still bound to its terminal: the agent ended, was restarted, or turned to another task. */
  | { readonly type: "task-released"; readonly task: number; readonly reason: string }
  | { readonly type: "task-reopened"; readonly task: number; readonly reason: string }
  | { readonly type: "task-dropped"; readonly task: number; readonly reason: string }
  | BlockerFact
  | PlanFact
  | ReportFact
  | {
      readonly type: "file-changed";
      readonly path: string;
      readonly bytes: number;
      readonly reading: ScratchReading;
      readonly stale?: true;
    }
  | { readonly type: "file-removed"; readonly path: string }
  /** A status record of an agent or sub-agent: OSC 7501, a hook, or its report. `agent` "" is the terminal's own; `parent`: who spawned it, if not that. */
  | {
      readonly type: "agent-reported";
      readonly terminal: number;
      readonly agent: string;
      readonly parent?: string;
      readonly state: TerminalStateName | "gone";
      readonly title: string | null;
      readonly message: string | null;
      /** What whoever spawned it wants achieved. */
      readonly intent?: string;
      /** What kind of agent it is, where its name does not say so. */
      readonly role?: string;
      /** The model that it runs on, where that is told. */
      readonly model?: string;
    }
  /** A notification of its program (OSC 9, 99, 777), or its wish for the clipboard (OSC 52); `missed` more came since the one before. */
  | {
      readonly type: "terminal-notified";
      readonly terminal: number;
      readonly source: "osc-9" | "osc-99" | "osc-777" | "osc-52";
      readonly title: string;
      readonly text: string;
      readonly missed: number;
    }
  /** A permission that an agent asked for was answered without its screen; `rule`: of the plan. */
  | {
      readonly type: "permission-answered";
      readonly terminal: number;
      readonly tool: string;
      /** What the tool is about: a path, a command. */
      readonly words: string;
      readonly allowed: boolean;
      readonly by: "rule" | "person";
      readonly rule: string | null;
      /** The sub-agent that asked. */
      readonly agent: string | null;
    }
  | { readonly type: "person-acted"; readonly what: string; readonly terminal: number | null }
  /** `begins`: something stays degraded and is shown until a later notice says under the same name that it `ends`. */
  | {
      readonly type: "noticed";
      readonly severity: Notice["severity"];
      readonly text: string;
      readonly begins?: string;
      readonly ends?: string;
    }
  | { readonly type: "timer-fired"; readonly timer: string }
  | AgentFact
  | MessageFact
  | ForecastFact
  | CheckInFact
  | { readonly type: "marathon-settled"; readonly why: string }
  | { readonly type: "marathon-resumed"; readonly why: string }
  | { readonly type: "marathon-done" }
  | { readonly type: "marathon-stopped"; readonly by: string };

/** A fact as journaled. `seq` counts from 1 without gaps; `cause` is the event that led to it. */
export type Event = Fact & { readonly seq: number; readonly at: number; readonly t: number; readonly cause?: number };
