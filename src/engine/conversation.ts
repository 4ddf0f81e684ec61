/**
 * Which conversation a terminal's coding agent is in, so that a new start takes up the same one. An id counts as known only
 * once the agent was seen at work in it: before that there is nothing to take up. When a conversation cannot be taken up, no
 * fresh agent is put in its place: that is a blocker, and a person decides.
 */
import { randomUUID } from "node:crypto";
import type { Fact, State } from "../marathon/types.ts";
import type { Agent, AgentContext, AssignedTask, Exit } from "./agents/agent.ts";
import { resumeCommand } from "./agents/coding-cli.ts";
import { openFiles } from "./agents/open-files.ts";
import type { Seen } from "./state-watch.ts";

/** A program that ends within this time, and never said or showed that it works, did not take its conversation up, ms. */
const TAKEN_UP_MS = 20_000;
/** How often it is looked for which conversation a program has begun, ms. */
const SEARCH_MS = 2000;
const QUOTED_LINES = 8;

export interface ConversationPorts {
  state(): State;
  submit(...facts: readonly Fact[]): void;
  /** Wall clock, ms. */
  wall(): number;
}

type Begun = NonNullable<AgentContext["conversation"]>;

export class Conversation {
  readonly #terminal: number;
  readonly #agent: Agent;
  readonly #ports: ConversationPorts;
  #launched: Begun | null = null;
  #at = 0;
  #worked = false;
  #searchedAt = 0;

  constructor(terminal: number, agent: Agent, ports: ConversationPorts) {
    this.#terminal = terminal;
    this.#agent = agent;
    this.#ports = ports;
  }

  /** For a program that is about to start: the conversation that was known, a new id, or null. */
  begin(): Begun | null {
    const terminal = this.#ports.state().terminals[this.#terminal];
    const known = terminal?.conversation ?? null;
    this.#worked = false;
    this.#at = this.#ports.wall();
    this.#launched = known !== null ? { id: known, resume: true } : this.#new();
    if (known === null && this.#agent.cli?.conversation === "unknown" && (terminal?.starts ?? 0) > 1) {
      const text = `terminal ${this.#terminal} begins a new conversation: ${this.#agent.name} does not tell which one it was in`;
      this.#ports.submit({ type: "noticed", severity: "warning", text });
    }
    return this.#launched;
  }

  /** A program that was started in it by an engine before is still there. */
  livesOn(conversation: Begun): void {
    this.#launched = conversation;
  }

  /** What its program says or shows now. `pid`: of the program. */
  saw(seen: Seen | null, pid: number): void {
    const working = seen?.state === "busy" && seen.source !== "process" && seen.source !== "task";
    this.#worked ||= working;
    if (!this.#worked || this.#ports.state().terminals[this.#terminal]?.conversation) return;
    const id = this.#launched?.id ?? this.#found(pid);
    if (id !== null) this.#ports.submit({ type: "conversation-known", terminal: this.#terminal, conversation: id });
  }

  /** Its program works in this one: it is another one after a person has cleared it. */
  told(conversation: string): void {
    this.#worked = true;
    if (this.#ports.state().terminals[this.#terminal]?.conversation !== conversation)
      this.#ports.submit({ type: "conversation-known", terminal: this.#terminal, conversation });
  }

  /** What the end of a program says that was to take a conversation up and did not; null when it did, or had none to take up. */
  failure(exit: Exit, open: AssignedTask | null, tail: readonly string[]): Fact | null {
    const { cli } = this.#agent;
    const late = this.#ports.wall() - this.#at > TAKEN_UP_MS;
    if (!cli || !this.#launched?.resume || this.#worked || late || exit.code === 0) return null;
    const end = exit.signal === null || exit.signal === "0" ? `exit code ${exit.code ?? "unknown"}` : exit.signal;
    const again = resumeCommand(cli, this.#launched.id);
    const fresh = `marathon restart --terminal ${this.#terminal} --fresh`;
    const reason = `its conversation could not be taken up again (${end}): by hand it is \`${again}\`; \`${fresh}\` begins a new one`;
    if (open === null) return { type: "noticed", severity: "error", text: `terminal ${this.#terminal}: ${reason}` };
    const at = this.#ports.wall();
    const lines = [...tail.filter((line) => line.trim() !== "").slice(-QUOTED_LINES), again, fresh];
    return {
      type: "task-blocked",
      task: open.number,
      terminal: this.#terminal,
      reason,
      source: this.#agent.name,
      priority: open.priority,
      evidence: lines.map((line) => ({ source: this.#agent.name, line: line.trimEnd(), file: null, at })),
    };
  }

  #new(): Begun | null {
    return this.#agent.cli?.conversation === "chosen" ? { id: randomUUID(), resume: false } : null;
  }

  /** The conversation whose file the program holds open. */
  #found(pid: number): string | null {
    const pattern = this.#agent.cli?.conversationFile;
    const now = this.#ports.wall();
    if (!pattern || now - this.#searchedAt < SEARCH_MS) return null;
    this.#searchedAt = now;
    for (const file of openFiles(pid)) {
      const id = pattern.exec(file)?.[1];
      if (id !== undefined) return id;
    }
    return null;
  }
}
