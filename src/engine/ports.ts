/** What an engine is told at its start, and its ways to the outside: real ones in engine-process.ts, fakes in the scenes. */
import type { Event, Fact } from "../marathon/types.ts";
import type { PlanReading } from "../plan/types.ts";
import type { ScratchReading } from "../plan/report-types.ts";
import type { Changes } from "../report/review-facts.ts";
import type { AgentRules } from "../screen/agent-rules.ts";
import type { MarathonClock } from "./clock.ts";
import type { HolderClient } from "./holder/client.ts";
import type { Papers } from "./papers.ts";
import type { SecretFiles } from "./secret-files.ts";
import type { SecretBook } from "./secrets/secret-book.ts";
import type { FoundProcess, KnownProcess } from "./processes.ts";
import type { TerminalLogs } from "./terminal-logs.ts";

export interface EngineSettings {
  readonly version: string;
  readonly cols: number;
  readonly rows: number;
  readonly scrollback: number;
  /** Nobody will answer: questions take the plan's answer or block their task. */
  readonly unattended: boolean;
  /** Stand-in people of a rehearsal answer and resolve. */
  readonly standInPeople: boolean;
  /** argv that runs this program, for agents that call back. */
  readonly bin: readonly string[];
  readonly assignments: string;
  /** Folder for settings that agents are started with. */
  readonly launches: string;
  readonly journal: string;
  readonly socket: string;
}

export interface EnginePorts {
  readonly clock: MarathonClock;
  readonly holder: Pick<HolderClient, "pid" | "spawn" | "adopt" | "front" | "goOn" | "end">;
  append(event: Event, sync: boolean): void;
  /** The fact without the secrets that it shows. */
  clean(fact: Fact): Fact;
  /** Everything journaled is on disk when this resolves. */
  flush(): Promise<void>;
  /** What the terminals show, recorded. */
  readonly logs: TerminalLogs;
  writeAssignment(file: string, text: string): void;
  /** Writes a file of the marathon's own folder, closed to others. Throws what the disk throws. */
  writeOwn(file: string, text: string): void;
  /** A file of the marathon's own folder; null when it is not there. */
  readOwn(file: string): string | null;
  readonly papers: Papers;
  /** What must not be written down. */
  readonly secrets: SecretBook;
  /** The version of the program in that file; null when it tells none. Never rejects. */
  version(file: string): Promise<string | null>;
  /** `only`: see environment.ts. */
  environment(terminal: number, only: readonly string[] | null): Readonly<Record<string, string>>;
  isStopped(pid: number): boolean;
  readsTty(pid: number): boolean | null;
  /** How the screens of this agent look; null: nothing is known of it. */
  rules(agent: string): AgentRules | null;
  /** Ends a terminal's program and all it started, by the stop ladder. */
  endTree(terminal: number, process: KnownProcess, now: boolean): Promise<void>;
  /** Processes of an earlier engine of this marathon that still run, and in no terminal any more. */
  orphans(): readonly FoundProcess[];
  endOrphan(orphan: FoundProcess): Promise<void>;
  watch(
    folder: string,
    on: {
      reading(path: string, bytes: number, reading: ScratchReading, stale: boolean): void;
      removed(path: string): void;
      fault(text: string): void;
    },
  ): {
    close(): Promise<void>;
  };
  /** Tells what the plan files say, at once and after each edit. `fingerprint`: of their text. */
  watchPlan(files: readonly string[], read: (reading: PlanReading, fingerprint: string) => void): { close(): void };
  /** What was committed since then (wall clock, ms); null without a repository. Never rejects. */
  changes(since: number): Promise<Changes | null>;
  /** Whether git ignores what secrets are usually named; null where it cannot say. Never rejects. */
  secretFiles(): Promise<SecretFiles | null>;
  log(text: string): void;
  /** The last thing an engine does. */
  exited(): void;
}
