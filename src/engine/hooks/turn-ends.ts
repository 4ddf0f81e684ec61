/**
 * Messages that are handed over as an agent's turn ends: the answer to its Stop hook makes it go on with them, without a key
 * typed. A message counts as delivered once that answer has left for an agent that still waits for it.
 */
import { isUnderWay, openMessages } from "../../marathon/messages.ts";
import type { Event, Fact, Message, State } from "../../marathon/types.ts";
import { quotedByHook } from "./hook-event.ts";
import type { Reply } from "./receiver.ts";

interface TurnEndPorts {
  state(): State;
  submit(...facts: readonly Fact[]): void;
}

/** A report that was written with the agent's last breath is read within this time, and brings the next task, ms. */
const NEWS_MS = 700;
/**
 * Turn after turn without a word of a person. Claude Code (2.1.329) overrides the ninth such answer and Qwen Code (0.24.4) the
 * eighth, and what it said would be lost: then it is let go, and the next message is typed.
 */
const MOST_IN_A_ROW = 7;
const STOPS: Reply = { body: {} };

export class TurnEnds {
  readonly #ports: TurnEndPorts;
  readonly #inARow = new Map<number, number>();
  /** What each terminal was handed last, as its hooks would quote it. */
  readonly #handed = new Map<number, string>();
  /** Terminals whose turn has ended and that wait for news a moment. */
  readonly #waiting = new Map<number, () => void>();

  constructor(ports: TurnEndPorts) {
    this.#ports = ports;
  }

  /** The agent of the terminal has ended its turn. */
  async ended(terminal: number, gone: AbortSignal): Promise<Reply> {
    if (this.#next(terminal) === null && this.#expects(terminal)) await this.#news(terminal, gone);
    const message = this.#next(terminal);
    const count = this.#inARow.get(terminal) ?? 0;
    if (message === null || count >= MOST_IN_A_ROW || gone.aborted) {
      this.#inARow.delete(terminal);
      return STOPS;
    }
    this.#inARow.set(terminal, count + 1);
    const reason = wordsOf(message);
    this.#handed.set(terminal, quotedByHook(reason));
    return {
      body: { decision: "block", reason },
      sent: () =>
        this.#ports.submit({ type: "message-delivered", message: message.id, evidence: "handed over as its turn ended (Stop hook)" }),
    };
  }

  /** It was told something: by us, by its own tools (that is empty), or by somebody else. */
  prompted(terminal: number, text: string): void {
    if (text !== "" && text !== this.#handed.get(terminal)) this.#inARow.delete(terminal);
  }

  saw(event: Event): void {
    if (event.type === "message-queued") this.#waiting.get(event.terminal)?.();
    if (event.type !== "terminal-started") return;
    // Another agent, which was handed nothing yet.
    this.#inARow.delete(event.terminal);
    this.#handed.delete(event.terminal);
  }

  stop(): void {
    for (const over of this.#waiting.values()) over();
  }

  /** The message that comes next, unless it is being typed already. */
  #next(terminal: number): Message | null {
    const [message] = openMessages(this.#ports.state(), terminal).filter(isUnderWay);
    return message?.state === "queued" ? message : null;
  }

  /** It has a task in hand, and may have reported it a moment ago. */
  #expects(terminal: number): boolean {
    const state = this.#ports.state();
    const task = state.terminals[terminal]?.task ?? null;
    return task !== null && state.tasks[task]?.state === "running" && !this.#waiting.has(terminal);
  }

  #news(terminal: number, gone: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const over = () => {
        clearTimeout(timer);
        this.#waiting.delete(terminal);
        resolve();
      };
      const timer = setTimeout(over, NEWS_MS);
      this.#waiting.set(terminal, over);
      gone.addEventListener("abort", over, { once: true });
    });
  }
}

/** The agent words this as an error of a hook, which it is not. */
function wordsOf({ text, by, purpose }: Message): string {
  return purpose === "assignment" ? `This is no error. ${text}` : `This is no error, but a message from ${by}: ${text}`;
}
