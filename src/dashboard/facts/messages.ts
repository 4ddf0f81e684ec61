import { isUnderWay, messagesOf } from "../../marathon/messages.ts";
import type { State } from "../../marathon/types.ts";
import { plain } from "../format.ts";
import type { MessageFacts } from "./types.ts";

/** Every message that is remembered, the newest first. */
export function messageFacts(state: State, t: number): readonly MessageFacts[] {
  return messagesOf(state)
    .map(
      (message): MessageFacts => ({
        id: message.id,
        terminal: message.terminal,
        state: message.state,
        text: plain(message.text),
        why: message.why === null ? null : plain(message.why),
        // A message that is put back into its queue has waited since it was wanted.
        age: Math.max(0, t - (isUnderWay(message) ? message.queuedT : message.since)),
      }),
    )
    .reverse();
}
