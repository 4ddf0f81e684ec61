/** One program on one pseudo-terminal: bytes in, bytes out, its size, its end. */
import { closeSync, constants as fsConstants, openSync } from "node:fs";
import { constants } from "node:os";
import { ReadStream } from "node:tty";
import { AgentError, type Exit, type Program } from "./agents/agent.ts";
import { resolveProgram } from "./program.ts";
import { forkPty, resizePty, type Forked } from "./pty-native.ts";
import { PtyWriter } from "./pty-writer.ts";

export interface PtySize {
  readonly cols: number;
  readonly rows: number;
}

export interface Pty {
  readonly pid: number;
  /** Bytes accepted by `write` but not yet taken by the program's side. */
  readonly pendingBytes: number;
  /** Queues the bytes in order; never blocks, never throws. After the program's end they are dropped. */
  write(bytes: Uint8Array): void;
  /** Ignored after the end; sizes below 1 are taken as 1. */
  resize(cols: number, rows: number): void;
  /** Stops taking output, so that the program blocks when the kernel's buffer is full. Nothing is lost. */
  pause(): void;
  resume(): void;
  /** Output as it comes, valid until the listener returns. One listener; set it in the same turn as `spawn`. */
  onData(listener: (bytes: Uint8Array) => void): void;
  /** The end, once, after all output. Exactly one of code and signal is given. */
  onExit(listener: (exit: Exit) => void): void;
  /** Signals the program itself; see `endTree` for all that it started. Ignored after the end. */
  kill(signal: NodeJS.Signals): void;
  /** Closes the terminal (the program gets SIGHUP) and calls no listener any more. Safe to call twice. */
  dispose(): void;
}

export type SpawnPty = (program: Program, size: PtySize) => Pty;

/** Every pty is read into this: a buffer for each read would be most of what the holder's memory and time are spent on. */
const OUTPUT = Buffer.allocUnsafeSlow(64 * 1024);

/** A program has ended but something it started keeps the terminal open: this much silence, ms, and its output counts as complete. */
const QUIET_MS = 250;
/** Something goes on writing: the end is told after this long, ms. */
const LINGER_MS = 2000;

/**
 * Starts a program in a new pty. `program.env` is its whole environment. Throws AgentError: 127 not found, 126 not
 * runnable, its folder missing, or no pty left.
 */
export const spawnPty: SpawnPty = (program, size) => new SystemPty(program, size);

class SystemPty implements Pty {
  readonly pid: number;
  readonly #fd: number;
  readonly #output: ReadStream;
  readonly #writer: PtyWriter;
  /** The program's side, held open while it runs; see `openOther`. */
  #other: number | null;
  #data: (bytes: Uint8Array) => void = () => {};
  #exited: (exit: Exit) => void = () => {};
  /** How the program ended; told only after its output. */
  #exit: Exit | null = null;
  #outputEnded = false;
  #paused = false;
  #closed = false;
  #quiet: NodeJS.Timeout | null = null;
  #linger: NodeJS.Timeout | null = null;
  /** What is left of LINGER_MS; only time in which output is taken counts. */
  #lingerMs = LINGER_MS;
  #lingerSince = 0;

