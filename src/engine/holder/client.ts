/** The engine's end of the line to its holder: starts one when it is needed, or takes over the one that an engine before left. */
import { randomUUID } from "node:crypto";
import { decodeInput, FrameReader, type Frame } from "../../protocol/frames.ts";
import { FrameKind } from "../../protocol/messages.ts";
import { AgentError, type Program } from "../agents/agent.ts";
import type { KnownProcess } from "../processes.ts";
import type { PtySize } from "../pty.ts";
import { HeldPty } from "./held-pty.ts";
import type { Line } from "./line.ts";
import { decode, encode, HOLDER_PROTOCOL, type FromHolder, type Held, type Label } from "./wire.ts";

/** Tells a line's events. */
export interface LineListeners {
  data(chunk: Uint8Array): void;
  closed(): void;
}

export interface HolderClientPorts {
  /** Starts a holder. The line takes messages at once. */
  start(listeners: LineListeners): Line;
  /** To the holder of an engine before; null when there is none. Rejects when there is one that does not answer. */
  connect(listeners: LineListeners): Promise<Line | null>;
  later(ms: number, callback: () => void): () => void;
  /** Wakes one that somebody has stopped (SIGSTOP). */
  goOn(holder: KnownProcess): void;
  /** The holder was told to end, and has let go of the line or does not answer: resolves when it is gone, by itself or not. */
  ended(holder: KnownProcess): Promise<unknown>;
  /** The holder is gone, and with it the terminal of this program: ends what has not ended by itself. */
  hungUp(terminal: number, process: KnownProcess): Promise<void>;
  log(text: string): void;
}

/** A holder that is alive answers at once; one that was stopped never does, ms. */
const PATIENCE_MS = 5000;

type Hello = Extract<FromHolder, { type: "hello" }>;

export class HolderClient {
  readonly #ports: HolderClientPorts;
  readonly #ptys = new Map<number, HeldPty>();
  #line: Line | null = null;
  #process: KnownProcess | null = null;
  #reader = new FrameReader();
  #front: number | null = null;
  #greeted: ((hello: Hello) => void) | null = null;
  #ended: (() => void) | null = null;

  constructor(ports: HolderClientPorts) {
    this.#ports = ports;
  }

  /** The holder's process; null while there is none. */
  get pid(): number | null {
    return this.#line === null ? null : (this.#process?.pid ?? null);
  }

  /** What the holder of an engine before holds; null when there is no such holder. */
  async takeOver(): Promise<Hello | null> {
    const hello = new Promise<Hello>((resolve) => (this.#greeted = resolve));
    const closed = Promise.withResolvers<null>();
    const line = await this.#ports.connect(this.#listeners(() => closed.resolve(null)));
    if (line === null) return null;
    this.#line = line;
    line.write(encode({ type: "hello", protocol: HOLDER_PROTOCOL }));
    const silent = Promise.withResolvers<never>();
    const cancel = this.#ports.later(PATIENCE_MS, () => {
      this.leave();
      silent.reject(new Error(`the process that holds its terminals does not answer: continue it (kill -CONT) or end it (kill)`));
    });
    const answer = await Promise.race([hello, closed.promise, silent.promise]);
    cancel();
    this.#tellFront();
    this.#process = answer?.holder ?? null;
    if (answer !== null && answer.protocol > HOLDER_PROTOCOL) {
      this.leave();
      throw new Error(
        `its terminals are held by version ${answer.version} (pid ${answer.holder.pid}), which this older version does not understand: use that one, or end it with kill ${answer.holder.pid}`,
      );
    }
    return answer;
  }

