/** The life of a stand-in: wait for a task, do it, report it, until nothing more comes. */
import type { AssignedTask, Assignment } from "../engine/agents/agent.ts";
import { blockerState, raiseBlocker, resolveBlocker, type Trouble } from "./blocker-file.ts";
import { decide } from "./decisions.ts";
import { type HandoffEntry, handoffParts, writeHandoff } from "./handoff-file.ts";
import type { Inbox } from "./inbox.ts";
import { perform } from "./performance.ts";
import { ReportFile } from "./report-file.ts";
import type { Settings } from "./settings.ts";
import type { Stage } from "./stage.ts";
import { paint } from "./surface.ts";

/** A report that has had no effect after this long, real ms, is written again: its change may not have been seen. */
const REMIND_MS = 3000;
/** For a blocker that an earlier stand-in raised, marathon minutes. */
const LEFT_BLOCKER_MINUTES = 5;

/** The task was given to somebody else, or the marathon is over. */
class TakenAway extends Error {}

export class StandIn {
  readonly #settings: Settings;
  readonly #stage: Stage;
  readonly #inbox: Inbox;
  readonly #report: ReportFile;
  readonly #timers = new Set<NodeJS.Timeout>();
  /** Reasons by task, for the handoff. */
  readonly #blocked = new Map<number, string>();
  readonly #done = new Set<number>();
  /** The task that was reported last and that the engine still shows as current. */
  #reported: number | null = null;
  /** Makes the wait for a task look again. */
  #wake = (): void => {};

  constructor(settings: Settings, stage: Stage, inbox: Inbox) {
    this.#settings = settings;
    this.#stage = stage;
    this.#inbox = inbox;
    this.#report = new ReportFile(inbox.assignment);
  }

  /** Resolves with "finished", or "crashed" when the rehearsal wants this program to die. */
  async live(): Promise<"finished" | "crashed"> {
    this.#greet();
    for (const task of this.#inbox.assignment.tasks) {
      if (blockerState(this.#inbox.assignment, task.number) === "open") this.#resolveLater(task, LEFT_BLOCKER_MINUTES);
    }
    for (let task = await this.#next(); task !== null; task = await this.#next()) {
      if ((await this.#work(task)) === "crashed") return "crashed";
    }
    await this.#farewell();
    return "finished";
  }

  dispose(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#stage.dispose();
  }

  /** The next task, as soon as there is one; null when nothing more will come. */
  async #next(): Promise<AssignedTask | null> {
    const ready = this.#pending();
    if (ready !== undefined) return ready;
    this.#stage.report({ state: "idle", message: "waits for work" });
    const { promise, resolve } = Promise.withResolvers<AssignedTask | null>();
    this.#wake = () => {
      const task = this.#pending();
      if (task !== undefined) resolve(task);
    };
    const stop = this.#inbox.onChange(this.#wake);
    const reminder = setInterval(() => {
      if (this.#reported !== null) this.#report.write();
    }, REMIND_MS);
    try {
      // A change between the first look and the listening would be missed.
      this.#inbox.look();
      return await promise;
    } finally {
      clearInterval(reminder);
      stop();
      this.#wake = () => {};
    }
  }

  /** A task to do, null for the end, undefined for neither. */
  #pending(): AssignedTask | null | undefined {
    const { finished, current, tasks } = this.#inbox.assignment;
    if (finished) return null;
    if (current !== this.#reported) this.#reported = null;
    if (current === null || current === this.#reported) return undefined;
    return tasks.find((task) => task.number === current);
  }

  async #work(task: AssignedTask): Promise<"worked" | "crashed"> {
    const { terminal } = this.#inbox.assignment;
    const again = this.#report.stateOf(task.number) !== null || blockerState(this.#inbox.assignment, task.number) !== "none";
    const decisions = decide(this.#settings, terminal, task, again);
    this.#report.tick(task.number, "doing", task.title);
    const leave = new AbortController();
    const stop = this.#inbox.onChange(({ current, finished }) => {
      if (finished || current !== task.number) leave.abort(new TakenAway());
    });
    try {
      const outcome = await perform(this.#stage, { task, decisions, seed: this.#settings.seed, terminal }, leave.signal);
      if (outcome.kind === "crashed") return "crashed";
      if (outcome.kind === "blocked") await this.#reportBlocked(task, outcome.trouble, outcome.resolveMinutes);
      else await this.#reportDone(task);
    } catch (error) {
      if (!(error instanceof TakenAway)) throw error;
      this.#giveUp(task);
    } finally {
      stop();
    }
    return "worked";
  }

  async #reportDone(task: AssignedTask): Promise<void> {
    this.#done.add(task.number);
    this.#blocked.delete(task.number);
    await this.#handOff(task.session);
    this.#stage.say([paint.green(`✔ Task ${task.number} is done`), ""], { state: "done", message: `${task.number} is done` });
    this.#reported = task.number;
    this.#report.tick(task.number, "done", task.title);
  }

  async #reportBlocked(task: AssignedTask, trouble: Trouble, resolveMinutes: number): Promise<void> {
    this.#blocked.set(task.number, trouble.reason);
    this.#stage.say([paint.red(trouble.error), "", paint.red(`✘ Task ${task.number} is blocked: ${trouble.reason}`), ""], {
      state: "idle",
      message: `${task.number} is blocked: ${trouble.reason}`,
    });
    await this.#handOff(task.session);
    raiseBlocker(this.#inbox.assignment, task.number, task.title, trouble);
    this.#reported = task.number;
    this.#report.tick(task.number, "blocked", `${task.title} - ${trouble.error}`);
    this.#resolveLater(task, resolveMinutes);
  }

