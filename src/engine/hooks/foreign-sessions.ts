/**
 * Conversations that are none of a terminal's own agent. Some agents are told of their hooks by a variable, and a command that
 * they run inherits it: an agent that is started there (`gemini -p …`) reports to the same address. It begins as a new program
 * beside one that is there already, which a conversation that a person has cleared does not.
 */
import type { HookEvent } from "./hook-event.ts";

/** So many conversations of others are remembered; more in one terminal is no work. */
const MOST = 200;

export class ForeignSessions {
  readonly #own = new Map<number, string>();
  readonly #foreign = new Map<number, Set<string>>();

  /** A new program runs in the terminal. */
  fresh(terminal: number): void {
    this.#own.delete(terminal);
    this.#foreign.delete(terminal);
  }

  /** Whether the event is about somebody else's work. */
  isForeign(terminal: number, { kind, conversation, ...event }: HookEvent): boolean {
    if (conversation === null) return false;
    const own = this.#own.get(terminal);
    if (own === undefined) this.#own.set(terminal, conversation);
    const foreign = this.#foreign.get(terminal) ?? new Set();
    const begins = kind === "begin" && "source" in event && event.source === "startup";
    if (begins && own !== undefined && own !== conversation && foreign.size < MOST) this.#foreign.set(terminal, foreign.add(conversation));
    return foreign.has(conversation);
  }
}
