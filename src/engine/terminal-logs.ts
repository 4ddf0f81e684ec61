/** The recordings of all terminals of a marathon: one word to the person when the disk does not take them, and one when it does again. */
import type { Place } from "../screen/asciicast.ts";
import { isFull } from "./disk-full.ts";
import { type LogFolder, logFolder } from "./log-folder.ts";
import { type LogLimits, NoRoomError } from "./log-parts.ts";
import { type Past, readPast } from "./log-reader.ts";
import { afterwards } from "./timers.ts";
import type { Recorder } from "./recorder.ts";
import { TerminalLog } from "./terminal-log.ts";

export interface LogSettings {
  /** A file of a recording is followed by the next when it is this large, bytes. */
  readonly partBytes: number;
  /** Files that are kept of each terminal; 0 records nothing. */
  readonly parts: number;
}

export const DEFAULT_LOGS: LogSettings = { partBytes: 16 * 1024 * 1024, parts: 4 };

export interface LogsOptions {
  readonly folder: string;
  readonly settings: LogSettings;
  /** Wall clock, ms since the epoch. */
  readonly now: () => number;
  /** Real ones unless a test holds them. */
  readonly disk?: LogFolder;
  readonly later?: (ms: number, callback: () => void) => () => void;
}

/** Left to the journal, without which nothing goes on, and to the agents' own work. */
const RESERVE_BYTES = 64 * 1024 * 1024;
/** Of a recording that is shown again after the engine's end: most screens are made of far less. It takes 50 ms to parse. */
const PAST_BYTES = 1024 * 1024;
/** A disk that hangs must keep neither the engine from ending nor a person from reading, ms. */
const PATIENCE_MS = 2000;

export class TerminalLogs {
  readonly #options: LogsOptions;
  readonly #disk: LogFolder;
  readonly #logs = new Map<number, TerminalLog>();
  readonly #failing = new Set<number>();
  /** Told to the person. */
  tell: (severity: "info" | "warning", text: string) => void = () => {};

  constructor(options: LogsOptions) {
    this.#options = options;
    this.#disk = options.disk ?? logFolder(options.folder);
  }

  /**
   * `snapshot`: output that draws the terminal's screen as it is, or null while it cannot be known. `through` is told how far
   * programs' output is recorded, or will not be.
   */
  open(
    terminal: number,
    size: { readonly cols: number; readonly rows: number },
    snapshot: () => string | null,
    through: (place: Place) => void,
  ): Recorder {
    const { settings, now, later = afterwards } = this.#options;
    if (settings.parts < 1) return noRecorder(through);
    const limits: LogLimits = { ...settings, reserveBytes: RESERVE_BYTES };
    const log = new TerminalLog(terminal, size, {
      folder: this.#disk,
      limits,
      now,
      later,
      snapshot,
      through,
      failed: (error) => this.#failed(terminal, error),
      works: () => this.#works(terminal),
    });
    this.#logs.set(terminal, log);
    return log;
  }

  /** What a terminal showed last, before this engine. */
  past(terminal: number): Promise<Past | null> {
    return readPast(this.#options.folder, terminal, PAST_BYTES);
  }

  /** Resolves once everything that was recorded can be read, or the disk has taken too long. */
  flush(): Promise<void> {
    return this.#withAll((log) => log.flush());
  }

  close(): Promise<void> {
    return this.#withAll((log) => log.close());
  }

  async #withAll(act: (log: TerminalLog) => Promise<void>): Promise<void> {
    const { promise: tooLong, resolve } = Promise.withResolvers<void>();
    const cancel = afterwards(PATIENCE_MS, resolve);
    await Promise.race([Promise.all([...this.#logs.values()].map(act)), tooLong]);
    cancel();
  }

  #failed(terminal: number, error: Error): void {
    const first = this.#failing.size === 0;
    this.#failing.add(terminal);
    if (!first) return;
    const words = `the terminals' logs have stopped: ${reason(error)}; the marathon goes on, and so do they when ${cure(error)}`;
    this.tell("warning", `${words} (${this.#options.folder})`);
  }

  #works(terminal: number): void {
    if (this.#failing.delete(terminal) && this.#failing.size === 0)
      this.tell("info", "the terminals' logs go on; each says what it is missing");
  }
}

/** Keeps nothing, and is through with everything at once. */
export function noRecorder(through: (place: Place) => void = () => {}): Recorder {
  return {
    output: (bytes, place) => place && through({ id: place.id, at: place.at + bytes.length }),
    resized: () => {},
    mark: () => {},
  };
}

function noRoom(error: Error): boolean {
  return error instanceof NoRoomError || isFull(error);
}

function reason(error: Error): string {
  if (error instanceof NoRoomError) return error.message;
  return noRoom(error) ? "the disk is full" : error.message;
}

function cure(error: Error): string {
  return noRoom(error) ? "there is room again" : "this is over";
}
