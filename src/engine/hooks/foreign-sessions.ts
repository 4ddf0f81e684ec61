/**
 * Conversations that are none of a terminal's own agent. Some agents are told of their hooks by a variable, and a command that
 * they run inherits it: an agent that is started there (`gemini -p …`) reports to the same address. It begins as a new program
 * beside one that is there already, which a conversation that a person has cleared does not. One that was first heard of without
 * its beginning began while no engine listened: then nobody could have cleared anything, for no key came through either.
 */
import type { HookEvent } from "./hook-event.ts";

/** So many conversations of others are remembered; more in one terminal is no work. */
const MOST = 200;

interface SessionPorts {
  /** The conversation that the journal knows of the terminal's own agent; null: none. */
  known(terminal: number): string | null;
  /** There is one more of others: to be kept for the engine after this one. */
  found(): void;
}

export class ForeignSessions {
  readonly #ports: SessionPorts;
  readonly #own = new Map<number, string>();
  readonly #foreign = new Map<number, Set<string>>();
  /** Terminals whose program has started under this engine: it may be in another conversation than the one before it. */
  readonly #fresh = new Set<number>();

  constructor(ports: SessionPorts) {
    this.#ports = ports;
  }

  /** By terminal, for a file. */
  get all(): Readonly<Record<string, readonly string[]>> {
    return Object.fromEntries([...this.#foreign].map(([terminal, conversations]) => [terminal, [...conversations]]));
  }

  /** As an engine before has kept them, or somebody who has damaged the file. */
  restore(all: Readonly<Record<string, unknown>> = {}): void {
    for (const [terminal, conversations] of Object.entries(all)) {
      if (!Array.isArray(conversations)) continue;
      const words = conversations.filter((one): one is string => typeof one === "string");
      this.#foreign.set(Number(terminal), new Set(words.slice(0, MOST)));
    }
  }

  /** A new program runs in the terminal. */
  fresh(terminal: number): void {
    this.#fresh.add(terminal);
    this.#own.delete(terminal);
    this.#foreign.delete(terminal);
  }

  /** Whether the event is about somebody else's work. `inherited`: what the terminal's agent runs is told of its hooks as well. */
  isForeign(terminal: number, event: HookEvent, inherited: boolean): boolean {
    const { kind, conversation } = event;
    if (conversation === null) return false;
    const foreign = this.#foreign.get(terminal) ?? new Set();
    if (foreign.has(conversation)) return true;
    const own = this.#ownOf(terminal, conversation);
    if (own === conversation || foreign.size >= MOST) return false;
    const begins = kind === "begin" && event.source === "startup";
    if (kind === "begin" && !begins) this.#own.set(terminal, conversation);
    const missed = kind !== "begin" && inherited && !this.#fresh.has(terminal);
    if (!begins && !missed) return false;
    this.#foreign.set(terminal, foreign.add(conversation));
    this.#ports.found();
    return true;
  }

  /** The first that is heard of a new program; of one that outlived an engine, any may be heard first. */
  #ownOf(terminal: number, heard: string): string {
    const own = this.#own.get(terminal) ?? (this.#fresh.has(terminal) ? null : this.#ports.known(terminal)) ?? heard;
    this.#own.set(terminal, own);
    return own;
  }
}
