/**
 * The engine's end of its agents' hooks: which terminal has which address, and what becomes of what is told there. Nothing
 * listens unless an agent of the marathon can report by hooks. Without a receiver agents start and work as ever, without hooks.
 */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Event, Fact, Message, State } from "../../marathon/types.ts";
import type { HookAddress } from "../agents/agent.ts";
import type { Engine } from "../engine.ts";
import type { TerminalHost } from "../terminal-host.ts";
import { Meters } from "./meters.ts";
import { ForeignSessions } from "./foreign-sessions.ts";
import { PermissionDesk } from "./permissions.ts";
import { readHookEvent, type HookEvent } from "./hook-event.ts";
import { subAgentFacts } from "./sub-agents.ts";
import type { Receiver, Reply, Route } from "./receiver.ts";
import { TurnEnds } from "./turn-ends.ts";

interface HookPorts {
  state(): State;
  submit(...facts: readonly Fact[]): void;
  hosts(): ReadonlyMap<number, TerminalHost>;
  /** Absolute folder for our files of launches; made when it is missing. */
  readonly folder: string;
  /** A file of that folder; null when it is not there. */
  read(file: string): string | null;
  /** Closed to others (0600). */
  write(file: string, text: string): void;
  /** Monotonic ms. */
  now(): number;
  log(text: string): void;
}

/** What outlives an engine: agents may, too, and go on reporting to where they were told to. */
interface Remembered {
  readonly port: number;
  readonly tokens: Readonly<Record<string, number>>;
  /** Conversations of others, by terminal. */
  readonly foreign?: Readonly<Record<string, readonly string[]>>;
}

const NOTHING: Reply = { body: {} };

/** The desk of an engine. */
export function hookDesk(engine: Engine): HookDesk {
  return new HookDesk({
    state: () => engine.state,
    submit: (...facts) => engine.submit(...facts),
    hosts: () => engine.hosts,
    folder: engine.settings.launches,
    read: (file) => engine.ports.readOwn(file),
    write: (file, text) => engine.ports.writeOwn(file, text),
    now: () => engine.ports.clock.real(),
    log: (text) => engine.ports.log(text),
  });
}

export class HookDesk {
  readonly #ports: HookPorts;
  readonly permissions: PermissionDesk;
  readonly turnEnds: TurnEnds;
  readonly meters: Meters;
  readonly #tokens = new Map<string, number>();
  /** Terminals whose hooks do come: where they are forbidden, or their agent is too old, nothing may wait for them. */
  readonly #heard = new Set<number>();
  readonly #sessions: ForeignSessions;
  /** What was asked by a hook whose dialog comes only afterwards: before it stands on the screen nobody can answer it. */
  readonly #dialogs = new Map<number, HookEvent>();
  #receiver: Receiver | null = null;

