/** What a dialect of model servers does, and what it has to write with. */
import type { Conversation, Reply } from "./conversation.ts";

export interface Wire {
  /** A whole answer. */
  json(status: number, body: unknown, headers?: Readonly<Record<string, string>>): void;
  /** Headers of an answer in events, before the first of them. */
  headers(headers: Readonly<Record<string, string>>): void;
  /** One server-sent event; `name` only where the dialect names them. */
  event(data: unknown, name?: string): void;
  end(): void;
  /** A moment between two pieces; over at once when the client has gone. */
  pause(ms: number): Promise<void>;
  /** An id that no other message of this server has. */
  id(prefix: string): string;
}

export interface Dialect {
  serves(path: string): boolean;
  // oxlint-disable-next-line typescript/no-explicit-any -- the body is whatever the client sent; the dialect's own types say what of it is read
  read(body: any, path: string): Conversation;
  write(wire: Wire, conversation: Conversation, reply: Extract<Reply, { kind: "say" }>): Promise<void> | void;
  refuse(wire: Wire, reply: Extract<Reply, { kind: "refuse" }>): void;
}
