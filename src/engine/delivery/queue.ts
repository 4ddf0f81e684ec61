/** The messages of one terminal, one at a time: each waits for its moment, and is then watched until it is taken or given up. */
import { isUnderWay, openMessages } from "../../marathon/messages.ts";
import type { Fact, Message, State } from "../../marathon/types.ts";
import type { TerminalHost } from "../terminal-host.ts";
import { KeyboardWatch } from "./keyboard-watch.ts";
import { lookAt, type Look } from "./look.ts";
import { holdUp } from "./moment.ts";
import { Typing, type TypingStep } from "./typing.ts";

/** The moment must hold for so many looks: an agent that shows its input line may not read it yet. */
const STEADY_LOOKS = 3;

export interface QueuePorts {
  state(): State;
  submit(...facts: readonly Fact[]): void;
  host(terminal: number): TerminalHost | undefined;
  /** Monotonic ms. */
  now(): number;
  /** Why it is not to be typed now, because it is handed over in another way; null: it is. */
  handsOver(terminal: number, message: Message): string | null;
}

/** The message that is being brought to a program. */
interface Current {
  readonly message: string;
  readonly pid: number | null;
  readonly typing: Typing;
  begun: boolean;
}

export class Queue {
  readonly terminal: number;
  readonly keyboard = new KeyboardWatch();
  readonly #ports: QueuePorts;
  #current: Current | null = null;
  #steady = 0;
  /** Nothing is under way and the moment has not come: it need not be looked at so often. */
  patient = false;

  constructor(terminal: number, ports: QueuePorts) {
    this.terminal = terminal;
    this.#ports = ports;
  }

  look(): void {
    const state = this.#ports.state();
    const host = this.#ports.host(this.terminal);
    const [message, ...behind] = openMessages(state, this.terminal).filter(isUnderWay);
    if (!host || !message) return;
    for (const one of behind) this.#waits(one, "another message to it goes first");
    const look = lookAt(host);
    if (this.#gone(state, host, message, look)) return;
    if (this.#current?.message !== message.id || this.#current.pid !== look.pid) this.#begin(host, message, look);
    if (this.#current?.begun === true) this.#act(host, message, this.#current.typing.next(look, this.#ports.now(), this.keyboard.typedAt));
    else this.#await(host, message, look);
  }

  /** Another message or another program: begin anew. */
  #begin(host: TerminalHost, message: Message, look: Look): void {
    this.#steady = 0;
    const rules = host.agent.messages;
    this.#current = rules
      ? { message: message.id, pid: look.pid, typing: new Typing(rules, message.text, message.attempts), begun: false }
      : null;
    if (message.state === "typed") this.#waits(message, "its program ended before the message was seen to be taken");
  }

  /** Nobody will ever read it. */
  #gone(state: State, host: TerminalHost, message: Message, look: Look): boolean {
    const why = this.#why(state, host, message, look);
    if (why !== null) this.#ends(failed(message, why));
    return why !== null;
  }

  #why(state: State, { agent }: TerminalHost, message: Message, look: Look): string | null {
    if (!agent.messages) return `the agent ${agent.name} takes no messages`;
    if (message.pid !== null && look.pid !== message.pid) return "the command that it was for has ended";
    const meant = this.#current?.message === message.id ? this.#current.pid : null;
    if (agent.messages.onlyInRead && meant !== null && look.pid !== meant) return "the command that it was for has ended";
    if (look.pid !== null) return null;
    if (agent.messages.onlyInRead) return "no program runs there that could read it";
    return state.status === "done" ? "the marathon is done and its agent has ended" : null;
  }

  #await(host: TerminalHost, message: Message, look: Look): void {
    const terminal = this.#ports.state().terminals[this.terminal];
    const rules = host.agent.messages;
    if (!terminal || !rules || !this.#current) return;
    const now = this.#ports.now();
    const why = this.#ports.handsOver(this.terminal, message) ?? holdUp(rules, terminal, look, this.keyboard.at(now, look.pid));
    this.#steady = why === null ? this.#steady + 1 : 0;
    this.patient = this.#steady === 0;
    // Half a frame is over with the next look: no reason to tell anybody.
    if (why !== null && look.settled) this.#waits(message, why);
    if (this.#steady < STEADY_LOOKS) return;
    this.#current.begun = true;
    const step = this.#current.typing.begin(look, now);
    if (step.kind === "write") {
      this.#ports.submit({ type: "message-typed", message: message.id, attempt: this.#current.typing.attempts });
      this.keyboard.unsent(look.pid, true);
    }
    this.#act(host, message, step);
  }

  #act(host: TerminalHost, message: Message, step: TypingStep): void {
    if (step.kind === "write") host.write(Buffer.from(step.bytes, "utf8"));
    if (step.kind === "wait" && step.why !== null) this.#waits(message, step.why);
    if (step.kind === "again" || step.kind === "delivered" || (step.kind === "failed" && !step.stands))
      this.keyboard.unsent(host.pid, false);
    if (step.kind === "again") {
      this.#steady = 0;
      if (this.#current) this.#current.begun = false;
    }
    if (step.kind === "delivered") this.#ends({ type: "message-delivered", message: message.id, evidence: step.evidence });
    if (step.kind === "failed") this.#ends(failed(message, step.why));
  }

  #ends(fact: Fact): void {
    this.#current = null;
    this.#ports.submit(fact);
  }

  #waits(message: Message, why: string): void {
    const now = this.#ports.state().messages?.[message.id];
    if (now?.why !== why || now.state !== "queued") this.#ports.submit({ type: "message-waiting", message: message.id, why });
  }
}

export function failed(message: Message, why: string): Fact {
  return { type: "message-failed", message: message.id, why };
}
