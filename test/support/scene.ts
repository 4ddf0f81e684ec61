/**
 * A whole marathon in one process, for user stories: a real engine and real dashboards with a real socket between them, on
 * programs, time, files and terminals that the story holds in its hands. Every state is checked against the invariants.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, vi } from "vitest";
import { cleaner } from "../../src/engine/clean-facts.ts";
import { Engine } from "../../src/engine/engine.ts";
import { logFolder } from "../../src/engine/log-folder.ts";
import type { EnginePorts } from "../../src/engine/ports.ts";
import { SecretBook } from "../../src/engine/secrets/secret-book.ts";
import { DEFAULT_LOGS, TerminalLogs } from "../../src/engine/terminal-logs.ts";
import { invariants } from "../../src/marathon/invariants.ts";
import { fold } from "../../src/marathon/step.ts";
import type { Event, State } from "../../src/marathon/types.ts";
import { readPlan } from "../../src/plan/read.ts";
import { keptTerminals } from "../../src/engine/take-over.ts";
import { knownRules } from "../../src/screen/known-rules.ts";
import { readScratch } from "../../src/plan/scratch.ts";
import type { Plan } from "../../src/plan/types.ts";
import { Desk, type DeskOptions } from "./scene/desk.ts";
import { FakeHolder } from "./scene/fake-holder.ts";
import { FakePty } from "./scene/fake-pty.ts";
import { Line } from "./scene/line.ts";
import { Reporter } from "./scene/reporter.ts";
import { EVENING, SceneClock } from "./scene/scene-clock.ts";
import { isEvent, SceneTerminal } from "./scene/terminal.ts";
import { Waiting } from "./scene/waiting.ts";

export interface SceneOptions {
  /** Markdown, or a plan as data. */
  readonly plan: string | Plan;
  readonly agent?: "shell" | "command" | "rehearsal" | "claude" | "gemini" | "codex" | "qwen";
  readonly rehearsal?: boolean;
  readonly speed?: number;
  /** Nobody answers: `run` without a terminal. */
  readonly unattended?: boolean;
  /** What the terminals show is recorded. */
  readonly logs?: boolean;
}

// Stories wait for screens and events; on a busy machine these take longer than a unit test may.
vi.setConfig({ testTimeout: 120_000 });

/** Begins the marathon. To be held by `await using`, which ends it and checks what must hold at the end of every story. */
export async function scene(options: SceneOptions): Promise<Scene> {
  const one = new Scene(options);
  await one.begin();
  return one;
}

export class Scene implements AsyncDisposable {
  /** The journal. */
  readonly events: Event[] = [];
  readonly clock = new SceneClock();

