/**
 * The person's terminal: the one place that writes to it and switches its modes. It is never waited for: while it does not
 * read (Ctrl-S, a slow line, a stopped window) no frame is made, and the next one shows the newest state.
 */
import { writeSync } from "node:fs";
import type { PaneModes } from "../../protocol/messages.ts";
import type { Learned } from "./outer-answers.ts";
import { dashboardModes, modeChanges, type OuterModes, PLAIN_MODES, takeOverModes } from "./outer-modes.ts";
import { OuterQuestions } from "./outer-questions.ts";
import { RESET_SEQUENCE } from "./reset.ts";

/** What is used of `process.stdin`. */
export interface OuterInput {
  readonly isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
  on(event: "data", listener: (bytes: Buffer) => void): unknown;
  on(event: "end" | "close", listener: () => void): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
  removeAllListeners(event: "data" | "end" | "close" | "error"): unknown;
  pause(): unknown;
  resume(): unknown;
}

/** What is used of `process.stdout`. */
export interface OuterOutput {
  readonly columns?: number;
  readonly rows?: number;
  readonly fd?: number;
  write(output: string | Uint8Array, written: (error?: Error | null) => void): boolean;
  on(event: "resize", listener: () => void): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
  off(event: "resize", listener: () => void): unknown;
}

export interface OuterOptions {
  readonly input: OuterInput;
  readonly output: OuterOutput;
  /** Listens for a signal; answers how to stop. */
  readonly onSignal: (signal: "SIGCONT", listener: () => void) => () => void;
  /** Take mouse reports for the dashboard. */
  readonly mouse: boolean;
  /** Ask the terminal what it is; `onLearned` is told what came of it, and once more when some of it came late. */
  readonly ask: boolean;
  readonly onLearned: (learned: Learned) => void;
  /** Bytes that the person typed. */
  readonly onInput: (bytes: Buffer) => void;
  readonly onResize: (size: { readonly columns: number; readonly rows: number }) => void;
  /** What the terminal shows is not known any more: draw everything. */
  readonly onRepaint: () => void;
  /** After `ready` was false: a frame may be written again. */
  readonly onReady: () => void;
  /** The terminal is gone (closed window, lost connection). */
  readonly onGone: () => void;
  /** What besides its modes is to be taken back when we leave. */
  readonly ending?: () => string;
}

/** How long leaving waits for a terminal that has not answered yet, and then for one that does not read, in ms. */
const LEAVE_MS = 500;
/** Where the size is not known: a terminal's oldest size. */
const DEFAULT_SIZE = { columns: 80, rows: 24 };

const ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[m\x1b[2J";

export class Outer {
  readonly #options: OuterOptions;
  #modes: OuterModes = PLAIN_MODES;
  #entered = false;
  #gone = false;
  /** Writes that the terminal has not taken yet. */
  #inFlight = 0;
  #wasBusy = false;
  /** What the terminal does not take at once is told, and not waited for. */
  #nonBlocking = false;
  #stops: (() => void)[] = [];
  /** The terminal has kitty's keyboard protocol. */
  #kitty = false;
  readonly #questions: OuterQuestions;

  constructor(options: OuterOptions) {
    this.#options = options;
    this.#questions = new OuterQuestions({
      write: (text) => this.write(text),
      typed: (bytes) => options.onInput(bytes),
      learned: (learned) => {
        this.#kitty = learned.outer.kittyKeyboard;
        options.onLearned(learned);
      },
    });
  }

  get size(): { readonly columns: number; readonly rows: number } {
    const { columns, rows } = this.#options.output;
    return { columns: columns || DEFAULT_SIZE.columns, rows: rows || DEFAULT_SIZE.rows };
  }

  /** Whether a frame may be made and written now. Ask before making it: a frame that is made must be written. */
  get ready(): boolean {
    const ready = this.#entered && !this.#gone && this.#inFlight === 0;
    if (!ready) this.#wasBusy = true;
    return ready;
  }

  /** Takes the terminal: raw keys, the alternate screen, our modes. */
  enter(): void {
    if (this.#entered || this.#gone) return;
    this.#entered = true;
    const { input, output, onSignal } = this.#options;
    this.#nonBlocking = makeNonBlocking(output);
    const resized = () => this.#options.onResize(this.size);
    output.on("resize", resized);
    output.on("error", () => this.#lost());
    input.on("data", (bytes) => this.#questions.received(bytes));
    for (const event of ["end", "close"] as const) input.on(event, () => this.#lost());
    input.on("error", () => this.#lost());
    this.#stops = [() => output.off("resize", resized), onSignal("SIGCONT", () => this.#continued())];
    this.#start();
    if (this.#options.ask) this.#questions.ask();
  }

  /** Follows the modes of a terminal that is taken over; null for the dashboard's own. */
  follow(pane: PaneModes | null): void {
    const { mouse } = this.#options;
    this.#setModes(pane ? takeOverModes(pane, mouse, this.#kitty) : dashboardModes(mouse));
  }

  /** Writes a frame, or another sequence that keeps the terminal as it is known. */
  write(output: string | Uint8Array): void {
    if (output.length === 0 || !this.#entered || this.#gone) return;
    const rest = this.#inFlight === 0 ? this.#writeNow(output) : output;
    if (rest.length === 0) return;
    this.#inFlight++;
    this.#options.output.write(rest, (error) => {
      this.#inFlight--;
      if (error) return this.#lost();
      if (this.#inFlight > 0 || !this.#wasBusy || !this.#entered) return;
      this.#wasBusy = false;
      this.#options.onReady();
    });
  }

  /** Writes what the terminal takes at once, as it nearly always does, without the machinery of streams; answers the rest. */
  #writeNow(output: string | Uint8Array): string | Uint8Array {
    const { fd } = this.#options.output;
    if (!this.#nonBlocking || fd === undefined) return output;
    const bytes = typeof output === "string" ? Buffer.from(output, "utf8") : output;
    try {
      return bytes.subarray(writeSync(fd, bytes));
    } catch {
      // It does not read now, or it is gone: the stream waits for it, or tells.
      return bytes;
    }
  }

  /** Stops reading keys, while their receiver does not keep up; `resumeInput` goes on. */
  pauseInput(): void {
    this.#options.input.pause();
  }

  resumeInput(): void {
    this.#options.input.resume();
  }

  /** Gives the terminal back. Resolves when it took the last of it, or does not read. */
  async leave(): Promise<void> {
    if (!this.#entered) return;
    // An answer that is still on its way would be typed into the shell.
    if (!this.#gone) await this.#questions.settled(LEAVE_MS);
    if (!this.#entered) return;
    const reset = this.#undo();
    this.#stop();
    if (this.#gone) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, LEAVE_MS);
      this.#options.output.write(reset, () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** Gives the terminal back at once, for a process that must end now. What the terminal does not take is lost. */
  leaveNow(): void {
    if (!this.#entered) return;
    const reset = this.#undo();
    this.#stop();
    const { fd } = this.#options.output;
    if (fd === undefined || this.#gone) return;
    try {
      writeSync(fd, reset);
    } catch {
      // It is gone or does not read: nobody sees what it shows.
    }
  }

  #start(): void {
    this.#options.input.setRawMode?.(true);
    this.#options.input.resume();
    this.#modes = PLAIN_MODES;
    this.write(ENTER);
    this.follow(null);
  }

  /** Gives the terminal's stack of key forms back as it was, of which only we know what is ours, and then everything else. */
  #undo(): string {
    return (this.#options.ending?.() ?? "") + modeChanges(this.#modes, { ...this.#modes, kittyFlags: 0 }) + RESET_SEQUENCE;
  }

  #stop(): void {
    this.#entered = false;
    this.#questions.stop();
    const { input } = this.#options;
    for (const stop of this.#stops) stop();
    this.#stops = [];
    for (const event of ["data", "end", "close", "error"] as const) input.removeAllListeners(event);
    // A late error of a terminal that is gone must not end the process.
    input.on("error", () => {});
    if (!this.#gone) setRaw(input, false);
    input.pause();
  }

  #setModes(modes: OuterModes): void {
    this.write(modeChanges(this.#modes, modes));
    this.#modes = modes;
  }

  /** We were stopped (Ctrl-Z, a debugger) and go on: the shell may have changed everything meanwhile. */
  #continued(): void {
    if (!this.#entered || this.#gone) return;
    const modes = this.#modes;
    setRaw(this.#options.input, false);
    // What is on the terminal's stack of key forms is still ours.
    this.#setModes({ ...modes, kittyFlags: 0 });
    this.#start();
    this.#setModes(modes);
    this.#options.onResize(this.size);
    this.#options.onRepaint();
  }

  #lost(): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#questions.stop();
    this.#options.onGone();
  }
}

function setRaw(input: OuterInput, raw: boolean): void {
  try {
    input.setRawMode?.(raw);
  } catch {
    // The terminal is gone: there is nothing to restore.
  }
}

/** Node writes to a terminal blocking; a terminal that does not read would stop the whole process. */
function makeNonBlocking(output: OuterOutput): boolean {
  const { _handle } = output as OuterOutput & { readonly _handle?: { setBlocking?(blocking: boolean): number } };
  return _handle?.setBlocking?.(false) === 0;
}
