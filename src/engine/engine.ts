/**
 * The process that must survive, put together: kernel, terminals, scratchpad watcher, timekeeper and server.
 * Everything from outside comes in through `EnginePorts`, so that scenes can run it with fake ptys and a fake clock.
 */
import type { ContextLoaded } from "../marathon/context-loaded.ts";
import { statusJson } from "../marathon/status.ts";
import type { Event, Fact, State } from "../marathon/types.ts";
import type { PaneRequest } from "../protocol/messages.ts";
import { Scheduler } from "../screen/schedule.ts";
import { assignmentFor } from "./agents/assignment.ts";
import type { AgentContext } from "./agents/agent.ts";
import { assignmentFile } from "./paths.ts";
import { LINGER_MS } from "./spec.ts";
import { agentByName } from "./agents/registry.ts";
import { Delivery } from "./delivery/delivery.ts";
import { hookDesk, type HookDesk } from "./hooks/hook-desk.ts";
import { holderWatch } from "./holder-watch.ts";
import { Kernel } from "./kernel.ts";
import { makeHost } from "./make-host.ts";
import { MarkBoard } from "./mark-board.ts";
import { paneMessage } from "./pane-message.ts";
import { performEffect } from "./perform-effect.ts";
import type { EnginePorts, EngineSettings } from "./ports.ts";
import { allInTurn } from "./all-in-turn.ts";
import { oneATurn } from "./one-a-turn.ts";
import { PlanEdits } from "./plan-edits.ts";
import { sawQuestions } from "./questions.ts";
import { handleRequest } from "./requests.ts";
import { EngineServer } from "./server.ts";
import { keptTerminals, performMissed, takeOver, type Found } from "./take-over.ts";
import type { TerminalHost } from "./terminal-host.ts";
import { Timekeeper } from "./timekeeper.ts";
import { afterwards } from "./timers.ts";
import { StandInPeople } from "./stand-in-people.ts";
import { TodoWatch } from "./todo-desk.ts";
import { Unattended } from "./unattended.ts";

/** How often quiet screens are looked at, real ms. */
const LOOK_MS = 500;
/** How often the clock is sent to dashboards when nothing happens, real ms. Its hands go on by themselves; a machine that slept sets them wrong. */
const CLOCK_MS = 5000;
/** How often the list for people is looked at, real ms: by its dates alone, so that nothing is missed and nothing read in vain. */
const TODO_MS = 1000;

export class Engine {
  readonly settings: EngineSettings;
  readonly ports: EnginePorts;
  readonly kernel: Kernel;
  readonly hosts = new Map<number, TerminalHost>();
  readonly delivery: Delivery;
  readonly hooks: HookDesk;
  readonly scheduler = new Scheduler();
  /** The newest moment that the journal knew when this engine began, wall clock, ms. */
  readonly #lastHeard: number;
  readonly marks: MarkBoard;
  readonly server: EngineServer;
  readonly #intervals: NodeJS.Timeout[] = [];
  readonly timekeeper: Timekeeper;
  readonly todo: TodoWatch;
  readonly #unattended: Unattended | null;
  readonly #standInPeople: StandInPeople | null;
  /** The review that is being written. */
  drafting: Promise<void> = Promise.resolve();
  #planWatch: { close(): void } | null = null;
  #watcher: { close(): Promise<void> } | null = null;
  #dashboards = 0;
  #linger: NodeJS.Timeout | null = null;
  #stopping: Promise<void> | null = null;

