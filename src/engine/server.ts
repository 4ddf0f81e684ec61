/** The engine's end of the wire: one unix socket, any number of dashboards and commands. */
import type { Socket } from "node:net";
import type { Event, State } from "../marathon/types.ts";
import { checkClientMessage } from "../protocol/client-message.ts";
import { decodeInput, decodeMessage, encodeFrames, encodeMessage, FrameReader, type Frame } from "../protocol/frames.ts";
import {
  FrameKind,
  PROTOCOL_VERSION,
  type ClientMessage,
  type ClockMessage,
  type OuterTerminal,
  type PaneRequest,
  type Request,
  type ServerMessage,
  type TerminalMarks,
} from "../protocol/messages.ts";
import { instead } from "../protocol/reads.ts";
import type { NumberedLines } from "../screen/line-numbers.ts";
import type { Screen } from "../screen/screen.ts";
import { SocketFile } from "./socket-file.ts";
import { Viewer } from "./viewer.ts";

export interface ServerPorts {
  readonly program: string;
  state(): State;
  clock(): ClockMessage;
  screen(terminal: number): Screen | undefined;
  /** What stands on it is the past, which is being read back. */
  comesBack(terminal: number): boolean;
  /** Keys for a terminal. `pending` is told how much waits, for backpressure. */
  input(terminal: number, bytes: Uint8Array): void;
  pendingInput(terminal: number): number;
  /** A dashboard wants its panes at these sizes, and looks at `focus`. */
  arrange(panes: readonly PaneRequest[], focus: number | null): void;
  /** What the terminal of the person who came last is. */
  outer(outer: OuterTerminal): void;
  request(request: Request, client: RequestClient): Promise<unknown>;
  /** Number of attached dashboards changed. */
  attached(dashboards: number): void;
  paneMessage(terminal: number, scroll: number): ServerMessage | null;
  /** The socket's file had been removed and was made anew. */
  socketMade(): void;
  /** Of the terminals that have any. */
  marks(): readonly TerminalMarks[];
}

/** What a request may do with the client that asked. */
export interface RequestClient {
  /** Sends an event message; used to stream history. */
  event(event: Event): void;
  /** From now on this client gets every event (dashboards do anyway). */
  follow(): void;
  /** The lines of a terminal that stand still for this client, or null. */
  held(terminal: number): NumberedLines | null;
  /** False once it has gone: an answer would reach nobody. */
  there(): boolean;
}

/** A request that is refused; `code` goes over the wire. */
export class RefusedError extends Error {
  readonly code: string;
  constructor(message: string, code = "refused") {
    super(message);
    this.code = code;
  }
}

/**
 * Input of one terminal that may wait before nothing more is read of the client that sends it. What a client sends comes in
 * order, so while it waits its person can neither release the terminal nor go to another: this is more than anybody pastes.
 */
const MAX_PENDING_INPUT = 16 * 1024 * 1024;
/** How often it is looked whether a program has begun to read again, ms. */
const HELD_BACK_MS = 50;
/** A client that has taken nothing of this much is not reading any more: it is cut off and may attach again. */
const MAX_CLIENT_BACKLOG = 64 * 1024 * 1024;

/** Where so much output waits to be parsed, a program prints faster than that. */
const FLOOD_BYTES = 16 * 1024;

interface Client {
  readonly socket: Socket;
  readonly viewer: Viewer;
  role: "dashboard" | "command" | null;
  follows: boolean;
  /** The person's terminal, once a dashboard has told of it. */
  outer: OuterTerminal | null;
}

export class EngineServer {
  readonly #ports: ServerPorts;
  readonly #clients = new Set<Client>();
  readonly #server: SocketFile;

