/**
 * Blocker files: SESSION_NNN_BLOCKER.md stops the session's unfinished tasks, TERMINAL_NN_… the terminal's, TASK_NNN_…
 * that one; a blocker file of another name, the tasks that it lists. "Status: resolved" in it, or its removal, ends it.
 */
import type { BlockerNote, ScratchName } from "../plan/report-types.ts";
import { planIndex } from "./plan-index.ts";
import { blockerOfFile, fileSource } from "./reduce/blockers.ts";
import type { Blocker, Event, Evidence, Fact, ScratchFile, State } from "./types.ts";
import { isOver } from "./terminals.ts";
import { oneLine } from "./words.ts";

type FileChanged = Extract<Event, { readonly type: "file-changed" }>;

export interface BlockerFile {
  /** The blocker's facts as the file tells them; null when it raises or keeps up none. */
  readonly raises: {
    readonly title: string;
    readonly cause: string | null;
    readonly priority: BlockerNote["priority"];
    readonly sessions: readonly string[];
    readonly terminal: number | null;
    readonly evidence: readonly Evidence[];
    /** An open blocker of the same cause, which the file documents. */
    readonly joins: Blocker | null;
  } | null;
  readonly raised: ScratchFile["raised"] | null;
  readonly facts: readonly Fact[];
  readonly notices: readonly string[];
  readonly changes: readonly string[];
}

/** The sequence number of what stood in a file before the marathon began: nothing in it counts until it changes. */
export const BEFORE_THE_START = 0;

/** What was known of a file before, unless the file now says that it is all of this marathon. */
export function known<Entry extends { readonly seq: number }>(before: Entry | undefined, event: FileChanged): Entry | undefined {
  return before?.seq === BEFORE_THE_START && event.reading.ours ? undefined : before;
}

/** What a file that changed says of blockers, set against the state before it. */
export function blockerFile(state: State, event: FileChanged): BlockerFile {
  const { name, blocker: note } = event.reading;
  if (!note || name.placeholder) return NOTHING;
  const scope = scopeOf(state, name, note);
  const words = JSON.stringify([note.title, note.reason, note.cause, note.evidence?.text ?? null, note.resolved]);
  if (event.stale) return { ...NOTHING, raised: { words, seq: BEFORE_THE_START } };
  const before = known(state.files[event.path]?.raised, event);
  const same = before?.words === words;
  const raised = { words, seq: same ? before.seq : event.seq };
  const open = blockerOfFile(state, event.path);
  if (note.resolved) {
    // A file may be over before it was ever read as open: it still ends the blocker that a tick or a screen has raised.
    const over = open ?? (same ? undefined : namedCause(state, scope, note));
    const facts: Fact[] = over ? [closing(over.id, event.path, "its file says that it is resolved")] : [];
    return { ...NOTHING, raised, facts, changes: over ? [`blocker ${over.id} resolved`] : [] };
  }
  // The same words again, of a blocker that somebody has closed: it stays closed.
  if (same && !open) return { ...NOTHING, raised };
  const title = oneLine(telling(state, scope, note.title) ?? note.reason ?? note.evidence?.text ?? "") || `${scope.label} is blocked`;
  const silent = [note.title, note.reason, note.cause, note.evidence?.text].every((text) => !text?.trim());
  const source = fileSource(event.path);
  const line = oneLine(note.evidence?.text ?? note.reason ?? title, 400);
  const evidence: readonly Evidence[] = [{ source, line, file: event.path, at: event.at }];
  const stopped = scope.tasks.filter((number) => {
    const task = state.tasks[number];
    if (!task || (task.state !== "waiting" && task.state !== "ready" && task.state !== "running")) return false;
    return !same || raised.seq > (task.clearedSeq ?? 0);
  });
  const facts = stopped.map(
    (number): Fact => ({
      type: "task-blocked",
      task: number,
      terminal: state.tasks[number]?.terminal ?? null,
      reason: title,
      source,
      priority: note.priority,
      evidence,
    }),
  );
  return {
    raises: {
      title,
      cause: note.cause,
      priority: note.priority,
      sessions: scope.sessions,
      terminal: scope.terminal,
      evidence,
      joins: open ?? sameCause(state, scope, note),
    },
    raised,
    facts,
    notices: [
      ...(scope.problem === null ? [] : [scope.problem]),
      ...(silent && !same ? [`${fileName(event.path)} gives no reason: ${title}, and nobody knows why; add "Reason: …" to it`] : []),
    ],
    changes: stopped.length > 0 ? [`${scope.label} blocked`] : [],
  };
}

/** The words of a heading that tell something: not whose file it is or of what kind, nor the name of the task, for all that is shown beside it. */
function telling(state: State, scope: Scope, heading: string | null): string | null {
  const { tasks } = planIndex(state.plan);
  const names = [
    ...scope.tasks.flatMap((number) => tasks.get(number)?.title ?? []),
    ...state.plan.sessions.flatMap(({ id, name }) => (scope.sessions.includes(id) ? [name] : [])),
  ];
  const said = (heading ?? "").replace(LABEL, "");
  const bare = names.reduce((text, name) => text.replaceAll(name.toLowerCase(), " "), said.toLowerCase()).replace(FORM, " ");
  return /\p{L}/u.test(bare) ? said : null;
}