  /** The stand-in people get round to it after a while. */
  #resolveLater(task: AssignedTask, minutes: number): void {
    if (!this.#settings.people) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (blockerState(this.#inbox.assignment, task.number) !== "open") return;
      this.#blocked.delete(task.number);
      if (this.#reported === task.number) this.#reported = null;
      if (this.#report.stateOf(task.number) === "blocked") this.#report.tick(task.number, "open", task.title);
      resolveBlocker(this.#inbox.assignment, task.number, "The stand-in people took care of it; the task can go on.");
      this.#stage.say([paint.dim(`  The blocker of task ${task.number} was resolved by the stand-in people`), ""]);
      // A blocker that came and went between two looks of the engine never stopped the task there: it is still current.
      this.#wake();
    }, this.#stage.pace.patience(minutes));
    this.#timers.add(timer);
  }

  #giveUp(task: AssignedTask): void {
    this.#stage.say([paint.yellow(`● Stopped: task ${task.number} is no longer mine`), ""]);
    this.#report.forget(task.number);
  }

  /** A session's note is due when none of its tasks here is left to begin. */
  async #handOff(session: string | null): Promise<void> {
    if (session === null) return;
    const entries = this.#entries((task) => task.session === session);
    if (entries.some((entry) => entry.state === "open")) return;
    await writeHandoff(this.#inbox.assignment, session, entries, this.#settings.assignmentFile);
  }

  async #farewell(): Promise<void> {
    const { assignment } = this.#inbox;
    const sessions = new Set(assignment.tasks.map((task) => task.session));
    for (const session of sessions) {
      if (session !== null)
        await writeHandoff(
          assignment,
          session,
          this.#entries((task) => task.session === session),
          this.#settings.assignmentFile,
        );
    }
    const rest = this.#entries((task) => task.session === null);
    if (rest.length > 0) this.#report.write(["", ...handoffParts(rest)]);
    this.#stage.show([]);
    this.#stage.say([paint.bold(`Nothing more to do. ${this.#done.size} tasks done in this terminal.`)], { state: "clear" });
  }

  #entries(belongs: (task: AssignedTask) => boolean): readonly HandoffEntry[] {
    return this.#inbox.assignment.tasks
      .filter((task) => belongs(task) && task.state !== "dropped")
      .map((task) => ({
        task: task.number,
        title: task.title,
        reason: this.#blocked.get(task.number) ?? null,
        minutes: task.estimateMinutes ?? 20,
        state: this.#stateOf(task),
      }));
  }

  #stateOf(task: AssignedTask): HandoffEntry["state"] {
    if (this.#done.has(task.number) || task.state === "done") return "done";
    return this.#blocked.has(task.number) || task.state === "blocked" || task.state === "parked" ? "blocked" : "open";
  }

  #greet(): void {
    const { terminal, label, role, reportsTo, tasks, speed }: Assignment = this.#inbox.assignment;
    const who = [`terminal ${terminal}`, label, role, reportsTo === null ? null : `reports to ${reportsTo}`]
      .filter((part) => part !== null)
      .join(" · ");
    this.#stage.say([
      `${paint.orange("✻")} ${paint.bold("Rehearsal")}: a stand-in, no agent works here`,
      `  ${paint.dim(who)}`,
      `  ${paint.dim(`${tasks.length} tasks · ${speed} times real time · seed ${this.#settings.seed}`)}`,
      "",
    ]);
  }
}
