/** What a terminal's host needs from around it, so that scenes can give it fake programs and processes. */
import type { Fact, State } from "../marathon/types.ts";
import type { AgentRules } from "../screen/agent-rules.ts";
import type { Scheduler } from "../screen/schedule.ts";
import type { Agent, AgentContext } from "./agents/agent.ts";
import type { MeterNews } from "./agents/coding-cli.ts";
import type { Marks } from "./marks.ts";
import type { KnownProcess } from "./processes.ts";
import type { HolderClient } from "./holder/client.ts";
import type { OpenRecorder } from "./recorded-screen.ts";

export interface HostPorts {
  /** Programs run in ptys that outlive the engine. */
  readonly holder: Pick<HolderClient, "spawn" | "adopt" | "goOn">;
  readonly scheduler: Scheduler;
  /** Opens the recording of its screen. */
  readonly record: OpenRecorder;
  /** Facts that are found out together are decided on together. */
  submit(...facts: readonly Fact[]): void;
  state(): State;
  context(terminal: number): AgentContext;
  /** What is known of the CLIs of coding agents. */
  readonly clis: Clis;
  /** What a terminal's agent was seen to use. */
  measured(terminal: number, news: MeterNews): void;
  /** Environment of every program: base, marker, terminal number. */
  environment(terminal: number): Readonly<Record<string, string>>;
  readsTty(pid: number): boolean | null;
  /** Somebody has stopped it (SIGSTOP). */
  isStopped(pid: number): boolean;
  /** Ends the process tree of a pty by the stop ladder; resolves when nothing of it is left. */
  endTree(process: KnownProcess, now: boolean): Promise<void>;
  /** Rows of this terminal changed: viewers want a frame. */
  changed(terminal: number): void;
  /** Title or size changed. */
  paneChanged(terminal: number): void;
  /** What its program wants of keys, pastes and the mouse. */
  modesChanged(terminal: number): void;
  /** What its program tells besides its screen. */
  readonly marks: Marks;
  wall(): number;
}

export interface Clis {
  /** How the screens of this agent look; null: nothing is known of it. */
  rules(agent: string): AgentRules | null;
  /** The version of the program in that file; null when it tells none. Never rejects. */
  version(file: string): Promise<string | null>;
}

export interface HostOptions {
  readonly terminal: number;
  readonly agent: Agent;
  readonly cols: number;
  readonly rows: number;
  readonly scrollback: number;
  /** Name and version that a program asking its terminal is told, as in "marathon(0.1.0)". */
  readonly program: string;
}