  constructor(ports: ServerPorts) {
    this.#ports = ports;
    this.#server = new SocketFile(
      (socket) => this.#accept(socket),
      () => ports.socketMade(),
    );
  }

  /** See SocketFile. The caller holds the lock. */
  listen(path: string): Promise<void> {
    return this.#server.listen(path);
  }

  publish(event: Event): void {
    const message = encodeMessage({ type: "event", event });
    for (const client of this.#clients) if (client.follows) this.#write(client, message);
    this.clock();
  }

  clock(): void {
    this.tellDashboards({ type: "clock", ...this.#ports.clock() });
  }

  rowsChanged(terminal: number): void {
    for (const client of this.#clients) client.viewer.changed(terminal);
  }

  paneChanged(terminal: number): void {
    for (const client of this.#clients) this.#sendPane(client, terminal);
  }

  /** Every dashboard knows the modes of every terminal: a key leads to one that is not shown, and what is typed or pasted after it is its own. */
  modesChanged(terminal: number): void {
    for (const client of this.#clients) if (client.role === "dashboard") this.#sendPane(client, terminal, 0);
  }

  tellDashboards(message: ServerMessage): void {
    const bytes = encodeMessage(message);
    for (const client of this.#clients) if (client.role === "dashboard") this.#write(client, bytes);
  }

  /** False when nobody is there. */
  tellNewestDashboard(message: ServerMessage): boolean {
    const newest = [...this.#clients].findLast((client) => client.role === "dashboard");
    if (newest) this.#write(newest, encodeMessage(message));
    return newest !== undefined;
  }

  /** Whether a dashboard has this terminal in front. */
  isLookedAt(terminal: number): boolean {
    return [...this.#clients].some(({ role, viewer }) => role === "dashboard" && viewer.focus === terminal);
  }

  async close(reason: string): Promise<void> {
    const goodbye = encodeMessage({ type: "goodbye", reason });
    for (const client of this.#clients) {
      client.socket.end(goodbye);
      client.viewer.dispose();
    }
    this.#server.close();
    await new Promise((resolve) => setTimeout(resolve, 20));
    for (const client of this.#clients) client.socket.destroy();
    this.#clients.clear();
  }

  #accept(made: Socket): void {
    const reader = new FrameReader();
    const socket = instead(made, (chunk) => {
      try {
        for (const frame of reader.push(chunk)) this.#frame(client, frame);
      } catch {
        // A peer that does not speak the protocol costs itself the connection and nobody else anything.
        socket.destroy();
      }
    });
    const viewer: Viewer = new Viewer({
      screen: (terminal) => this.#ports.screen(terminal),
      comesBack: (terminal) => this.#ports.comesBack(terminal),
      floods: (terminal) => (this.#ports.screen(terminal)?.pending ?? 0) > FLOOD_BYTES,
      sendRows: (payloads) => socket.write(encodeFrames(FrameKind.rows, payloads)),
      unsentBytes: () => socket.writableLength,
      now: () => performance.now(),
    });
    const client: Client = { socket, viewer, role: null, follows: false, outer: null };
    this.#clients.add(client);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => this.#gone(client));
  }

  #gone(client: Client): void {
    if (!this.#clients.delete(client)) return;
    client.viewer.dispose();
    if (client.outer) this.#tellOuter();
    if (client.role === "dashboard") this.#ports.attached(this.#dashboards());
  }

  #dashboards(): number {
    return [...this.#clients].filter((client) => client.role === "dashboard").length;
  }

  #frame(client: Client, frame: Frame): void {
    if (frame.kind === FrameKind.input && client.role === "dashboard") {
      const { terminal, bytes } = decodeInput(frame.payload);
      client.viewer.keyed(terminal);
      this.#ports.input(terminal, bytes);
      this.#holdBack(client, terminal);
    } else if (frame.kind === FrameKind.json) {
      this.#message(client, checkClientMessage(decodeMessage<ClientMessage>(frame.payload)));
    }
  }

  /** A program that does not read its input must not make the engine keep a whole paste: stop reading the socket. */
  #holdBack(client: Client, terminal: number): void {
    if (this.#ports.pendingInput(terminal) < MAX_PENDING_INPUT || client.socket.isPaused()) return;
    client.socket.pause();
    const check = setInterval(() => {
      if (this.#clients.has(client) && this.#ports.pendingInput(terminal) > MAX_PENDING_INPUT / 4) return;
      clearInterval(check);
      client.socket.resume();
    }, HELD_BACK_MS);
  }

  #message(client: Client, message: ClientMessage): void {
    if (message.type === "hello") return this.#hello(client, message);
    if (client.role === null) return void client.socket.destroy();
    if (message.type === "panes") {
      this.#ports.arrange(message.panes, message.focus);
      client.viewer.show(message.panes, message.focus, (terminal) => this.#sendPane(client, terminal));
    } else if (message.type === "redraw") {
      client.viewer.redraw();
    } else if (message.type === "outer" && client.role === "dashboard") {
      client.outer = message.outer;
      this.#tellOuter();
    } else if (message.type === "request") {
      void this.#answer(client, message.id, message.request);
    } else if (message.type === "bye") {
      client.socket.end();
    }
  }

  /** Programs learn of the newest dashboard's terminal; when it leaves, of the one before. After the last nothing changes. */
  #tellOuter(): void {
    const newest = [...this.#clients].findLast((client) => client.outer !== null);
    if (newest?.outer) this.#ports.outer(newest.outer);
  }

  #hello(client: Client, hello: Extract<ClientMessage, { type: "hello" }>): void {
    if (hello.version !== PROTOCOL_VERSION) {
      const reason =
        `this engine (marathon ${this.#ports.program}) speaks protocol ${PROTOCOL_VERSION}, you (marathon ${hello.program}) speak ${hello.version}: ` +
        "use the marathon that started it, or stop it and start again";
      client.socket.end(encodeMessage({ type: "refused", reason, version: PROTOCOL_VERSION }));
      return;
    }
    client.role = hello.role;
    client.follows = hello.role === "dashboard" || hello.follow === true;
    this.#write(
      client,
      encodeMessage({
        type: "welcome",
        version: PROTOCOL_VERSION,
        program: this.#ports.program,
        pid: process.pid,
        state: this.#ports.state(),
        clock: this.#ports.clock(),
      }),
    );
    if (hello.role !== "dashboard") return;
    for (const number of Object.keys(this.#ports.state().terminals)) this.#sendPane(client, Number(number), 0);
    for (const marks of this.#ports.marks()) this.#write(client, encodeMessage({ type: "marks", ...marks }));
    this.#ports.attached(this.#dashboards());
  }

  async #answer(client: Client, id: number, request: Request): Promise<void> {
    const asking: RequestClient = {
      event: (event) => this.#write(client, encodeMessage({ type: "event", event })),
      follow: () => {
        client.follows = true;
      },
      held: (terminal) => client.viewer.held(terminal),
      there: () => this.#clients.has(client),
    };
    let answer: ServerMessage;
    try {
      answer = { type: "answer", id, ok: true, value: (await this.#ports.request(request, asking)) ?? null };
    } catch (error) {
      const code = error instanceof RefusedError ? error.code : "failed";
      answer = { type: "answer", id, ok: false, error: (error as Error).message, code };
    }
    this.#write(client, encodeMessage(answer));
  }

  /** `hidden`: how far a terminal counts as scrolled that is not shown; null: nothing is said of it. */
  #sendPane(client: Client, terminal: number, hidden: number | null = null): void {
    const scroll = client.viewer.scrolled(terminal) ?? hidden;
    const message = scroll === null ? null : this.#ports.paneMessage(terminal, scroll);
    if (message) this.#write(client, encodeMessage(message));
  }

  #write(client: Client, bytes: Uint8Array): void {
    if (client.socket.destroyed || client.socket.writableEnded) return;
    if (client.socket.writableLength > MAX_CLIENT_BACKLOG) client.socket.destroy();
    else client.socket.write(bytes);
  }
}