  readonly waiting = new Waiting(() => this.#picture());
  /** What the invariants say is wrong; must stay empty. */
  readonly #broken: string[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), "marathon-scene-"));
  readonly #line = new Line(join(this.#folder, "line.sock"));
  readonly #options: SceneOptions;
  readonly #engines: Engine[] = [];
  readonly #desks: Desk[] = [];
  readonly #reporters: Reporter[] = [];
  readonly #programs = new Map<number, FakePty[]>();
  readonly #holder = new FakeHolder((program, size) => this.#spawn(program, size));
  readonly #files = new Map<string, string>();
  /** What the engine keeps in folders of its own. */
  readonly #own = new Map<string, string>();
  /** The engine that was not killed. */
  #alive: Engine | null = null;
  #watched: Parameters<EnginePorts["watch"]>[1] | null = null;
  #planRead: Parameters<EnginePorts["watchPlan"]>[1] | null = null;
  /** What a look for files with secrets finds; null: there is no repository. */
  secretFiles: Awaited<ReturnType<EnginePorts["secretFiles"]>> = null;
  #pids = 40_000;
  #paperFault: string | null = null;

  constructor(options: SceneOptions) {
    this.#options = options;
  }

  get engine(): Engine {
    const engine = this.#engines.at(-1);
    if (!engine) throw new Error("the scene has no engine yet");
    return engine;
  }

  get state(): State {
    return this.engine.state;
  }

  /** Where dashboards find the engine. */
  get socketPath(): string {
    return this.#line.path;
  }

  async begin(): Promise<void> {
    const { agent = "shell", rehearsal = false, speed = 1 } = this.#options;
    const command = agent === "command" ? "sh agent.sh" : null;
    const first: Event = {
      type: "marathon-started",
      id: "m-scene",
      plan: planOf(this.#options.plan),
      agent,
      command,
      rehearsal,
      speed,
      seed: rehearsal ? 7 : null,
      project: this.#folder,
      scratchpad: join(this.#folder, ".claude/Scratchpad"),
      seq: 1,
      at: EVENING,
      t: 0,
    };
    this.events.push(first);
    await this.#line.open();
    await this.#start(fold(null, [first]), false);
  }

  terminal(number: number): SceneTerminal {
    return new SceneTerminal(number, {
      clock: this.clock,
      waiting: this.waiting,
      engine: () => this.engine,
      events: this.events,
      programs: () => this.#programs.get(number) ?? [],
    });
  }

  /** The agent in this terminal, as it reports by command; null: a person does. */
  agent(terminal: number | null): Reporter {
    const reporter = new Reporter(this.#line.path, terminal);
    this.#reporters.push(reporter);
    return reporter;
  }

  /** The engine looks at this terminal, as it does twice a second. */
  looks(terminal: number): void {
    this.engine.hosts.get(terminal)?.look();
  }

  /** The folder that agents write into. */
  readonly scratchpad = {
    writes: (name: string, text: string): void => {
      const path = join(this.state.scratchpad, name);
      this.#files.set(path, text);
      this.#watched?.reading(path, Buffer.byteLength(text), readScratch(path, text), false);
    },
    removes: (name: string): void => {
      const path = join(this.state.scratchpad, name);
      this.#files.delete(path);
      this.#watched?.removed(path);
    },
  };

  /** Somebody saves the plan file. */
  savesPlan(text: string): void {
    this.#planRead?.(readPlan([{ file: this.state.plan.files[0] ?? "plan.md", text }]), text);
  }

  /** Somebody sits down and attaches. */
  async dashboard(options: DeskOptions = {}): Promise<Desk> {
    const desk = new Desk({ socketPath: this.#line.path, waiting: this.waiting, readFile: (path) => this.#read(path) }, options);
    this.#desks.push(desk);
    return desk.attach();
  }

  /** Lets marathon time pass at once. */
  passes(minutes: number): void {
    this.clock.turn(minutes * 60_000);
    this.#alive?.server.clock();
  }

  /** Resolves with the first event of the journal that is of this type and has these values. */
  until<T extends Event["type"]>(type: T, values: Partial<Extract<Event, { type: T }>> = {}): Promise<Extract<Event, { type: T }>> {
    return this.waiting.until(`the event ${type} ${JSON.stringify(values)}`, () =>
      this.events.find((event): event is Extract<Event, { type: T }> => isEvent(event, type, values)),
    );
  }

  /** Resolves once the state is as the story wants it. */
  async comesTo(what: string, holds: (state: State) => boolean): Promise<void> {
    await this.waiting.until(what, () => holds(this.state));
  }

  /** Resolves once what the terminals show is in their recordings. */
  async recorded(): Promise<void> {
    await this.engine.ports.logs.flush();
  }

  /** Resolves once a terminal shows again what it showed before its engine was killed. */
  async comesBack(terminal: number): Promise<void> {
    await this.waiting.until(`terminal ${terminal} to come back`, () => this.engine.hosts.get(terminal)?.shown.isComingBack === false);
  }

  /** As by `kill -9`: the sockets close, and nothing is said or journaled. The programs live on in their ptys. */
  engineDies(): void {
    this.#alive = null;
    this.#line.cut();
    this.#watched = null;
    this.#holder.engineDies();
  }

  /** As by `kill -9` of the process that holds the ptys: the programs end with their terminals. */
  holderDies(): void {
    this.#holder.dies();
    for (const program of this.#everyProgram()) program.kill("SIGHUP");
    this.#programs.clear();
  }

  /** Everything ends at once, as at a power cut. */
  allDies(): void {
    this.engineDies();
    this.holderDies();
  }

  /** A new engine takes up what the journal tells and what is still there, restarting nothing by itself. */
  async engineComesBack(): Promise<void> {
    const state = fold(null, this.events);
    await this.#start(state, true);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const desk of this.#desks) if (desk.left === null) await desk.close();
    for (const reporter of this.#reporters) reporter.close();
    this.#check();
    const { state } = this;
    const journal = fold(null, this.events);
    for (const engine of this.#engines) await engine.stop("the end of the story", true);
    await this.#line.close();
    rmSync(this.#folder, { recursive: true, force: true });
    expect(this.#broken, "invariants").toEqual([]);
    if (this.#alive) expect(journal, "the journal folds to the live state").toEqual(state);
  }

  async #start(state: State, resumed: boolean): Promise<void> {
    const socket = join(this.#folder, `engine-${this.#engines.length + 1}.sock`);
    const settings: Engine["settings"] = {
      version: "scene",
      cols: 100,
      rows: 30,
      scrollback: 1000,
      unattended: this.#options.unattended ?? false,
      standInPeople: false,
      bin: ["marathon"],
      assignments: join(this.#folder, "assignments"),
      launches: join(this.#folder, "launches"),
      journal: join(this.#folder, "journal"),
      socket,
    };
    const holder = this.#holder.client(() => this.#alive === engine);
    const engine: Engine = new Engine(
      state,
      settings,
      this.#ports(() => engine, holder),
    );
    this.#engines.push(engine);
    this.#alive = engine;
    const found = resumed ? ((await holder.takeOver())?.held ?? null) : null;
    const kept = keptTerminals(state, found);
    if (resumed) engine.submit({ type: "engine-lost", pid: process.pid, ...(kept.length > 0 ? { kept } : {}) });
    await engine.start(resumed, found);
    this.#line.leadsTo(socket);
  }

  #ports(self: () => Engine, holder: EnginePorts["holder"]): EnginePorts {
    return {
      clock: this.clock,
      holder,
      clean: cleaner({}).fact,
      append: (event) => {
        // An engine that was killed writes nothing any more.
        if (this.#alive !== self()) return;
        this.#check();
        this.events.push(event);
        this.waiting.changed();
      },
      flush: () => Promise.resolve(),
      logs: this.#logs(() => this.#alive === self()),
      writeAssignment: () => {},
      writeOwn: (path, text) => void this.#own.set(path, text),
      readOwn: (path) => this.#own.get(path) ?? null,
      secrets: new SecretBook({}),
      papers: {
        read: (path) => this.#files.get(path) ?? null,
        stamp: (path) => this.#files.get(path) ?? null,
        leadsOut: () => false,
        create: (path, text) => !this.#files.has(path) && this.#paper(path, text),
        append: (path, text) => void this.#paper(path, `${this.#files.get(path) ?? ""}${text}`),
        replace: (path, text) => void this.#paper(path, text),
      },
      environment: (terminal) => ({ MARATHON_TERMINAL: String(terminal) }),
      isStopped: (pid) => this.#everyProgram().find((one) => one.pid === pid)?.stopped ?? false,
      readsTty: (pid) => this.#everyProgram().find((one) => one.pid === pid)?.reading ?? null,
      rules: knownRules,
      version: () => Promise.resolve(null),
      endTree: (_terminal, process) => {
        this.#everyProgram()
          .find((one) => one.pid === process.pid)
          ?.kill("SIGTERM");
        return Promise.resolve();
      },
      orphans: () => [],
      endOrphan: () => Promise.resolve(),
      watch: (_folder, on) => {
        this.#watched = on;
        return { close: () => Promise.resolve() };
      },
      watchPlan: (_files, read) => {
        this.#planRead = read;
        return { close: () => {} };
      },
      changes: () => Promise.resolve(null),
      secretFiles: () => Promise.resolve(this.secretFiles),
      log: (text) => {
        if (!text.startsWith("not told, at the engine's end")) this.#broken.push(`the engine complained: ${text}`);
      },
      exited: () => {},
    };
  }

  #logs(alive: () => boolean): TerminalLogs {
    const disk = logFolder(this.#folder);
    return new TerminalLogs({
      folder: this.#folder,
      settings: { ...DEFAULT_LOGS, parts: this.#options.logs ? DEFAULT_LOGS.parts : 0 },
      now: () => this.clock.now().at,
      disk: {
        ...disk,
        async open(...which) {
          const part = await disk.open(...which);
          return {
            size: part.size,
            // An engine that was killed writes nothing any more.
            append: (pieces) => (alive() ? part.append(pieces) : Promise.resolve()),
            read: (...where) => part.read(...where),
            truncate: (size) => part.truncate(size),
            close: () => part.close(),
          };
        },
      },
    });
  }

  #spawn(program: ConstructorParameters<typeof FakePty>[1], size: ConstructorParameters<typeof FakePty>[2]): FakePty {
    const terminal = Number(program.env["MARATHON_TERMINAL"]);
    const pty = new FakePty(++this.#pids, program, size, this.waiting.changed);
    this.#programs.set(terminal, [...(this.#programs.get(terminal) ?? []), pty]);
    return pty;
  }

  #everyProgram(): readonly FakePty[] {
    return [...this.#programs.values()].flat();
  }

  #check(): void {
    const { state } = this;
    this.#broken.push(...invariants(state).map((words) => `after event ${state.seq}: ${words}`));
  }

  /** What the engine writes into the scratchpad is seen by its watcher, as on a disk. */
  #paper(path: string, text: string): true {
    if (this.#paperFault !== null) throw new Error(this.#paperFault);
    this.#files.set(path, text);
    if (path.startsWith(`${this.state.scratchpad}/`))
      setImmediate(() => this.#watched?.reading(path, Buffer.byteLength(text), readScratch(path, text), false));
    return true;
  }

  /** From now on nothing can be written into the project, for this reason. */
  breaksPapers(reason: string): void {
    this.#paperFault = reason;
  }

  mendsPapers(): void {
    this.#paperFault = null;
  }

  /** Somebody edits a file of the project folder, and the engine looks at the list for people, as it does every second. */
  edits(name: string, text: string): void {
    this.#files.set(join(this.state.project, name), text);
    this.engine.todo.look();
  }

  /** A file of the project folder, as it is now. */
  paper(name: string): string | undefined {
    return this.#files.get(join(this.state.project, name));
  }

  #read(path: string): Promise<string> {
    const text = this.#files.get(path);
    return text === undefined ? Promise.reject(new Error("there is no such file")) : Promise.resolve(text);
  }

  #picture(): string {
    const last = this.events.slice(-8).map((event) => JSON.stringify({ ...event, plan: undefined }).slice(0, 200));
    return [...this.#desks.map((desk) => desk.picture()), "The last events:", ...last].join("\n");
  }
}

function planOf(given: string | Plan): Plan {
  if (typeof given !== "string") return given;
  const { plan, problems } = readPlan([{ file: "plan.md", text: given }]);
  const errors = problems.filter((problem) => problem.severity === "error");
  if (plan === null || errors.length > 0) throw new Error(`the story's plan has errors: ${JSON.stringify(errors, null, 1)}`);
  return plan;
}
