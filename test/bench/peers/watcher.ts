/** A person's terminal that looks closely: every piece of output is on its screen before the next is read, and the time is noted. */
import { spawn, type IPty } from "node-pty";
import { completeLength } from "../../../src/screen/utf8.ts";
import { createEmulator, type Emulator } from "../../../src/screen/xterm.ts";

export interface WatcherOptions {
  readonly command: readonly string[];
  readonly cols: number;
  readonly rows: number;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

export class Watcher {
  /** Bytes that were written to this terminal. */
  bytes = 0;
  readonly #pty: IPty;
  readonly #emulator: Emulator;
  readonly #lookers = new Set<() => void>();
  /** The beginning of a character whose rest has not come: xterm.js 6 loses some that come in two pieces. */
  #begun: Uint8Array = new Uint8Array(0);

  constructor({ command: [cmd = "", ...args], cols, rows, env, cwd }: WatcherOptions) {
    this.#emulator = createEmulator({ cols, rows, scrollback: 0 });
    this.#pty = spawn(cmd, [...args], { name: "xterm-256color", cols, rows, cwd, env: { ...env }, encoding: null });
    this.#pty.onData((data) => this.#take(data as unknown as Buffer));
    this.#emulator.terminal.onData((answer) => this.#pty.write(answer));
  }

  keys(text: string): void {
    this.#pty.write(text);
  }

  /** Stops reading: the program's writes are not taken any more. */
  pause(): void {
    this.#pty.pause();
  }

  resume(): void {
    this.#pty.resume();
  }

  row(y: number): string {
    const { active } = this.#emulator.terminal.buffer;
    return active.getLine(active.baseY + y)?.translateToString(true) ?? "";
  }

  text(): string {
    return Array.from({ length: this.#emulator.terminal.rows }, (_, y) => this.row(y)).join("\n");
  }

  /** Calls back after each piece of output that a person would see: not in the middle of a synchronized update. */
  watch(look: () => void): () => void {
    this.#lookers.add(look);
    return () => this.#lookers.delete(look);
  }

  /** Resolves with the time (ms, monotonic) at which `there` first held; rejects after `patience` ms. */
  until(there: () => boolean, what: string, patience = 30_000): Promise<number> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(timer);
        stop();
        act();
      };
      const look = () => {
        if (there()) settle(() => resolve(performance.now()));
      };
      const timer = setTimeout(
        () => settle(() => reject(new Error(`waited ${patience} ms for ${what}; the screen:\n${this.text()}`))),
        patience,
      );
      const stop = this.watch(look);
      look();
    });
  }

  close(): void {
    this.#pty.kill("SIGHUP");
    this.#emulator.terminal.dispose();
  }

  #take(data: Buffer): void {
    this.bytes += data.length;
    const bytes = this.#begun.length === 0 ? data : Buffer.concat([this.#begun, data]);
    const whole = completeLength(bytes);
    this.#begun = bytes.subarray(whole);
    this.#emulator.parseNow(bytes.subarray(0, whole));
    if (this.#emulator.terminal.modes.synchronizedOutputMode) return;
    for (const look of this.#lookers) look();
  }
}
