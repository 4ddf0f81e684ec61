/** What happens to messages, as sentences for the event line. */
import type { Event, LogLine, State } from "./types.ts";
import { oneLine } from "./words.ts";

type Words = readonly [tone: LogLine["tone"], text: string, terminal: number];

const QUOTED = 60;

/** Null for what changes too often to be told: the board shows why a message waits. */
export function sayMessage(event: Extract<Event, { readonly type: `message-${string}` }>, state: State): Words | null {
  const message = state.messages?.[event.type === "message-queued" ? `m${event.seq}` : event.message];
  if (!message) return null;
  const name = `T${message.terminal}`;
  const quoted = `“${oneLine(message.text, QUOTED)}”`;
  switch (event.type) {
    case "message-queued":
      return [
        message.purpose === "message" || message.purpose === "broadcast" ? "person" : "plain",
        `${message.by} to ${name}: ${quoted}`,
        message.terminal,
      ];
    case "message-delivered":
      return ["good", `${name} took the message ${quoted}: ${event.evidence}`, message.terminal];
    case "message-failed":
      return ["bad", `message to ${name} not delivered: ${event.why}: ${quoted}`, message.terminal];
    case "message-dropped":
      return ["warn", `message to ${name} dropped by ${event.by}: ${quoted}`, message.terminal];
    default:
      return null;
  }
}
