/** A program whose pty is in the holder, as the engine has it. */
import { encodeInput } from "../../protocol/frames.ts";
import type { Place } from "../../screen/asciicast.ts";
import type { AgentError, Exit } from "../agents/agent.ts";
import type { KnownProcess } from "../processes.ts";
import type { PtySize } from "../pty.ts";
import { encode, type FromHolder, type Held, type Label, type ToHolder } from "./wire.ts";

export interface PtyListeners {
  /** It runs. */
  started(process: KnownProcess): void;
  /** It could not be started; nothing else will be heard of it. */
  failed(error: AgentError): void;
  /** Output, and the place of its first byte. */
  data(bytes: Uint8Array, at: number): void;
  /** The answer to `goOn`: what follows begins at that place, which is behind the wanted one if that is not kept any more. */
  goesOn(from: number, size: PtySize): void;
  /** Only while catching up: what follows was written for this size. */
  sized(size: PtySize): void;
  caughtUp(): void;
  /** The end, once, after all output. */
  exited(exit: Exit): void;
}

/** Sends to the holder. `together`: so that either all of it arrives or nothing. */
export type Send = (...together: readonly Uint8Array[]) => void;

/** Calls back after so many ms; answers how to cancel. */
type Later = (ms: number, callback: () => void) => () => void;

/**
 * How soon the holder is told what was recorded and heard, ms: what it keeps meanwhile is little, and what is heard twice does little
 * harm. Sooner when there is this much for it to forget, bytes.
 */
const TELL_MS = 500;
const TELL_BYTES = 256 * 1024;

export class HeldPty {
  readonly terminal: number;
  readonly id: string;
  readonly label: Label;
  readonly #send: Send;
  readonly #later: Later;
  #listeners: PtyListeners | null = null;
  /** What came before somebody listened. */
  #early: ((listeners: PtyListeners) => void)[] = [];
  #process: KnownProcess | null = null;
  #size: PtySize;
  /** Places: behind what came, what is recorded, what was heard; and of the latter two, what the holder knows. */
  #received = 0;
  #recorded = 0;
  #heard = 0;
  #toldRecorded = 0;
  #cancel: (() => void) | null = null;
  #typed = 0;
  #taken = 0;
  #paused = false;
  #over = false;

  /** `held`: of a program that was there before this engine; without it one is being started. */
  constructor(which: Pick<Held, "terminal" | "id" | "label" | "size">, send: Send, later: Later, held?: Held) {
    this.terminal = which.terminal;
    this.id = which.id;
    this.label = which.label;
    this.#size = which.size;
    this.#send = send;
    this.#later = later;
    if (!held) return;
    this.#process = held.process;
    this.#recorded = this.#toldRecorded = held.recorded;
    this.#heard = held.heard;
  }

  /** Null until it is known to run. */
  get process(): KnownProcess | null {
    return this.#process;
  }

  /** It has been forgotten, or never ran. */
  get isOver(): boolean {
    return this.#over;
  }

  get size(): PtySize {
    return this.#size;
  }

  get heard(): number {
    return this.#heard;
  }

  /** The place behind everything that came. */
  get place(): Place {
    return { id: this.id, at: this.#received };
  }

  /** Bytes typed that the program has not taken; what is less than 64 KB may have been taken already. */
  get pendingBytes(): number {
    return this.#over ? 0 : this.#typed - this.#taken;
  }

  /** To be called in the same turn in which the program was started or found. */
  listen(listeners: PtyListeners): void {
    this.#listeners = listeners;
    const early = this.#early;
    this.#early = [];
    for (const tell of early) tell(listeners);
  }

  write(bytes: Uint8Array): void {
    if (this.#over || bytes.length === 0) return;
    this.#typed += bytes.length;
    this.#send(encodeInput(this.terminal, bytes));
  }

  /** Types what the terminal itself answers to output that was heard: one never without the other, or a new engine would answer again. */
  answer(bytes: Uint8Array): void {
    if (this.#over) return;
    this.#typed += bytes.length;
    this.#send(this.#tell(), encodeInput(this.terminal, bytes));
  }

  resize(cols: number, rows: number): void {
    if (this.#over) return;
    this.#size = { cols, rows };
    this.#say({ type: "resize", terminal: this.terminal, size: this.#size, at: this.#received });
  }

  /** Sends no more for now; what is on its way still comes. */
  pause(): void {
    if (this.#paused || this.#over) return;
    this.#paused = true;
    this.#say({ type: "pause", terminal: this.terminal });
  }

  resume(): void {
    if (!this.#paused || this.#over) return;
    this.#paused = false;
    this.#say({ type: "resume", terminal: this.terminal });
  }

  /** Output before this place was recorded, or never will be. */
  recordedTo(at: number): void {
    if (this.#over || at <= this.#recorded) return;
    this.#recorded = at;
    if (at - this.#toldRecorded >= TELL_BYTES) return this.#send(this.#tell());
    this.#tellSoon();
  }

  /** Output before this place was understood: whatever it asks and reports has been dealt with. */
  heardTo(at: number): void {
    if (this.#over || at <= this.#heard) return;
    this.#heard = at;
    this.#tellSoon();
  }

  /** Of a program that was found: its output from this place on. */
  goOn(from: number): void {
    this.#say({ type: "go-on", terminal: this.terminal, from });
  }

  /** Its end has been journaled, or it is not wanted: its terminal is closed. Safe to call twice. */
  forget(): void {
    if (this.#over) return;
    this.#say({ type: "forget", terminal: this.terminal });
    this.#end();
  }

  /** The holder says something of it. */
  hears(message: Exclude<FromHolder, { type: "hello" }>): void {
    if (this.#over) return;
    switch (message.type) {
      case "started":
        this.#process = message.process;
        return this.#call((listeners) => listeners.started(message.process));
      case "goes-on":
        this.#received = message.from;
        return this.#call((listeners) => listeners.goesOn(message.from, message.size));
      case "size":
        return this.#call((listeners) => listeners.sized(message.size));
      case "caught-up":
        return this.#call((listeners) => listeners.caughtUp());
      case "typed":
        this.#taken = message.taken;
        return;
      case "exited":
        return this.#call((listeners) => listeners.exited(message.exit));
      case "failed":
        return;
    }
  }

  takes(bytes: Uint8Array): void {
    if (this.#over) return;
    const at = this.#received;
    this.#received += bytes.length;
    this.#call((listeners) => listeners.data(bytes, at));
  }

  fails(error: AgentError): void {
    this.#call((listeners) => listeners.failed(error));
    this.#end();
  }

  /** The holder is gone, and its pty with it. */
  hungUp(): void {
    if (!this.#over) this.#call((listeners) => listeners.exited({ code: null, signal: "SIGHUP" }));
    this.#end();
  }

  #tellSoon(): void {
    this.#cancel ??= this.#later(TELL_MS, () => this.#send(this.#tell()));
  }

  #tell(): Uint8Array {
    this.#cancel?.();
    this.#cancel = null;
    this.#toldRecorded = this.#recorded;
    return encode({ type: "taken", terminal: this.terminal, recorded: this.#recorded, heard: this.#heard });
  }

  #say(message: ToHolder): void {
    this.#send(encode(message));
  }

  #call(tell: (listeners: PtyListeners) => void): void {
    if (this.#listeners) tell(this.#listeners);
    else this.#early.push(tell);
  }

  #end(): void {
    this.#over = true;
    this.#cancel?.();
  }
}
