/**
 * A model server for tests: it speaks what the coding CLIs speak, on 127.0.0.1 and nowhere else, wants no key, and does what
 * the messages tell it (scenario.ts). What it was asked is kept, so that a test can read it.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { anthropic } from "./anthropic.ts";
import { chat } from "./chat.ts";
import type { Conversation } from "./conversation.ts";
import type { Dialect, Wire } from "./dialect.ts";
import { gemini } from "./gemini.ts";
import { responses } from "./responses.ts";
import { answerTo } from "./scenario.ts";

const DIALECTS: readonly Dialect[] = [anthropic, responses, chat, gemini];

export interface StubModel extends AsyncDisposable {
  /** Without a slash at its end. */
  readonly url: string;
  /** Every conversation that it was asked to go on with, oldest first. */
  readonly asked: readonly Conversation[];
  /** What it could not answer, for the message of a test that fails. */
  readonly complaints: readonly string[];
}

/** Listens once it resolves. */
export async function stubModel(): Promise<StubModel> {
  const asked: Conversation[] = [];
  const complaints: string[] = [];
  const server = createServer((request, response) => {
    answer(request, response, asked).catch((error: Error) => {
      complaints.push(`${request.method} ${request.url}: ${error.message}`);
      if (response.headersSent) response.destroy();
      else wireOf(response).json(500, { error: { message: error.message } });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    complaints,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, asked: Conversation[]): Promise<void> {
  const path = new URL(request.url ?? "/", "http://stub").pathname;
  const wire = wireOf(response);
  const text = await bodyOf(request);
  if (path.endsWith("/count_tokens")) return wire.json(200, { input_tokens: Math.ceil(text.length / 4) });
  const dialect = request.method === "POST" ? DIALECTS.find((one) => one.serves(path)) : undefined;
  // Clients look whether the server is there, ask for its models, and send it news of themselves.
  if (!dialect) return wire.json(200, request.method === "HEAD" ? undefined : { object: "list", data: [], models: [] });
  const conversation = dialect.read(JSON.parse(text), request.url ?? path);
  asked.push(conversation);
  const reply = answerTo(conversation);
  if (reply.kind === "refuse") return dialect.refuse(wire, reply);
  await dialect.write(wire, conversation, reply);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

let ids = 0;

function wireOf(response: ServerResponse): Wire {
  return {
    json(status, body, headers = {}) {
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(body === undefined ? "" : JSON.stringify(body));
    },
    headers(headers) {
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    },
    event(data, name) {
      if (!response.headersSent) response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
      response.write(`${name === undefined ? "" : `event: ${name}\n`}data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`);
    },
    end: () => void response.end(),
    pause: async (ms) => {
      if (ms > 0 && !response.destroyed) await sleep(ms);
    },
    id: (prefix) => `${prefix}_${(ids += 1)}`,
  };
}
