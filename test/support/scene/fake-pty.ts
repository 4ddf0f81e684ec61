/** A program in a terminal whose every word and key the story knows: it says what it is told to and keeps what is typed. */
import type { Exit, Program } from "../../../src/engine/agents/agent.ts";
import type { Pty, PtySize } from "../../../src/engine/pty.ts";

export class FakePty implements Pty {
  readonly pid: number;
  readonly program: Program;
  readonly pendingBytes = 0;
  /** Everything that was typed, as it came. */
  typed: Buffer = Buffer.alloc(0);
  /** Every size it was given, the first one at its start. */
  readonly sizes: PtySize[];
  /** It waits in a read of its terminal. */
  reading = false;
  /** Somebody has sent it a SIGSTOP. */
  stopped = false;
  ended = false;
  readonly #changed: () => void;
  #data: (bytes: Uint8Array) => void = () => {};
  #exited: (exit: Exit) => void = () => {};
  /** Output that it could not write while it was held back. */
  #held: Uint8Array[] | null = null;

  constructor(pid: number, program: Program, size: PtySize, changed: () => void) {
    this.pid = pid;
    this.program = program;
    this.sizes = [size];
    this.#changed = changed;
  }

  get size(): PtySize {
    return this.sizes.at(-1) ?? { cols: 0, rows: 0 };
  }

  print(text: string | Uint8Array): void {
    if (this.ended) throw new Error(`${this.program.title} has ended and can print nothing: ${JSON.stringify(text)}`);
    const bytes = typeof text === "string" ? Buffer.from(text, "utf8") : text;
    if (this.#held) this.#held.push(bytes);
    else this.#data(bytes);
  }

  end(exit: Exit): void {
    if (this.ended) return;
    this.resume();
    this.ended = true;
    this.#exited(exit);
  }

  write(bytes: Uint8Array): void {
    if (this.ended) return;
    this.typed = Buffer.concat([this.typed, bytes]);
    this.#changed();
  }

  resize(cols: number, rows: number): void {
    this.sizes.push({ cols, rows });
    this.#changed();
  }

  pause(): void {
    this.#held ??= [];
  }

  resume(): void {
    const held = this.#held;
    this.#held = null;
    for (const bytes of held ?? []) this.#data(bytes);
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#data = listener;
  }

  onExit(listener: (exit: Exit) => void): void {
    this.#exited = listener;
  }

  kill(signal: NodeJS.Signals): void {
    this.end({ code: null, signal });
  }

  dispose(): void {
    this.#data = () => {};
    this.#exited = () => {};
  }
}
