/** What records a terminal, and what that needs from around it. */
import type { Place } from "../screen/asciicast.ts";
import type { LogFolder } from "./log-folder.ts";
import type { LogLimits } from "./log-parts.ts";

/** Takes what a terminal shows, in order. */
export interface Recorder {
  /** The bytes are not copied and must not change. `place`: of the first of them, in a program's output. */
  output(bytes: Uint8Array, place?: Place): void;
  resized(cols: number, rows: number): void;
  /** Something that a person may want to find: a task begins. */
  mark(words: string): void;
}

export interface LogPorts {
  readonly folder: LogFolder;
  readonly limits: LogLimits;
  /** Wall clock, ms since the epoch. */
  now(): number;
  /** Calls back after `ms` real milliseconds; answers how to cancel. */
  later(ms: number, callback: () => void): () => void;
  /** Output that brings a new terminal to what this one shows now; null while it has bytes that it has not parsed. */
  snapshot(): string | null;
  /** What a program put out before this place is on disk, or has been given up. */
  through(place: Place): void;
  /** The disk does not take the recording; it is tried again. */
  failed(error: Error): void;
  /** It takes it again. */
  works(): void;
}
