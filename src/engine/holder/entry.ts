/** What the holder knows of a program that it holds. */
import type { Exit } from "../agents/agent.ts";
import type { KnownProcess } from "../processes.ts";
import type { Pty } from "../pty.ts";
import type { ByteLog } from "./byte-log.ts";
import type { Label } from "./wire.ts";

export interface Entry {
  readonly terminal: number;
  readonly id: string;
  readonly label: Label;
  readonly pty: Pty;
  readonly process: KnownProcess;
  readonly log: ByteLog;
  recorded: number;
  heard: number;
  /** How far the engine that is connected was sent it; null: it has not asked for it. */
  sent: number | null;
  /** What was there when it asked; it is told when it has got that far. Null: it has. */
  catchUp: number | null;
  /** The engine can take more. */
  wanted: boolean;
  exit: Exit | null;
  told: boolean;
  /** Bytes that were typed, and how many of those the engine knows to be taken. */
  typed: number;
  toldTyped: number;
}

/** Of a program that has just been started, for the engine that asked for it. */
export function newEntry(program: Pick<Entry, "terminal" | "id" | "label" | "pty" | "process" | "log">): Entry {
  return { ...program, recorded: 0, heard: 0, sent: 0, catchUp: null, wanted: true, exit: null, told: false, typed: 0, toldTyped: 0 };
}