  constructor(ports: HookPorts) {
    this.#ports = ports;
    this.permissions = new PermissionDesk(ports);
    this.turnEnds = new TurnEnds(ports);
    this.meters = new Meters(ports);
    this.#sessions = new ForeignSessions({
      known: (terminal) => ports.state().terminals[terminal]?.conversation ?? null,
      found: () => this.#remember(),
    });
  }

  /** Listens, if any agent wants it. Never rejects: without hooks everything else goes on. */
  async start(): Promise<void> {
    const wanted = [...this.#ports.hosts().values()].filter(({ agent }) => agent.cli?.hooks).map(({ terminal }) => terminal);
    if (wanted.length === 0) return;
    const before = this.#remembered();
    this.#sessions.restore(before.foreign);
    for (const terminal of wanted) {
      const known = Object.entries(before.tokens).find(([, number]) => number === terminal)?.[0];
      this.#tokens.set(known ?? randomBytes(24).toString("base64url"), terminal);
    }
    try {
      // HTTP is loaded by marathons that need it alone.
      const { openReceiver } = await import("./receiver.ts");
      this.#receiver = await openReceiver(before.port, {
        terminalOf: (token) => this.#tokens.get(token) ?? null,
        fault: (error) => this.#ports.log(`hooks: ${error instanceof Error ? error.stack : String(error)}`),
        received: (terminal, route, payload, gone) => this.#received(terminal, route, payload, gone),
      });
      this.#write(this.#receiver.port);
    } catch (error) {
      const text = `agents cannot report by hooks, and are watched by their screens alone: ${(error as Error).message}`;
      this.#ports.submit({ type: "noticed", severity: "warning", text });
    }
  }

  saw(event: Event): void {
    this.permissions.saw(event);
    this.turnEnds.saw(event);
    // Not in the middle of the event that is being published.
    if (event.type === "terminal-exited") setImmediate(() => this.meters.flush(event.terminal));
    if (event.type !== "terminal-started") return;
    this.#heard.delete(event.terminal);
    this.#dialogs.delete(event.terminal);
    this.#sessions.fresh(event.terminal);
  }

  /** Everything that agents have told is taken in when this resolves. */
  async stop(): Promise<void> {
    this.permissions.stop();
    this.turnEnds.stop();
    await this.#receiver?.close();
    this.meters.flush();
    this.#receiver = null;
  }

  /** Where the agent of a terminal reports; null when nobody listens. */
  address(terminal: number): HookAddress | null {
    const token = [...this.#tokens].find(([, number]) => number === terminal)?.[0];
    if (this.#receiver === null || token === undefined) return null;
    const base = `http://127.0.0.1:${this.#receiver.port}`;
    return {
      token,
      url: `${base}/hook`,
      otlp: `${base}/otlp`,
      status: `${base}/status`,
      folder: this.#ports.folder,
    };
  }

  /** Why a message to that terminal is not typed now: it is handed over in another way. Null: type it. */
  handsOver(terminal: number, message: Message): string | null {
    const seen = this.#ports.hosts().get(terminal)?.seen;
    const soon = message.purpose === "assignment" && this.#heard.has(terminal) && seen?.state === "busy" && seen.source !== "process";
    return soon ? "it is handed over when its turn ends" : null;
  }

  async #received(terminal: number, route: Route, payload: unknown, gone: AbortSignal): Promise<Reply> {
    if (route === "otlp") this.meters.measured(terminal, payload);
    if (route === "status") this.meters.status(terminal, payload);
    if (route !== "hook") return NOTHING;
    const event = readHookEvent(payload);
    const host = this.#ports.hosts().get(terminal);
    if (!event || !host || host.pid === null) return NOTHING;
    if (this.#sessions.isForeign(terminal, event, host.agent.cli?.hooks?.inherited ?? false)) return NOTHING;
    return this.#told(host, event, gone);
  }

  async #told(host: TerminalHost, event: HookEvent, gone: AbortSignal): Promise<Reply> {
    const { terminal } = host;
    const style = host.agent.cli?.hooks ?? null;
    this.#heard.add(terminal);
    this.permissions.heard(terminal, event);
    this.meters.heard(terminal, event);
    const refused = event.kind === "tool" && event.phase === "before" ? this.permissions.refused(terminal, event, style) : null;
    if (refused !== null) return { body: refused };
    if (event.kind === "permission") {
      // Before its state: what a rule answers never asks anybody.
      const answer = this.permissions.asked(terminal, event, { gone, style });
      if (answer !== null && !(answer instanceof Promise)) return { body: answer };
      if (answer === null) this.#dialogs.set(terminal, event);
      else this.#note(host, event);
      return answer === null ? NOTHING : { body: await answer };
    }
    const dialog = this.#dialogs.get(terminal);
    this.#dialogs.delete(terminal);
    if (event.kind === "notification" && event.what === "permission_prompt") {
      // After the request itself, in fewer words.
      if (this.permissions.question(terminal) !== null) return NOTHING;
      this.#note(host, dialog ?? event);
      return NOTHING;
    }
    if (event.kind === "prompt" && event.agent === null) this.turnEnds.prompted(terminal, event.text);
    const end = event.kind === "stop" && event.agent === null ? await this.turnEnds.ended(terminal, gone) : NOTHING;
    // With a message in its hands its turn goes on.
    if (end.sent === undefined) this.#note(host, event);
    return end;
  }

  #note(host: TerminalHost, event: HookEvent): void {
    host.hooked(event);
    const facts = subAgentFacts(this.#ports.state(), host.terminal, event);
    if (facts.length > 0) this.#ports.submit(...facts);
  }

  get #file(): string {
    return join(this.#ports.folder, "hooks.json");
  }

  #write(port: number): void {
    const remembered: Remembered = { port, tokens: Object.fromEntries(this.#tokens), foreign: this.#sessions.all };
    this.#ports.write(this.#file, `${JSON.stringify(remembered)}\n`);
  }

  #remember(): void {
    try {
      if (this.#receiver) this.#write(this.#receiver.port);
    } catch (error) {
      this.#ports.log(`hooks: ${(error as Error).message}`);
    }
  }

  #remembered(): Remembered {
    try {
      const found = JSON.parse(this.#ports.read(this.#file) ?? "null") as Partial<Remembered> | null;
      const { port, tokens, foreign } = found ?? {};
      if (port !== undefined && Number.isInteger(port) && typeof tokens === "object" && tokens !== null)
        return { port, tokens, ...(typeof foreign === "object" && foreign !== null ? { foreign } : {}) };
    } catch {
      // Damaged: agents of an engine before are not heard any more, and are watched as those without hooks.
    }
    return { port: 0, tokens: {} };
  }
}