/** "Task 33 is stopped:", "SESSION 025 BLOCKER -". */
const LABEL = /^\W*(?:blockers?\W+)?(?:task|session|terminal)\W*\d+\s*(?:is\s+)?(?:blocked|blockers?|stopped)?\s*[:–—-]\s*/i;
const FORM = /\b(?:blockers?|blocked|stopped|report|notes?|task|session|terminal|is|by|of|the)\b/g;

/** Ends what a removed file had raised. */
export function blockerFileRemoved(state: State, path: string): readonly Fact[] {
  const open = blockerOfFile(state, path);
  // Two files may tell of one blocker: as long as one of them is there, so is the blocker.
  const others = open?.evidence.some((item) => item.file !== null && item.file !== path && state.files[item.file]?.raised !== undefined);
  return open && !others ? [closing(open.id, path, "its file was removed")] : [];
}

const NOTHING: BlockerFile = { raises: null, raised: null, facts: [], notices: [], changes: [] };

interface Scope {
  readonly label: string;
  readonly tasks: readonly number[];
  readonly sessions: readonly string[];
  readonly terminal: number | null;
  readonly problem: string | null;
}

function scopeOf(state: State, name: ScratchName, note: BlockerNote): Scope {
  const { tasks } = planIndex(state.plan);
  const listed = note.tasks.filter((number) => tasks.has(number));
  if (name.task !== null) {
    const known = tasks.has(name.task);
    const problem = known ? null : `a blocker file names task ${name.task}, which the plan does not have`;
    return {
      label: `task ${name.task}`,
      tasks: known ? [name.task] : listed,
      sessions: [],
      terminal: state.tasks[name.task]?.terminal ?? null,
      problem,
    };
  }
  if (name.session !== null) {
    const session = state.plan.sessions.find(({ id }) => sameId(id, name.session ?? ""));
    const id = session?.id ?? name.session;
    const own = [...tasks.values()].filter((task) => task.session !== null && sameId(task.session, id)).map((task) => task.number);
    const problem = session || own.length > 0 ? null : `a blocker file names session ${id}, which the plan does not have`;
    const stopped = own.length > 0 ? own : listed;
    return { label: `session ${id}`, tasks: stopped, sessions: [id], terminal: onlyHome(state, stopped), problem };
  }
  if (name.terminal !== null) {
    const own = Object.values(state.tasks).filter((task) => task.terminal === name.terminal);
    const problem = state.terminals[name.terminal]
      ? null
      : `a blocker file names terminal ${name.terminal}, which this marathon does not have`;
    return { label: `terminal ${name.terminal}`, tasks: own.map((task) => task.number), sessions: [], terminal: name.terminal, problem };
  }
  return { label: "work", tasks: listed, sessions: [], terminal: onlyHome(state, listed), problem: null };
}

/** The terminal that has all that is open of these tasks; null when there are several. */
function onlyHome(state: State, tasks: readonly number[]): number | null {
  const open = tasks.flatMap((number) => state.tasks[number] ?? []).filter((task) => !isOver(task));
  const homes = new Set(open.map(({ terminal }) => terminal));
  return homes.size === 1 ? (open[0]?.terminal ?? null) : null;
}

/**
 * An agent often ticks a task as blocked and then documents it in a file: that is one cause. An open blocker that
 * shares a task with the file's scope is the same when the file names one of its tasks, when their words agree, or
 * when it is the only one there and the file names no tasks of its own.
 */
function sameCause(state: State, scope: Scope, note: BlockerNote): Blocker | null {
  const named = namedCause(state, scope, note);
  if (named) return named;
  const near = inScope(state, scope);
  const words = [note.title, note.reason, note.cause, note.evidence?.text].flatMap((text) => (text ? [text] : []));
  const alike = near.find((blocker) =>
    [blocker.title, ...blocker.evidence.map((item) => item.line)].some((text) => words.some((word) => agree(text, word))),
  );
  return alike ?? (near.length === 1 && note.tasks.length === 0 ? (near[0] ?? null) : null);
}

/** The open blocker of a task that the file names in its text. */
function namedCause(state: State, scope: Scope, note: BlockerNote): Blocker | undefined {
  return inScope(state, scope).find((blocker) => blocker.tasks.some((number) => note.tasks.includes(number)));
}

function inScope(state: State, scope: Scope): readonly Blocker[] {
  return Object.values(state.blockers).filter(
    (blocker) => blocker.state !== "resolved" && blocker.tasks.some((number) => scope.tasks.includes(number)),
  );
}

/** Whether one text contains the other, whatever their case, spaces and punctuation. Very short texts prove nothing. */
function agree(a: string, b: string): boolean {
  const plain = (text: string): string =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim();
  const [one, two] = [plain(a), plain(b)];
  return Math.min(one.length, two.length) >= 8 && (one.includes(two) || two.includes(one));
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function closing(blocker: string, path: string, note: string): Fact {
  return { type: "blocker-closed", blocker, as: "resolved", by: fileSource(path), note };
}

/** Session ids are text, but "25" and "025" mean the same session. */
function sameId(a: string, b: string): boolean {
  return a === b || (/^\d+$/.test(a) && /^\d+$/.test(b) && Number(a) === Number(b));
}
