/**
 * Where agents' hooks and meters report: HTTP on 127.0.0.1, for programs that we started and nobody else. Each terminal has a
 * secret of its own (a bearer token, RFC 6750 2.1); a browser's page cannot post here (Host and Origin are looked at, RFC 9110 7.2 and RFC 6454 7), and nothing that is
 * sent costs more than MOST_BYTES of memory. The agent always gets an answer that lets it go on.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a request is about: the first part of its path. */
export type Route = "hook" | "otlp" | "status";

export interface ReceiverPorts {
  /** The terminal that has this secret; null: nobody has. */
  terminalOf(token: string): number | null;
  /**
   * What is answered. `gone` is aborted when the agent does not wait for the answer any more. A promise that is rejected
   * is an empty answer.
   */
  received(terminal: number, route: Route, payload: unknown, gone: AbortSignal): Reply | Promise<Reply>;
  /** Something of ours went wrong; the agent goes on. */
  fault(error: unknown): void;
}

export interface Reply {
  /** As JSON. */
  readonly body: object;
  /** The whole answer has left for an agent that waited for it. */
  readonly sent?: () => void;
}

export interface Receiver {
  readonly port: number;
  close(): Promise<void>;
}

/** A tool's result may be a whole file. What is longer is answered and not looked at. */
const MOST_BYTES = 4 * 1024 * 1024;
/** For the whole of a request to arrive, ms; an answer may take as long as a person needs. */
const ARRIVE_MS = 10_000;
/** For the last answers to leave before the engine ends, ms. */
const LAST_MS = 100;
/** Ten agents with some tens of sub-agents, each of which may hold a question open. */
const MOST_CONNECTIONS = 512;
const EMPTY: Reply = { body: {} };
const ROUTES: ReadonlySet<string> = new Set<Route>(["hook", "otlp", "status"]);

/** Listens on that port, or on any free one when it is taken or 0. Rejects when the system gives none. */
export async function openReceiver(port: number, ports: ReceiverPorts): Promise<Receiver> {
  const server = createServer({ requestTimeout: ARRIVE_MS, headersTimeout: ARRIVE_MS }, (request, response) => {
    const own = `127.0.0.1:${(server.address() as AddressInfo | null)?.port}`;
    void answer(request, response, own, ports);
  });
  server.maxConnections = MOST_CONNECTIONS;
  server.on("clientError", (_error, socket) => socket.destroy());
  try {
    await listen(server, port);
  } catch (error) {
    if (port === 0) throw error;
    await listen(server, 0);
  }
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // What has just been answered still leaves.
        setImmediate(() => {
          server.closeIdleConnections();
          setTimeout(() => server.closeAllConnections(), LAST_MS);
        });
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
}

async function answer(request: IncomingMessage, response: ServerResponse, own: string, ports: ReceiverPorts): Promise<void> {
  // Whoever hangs up in the middle is no fault of ours.
  request.on("error", () => {});
  response.on("error", () => {});
  const [, route = ""] = (request.url ?? "").split("/");
  const token = /^Bearer ([\w-]+)$/u.exec(request.headers.authorization ?? "")?.[1] ?? "";
  if (request.headers.host !== own || request.headers.origin !== undefined) return refuse(request, response, 403);
  const terminal = ROUTES.has(route) ? ports.terminalOf(token) : null;
  if (terminal === null) return refuse(request, response, 404);
  if (request.method !== "POST") return refuse(request, response, 405);
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  const payload = await bodyOf(request);
  const reply = payload === undefined ? EMPTY : await replyOf(ports, () => ports.received(terminal, route as Route, payload, gone.signal));
  if (gone.signal.aborted) return;
  response.on("finish", () => reply.sent?.());
  const body = JSON.stringify(reply.body);
  // With its length said it comes in one piece, which a shell script can read.
  response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
  response.end(body);
}

async function replyOf(ports: ReceiverPorts, received: () => Reply | Promise<Reply>): Promise<Reply> {
  try {
    return await received();
  } catch (error) {
    ports.fault(error);
    return EMPTY;
  }
}

function refuse(request: IncomingMessage, response: ServerResponse, code: number): void {
  request.resume();
  response.writeHead(code, { connection: "close" });
  response.end();
}

/** The JSON of a request; undefined when it is none, is too long, or never came whole. */
function bodyOf(request: IncomingMessage): Promise<unknown> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let bytes = 0;
    request.on("data", (piece: Buffer) => {
      bytes += piece.length;
      if (bytes <= MOST_BYTES) pieces.push(piece);
      else pieces.length = 0;
    });
    request.on("close", () => resolve(undefined));
    request.on("end", () => {
      try {
        resolve(bytes <= MOST_BYTES ? JSON.parse(Buffer.concat(pieces).toString("utf8")) : undefined);
      } catch {
        resolve(undefined);
      }
    });
  });
}
