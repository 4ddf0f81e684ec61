/**
 * One terminal: its emulated screen for the whole marathon, and whatever program runs in its pty at the moment.
 * The host acts on an adapter's description (agents/agent.ts) and tells the kernel what happened; it decides nothing.
 */
import type { PaneModes } from "../protocol/messages.ts";
import type { Screen } from "../screen/screen.ts";
import { keptAwake } from "./kept-awake.ts";
import { AgentError, type Agent, type AssignedTask, type Exit, type Program } from "./agents/agent.ts";
import { endOfAgent, lastLines, verdictOn } from "./agent-end.ts";
import { fallbackEnd, isFallback, notBegun } from "./fallback-work.ts";
import { CodingHost } from "./coding-host.ts";
import type { HeldPty } from "./holder/held-pty.ts";
import type { Held, Label } from "./holder/wire.ts";
import { hostScreen } from "./host-screen.ts";
import type { HostOptions, HostPorts } from "./host-ports.ts";
import { glanceAt, Reading } from "./glance.ts";
import type { HookEvent } from "./hooks/hook-event.ts";
import { hookState } from "./hooks/hook-state.ts";
import type { Past } from "./log-reader.ts";
import { sameModes } from "./pane-message.ts";
import type { KnownProcess } from "./processes.ts";
import type { RecordedScreen } from "./recorded-screen.ts";
import { Running } from "./running-program.ts";
import { quietSignal, type Signal } from "./state-signals.ts";
import { StateWatch, type Seen } from "./state-watch.ts";
import { beginMark, taskBegins, taskEnds } from "./task-banner.ts";

export class TerminalHost {
  readonly terminal: number;
  readonly agent: Agent;
  /** What stands in the terminal, and its recording. */
  readonly shown: RecordedScreen;
  readonly #ports: HostPorts;
  readonly #watch: StateWatch;
  readonly #coding: CodingHost;
  #running: Running | null = null;
  /** When the screen last changed, wall ms, and when the watch last looked. */
  changedAt = 0;
  #lookedAt = 0;
  readonly #reading = new Reading();
  /** The modes that the viewers know. */
  #toldModes: PaneModes | null = null;

