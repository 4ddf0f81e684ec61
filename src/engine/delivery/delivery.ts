/**
 * Messages to agents, delivered for real: each terminal has a queue, each message waits for its moment, is typed, seen to be
 * taken, or given up with the reason. The queue is the marathon's own state, so it outlives the engine; a message comes into
 * it as the fact `message-queued`, whoever recorded it.
 */
import { cleanMessage } from "../../marathon/message-text.ts";
import { isUnderWay, messagesOf, openMessages } from "../../marathon/messages.ts";
import type { Event, Message, MessagePurpose } from "../../marathon/types.ts";
import { RefusedError } from "../server.ts";
import { failed, Queue, type QueuePorts } from "./queue.ts";

/** How often terminals with messages are looked at, real ms. It is also the gap between a text and its Enter. */
const LOOK_MS = 100;
/** A message that waits for its moment is looked after every so many looks. */
const PATIENT_LOOKS = 4;
/** More messages than this in one queue are a script gone wild. */
const MOST_QUEUED = 20;

export interface DeliverOptions {
  /** Who sends it, in words: "a person", "COORD_QUALITY". */
  readonly by: string;
  /** Id of the blocker that it is about. */
  readonly blocker?: string;
}

/** A message that was accepted for delivery. */
export interface Delivering {
  readonly id: string;
  /** Control characters that were left out of its text. */
  readonly removed: number;
  /** Resolves once it is delivered, failed or dropped. */
  readonly settled: Promise<Message>;
}

export class Delivery {
  readonly #ports: QueuePorts;
  readonly #queues = new Map<number, Queue>();
  readonly #waiting = new Map<string, ((message: Message) => void)[]>();
  #timer: NodeJS.Timeout | null = null;
  #looks = 0;

  constructor(ports: QueuePorts) {
    this.#ports = ports;
  }

  /**
   * Queues a message. Throws RefusedError, in words for a person, when there is no such terminal, its agent takes no messages,
   * nothing is there that could ever read it, its queue is full, or the text is empty or too long. Must not be called from
   * within the performing of an effect: record the fact `message-queued` instead.
   */
  deliver(terminal: number, text: string, purpose: MessagePurpose, options: DeliverOptions): Delivering {
    const cleaned = cleanMessage(text);
    if (!cleaned.ok) throw new RefusedError(cleaned.reason, "bad-message");
    const pid = this.#admit(terminal);
    const { by, blocker } = options;
    this.#ports.submit({
      type: "message-queued",
      terminal,
      text: cleaned.text,
      purpose,
      by,
      ...(blocker === undefined ? {} : { blocker }),
      ...(pid === null ? {} : { pid }),
    });
    const message = openMessages(this.#ports.state(), terminal).findLast((one) => one.text === cleaned.text);
    if (!message) throw new Error(`the message to terminal ${terminal} was not recorded`);
    return { id: message.id, removed: cleaned.removed, settled: this.settled(message.id) };
  }

  /** Resolves once the message is delivered, failed or dropped. */
  settled(id: string): Promise<Message> {
    const message = this.#ports.state().messages?.[id];
    if (message && !isUnderWay(message)) return Promise.resolve(message);
    return new Promise((resolve) => this.#waiting.set(id, [...(this.#waiting.get(id) ?? []), resolve]));
  }

  /**
   * After an engine has started: what was typed into programs of the one before is gone with them. In a terminal of `kept` the
   * program lives on, and nobody knows whether it has what was being typed: that is never typed twice, a person decides.
   */
  resume(kept: ReadonlySet<number> = new Set()): void {
    for (const message of messagesOf(this.#ports.state())) {
      if (!isUnderWay(message)) continue;
      if (kept.has(message.terminal)) {
        if (message.state === "typed") this.#ports.submit(failed(message, "the engine ended while it was typed: see whether it was taken"));
      } else if (message.pid !== null) this.#ports.submit(failed(message, "the command that it was for ended with the engine"));
      else if (message.state === "typed")
        this.#ports.submit({ type: "message-waiting", message: message.id, why: "the engine ended before it was seen to be taken" });
    }
    this.#look();
  }

  saw(event: Event): void {
    if (!event.type.startsWith("message-")) return;
    if (event.type === "message-queued") {
      this.#queue(event.terminal).patient = false;
      return this.#wake();
    }
    if (event.type === "message-delivered" || event.type === "message-failed" || event.type === "message-dropped") {
      const message = this.#ports.state().messages?.[event.message];
      if (message) for (const resolve of this.#waiting.get(event.message) ?? []) resolve(message);
      this.#waiting.delete(event.message);
    }
  }

  /** A person typed into a terminal in take-over. */
  personTyped(terminal: number, bytes: Uint8Array): void {
    this.#queue(terminal).keyboard.typed(bytes, this.#ports.now(), this.#ports.host(terminal)?.pid ?? null);
  }

  /** Whether a person typed into it a moment ago. */
  personTypes(terminal: number): boolean {
    return this.#queue(terminal).keyboard.personTypes(this.#ports.now());
  }

  /** Somebody answers a question there: no message may come between the answer and its Enter. */
  hold(terminal: number): void {
    this.#queue(terminal).keyboard.hold(this.#ports.now());
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** The process that alone the message is meant for, or null. */
  #admit(terminal: number): number | null {
    const state = this.#ports.state();
    const host = this.#ports.host(terminal);
    const known = state.terminals[terminal];
    if (!host || !known) {
      throw new RefusedError(
        `there is no terminal ${terminal}; this marathon has ${Object.keys(state.terminals).join(", ")}`,
        "unknown-terminal",
      );
    }
    const rules = host.agent.messages;
    if (!rules) throw new RefusedError(`the agent ${host.agent.name} of terminal ${terminal} takes no messages`);
    if (rules.onlyInRead && host.pid === null) {
      throw new RefusedError(
        `no program runs in terminal ${terminal} that could read a message: the agent ${host.agent.name} runs one command per task`,
        "not-running",
      );
    }
    if (host.pid === null && state.status === "done")
      throw new RefusedError(
        `the marathon is done and the agent of terminal ${terminal} has ended: nobody is there to read a message`,
        "not-running",
      );
    const waiting = openMessages(state, terminal).filter(isUnderWay).length;
    if (waiting >= MOST_QUEUED)
      throw new RefusedError(`${waiting} messages wait for terminal ${terminal} already: let it read those first`);
    return rules.onlyInRead ? host.pid : null;
  }

  #queue(terminal: number): Queue {
    const known = this.#queues.get(terminal);
    if (known) return known;
    const queue = new Queue(terminal, this.#ports);
    this.#queues.set(terminal, queue);
    return queue;
  }

  #wake(): void {
    this.#timer ??= setInterval(() => this.#look(), LOOK_MS);
  }

  #look(): void {
    const terminals = new Set(messagesOf(this.#ports.state()).flatMap((message) => (isUnderWay(message) ? [message.terminal] : [])));
    if (terminals.size === 0) return this.stop();
    this.#wake();
    this.#looks++;
    for (const terminal of terminals) {
      const queue = this.#queue(terminal);
      if (!queue.patient || this.#looks % PATIENT_LOOKS === 0) queue.look();
    }
  }
}
