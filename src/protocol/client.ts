/** The client's end of the wire: used by the dashboard and by every command that talks to an engine. */
import type { Socket } from "node:net";
import { decodeMessage, encodeInput, encodeMessage, FrameReader } from "./frames.ts";
import { connectReading } from "./reads.ts";
import { FrameKind, PROTOCOL_VERSION, type ClientMessage, type Request, type ServerMessage } from "./messages.ts";

export interface ClientHandlers {
  /** Called before anything that follows the welcome, even in the same chunk of bytes. */
  welcome?(client: EngineClient, welcome: Welcome): void;
  message(message: ServerMessage): void;
  /** Changed rows of a pane, still encoded; see rows.ts. */
  rows(payload: Uint8Array): void;
  /** The engine is gone or refused us. Called once. */
  closed(reason: string): void;
}

export type Welcome = Extract<ServerMessage, { type: "welcome" }>;

/** The engine answered a request with an error; `code` is its kind ("refused", "unknown-terminal" …). */
export class RequestError extends Error {
  readonly code: string;
  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** One connection to an engine. `request` answers are matched by id; everything else goes to the handlers. */
export class EngineClient {
  readonly #socket: Socket;
  readonly #handlers: ClientHandlers;
  readonly #reader = new FrameReader();
  readonly #waiting = new Map<number, Waiting>();
  #nextRequest = 1;
  #closed = false;
  #saidGoodbye: string | null = null;

  constructor(socket: Socket, handlers: ClientHandlers) {
    this.#socket = socket;
    this.#handlers = handlers;
    socket.on("error", (error) => this.#close(`the connection to the engine broke: ${error.message}`));
    socket.on("close", () => this.#close(this.#saidGoodbye ?? "the engine is gone"));
  }

  /** What the socket has read. */
  reads(chunk: Uint8Array): void {
    if (this.#closed) return;
    try {
      for (const frame of this.#reader.push(chunk)) {
        if (frame.kind === FrameKind.rows) this.#handlers.rows(frame.payload);
        else if (frame.kind === FrameKind.json) this.#receive(decodeMessage<ServerMessage>(frame.payload));
      }
    } catch (error) {
      this.#close(`the engine sent something that is not our protocol: ${(error as Error).message}`);
    }
  }

  /** Bytes that the engine has not taken yet. */
  get pendingBytes(): number {
    return this.#socket.writableLength;
  }

  send(message: ClientMessage): void {
    if (!this.#closed) this.#socket.write(encodeMessage(message));
  }

  /** Keys for a terminal, verbatim. False when the engine is slow to take them: wait for `drained`. */
  input(terminal: number, bytes: Uint8Array): boolean {
    return this.#closed ? true : this.#socket.write(encodeInput(terminal, bytes));
  }

  /** Called when the engine takes keys again, and when it is gone: then there is nothing to wait for. */
  onDrain(listener: () => void): void {
    this.#socket.on("drain", listener);
    this.#socket.on("close", listener);
  }

  /** Rejects with RequestError when the engine refuses, with Error when it goes away. */
  request(request: Request): Promise<unknown> {
    if (this.#closed) return Promise.reject(new Error("the engine is gone"));
    const id = this.#nextRequest++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.send({ type: "request", id, request });
    });
  }

  /** Gives the connection up as broken; `closed` is called with the reason. */
  abandon(reason: string): void {
    this.#close(reason);
  }

  close(): void {
    if (this.#closed) return;
    this.#saidGoodbye = "detached";
    this.#socket.end(encodeMessage({ type: "bye" }));
  }

  #receive(message: ServerMessage): void {
    if (message.type === "answer") {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.ok) waiting?.resolve(message.value);
      else waiting?.reject(new RequestError(message.error, message.code));
      return;
    }
    if (message.type === "goodbye") this.#saidGoodbye = message.reason;
    if (message.type === "refused") this.#saidGoodbye = message.reason;
    this.#handlers.message(message);
  }

  #close(reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#socket.destroy();
    for (const waiting of this.#waiting.values()) waiting.reject(new Error(reason));
    this.#waiting.clear();
    this.#handlers.closed(reason);
  }
}

export interface ConnectOptions {
  readonly socketPath: string;
  readonly program: string;
  readonly role: "dashboard" | "command";
  readonly handlers: ClientHandlers;
  /** Every event after the state of the welcome is wanted. */
  readonly follow?: true;
  /** How long the welcome may take, ms; without it, for ever. */
  readonly patienceMs?: number;
}

/** Somebody listens, and does not answer: stopped, or hung. */
export class SilentEngineError extends Error {}

/** Connects and says hello. Resolves with the welcome; rejects when nobody listens, when the engine refuses, or with SilentEngineError. */
export function connectEngine(options: ConnectOptions): Promise<{ client: EngineClient; welcome: Welcome }> {
  return new Promise((resolve, reject) => {
    let client: EngineClient | null = null;
    const socket = connectReading(options.socketPath, (chunk) => client?.reads(chunk));
    const { patienceMs } = options;
    const silent = patienceMs === undefined ? undefined : setTimeout(() => gaveUp(patienceMs), patienceMs);
    const gaveUp = (ms: number): void => {
      reject(new SilentEngineError(`no answer within ${ms / 1000} s`));
      socket.destroy();
    };
    socket.once("close", () => clearTimeout(silent));
    socket.once("error", reject);
    socket.once("connect", () => {
      socket.removeListener("error", reject);
      let greeted = false;
      const mine: EngineClient = new EngineClient(socket, {
        ...options.handlers,
        message(message) {
          if (!greeted && message.type === "welcome") {
            greeted = true;
            clearTimeout(silent);
            options.handlers.welcome?.(mine, message);
            resolve({ client: mine, welcome: message });
          } else if (!greeted && message.type === "refused") {
            greeted = true;
            reject(new Error(message.reason));
          } else {
            options.handlers.message(message);
          }
        },
        closed(reason) {
          if (!greeted) reject(new Error(reason));
          else options.handlers.closed(reason);
        },
      });
      client = mine;
      const { program, role, follow } = options;
      mine.send({ type: "hello", version: PROTOCOL_VERSION, program, role, pid: process.pid, ...(follow ? { follow } : {}) });
    });
  });
}
