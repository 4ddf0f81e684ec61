/**
 * A state in the making. One draft takes any number of events; each collection is copied at most once, the first
 * time it changes, so that what did not change is shared with the state it came from and nothing is ever mutated
 * that somebody else may hold.
 */
import type { Plan } from "../plan/types.ts";
import { Gates } from "./gates.ts";
import { planIndex } from "./plan-index.ts";
import { carryTallies, forgetTallies } from "./tally.ts";
import { isUp } from "./terminals.ts";
import type { AgentNode, Blocker, Counters, LogLine, Message, Notice, ScratchFile, State, Task, Terminal } from "./types.ts";

export const LOG_LINES = 200;
export const NOTICES = 100;
/** Files that tell the marathon nothing are kept for the eye alone: ten thousand of them must not make each event dear. */
export const NOTES = 500;
/** How far a list may outgrow its bound before it is cut, so that cutting costs little per line. */
const SLACK = 2;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Settable =
  | "status"
  | "statusAt"
  | "engine"
  | "standIns"
  | "degraded"
  | "edited"
  | "seq"
  | "at"
  | "t"
  | "forecast"
  | "repository"
  | "security"
  | "checkIns"
  | "spawns"
  | "gates"
  | "usage"
  | "meters"
  | "questions"
  | "findings"
  | "metrics"
  | "risks"
  | "riskHolds"
  | "preflight"
  | "goals"
  | "targets"
  | "planOffer"
  | "todo"
  | "planRefused";
type Collection = "terminals" | "blockers" | "agents" | "files" | "handoffs" | "messages" | "notices" | "log" | "counters";

/** How the gates stood when these tasks were finished: of ten thousand, the next draft need not look at each one again. */
const gatesOf = new WeakMap<State["tasks"], Gates>();

export class Draft {
  readonly #state: Mutable<State>;
  readonly #owned = new Set<Collection | "tasks">();
  /** What it began with; let go at the end, for the gates that are kept know their draft, and each would keep the one before alive. */
  #base: State | null;
  readonly #changedTasks = new Set<number>();
  #gates: Gates | null = null;

  constructor(base: State) {
    this.#base = base;
    this.#state = { ...base };
  }

  /** The state as it stands; valid until the next change. */
  get state(): State {
    return this.#state;
  }