  /** Begins to start a holder, so that it is there when it is needed. */
  prepare(): void {
    if (this.#line !== null) return;
    this.#line = this.#ports.start(this.#listeners(() => {}));
    this.#process = this.#line.process ?? null;
    this.#tellFront();
  }

  /** The terminal that a person has in front, whose output is wanted at once; null: none. */
  front(terminal: number | null): void {
    if (terminal === this.#front) return;
    this.#front = terminal;
    this.#tellFront();
  }

  /** Never throws: that a program cannot be started is told to the listener. */
  spawn(terminal: number, program: Program, size: PtySize, label: Label): HeldPty {
    const id = randomUUID().slice(0, 13);
    const pty = this.#pty({ terminal, id, label, size });
    try {
      this.prepare();
      this.#line?.write(encode({ type: "spawn", terminal, id, label, program, size }));
    } catch (error) {
      pty.fails(new AgentError(126, `cannot open a terminal: ${(error as Error).message} (for ${program.title})`));
    }
    return pty;
  }

  /** Goes on with a program that was found. */
  adopt(held: Held): HeldPty {
    return this.#pty(held, held);
  }

  /** Something is waited for that a holder which somebody has stopped would never do. */
  goOn(): void {
    if (this.#line !== null && this.#process !== null) this.#ports.goOn(this.#process);
  }

  /** Ends the holder, and with it whatever it still holds; resolves when it is gone. */
  async end(): Promise<void> {
    const line = this.#line;
    if (line === null) return;
    const gone = new Promise<void>((resolve) => (this.#ended = resolve));
    const cancel = this.#ports.later(PATIENCE_MS, () => this.#ended?.());
    this.goOn();
    line.write(encode({ type: "end" }));
    await gone;
    cancel();
    if (this.#process !== null) await this.#ports.ended(this.#process);
  }

  /** Goes away and leaves everything as it is. */
  leave(): void {
    const line = this.#line;
    this.#line = null;
    line?.destroy();
  }

  #pty(which: Pick<Held, "terminal" | "id" | "label" | "size">, held?: Held): HeldPty {
    const send = (...together: readonly Uint8Array[]) => this.#send(which.terminal, pty, together);
    const pty: HeldPty = new HeldPty(which, send, (ms, callback) => this.#ports.later(ms, callback), held);
    this.#ptys.set(which.terminal, pty);
    return pty;
  }

  /** Another program may be in the terminal by now. */
  #send(terminal: number, pty: HeldPty, together: readonly Uint8Array[]): void {
    const line = this.#line;
    if (line === null || this.#ptys.get(terminal) !== pty) return;
    const [first] = together;
    if (together.length === 1 && first) return void line.write(first);
    line.cork();
    for (const bytes of together) line.write(bytes);
    line.uncork();
  }

  #tellFront(): void {
    this.#line?.write(encode({ type: "front", terminal: this.#front }));
  }

  #listeners(closed: () => void): LineListeners {
    this.#reader = new FrameReader();
    return {
      data: (chunk) => {
        for (const frame of this.#reader.push(chunk)) this.#take(frame);
      },
      closed: () => {
        closed();
        this.#lost();
      },
    };
  }

  #take(frame: Frame): void {
    if (frame.kind === FrameKind.input) {
      const { terminal, bytes } = decodeInput(frame.payload);
      const pty = this.#ptys.get(terminal);
      // Of the program before, which is not wanted any more.
      if (pty?.process) pty.takes(bytes);
      return;
    }
    const message = decode<FromHolder>(frame);
    if (message.type === "hello") return this.#greeted?.(message);
    const pty = this.#ptys.get(message.terminal);
    if (message.type === "failed") pty?.fails(new AgentError(message.code, message.message));
    else pty?.hears(message);
  }

  /** The holder has ended: nobody else's fault may end programs, so this is said, and the next program gets a new holder. */
  #lost(): void {
    if (this.#line === null) return;
    this.#line = null;
    const ptys = [...this.#ptys.values()];
    this.#ptys.clear();
    if (this.#ended) return this.#ended();
    this.#ports.log(`the holder of the terminals is gone; it held ${ptys.length}`);
    for (const pty of ptys) void this.#hangUp(pty);
  }

  async #hangUp(pty: HeldPty): Promise<void> {
    if (pty.process && !pty.isOver) await this.#ports.hungUp(pty.terminal, pty.process);
    pty.hungUp();
  }
}