  constructor(state: State, settings: EngineSettings, ports: EnginePorts) {
    this.settings = settings;
    this.#lastHeard = state.at;
    this.ports = ports;
    this.kernel = new Kernel(state, {
      clock: ports.clock,
      clean: (fact) => ports.clean(fact),
      append: (event, sync) => ports.append(event, sync),
      perform: (effect) => {
        if (!this.#stopping) performEffect(this, effect);
      },
      publish: (event) => this.#publish(event),
      tooLate: (fact) => fact.type === "noticed" && ports.log(`not told, at the engine's end: ${fact.text}`),
    });
    ports.logs.tell = (severity, text) => this.submit({ type: "noticed", severity, text });
    this.delivery = new Delivery({
      state: () => this.state,
      submit: (...facts) => this.submit(...facts),
      host: (terminal) => this.hosts.get(terminal),
      now: () => ports.clock.real(),
      handsOver: (terminal, message) => this.hooks.handsOver(terminal, message),
    });
    this.hooks = hookDesk(this);
    this.timekeeper = new Timekeeper(this);
    this.todo = new TodoWatch(this);
    this.#standInPeople = state.rehearsal && settings.standInPeople ? new StandInPeople(this) : null;
    this.#unattended = settings.unattended && this.#standInPeople === null ? new Unattended(this) : null;
    this.server = new EngineServer({
      program: settings.version,
      state: () => this.state,
      clock: () => this.clockMessage(),
      screen: (terminal) => this.hosts.get(terminal)?.screen,
      comesBack: (terminal) => this.hosts.get(terminal)?.shown.isComingBack === true,
      input: (terminal, bytes) => this.#input(terminal, bytes),
      pendingInput: (terminal) => this.hosts.get(terminal)?.pendingInput ?? 0,
      arrange: (panes, focus) => this.#arrange(panes, focus),
      outer: (outer) => {
        for (const host of this.hosts.values()) host.screen.attached(outer);
      },
      request: (request, client) => handleRequest(this, request, client),
      attached: (dashboards) => this.#attached(dashboards),
      paneMessage: (terminal, scroll) => {
        const host = this.hosts.get(terminal);
        return host ? paneMessage(host, scroll) : null;
      },
      socketMade: () => this.submit({ type: "noticed", severity: "warning", text: "the engine's socket was removed, and is there again" }),
      marks: () => this.marks.all,
    });
    this.marks = new MarkBoard({
      submit: (fact) => this.submit(fact),
      now: () => ports.clock.real(),
      later: afterwards,
      looking: (terminal) => this.server.isLookedAt(terminal),
      tellDashboards: (message) => this.server.tellDashboards(message),
      copy: (terminal, text) =>
        this.state.plan.settings.clipboard === "write" && this.server.tellNewestDashboard({ type: "clipboard", terminal, text }),
    });
    for (const terminal of Object.values(state.terminals))
      this.hosts.set(terminal.number, makeHost(this, terminal.number, agentByName(terminal.agent)));
  }

  get state(): State {
    return this.kernel.state;
  }

  /** Listens, watches, and lets the marathon go on. `resumed`: there was an engine before this one; `found`: what it has left. */
  async start(resumed: boolean, found: Found = null): Promise<void> {
    await this.ports.secrets.readContext(this.state.plan, this.state.project);
    await this.server.listen(this.settings.socket);
    await this.hooks.start();
    this.#watcher = this.ports.watch(this.state.scratchpad, {
      reading: (path, bytes, reading, stale) => this.submit({ type: "file-changed", path, bytes, reading, ...(stale ? { stale } : {}) }),
      removed: (path) => this.submit({ type: "file-removed", path }),
      fault: (text) => this.submit({ type: "noticed", severity: "warning", text }),
    });
    const edits = new PlanEdits(this);
    const lookAtHolder = holderWatch(this.ports, (fact) => this.submit(fact));
    this.#planWatch = this.ports.watchPlan(this.state.plan.files, (reading, fingerprint) => edits.read(reading, fingerprint));
    this.#intervals.push(
      setInterval(() => oneATurn(this.hosts.values(), (host) => (this.#stopping ? undefined : host.look())), LOOK_MS),
      setInterval(lookAtHolder, LOOK_MS),
      setInterval(() => this.server.clock(), CLOCK_MS),
      setInterval(() => this.todo.look(), TODO_MS),
    );
    this.timekeeper.start();
    this.todo.look();
    const kept = new Set(keptTerminals(this.state, found));
    // Before any program is started: what it shows comes below what was shown before.
    if (resumed) takeOver(this, found, this.#lastHeard);
    const alone = this.state.rehearsal && this.#standInPeople === null;
    const people = alone ? { standIns: false } : {};
    this.submit({ type: "engine-started", pid: process.pid, version: this.settings.version, resumed, ...people });
    this.delivery.resume(kept);
    performMissed(this, found);
    const orphans = this.ports.orphans();
    if (orphans.length > 0) {
      const names = orphans.map((orphan) => `${orphan.pid} ${orphan.command}`).join(", ");
      this.submit({ type: "noticed", severity: "warning", text: `left running by the engine before: ${names} — O ends them` });
    }
    this.#attached(0);
  }

  submit(...facts: readonly Fact[]): void {
    this.kernel.submit(...facts);
  }

  clockMessage(): { at: number; t: number; rate: number } {
    return { ...this.ports.clock.now(), rate: this.ports.clock.rate };
  }

  /** `status --json`, as the contract has it. */
  status(): Record<string, unknown> {
    const { state, settings } = this;
    const address = state.engine && { ...state.engine, socket: settings.socket };
    return statusJson(state, this.ports.clock.now().t, address, { journal: settings.journal });
  }

  context(terminal: number): AgentContext {
    const { state } = this;
    return {
      terminal,
      project: state.project,
      scratchpad: state.scratchpad,
      assignment: assignmentFor(state, terminal, { secrets: () => this.ports.secrets.files }),
      assignmentFile: this.#assignmentFile(terminal),
      bin: this.settings.bin,
      command: state.command,
      permissions: state.plan.settings.permissions ?? "ask",
      model: state.terminals[terminal]?.model ?? null,
      deny: state.plan.settings.deny ?? [],
      hooks: this.hooks.address(terminal),
    };
  }

  /** Ends every program we started, then the engine. Safe to call twice. */
  stop(by: string, now: boolean): Promise<void> {
    this.#stopping ??= this.#stop(by, now);
    return this.#stopping;
  }

  async #stop(by: string, now: boolean): Promise<void> {
    const { ports, server } = this;
    // A step that fails must not keep the others from being done: who is left would hold the lock, or a terminal, for ever.
    await allInTurn(ports, [
      () => this.#rest(by),
      () => Promise.all([...this.hosts.values()].map((host) => allInTurn(ports, [() => host.stop(now)]))),
      () => this.drafting,
      () => this.#watcher?.close(),
      () => this.hooks.stop(),
      () => this.submit({ type: "engine-stopped", reason: by }),
      () => this.kernel.close(),
      () => ports.flush(),
      () => ports.logs.close(),
      () => server.close(this.state.status === "done" ? "the marathon is over" : `the marathon was stopped by ${by}`),
      () => this.hosts.forEach((host) => host.dispose()),
      () => ports.holder.end(),
    ]);
    this.ports.exited();
  }

  /** Does nothing by itself any more, and says so. */
  #rest(by: string): void {
    for (const interval of this.#intervals) clearInterval(interval);
    this.marks.stop();
    this.#planWatch?.close();
    this.delivery.stop();
    this.#standInPeople?.stop();
    this.timekeeper.stop();
    if (this.#linger) clearTimeout(this.#linger);
    if (this.state.status !== "done") this.submit({ type: "marathon-stopped", by });
  }

  /** How much of the context that the plan names for a terminal this engine last gave it; absent: nothing was given. */
  readonly loaded = new Map<number, ContextLoaded>();

  /** Writes anew what a terminal's agent is told, and returns it. */
  writeAssignment(terminal: number): AgentContext["assignment"] {
    const { assignment, assignmentFile } = this.context(terminal);
    this.ports.writeAssignment(assignmentFile, this.ports.secrets.redact(`${JSON.stringify(assignment, null, 1)}\n`));
    if (assignment.contextLoaded) this.loaded.set(terminal, assignment.contextLoaded);
    return assignment;
  }

  /** Everything is done: who looks on is told, and the engine ends when nobody does. */
  finished(): void {
    this.#attached(this.#dashboards);
  }

  #assignmentFile(terminal: number): string {
    return assignmentFile(this.settings.assignments, terminal);
  }

  #publish(event: Event): void {
    this.server.publish(event);
    this.delivery.saw(event);
    sawQuestions(this, event);
    this.timekeeper.saw(event);
    this.hooks.saw(event);
    this.#unattended?.saw(event);
    this.#standInPeople?.saw(event);
  }

  #input(terminal: number, bytes: Uint8Array): void {
    this.scheduler.hurry();
    this.hosts.get(terminal)?.write(bytes);
    this.delivery.personTyped(terminal, bytes);
  }

  #arrange(panes: readonly PaneRequest[], focus: number | null): void {
    for (const pane of panes) {
      const { cols, rows } = pane.program ?? pane;
      this.hosts.get(pane.terminal)?.resize(cols, rows);
    }
    if (focus !== null && this.hosts.has(focus)) this.marks.of(focus).looked();
    this.ports.holder.front(focus);
    this.scheduler.focus(focus === null ? null : (this.hosts.get(focus)?.screen ?? null));
  }

  /** A finished marathon stays for those who look at it, and ends by itself when nobody does. */
  #attached(dashboards: number): void {
    this.#dashboards = dashboards;
    if (dashboards === 0) this.ports.holder.front(null);
    if (this.#linger) clearTimeout(this.#linger);
    this.#linger = null;
    if (dashboards === 0 && this.state.status === "done")
      this.#linger = setTimeout(() => void this.stop("itself: done, and nobody is looking", false), LINGER_MS);
  }
}