  constructor(program: Program, size: PtySize) {
    const forked = fork(program, size, (exit) => this.#ended(exit));
    this.pid = forked.pid;
    this.#fd = forked.fd;
    this.#other = openOther(forked.pty);
    this.#writer = new PtyWriter(forked.fd);
    const callback = (length: number, buffer: Uint8Array): boolean => {
      this.#received(buffer.subarray(0, length));
      return true;
    };
    this.#output = new ReadStream(forked.fd, { onread: { buffer: OUTPUT, callback } });
    // Not by resume(), which begins to read in the next turn, whatever was said in between.
    this.#output.read(0);
    // Linux reports the end of a pty as EIO.
    this.#output.on("error", () => this.#endOfOutput());
    this.#output.on("end", () => this.#endOfOutput());
    this.#output.on("close", () => this.#endOfOutput());
  }

  get pendingBytes(): number {
    return this.#writer.pendingBytes;
  }

  write(bytes: Uint8Array): void {
    if (!this.#over) this.#writer.write(bytes);
  }

  resize(cols: number, rows: number): void {
    if (this.#over) return;
    try {
      resizePty(this.#fd, cells(cols), cells(rows));
    } catch {
      // The terminal was closed at the other side this very moment; its end will be told.
    }
  }

  pause(): void {
    if (this.#paused) return;
    this.#paused = true;
    this.#output.pause();
    if (this.#linger) this.#lingerMs -= performance.now() - this.#lingerSince;
    this.#clearTimers();
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    if (this.#closed) return;
    this.#output.resume();
    this.#waitForSilence();
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#data = listener;
  }

  onExit(listener: (exit: Exit) => void): void {
    this.#exited = listener;
  }

  kill(signal: NodeJS.Signals): void {
    if (this.#exit) return;
    try {
      process.kill(this.pid, signal);
    } catch {
      // It ended just now.
    }
  }

  dispose(): void {
    this.#closed = true;
    this.#data = () => {};
    this.#exited = () => {};
    this.#close();
  }

  get #over(): boolean {
    return this.#closed || this.#outputEnded;
  }

  #received(bytes: Uint8Array): void {
    if (this.#closed) return;
    this.#data(bytes);
    this.#quiet?.refresh();
  }

  #ended(exit: Exit): void {
    this.#exit = exit;
    this.#letGo();
    this.#waitForSilence();
  }

  #endOfOutput(): void {
    if (this.#outputEnded) return;
    this.#outputEnded = true;
    this.#writer.close();
    this.#waitForSilence();
  }

  /** Tells the end once the output is complete. While reading is paused there is output that nobody has seen. */
  #waitForSilence(): void {
    const exit = this.#exit;
    if (!exit || this.#closed) return;
    if (this.#outputEnded) return this.#tell(exit);
    if (this.#paused) return;
    this.#lingerSince = performance.now();
    this.#quiet ??= setTimeout(() => this.#tell(exit), QUIET_MS);
    this.#linger ??= setTimeout(() => this.#tell(exit), this.#lingerMs);
  }

  #tell(exit: Exit): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#close();
    this.#exited(exit);
  }

  #close(): void {
    this.#clearTimers();
    this.#writer.close();
    this.#output.destroy();
    this.#letGo();
  }

  #letGo(): void {
    if (this.#other !== null) closeSync(this.#other);
    this.#other = null;
  }

  #clearTimers(): void {
    if (this.#quiet) clearTimeout(this.#quiet);
    if (this.#linger) clearTimeout(this.#linger);
    this.#quiet = null;
    this.#linger = null;
  }
}

/**
 * A program may close its terminal and go on working (`exec >log 2>&1 <&-`, or GNU touch for an instant): reading would end in
 * EIO, which closes this side, and that hangs the program up. While somebody else has the other side open, nothing of it happens.
 */
function openOther(path: string): number | null {
  try {
    return openSync(path, fsConstants.O_RDWR | fsConstants.O_NOCTTY | fsConstants.O_NONBLOCK);
  } catch {
    return null;
  }
}

function fork(program: Program, size: PtySize, onExit: (exit: Exit) => void): Forked {
  const file = resolveProgram(program.file, program.cwd, program.env.PATH);
  try {
    return forkPty({
      file,
      args: program.args,
      cwd: program.cwd,
      env: { ...program.env, PWD: program.cwd },
      cols: cells(size.cols),
      rows: cells(size.rows),
      onExit: (code, signal) => onExit(signal === 0 ? { code, signal: null } : { code: null, signal: signalName(signal) }),
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new AgentError(
      126,
      `cannot open a terminal: ${message} Most likely a limit is reached: terminals (/proc/sys/kernel/pty/max), open files (ulimit -n) or processes (ulimit -u). It was to run: ${program.title}`,
    );
  }
}

function signalName(number: number): string {
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0] ?? `signal ${number}`;
}

/** The kernel keeps sizes in 16 bits. */
function cells(count: number): number {
  return Math.min(65_535, Math.max(1, Math.trunc(count) || 1));
}
