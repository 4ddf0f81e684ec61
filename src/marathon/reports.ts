/** What a changed scratchpad file says, set against what is known already: facts to record, and words for people. */
import { BEFORE_THE_START, blockerFile, known } from "./blocker-file.ts";
import { isOver, isUp } from "./terminals.ts";
import type { Event, Fact, ScratchFile, State, Task, Terminal } from "./types.ts";
import { isPlanned, sameTitle } from "./wishes.ts";
import { oneLine } from "./words.ts";
import type { Tick } from "../plan/report-types.ts";

export type FileChanged = Extract<Event, { readonly type: "file-changed" }>;

export interface Report {
  readonly facts: readonly Fact[];
  readonly notices: readonly string[];
  /** What the file changes, for the scratchpad view: "task 12 done". */
  readonly changes: readonly string[];
  readonly ticks: NonNullable<ScratchFile["ticks"]>;
}

/**
 * Reads a report against the state before it. Any number that the plan has is heeded, whoever writes it: an agent may
 * well have done another's task. A tick counts once, when it appears in its file or changes there; the same tick seen
 * again counts only while nothing has put its task back to work since (else a person's decision would be undone by the
 * next save of an old report). Reading the same file twice therefore changes nothing. What a file said before the
 * marathon began (`stale`) counts for nothing: it may be another run's report of the same numbers.
 */
export function readReport(state: State, event: FileChanged): Report {
  if (event.stale) return { facts: [], notices: [], changes: [], ticks: ticksBefore(event) };
  const blocker = blockerFile(state, event);
  const facts: Fact[] = [...blocker.facts];
  const notices: string[] = [...blocker.notices];
  const changes: string[] = [...blocker.changes];
  const file = baseName(event.path);
  if (event.reading.name.placeholder && !(event.path in state.files)) {
    notices.push(`${file}: put the number where the placeholder stands; until then it speaks for nobody`);
  }
  notices.push(...newWishes(state, event, file));
  const old = state.files[event.path]?.ticks ?? {};
  const ticks: Record<number, { state: Tick["state"]; seq: number }> = {};
  const begun: Tick[] = [];
  for (const tick of lastOfEach(event.reading.ticks)) {
    const before = known(old[tick.task], event);
    const fresh = before === undefined || before.state !== tick.state;
    const seq = fresh ? event.seq : before.seq;
    ticks[tick.task] = { state: tick.state, seq };
    const task = state.tasks[tick.task];
    if (!task) {
      if (fresh) notices.push(`${file}:${tick.line} speaks of task ${tick.task}, which the plan does not have`);
      continue;
    }
    const said = { file, path: event.path, tick, fresh, heeded: fresh || seq > (task.clearedSeq ?? 0), at: event.at };
    const fact = factOf(state, task, said, event);
    if (fact) {
      facts.push(fact);
      changes.push(`task ${tick.task} ${fact.type === "blocker-closed" ? "not blocked any more" : tick.state}`);
    }
    if (tick.state === "doing" && fresh) begun.push(tick);
    if (tick.state === "open" && before !== undefined && fresh && task.state === "done") {
      notices.push(`${file}:${tick.line} takes back that task ${tick.task} is done; it stays done until somebody reopens it`);
    }
  }
  const turned = turnedTo(state, event, begun, file);
  facts.push(...turned.facts);
  notices.push(...turned.notices);
  changes.push(...turned.changes);
  return { facts, notices, changes, ticks };
}

/** Work that no plan asks for waits for a person: the plan does not grow by itself. */
function newWishes(state: State, event: FileChanged, file: string): readonly string[] {
  const before = new Set((state.files[event.path]?.wishes ?? []).map(({ title }) => sameTitle(title)));
  return (event.reading.wishes ?? [])
    .filter(({ title }) => !before.has(sameTitle(title)) && !isPlanned(state, title))
    .map(
      ({ title, reason, line }) =>
        `${file}:${line} asks to add work: "${oneLine(title, 120)}"${reason === null ? "" : ` (${oneLine(reason, 200)})`}; A adds it, nothing does so by itself`,
    );
}

/** What a file said before the marathon began is remembered, so that only what changes in it counts. */
function ticksBefore(event: FileChanged): Report["ticks"] {
  return Object.fromEntries(event.reading.ticks.map(({ task, state }) => [task, { state, seq: BEFORE_THE_START }]));
}

interface Said {
  readonly file: string;
  readonly path: string;
  readonly tick: Tick;
  readonly fresh: boolean;
  readonly heeded: boolean;
  readonly at: number;
}

