/** How messages come, wait, are taken and are given up. */
import type { Draft } from "../draft.ts";
import { isUndelivered, isUnderWay, messagesOf } from "../messages.ts";
import type { Message, MessageFact } from "../message-types.ts";
import type { Event } from "../types.ts";
import { oneLine } from "../words.ts";

export type MessageEvent = Extract<Event, { readonly type: MessageFact["type"] }>;
type Of<T extends Event["type"]> = Extract<Event, { readonly type: T }>;

/** Who sends what is written on a dashboard or by the command. */
const PERSON = "a person";

/** Settled messages that are remembered, and how much of each. */
const SETTLED_REMEMBERED = 50;
const SETTLED_CHARACTERS = 400;

export function isMessageEvent(event: Event): event is MessageEvent {
  return event.type.startsWith("message-");
}

export function messageEvent(draft: Draft, event: MessageEvent): void {
  if (event.type === "message-queued") queued(draft, event);
  else changed(draft, event);
}

function queued(draft: Draft, event: Of<"message-queued">): void {
  if (!draft.state.terminals[event.terminal]) return;
  if (event.by === PERSON) draft.count({ lastHumanAt: event.at });
  draft.setMessage({
    id: `m${event.seq}`,
    terminal: event.terminal,
    text: event.text,
    purpose: event.purpose,
    by: event.by,
    blocker: event.blocker ?? null,
    state: "queued",
    why: null,
    attempts: 0,
    queuedT: event.t,
    queuedAt: event.at,
    since: event.t,
    pid: event.pid ?? null,
  });
}

function changed(draft: Draft, event: Exclude<MessageEvent, Of<"message-queued">>): void {
  const message = draft.state.messages?.[event.message];
  if (!message) return;
  if (event.type === "message-dropped") {
    if (isUndelivered(message)) settle(draft, { ...message, state: "dropped", why: `dropped by ${event.by}`, since: event.t });
    return;
  }
  // What a person has dropped is not taken up again by a program that was just at it.
  if (!isUnderWay(message)) return;
  if (event.type === "message-waiting") {
    draft.setMessage({ ...message, state: "queued", why: event.why, since: message.state === "queued" ? message.since : event.t });
  } else if (event.type === "message-typed") {
    draft.setMessage({ ...message, state: "typed", why: null, attempts: event.attempt, since: event.t });
  } else if (event.type === "message-delivered") {
    settle(draft, { ...message, state: "delivered", why: event.evidence, since: event.t });
  } else {
    // A failed one keeps its whole text: it may be sent again.
    draft.setMessage({ ...message, state: "failed", why: event.why, since: event.t });
  }
}

function settle(draft: Draft, message: Message): void {
  draft.setMessage({ ...message, text: oneLine(message.text, SETTLED_CHARACTERS) });
  const settled = messagesOf(draft.state).filter((one) => !isUndelivered(one));
  for (const old of settled.slice(0, -SETTLED_REMEMBERED)) draft.removeMessage(old.id);
}