  constructor(options: HostOptions, ports: HostPorts) {
    this.terminal = options.terminal;
    this.agent = options.agent;
    this.#ports = ports;
    this.#watch = new StateWatch(options.terminal, {
      prompts: options.agent.screenRules,
      rules: () => ports.clis.rules(options.agent.name),
      tell: (fact) => ports.submit(fact),
      wall: () => ports.wall(),
    });
    this.#coding = new CodingHost(options.terminal, options.agent, ports);
    this.shown = hostScreen(options, ports, {
      watch: this.#watch,
      running: () => this.#running,
      changed: () => {
        this.changedAt = ports.wall();
        this.#tellModes();
      },
    });
  }

  get screen(): Screen {
    return this.shown.screen;
  }

  get pid(): number | null {
    return this.#running?.pty.process?.pid ?? null;
  }

  get modes(): PaneModes {
    return this.screen.modes();
  }

  /** Brings the terminal up: the long-lived program, or readiness for one program per task. */
  start(): void {
    if (this.#running) return;
    if (this.agent.life === "task") {
      this.#ports.submit({ type: "terminal-started", terminal: this.terminal, pid: 0, pidStart: null, program: this.agent.name });
      this.#idle("ready for work");
      return;
    }
    this.#attempt(() => {
      const context = this.#coding.launchContext();
      const program = this.agent.program(context);
      if (!program) throw new AgentError(126, `the agent ${this.agent.name} has no program to run`);
      this.shown.agentBegins(program.title, this.agent.cli !== undefined);
      this.#spawn(program, { title: program.title, task: null, conversation: context.conversation ?? null }, null);
    });
  }

  /**
   * Goes on with a program that outlived the engine before, from what is recorded of it on. `known`: its start is journaled.
   * Resolves when its screen is as it was.
   */
  livesOn(held: Held, task: AssignedTask | null, known: Seen | null, past: Promise<Past | null>): Promise<void> {
    const running = this.#follow(this.#ports.holder.adopt(held), task);
    this.#coding.livesOn(held.label.conversation ?? null);
    if (known) this.#watch.livesOn(known);
    else this.#began(held.label, task, held.process);
    const begins = task && { text: taskBegins(task, held.label), mark: beginMark(task) };
    return this.shown.livesOn(past, running.living(begins));
  }

  /** Gives the agent its next task. The kernel already counts it as running here. */
  handOver(task: AssignedTask): void {
    const handOver = this.agent.handOver(this.#ports.context(this.terminal), task);
    if (handOver.kind === "refuse") {
      this.#blocked(task, handOver.reason);
    } else if (handOver.kind === "message") {
      if (this.#coding.tell(handOver.text)) this.#watch.firstWords.given(this.#ports.wall());
    } else if (handOver.kind === "run") {
      if (this.#running) this.#blocked(task, `terminal ${this.terminal} still runs ${this.#running.pty.label.title}`);
      else this.#attempt(() => this.#runTask(handOver.program, task), task);
    }
  }

  write(bytes: Uint8Array): boolean {
    if (!this.#running) return false;
    this.#running.pty.write(bytes);
    return true;
  }

  /** Bytes typed but not yet taken by the program. */
  get pendingInput(): number {
    return this.#running?.pty.pendingBytes ?? 0;
  }

  resize(cols: number, rows: number): void {
    if (cols === this.shown.cols && rows === this.shown.rows) return;
    this.shown.resize(cols, rows);
    this.#running?.pty.resize(cols, rows);
    this.#ports.paneChanged(this.terminal);
  }

  /** Called now and then: a screen that became quiet may be a question, or look like another state. */
  look(): void {
    const { pid } = this;
    if (pid === null || this.shown.isComingBack) return;
    this.#coding.look(this.seen, pid);
    this.#watch.stopped(this.#ports.isStopped(pid) ? pid : null);
    const listed = this.#watch.reportsItself ? undefined : this.#coding.listed(pid);
    if (listed !== undefined) this.#watch.listed(listed);
    if (!this.#watch.guesses || this.#lookedAt > this.changedAt + 20_000) return this.#watch.settle();
    const now = this.#ports.wall();
    this.#lookedAt = now;
    const reads = () => this.#reading.of(this.screen.version, now, () => this.readsTty());
    this.#watch.look(glanceAt(this.screen, now - this.changedAt, reads));
  }

  /** Its program has told something by a hook. */
  hooked(event: HookEvent): void {
    if (!this.#running) return;
    this.#coding.hooked(event);
    const seen = hookState(event);
    if (seen !== null) this.#watch.hooked(seen);
  }

  /** What its program says or shows of itself; null before the first one. */
  get seen(): Seen | null {
    return this.#watch.last;
  }

  /** What its agent asks a person in so many words; null: nothing any more. */
  asks(question: string | null): void {
    this.#watch.asks(question);
  }

  /** Everything that was seen of its program, and for how long its screen has not changed. */
  get signals(): readonly Signal[] {
    return this.#running ? [...this.#watch.signals, quietSignal(this.changedAt, this.#ports.wall())] : this.#watch.signals;
  }

  /** Whether its program waits in a read of the terminal; null when it cannot be known. */
  readsTty(): boolean | null {
    return this.pid === null ? null : this.#ports.readsTty(this.pid);
  }

  /** Ends the program by the stop ladder. Its running task is not judged by this end. */
  async stop(now: boolean): Promise<void> {
    const running = this.#running;
    if (!running) return;
    const exit = await keptAwake(this.#ports.holder, () => running.end((process) => this.#ports.endTree(process, now)));
    if (exit === null) return;
    // Told only now: while its processes are being looked for, the terminal must not start another that bears the same mark.
    this.#ports.submit({ type: "terminal-exited", terminal: this.terminal, code: exit.code, signal: exit.signal });
  }

  dispose(): void {
    this.#running?.pty.forget();
    this.screen.dispose();
  }

  #runTask(program: Program, task: AssignedTask): void {
    this.shown.print(taskBegins(task, program), beginMark(task));
    this.#spawn(program, { title: program.title, task: task.number }, task);
  }

  #spawn(program: Program, label: Label, task: AssignedTask | null): void {
    const env = { ...this.#ports.environment(this.terminal), ...program.env };
    this.#forget();
    const { cols, rows } = this.shown;
    this.#follow(this.#ports.holder.spawn(this.terminal, { ...program, env }, { cols, rows }, label), task, program.file);
  }

  #follow(pty: HeldPty, task: AssignedTask | null, file?: string): Running {
    const running: Running = new Running(pty, task, {
      shown: this.shown,
      began: (process) => this.#began(pty.label, task, process, file),
      failed: (error) => {
        this.#running = null;
        this.#notStarted(error, task);
      },
      over: (exit) => {
        if (this.#running === running) this.#running = null;
        this.#forget();
        this.#coding.over();
        if (!running.ending) this.#ended(running, exit);
      },
    });
    this.#running = running;
    running.follow();
    return running;
  }

  #began({ title }: Label, task: AssignedTask | null, { pid, start }: KnownProcess, file?: string): void {
    if (task === null && file !== undefined) this.#coding.started(file);
    if (task === null) this.#ports.submit({ type: "terminal-started", terminal: this.terminal, pid, pidStart: start, program: title });
    this.#watch.started({ state: "busy", kind: null, source: "process", evidence: title }, { pid, pidStart: start });
  }

  /** What a program has said of itself does not outlive it. */
  #forget(): void {
    this.screen.forgetStatus();
    this.#watch.firstWords.none();
    this.#ports.marks.fresh();
  }

  #ended(running: Running, exit: Exit): void {
    const tail = lastLines(running, this.screen);
    const verdict = verdictOn(running, exit, { agent: this.agent, tail, context: this.#ports.context(this.terminal) });
    if (running.task === null) {
      // In one go: a terminal whose agent has ended must not be given the next task because of what happened to the last.
      const told = this.#coding.ended(exit, this.#ports.context(this.terminal).assignment.tasks, tail);
      this.#ports.submit(...(told ?? endOfAgent(this.terminal, exit, verdict)));
      return;
    }
    if (isFallback(running.task)) this.#ports.submit(fallbackEnd(this.terminal, exit));
    else this.#ports.submit(...verdict);
    const good = exit.code === 0;
    const name = isFallback(running.task) ? "the fallback" : `task ${running.task.number}`;
    const end = taskEnds(exit, { column: this.screen.cursor.x, alternateScreen: this.modes.alternateScreen });
    this.shown.print(end, `${name} ends: ${good ? "done" : (exit.signal ?? `exit code ${exit.code}`)}`);
    if (good || isFallback(running.task)) this.#idle(`${name} ended with exit code ${exit.code ?? "unknown"}`);
    else this.#quiet("blocked", "task", tail.at(-1) ?? `${name} failed`);
  }

  /** The person's terminal follows the program's modes in take-over, so a change is news as soon as it is parsed. */
  #tellModes(): void {
    const { modes } = this;
    if (this.#toldModes && sameModes(modes, this.#toldModes)) return;
    this.#toldModes = modes;
    this.#ports.modesChanged(this.terminal);
  }

  #idle(evidence: string): void {
    this.#quiet("idle", "process", evidence);
  }

  /** No program runs here at the moment. */
  #quiet(state: "idle" | "blocked", source: string, evidence: string): void {
    this.#watch.started({ state, kind: null, source, evidence }, { pid: null, pidStart: null });
  }

  /** Runs something that may find the agent's program missing; says so as a fact instead of throwing. */
  #attempt(act: () => void, task: AssignedTask | null = null): void {
    try {
      act();
    } catch (error) {
      this.#notStarted(error as Error, task);
    }
  }

  #notStarted(error: Error, task: AssignedTask | null): void {
    const { message } = error;
    if (task) return this.#blocked(task, message);
    const code = error instanceof AgentError ? error.code : 126;
    this.#ports.submit({ type: "terminal-failed", terminal: this.terminal, code, message });
  }

  #blocked(task: AssignedTask, reason: string): void {
    this.#ports.submit(notBegun(task, this.terminal, this.agent.name, reason));
  }
}
