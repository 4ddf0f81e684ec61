/**
 * Synchronized output (DEC mode 2026): a program brackets each of its frames, so that nobody shows half of one.
 * A program that always is in some frame must not stay invisible, so the time that it may be held counts from the first
 * frame that nobody was shown, not from the last.
 */
import type { Terminal } from "./xterm.ts";

/** A frame that takes longer is shown as it is: the program may have died or forgotten to end it (ms). */
const MAX_HOLD_MS = 100;
const SYNCHRONIZED = 2026;

export interface SynchronizedPorts {
  /** Monotonic milliseconds. */
  now(): number;
  /** A frame is complete: this moment, in the middle of parsing, is a good one to look. */
  released(): void;
}

export class Synchronized {
  readonly #ports: SynchronizedPorts;
  #inFrame = false;
  #heldSince: number | null = null;

  constructor({ parser }: Terminal, ports: SynchronizedPorts) {
    this.#ports = ports;
    const watch = (final: string, act: () => void) =>
      parser.registerCsiHandler({ prefix: "?", final }, (params) => {
        if (params.includes(SYNCHRONIZED)) act();
        return false;
      });
    watch("h", () => this.#begin());
    watch("l", () => this.#end());
    parser.registerEscHandler({ final: "c" }, () => this.#reset());
    parser.registerCsiHandler({ intermediates: "!", final: "p" }, () => this.#reset());
  }

  get holding(): boolean {
    return this.#inFrame && this.#heldSince !== null && this.#ports.now() - this.#heldSince < MAX_HOLD_MS;
  }

  shown(): void {
    this.#heldSince = this.#inFrame ? this.#ports.now() : null;
  }

  #begin(): void {
    this.#inFrame = true;
    this.#heldSince ??= this.#ports.now();
  }

  #end(): void {
    const wasInFrame = this.#inFrame;
    this.#inFrame = false;
    if (wasInFrame) this.#ports.released();
  }

  /** Answers false: the emulator itself has the rest to do. */
  #reset(): false {
    this.#inFrame = false;
    return false;
  }
}