  /** Ends the draft. The draft must not be used afterwards. */
  finish(): State {
    const state = this.#state;
    if (this.#gates) gatesOf.set(state.tasks, this.#gates);
    if (this.#base) carryTallies(this.#base, state, this.#changedTasks);
    this.#base = null;
    if (state.log.length > LOG_LINES) state.log = state.log.slice(-LOG_LINES);
    if (state.notices.length > NOTICES) state.notices = state.notices.slice(-NOTICES);
    return state;
  }

  set(patch: Partial<Pick<State, Settable>>): void {
    Object.assign(this.#state, patch);
  }

  /** Another plan: what holds its tasks is reckoned anew. Tasks that it has more must have been set before. */
  setPlan(plan: Plan): void {
    this.#state.plan = plan;
    this.#gates = null;
  }

  /** Replaces a task; what waits for it is judged anew by {@link settle}. */
  setTask(task: Task): void {
    const before = this.#state.tasks[task.number];
    const gates = this.gates;
    const tasks = this.#ownTasks();
    // Sums may have been asked for since the last change of this very collection.
    forgetTallies(tasks);
    tasks[task.number] = task;
    this.#changedTasks.add(task.number);
    if (before) gates.changed(before, task);
  }

  /** Replaces a terminal and keeps count of the agents at work. */
  setTerminal(terminal: Terminal): void {
    const before = this.#state.terminals[terminal.number];
    this.#own("terminals")[terminal.number] = terminal;
    this.#crowd(Number(isUp(terminal)) - Number(before !== undefined && isUp(before)));
  }

  setAgent(agent: AgentNode): void {
    const before = this.#state.agents[agent.id];
    this.#own("agents")[agent.id] = agent;
    this.#crowd(present(agent) - (before ? present(before) : 0));
  }

  setBlocker(blocker: Blocker): void {
    this.#own("blockers")[blocker.id] = blocker;
  }

  setFile(file: ScratchFile): void {
    const files = this.#own("files");
    files[file.path] = file;
    const notes = Object.values(files).filter(isNote);
    if (notes.length <= NOTES * SLACK) return;
    for (const { path } of notes.toSorted((a, b) => a.at - b.at).slice(0, -NOTES)) delete files[path];
  }

  removeFile(path: string): void {
    if (path in this.#state.files) delete this.#own("files")[path];
  }

  setHandoff(session: string, path: string): void {
    if (this.#state.handoffs[session] !== path) this.#own("handoffs")[session] = path;
  }

  removeHandoff(session: string): void {
    if (session in this.#state.handoffs) delete this.#own("handoffs")[session];
  }

  setMessage(message: Message): void {
    this.#own("messages")[message.id] = message;
  }

  removeMessage(id: string): void {
    delete this.#own("messages")[id];
  }

  count(patch: Partial<Counters>): void {
    Object.assign(this.#own("counters"), patch);
  }

  notice(severity: Notice["severity"], text: string): void {
    const notices = this.#own("notices");
    notices.push({ at: this.#state.at, severity, text });
    if (notices.length > NOTICES * SLACK) notices.splice(0, notices.length - NOTICES);
  }

  log(line: LogLine): void {
    const log = this.#own("log");
    log.push(line);
    if (log.length > LOG_LINES * SLACK) log.splice(0, log.length - LOG_LINES);
  }

  get gates(): Gates {
    if (!this.#gates) {
      const { plan, tasks } = this.#state;
      const terminals = Object.values(this.#state.terminals).map((terminal) => terminal.number);
      const index = planIndex(plan);
      const like = this.#owned.has("tasks") ? undefined : gatesOf.get(tasks);
      this.#gates = new Gates(index, terminals, (number) => this.#state.tasks[number], like?.fit(index, terminals) ? like : undefined);
    }
    return this.#gates;
  }

  /** Lets tasks that nothing holds any more become ready, and those that something holds wait. Call after each event. */
  settle(): void {
    const gates = this.#gates;
    if (!gates) return;
    for (let due = gates.due(); due.length > 0; due = gates.due()) {
      for (const number of due) this.#judge(number, gates);
    }
  }

  /** Judges every task, as after a plan has just been read. */
  settleAll(): void {
    const gates = this.gates;
    for (const number of planIndex(this.#state.plan).order) this.#judge(number, gates);
    this.settle();
  }

  #judge(number: number, gates: Gates): void {
    const task = this.#state.tasks[number];
    if (!task || (task.state !== "waiting" && task.state !== "ready")) return;
    const waitsFor = gates.holds(task);
    const state = waitsFor === null ? "ready" : "waiting";
    if (state === task.state && waitsFor === task.waitsFor) return;
    this.setTask({ ...task, state, waitsFor, since: state === task.state ? task.since : this.#state.t });
  }

  #crowd(by: number): void {
    if (by === 0) return;
    const concurrent = this.#state.counters.concurrent + by;
    this.count({ concurrent, peakConcurrent: Math.max(this.#state.counters.peakConcurrent, concurrent) });
  }

  /**
   * The tasks are copied at a place of their own: where V8 sees objects of one shape only, ten thousand entries take it 0.06 ms, and 4 ms
   * where it sees all kinds, as in {@link #own}.
   */
  #ownTasks(): Mutable<State["tasks"]> {
    if (!this.#owned.has("tasks")) {
      this.#owned.add("tasks");
      this.#state.tasks = { ...this.#state.tasks };
    }
    return this.#state.tasks;
  }

  /** The collection, copied the first time it is changed in this draft. */
  #own<K extends Collection>(key: K): Mutable<NonNullable<State[K]>> {
    if (!this.#owned.has(key)) {
      this.#owned.add(key);
      const value: unknown = this.#state[key] ?? {};
      Object.assign(this.#state, { [key]: Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) } });
    }
    return this.#state[key] as Mutable<NonNullable<State[K]>>;
  }
}

/** Its name speaks for nobody, and nothing in it has ever counted. */
function isNote({ name, changes, wishes = [], ticks = {}, raised }: ScratchFile): boolean {
  const speaks = name.session !== null || name.task !== null || name.terminal !== null || raised !== undefined;
  return !speaks && changes.length === 0 && wishes.length === 0 && Object.keys(ticks).length === 0;
}

function present(agent: AgentNode): number {
  return agent.ended || agent.state === "absent" ? 0 : agent.count;
}
