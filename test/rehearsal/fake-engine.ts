/** The engine as a stand-in sees it: an assignment file that changes when the report file says so. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AssignedTask, Assignment } from "../../src/engine/agents/agent.ts";

const PROGRAM = join(import.meta.dirname, "../../src/rehearsal/main.ts");

export function task(number: number, more: Partial<AssignedTask> = {}): AssignedTask {
  return {
    number,
    title: `check module ${number}`,
    target: `app/module_${number}.py`,
    from: null,
    to: null,
    run: null,
    fallback: null,
    answer: null,
    dependsOn: [],
    priority: null,
    session: null,
    state: "ready",
    estimateMinutes: 20,
    ...more,
  };
}

export class FakeEngine {
  readonly folder = mkdtempSync(join(tmpdir(), "rehearsal-"));
  readonly scratchpad = join(this.folder, "scratchpad");
  readonly assignmentFile = join(this.folder, "terminal-04.json");
  readonly reportFile = join(this.scratchpad, "terminal-04.md");
  output = "";
  #tasks: AssignedTask[];
  #current: number | null = null;
  #finished = false;
  #program: ChildProcess | null = null;
  #waiting = new Set<() => void>();
  readonly #watcher;

  constructor(tasks: readonly AssignedTask[]) {
    this.#tasks = [...tasks];
    mkdirSync(this.scratchpad);
    this.#write();
    this.#watcher = watch(this.scratchpad, () => this.#wake());
  }

  /** Starts the stand-in and resolves with its exit code when it has ended. */
  start(env: Readonly<Record<string, string>> = {}): Promise<number | null> {
    const program = spawn(process.execPath, [PROGRAM], {
      env: {
        PATH: process.env["PATH"] ?? "",
        MARATHON_ASSIGNMENT: this.assignmentFile,
        MARATHON_SPEED: "100000",
        MARATHON_SEED: "1",
        ...env,
      },
      stdio: ["pipe", "pipe", "pipe"],
    });
    this.#program = program;
    const hear = (chunk: Buffer): void => {
      this.output += chunk.toString();
      this.#wake();
    };
    program.stdout.on("data", hear);
    program.stderr.on("data", hear);
    return new Promise((resolve) => program.on("close", (code) => resolve(code)));
  }

  kill(signal: NodeJS.Signals): void {
    this.#program?.kill(signal);
  }

  /** Makes the task the current one, as the kernel does when it hands one over. */
  give(number: number): void {
    this.#current = number;
    this.#set(number, "running");
  }

  /** No task is current. */
  take(state: AssignedTask["state"]): void {
    const was = this.#current;
    this.#current = null;
    if (was !== null) this.#set(was, state);
  }

  finish(): void {
    this.#finished = true;
    this.#write();
  }

  /** The sign in the report's tick box of a task: "x", "~", "!", " ", or null. */
  tick(number: number): string | null {
    return new RegExp(`^- \\[(.)\\] ${number} `, "m").exec(this.read("terminal-04.md"))?.[1] ?? null;
  }

  read(name: string): string {
    try {
      return readFileSync(join(this.scratchpad, name), "utf8");
    } catch {
      return "";
    }
  }

  files(): readonly string[] {
    return readdirSync(this.scratchpad).toSorted();
  }

  /** Resolves when the condition holds; looked at after each change of a file and each output. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!condition()) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** Gives all tasks in turn, and the end after the last one. */
  async runAll(): Promise<void> {
    for (const number of this.#tasks.map((one) => one.number)) {
      this.give(number);
      await this.until(() => this.tick(number) === "x");
      this.take("done");
    }
    this.finish();
  }

  dispose(): void {
    this.#program?.kill("SIGKILL");
    this.#watcher.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #wake(): void {
    for (const look of this.#waiting) look();
  }

  #set(number: number, state: AssignedTask["state"]): void {
    this.#tasks = this.#tasks.map((one) => (one.number === number ? { ...one, state } : one));
    this.#write();
  }

  #write(): void {
    const assignment: Assignment = {
      schema: 1,
      marathon: "m-test",
      title: "a test",
      terminal: 4,
      label: "domain services",
      stream: null,
      role: "QA_TESTER_1",
      reportsTo: "COORD_QUALITY",
      project: this.folder,
      scratchpad: this.scratchpad,
      reportFile: this.reportFile,
      howToReport: [],
      plan: [],
      context: [],
      neverShare: [],
      tasks: this.#tasks,
      current: this.#current,
      finished: this.#finished,
      speed: 100000,
      seed: 1,
    };
    const draft = `${this.assignmentFile}.tmp`;
    writeFileSync(draft, JSON.stringify(assignment));
    renameSync(draft, this.assignmentFile);
  }
}
