/** What a terminal's host does besides when its agent is a coding agent's CLI: its conversation, its version, its first words. */
import type { Fact } from "../marathon/types.ts";
import type { ListedState, MeterNews } from "./agents/coding-cli.ts";
import type { Agent, AgentContext, AssignedTask, Exit } from "./agents/agent.ts";
import { isOlder } from "./agents/cli-version.ts";
import { Conversation, type ConversationPorts } from "./conversation.ts";
import { ConversationMeters } from "./conversation-meters.ts";
import type { HookEvent } from "./hooks/hook-event.ts";
import type { Clis } from "./host-ports.ts";
import type { Seen } from "./state-watch.ts";

/** What a CLI keeps for others is looked at so often, ms. */
const LISTED_MS = 2000;

export interface CodingPorts extends ConversationPorts {
  context(terminal: number): AgentContext;
  readonly clis: Pick<Clis, "version">;
  /** What its agent was seen to use. */
  measured(terminal: number, news: MeterNews): void;
}

export class CodingHost {
  readonly #terminal: number;
  readonly #agent: Agent;
  readonly #ports: CodingPorts;
  readonly #conversation: Conversation;
  readonly #meters: ConversationMeters | null;
  /** When its list was looked at last, wall clock in ms. */
  #listedAt = Number.NEGATIVE_INFINITY;
  /** Its program is being started: what it is handed over now, its first words tell it. */
  #starting = false;

  constructor(terminal: number, agent: Agent, ports: CodingPorts) {
    this.#terminal = terminal;
    this.#agent = agent;
    this.#ports = ports;
    this.#conversation = new Conversation(terminal, agent, ports);
    this.#meters = agent.cli?.conversationMeter
      ? new ConversationMeters(agent.cli, {
          wall: () => ports.wall(),
          conversation: () => ports.state().terminals[terminal]?.conversation ?? null,
          measured: (news) => ports.measured(terminal, news),
        })
      : null;
  }

  /** What the adapter is told for a start. */
  launchContext(): AgentContext {
    const context = this.#ports.context(this.#terminal);
    this.#meters?.begins();
    return this.#agent.cli ? { ...context, conversation: this.#conversation.begin() } : context;
  }

  /** Its program outlived the engine that started it in this conversation. */
  livesOn(conversation: AgentContext["conversation"]): void {
    this.#meters?.begins();
    if (this.#agent.cli && conversation) this.#conversation.livesOn(conversation);
  }

  /** All that is decided because its program has started happens before the next turn of the event loop. */
  started(file: string): void {
    const { cli } = this.#agent;
    if (!cli) return;
    this.#starting = cli.wordsAtLaunch;
    setImmediate(() => (this.#starting = false));
    void this.#ports.clis.version(file).then((version) => {
      if (version === null || this.#ports.state().terminals[this.#terminal]?.version === version) return;
      const old = isOlder(version, cli.tried) ? { tried: cli.tried } : {};
      this.#ports.submit({ type: "agent-version", terminal: this.#terminal, version, ...old });
    });
  }

  /** Tells the program that is there of its next task; answers whether its first words do. */
  tell(text: string): boolean {
    const told = this.#starting;
    this.#starting = false;
    if (!told) this.#ports.submit({ type: "message-queued", terminal: this.#terminal, text, purpose: "assignment", by: "marathon" });
    return told;
  }

  /** A hook names the conversation that it comes from. */
  hooked({ kind, conversation, agent }: HookEvent): void {
    if (kind === "prompt" && conversation !== null && agent === null) this.#conversation.told(conversation);
  }

  look(seen: Seen | null, pid: number): void {
    if (this.#agent.cli) this.#conversation.saw(seen, pid);
    this.#meters?.look(pid);
  }

  /** What its CLI keeps of its state for others, if that is to be looked at now; undefined: it is not. */
  listed(pid: number): ListedState | null | undefined {
    const now = this.#ports.wall();
    if (!this.#agent.cli?.listed || now - this.#listedAt < LISTED_MS) return undefined;
    this.#listedAt = now;
    return this.#agent.cli.listed(pid);
  }

  /** Its program runs no more. */
  over(): void {
    this.#meters?.over();
  }

  /** What is told of the end of a program that did not take its conversation up; null: it is an end like any other. */
  ended(exit: Exit, tasks: readonly AssignedTask[], tail: readonly string[]): readonly Fact[] | null {
    const open = ["running", "ready", "waiting"].map((state) => tasks.find((task) => task.state === state)).find((task) => task) ?? null;
    const failure = this.#agent.cli ? this.#conversation.failure(exit, open, tail) : null;
    if (failure === null) return null;
    return [failure, { type: "terminal-exited", terminal: this.#terminal, code: exit.code, signal: exit.signal }];
  }
}
