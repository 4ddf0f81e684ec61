/** What may be asked about messages to agents. */
import { isUndelivered } from "../marathon/messages.ts";
import type { Message } from "../marathon/types.ts";
import type { MessageResult, Request } from "../protocol/messages.ts";
import type { Engine } from "./engine.ts";
import { RefusedError } from "./server.ts";

/** One result per terminal: a terminal that cannot be written to must not keep the message from the others. */
export function sendMessages(
  engine: Engine,
  request: Extract<Request, { name: "message" }>,
): { readonly results: readonly MessageResult[] } {
  const results = [...new Set(request.terminals)].map((terminal): MessageResult => {
    const purpose = request.terminals.length > 1 ? "broadcast" : "message";
    try {
      const { id, removed } = engine.delivery.deliver(terminal, request.text, purpose, { by: request.by });
      return { terminal, message: id, removed, refused: null };
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      return { terminal, message: null, removed: 0, refused: error.message };
    }
  });
  return { results };
}

/** Answers once the message is settled. */
export async function settledMessage(engine: Engine, id: string): Promise<Message> {
  knownMessage(engine, id);
  return engine.delivery.settled(id);
}

export function dropMessage(engine: Engine, id: string, by: string): unknown {
  const message = knownMessage(engine, id);
  if (!isUndelivered(message)) throw new RefusedError(`message ${id} is ${message.state} already: there is nothing to drop`);
  engine.submit({ type: "message-dropped", message: id, by });
  return { dropped: id };
}

/** A failed message is sent once more as a new one; the old one is dropped. */
export function sendAgain(engine: Engine, id: string, by: string): unknown {
  const message = knownMessage(engine, id);
  if (message.state !== "failed") throw new RefusedError(`message ${id} is ${message.state}: only one that failed can be sent again`);
  const { terminal, text, purpose, blocker } = message;
  const again = engine.delivery.deliver(terminal, text, purpose, { by, ...(blocker === null ? {} : { blocker }) });
  engine.submit({ type: "message-dropped", message: id, by });
  return { message: again.id };
}

export function knownMessage(engine: Engine, id: string): Message {
  const message = engine.state.messages?.[id];
  if (!message) throw new RefusedError(`there is no message ${id}; only the latest delivered ones are remembered`, "unknown-message");
  return message;
}