function factOf(state: State, task: Task, said: Said, event: FileChanged): Fact | null {
  if (said.tick.state === "done") return doneTick(task, said, event);
  if (said.tick.state === "blocked") return blockedTick(task, said, event);
  return said.tick.state === "open" && said.fresh ? takenBack(state, task, said) : null;
}

/** "[!]" has become "[ ]": the report takes back what it alone has told. A blocker with other witnesses waits for theirs. */
function takenBack(state: State, task: Task, said: Said): Fact | null {
  const blocker = task.blocker === null ? undefined : state.blockers[task.blocker];
  if (blocker?.state !== "open" || blocker.tasks.length > 1 || state.files[said.path]?.ticks?.[task.number]?.state !== "blocked")
    return null;
  if (blocker.evidence.some((item) => item.file !== said.path)) return null;
  const by = `report ${said.file}:${said.tick.line}`;
  return { type: "blocker-closed", blocker: blocker.id, as: "resolved", by, note: "the report takes it back" };
}

function doneTick(task: Task, said: Said, event: FileChanged): Fact | null {
  if (isOver(task) || !said.heeded) return null;
  return {
    type: "task-done",
    task: task.number,
    terminal: speaker(event) ?? task.terminal,
    source: `report ${said.file}:${said.tick.line}`,
  };
}

/** A fresh tick about a task that is blocked already is a second witness of the same blocker. */
function blockedTick(task: Task, said: Said, event: FileChanged): Fact | null {
  if (isOver(task) || !said.heeded || (task.state === "blocked" && !said.fresh)) return null;
  const reason = said.tick.text.trim() || `task ${task.number} is blocked`;
  const source = `report ${said.file}:${said.tick.line}`;
  return {
    type: "task-blocked",
    task: task.number,
    terminal: speaker(event) ?? task.terminal,
    reason,
    source,
    priority: null,
    evidence: [{ source, line: oneLine(reason, 400), file: said.path, at: said.at }],
  };
}

/**
 * "[~]": the agent has turned to another task. Only a file that speaks for a terminal can say so, only of a task that
 * is ready or blocked there, and not of an agent that runs one program per task: there the program is what runs. Of
 * several new ones the last counts, for an agent works on one at a time.
 */
function turnedTo(state: State, event: FileChanged, begun: readonly Tick[], file: string): Omit<Report, "ticks"> {
  const nothing = { facts: [], notices: [], changes: [] };
  const number = speaker(event);
  const terminal = number === null ? undefined : state.terminals[number];
  const tick = begun.at(-1);
  if (!tick || !terminal || !isUp(terminal) || terminal.perTask) return nothing;
  const task = state.tasks[tick.task];
  if (!task || isOver(task) || task.number === terminal.task) return nothing;
  const turned = turnTo(terminal, task, `${file}:${tick.line}`);
  if ("outOfTurn" in turned)
    return {
      ...nothing,
      notices: [`${file}:${tick.line}: terminal ${terminal.number} has begun task ${task.number} out of turn: ${turned.outOfTurn}`],
    };
  return { facts: turned.facts, notices: [], changes: [`task ${task.number} begun`] };
}

/** An agent turns to a task that is open and not in its hands: what follows, or why it is not its turn. `where`: it said so there. */
export function turnTo(
  terminal: Terminal,
  task: Task,
  where: string,
): { readonly facts: readonly Fact[] } | { readonly outOfTurn: string } {
  if (task.state === "running") return { outOfTurn: `terminal ${task.terminal} works on it` };
  if (task.state === "waiting" || task.state === "parked") return { outOfTurn: task.waitsFor ?? `it is ${task.state}` };
  const facts: Fact[] = [];
  const reason = `${where}: its agent turned to task ${task.number}`;
  if (terminal.task !== null) facts.push({ type: "task-released", task: terminal.task, reason });
  if (task.state === "blocked") facts.push({ type: "task-released", task: task.number, reason: `${where}: its agent goes on with it` });
  facts.push({ type: "task-assigned", task: task.number, terminal: terminal.number, why: reason });
  return { facts };
}

/** The last tick of each task in the file: a report is written from top to bottom. */
function lastOfEach(ticks: readonly Tick[]): Iterable<Tick> {
  const last = new Map<number, Tick>();
  for (const tick of ticks) last.set(tick.task, tick);
  return last.values();
}

/** The terminal that the file's name speaks for. */
function speaker(event: FileChanged): number | null {
  return event.reading.name.terminal;
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
