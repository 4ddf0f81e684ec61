/** Which messages a marathon has, and how they are spoken of. */
import type { Message } from "./message-types.ts";
import type { State } from "./types.ts";

/** All messages that are known, oldest first. */
export function messagesOf(state: State): readonly Message[] {
  return Object.values(state.messages ?? {});
}

/** Those of a terminal that are neither taken nor dropped, oldest first. */
export function openMessages(state: State, terminal: number): readonly Message[] {
  return messagesOf(state).filter((message) => message.terminal === terminal && isUndelivered(message));
}

/** It is under way: waiting, or typed and not yet known to be taken. */
export function isUnderWay(message: Message): boolean {
  return message.state === "queued" || message.state === "typed";
}

/** Nobody has it yet, and nobody has said that this is fine. */
export function isUndelivered(message: Message): boolean {
  return isUnderWay(message) || message.state === "failed";
}
