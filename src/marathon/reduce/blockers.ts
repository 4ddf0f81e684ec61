/**
 * How blockers are raised, joined and closed. One cause is one blocker: a second signal about a task that is already
 * blocked, or from the blocker file that raised one, adds its evidence and its task to the open blocker.
 */
import type { Priority } from "../../plan/types.ts";
import { endMoves } from "../ends-moved.ts";
import type { Draft } from "../draft.ts";
import { planIndex } from "../plan-index.ts";
import type { BlockerStep, Undoable } from "../blocker-types.ts";
import type { Blocker, BlockerAct, Event, Evidence, State, Task } from "../types.ts";
import { silenceOf } from "../silence.ts";
import { oneLine } from "../words.ts";
import { forgetFallbacks, move, unblockTerminal } from "./moves.ts";

type Of<T extends Event["type"]> = Extract<Event, { readonly type: T }>;
type Act = Pick<BlockerAct, "act" | "from" | "to" | "note">;

/** Work has stopped but the rest goes on: urgent, without being what stops everything. */
const PRIORITY_OF_BLOCKERS: Priority = "P1";
const MOST_EVIDENCE = 40;
const FIRST_EVIDENCE = 10;
const MOST_HISTORY = 200;

/** How signals name a blocker file as their source; all tasks that it blocks share one blocker. */
export function fileSource(path: string): string {
  return `file ${path}`;
}

/** The unresolved blocker that a blocker file has raised or joined. */
export function blockerOfFile(state: State, path: string): Blocker | undefined {
  const source = fileSource(path);
  return fromSource(state, source);
}

/** The blocker for this signal about this task: one that is open already, or a new one. Returns its id. */
export function raise(draft: Draft, event: Of<"task-blocked">, task: Task): string {
  const { state } = draft;
  const given = event.evidence.length > 0 ? event.evidence : [{ source: event.source, line: event.reason, file: null, at: event.at }];
  const own = task.blocker === null ? undefined : state.blockers[task.blocker];
  const open =
    own && own.state !== "resolved"
      ? own
      : ((event.source.startsWith(fileSource("")) ? fromSource(state, event.source) : undefined) ?? silenceOf(state, task.number));
  const session = planIndex(state.plan).tasks.get(task.number)?.session ?? null;
  if (open) {
    draft.setBlocker({
      ...open,
      // Parked work makes no noise; something that stops now does.
      ...(open.state === "parked" && task.state !== "parked" ? { state: "open" as const } : {}),
      priority: moreUrgent(open.priority, event.priority),
      tasks: including(open.tasks, task.number).toSorted((a, b) => a - b),
      sessions: session === null ? open.sessions : including(open.sessions, session),
      evidence: joined(open.evidence, given),
    });
    return open.id;
  }
  const planned = planIndex(state.plan).tasks.get(task.number)?.priority ?? null;
  return create(draft, {
    title: oneLine(event.reason) || `task ${task.number} is blocked`,
    priority: event.priority ?? planned ?? PRIORITY_OF_BLOCKERS,
    tasks: [task.number],
    sessions: session === null ? [] : [session],
    terminal: task.terminal ?? event.terminal,
    step: "identify",
    cause: null,
    evidence: joined([], given),
    by: event.source,
    follows: Object.values(state.blockers).findLast((blocker) => blocker.tasks.includes(task.number))?.id ?? null,
  });
}

export interface NewBlocker extends Pick<Blocker, "title" | "tasks" | "sessions" | "terminal" | "step" | "cause" | "evidence"> {
  readonly priority: Priority | null;
  readonly by: string;
  readonly follows?: string | null;
}

/** Opens a blocker and returns its id: B1, B2 … in the order in which they were raised. */
export function create(draft: Draft, { by, ...facts }: NewBlocker): string {
  const { state } = draft;
  const number = state.counters.blockers + 1;
  const id = `B${number}`;
  draft.count({ blockers: number });
  const raised = endMoves(draft.state);
  const role = facts.terminal === null ? null : (state.terminals[facts.terminal]?.role ?? null);
  draft.setBlocker({
    ...facts,
    id,
    priority: facts.priority ?? PRIORITY_OF_BLOCKERS,
    state: "open",
    holder: { level: "specialist", role, terminal: facts.terminal },
    since: state.t,
    sinceAt: state.at,
    closedAt: null,
    ...(raised === undefined ? {} : { ends: { raised } }),
    history: [{ at: state.at, t: state.t, act: "raised", from: null, to: null, by, note: facts.title }],
  });
  return id;
}

/** A task leaves its blocker; a blocker that nothing is left of is resolved. The caller changes the task itself. */
export function detach(draft: Draft, task: Task, act: Act): void {
  const blocker = task.blocker === null ? undefined : draft.state.blockers[task.blocker];
  if (!blocker || blocker.state === "resolved") return;
  const others = blocker.tasks.some((number) => number !== task.number && draft.state.tasks[number]?.blocker === blocker.id);
  if (act.act !== "resolved") noteAct(draft, blocker.id, act, "marathon");
  if (!others) shut(draft, blocker.id, "resolved", "marathon", act.note);
  if (task.terminal !== null) unblockTerminal(draft, task.terminal, act.note ?? "no longer blocked");
}

/** `known` closes the alarm, not the item: its tasks stay blocked. `resolved` puts them back to work. */
export function blockerClosed(draft: Draft, event: Of<"blocker-closed">): void {
  const blocker = draft.state.blockers[event.blocker];
  if (!blocker) return draft.notice("warning", `there is no blocker ${event.blocker}: nothing was closed`);
  if (blocker.state === "resolved" || (blocker.state === "known" && event.as === "known")) return;
  const stopped =
    event.as === "known"
      ? []
      : blocker.tasks.flatMap((number) => draft.state.tasks[number] ?? []).filter((task) => task.blocker === blocker.id);
  const undo = remembered(
    draft,
    blocker,
    event.as,
    stopped.map(({ number, state, terminal, blocker: id }) => ({
      number,
      state: state === "parked" ? "parked" : "blocked",
      terminal,
      blocker: id,
      now: terminal,
    })),
  );
  draft.setBlocker({
    ...blocker,
    ...(event.as === "resolved" && event.note !== null && !event.by.startsWith("file ") ? advanced(blocker, "record-learnings") : {}),
    undo,
  });
  shut(draft, blocker.id, event.as, event.by, event.note);
  for (const task of stopped) {
    move(draft, task, "ready", { blocker: null, clearedSeq: event.seq });
    if (task.terminal !== null) unblockTerminal(draft, task.terminal, `${blocker.id} is resolved`);
  }
}

/** Adds what is new, oldest first; the same words from the same source are one line of evidence. Of too many the first and the newest stay. */
export function joined(old: readonly Evidence[], more: readonly Evidence[]): readonly Evidence[] {
  const fresh = more.filter(
    (item) => !old.some((known) => known.source === item.source && known.line === item.line && known.file === item.file),
  );
  return fresh.length === 0 ? old : bounded([...old, ...fresh]);
}

/** What raised it, and what was seen last. */
function bounded(evidence: readonly Evidence[]): readonly Evidence[] {
  if (evidence.length <= MOST_EVIDENCE) return evidence;
  return [...evidence.slice(0, FIRST_EVIDENCE), ...evidence.slice(FIRST_EVIDENCE - MOST_EVIDENCE)];
}

export function isOpen(blocker: Blocker): boolean {
  return blocker.state === "open" || blocker.state === "parked";
}

/** The more urgent of the two. */
export function moreUrgent(a: Priority, b: Priority | null): Priority {
  return b !== null && b < a ? b : a;
}

/** One that is known makes no noise when its file is saved again. */
function fromSource(state: State, source: string): Blocker | undefined {
  return Object.values(state.blockers).findLast(
    (blocker) => blocker.state !== "resolved" && blocker.evidence.some((item) => item.source === source),
  );
}

const STEPS: readonly BlockerStep[] = ["identify", "document", "issue", "pivot", "update-plan", "record-learnings"];

/** The furthest step of the protocol that it has come to. */
export function advanced(blocker: Blocker, step: BlockerStep): Pick<Blocker, "step"> {
  return { step: STEPS.indexOf(step) > STEPS.indexOf(blocker.step) ? step : blocker.step };
}

/** How things are before an act, to be kept with the blocker. */
export function remembered(draft: Draft, blocker: Blocker, act: BlockerAct["act"], tasks: Undoable["tasks"]): Undoable {
  const { state, holder, heldSince, terminal, closedAt } = blocker;
  const kept = { state, holder, terminal, closedAt, ...(heldSince === undefined ? {} : { heldSince }) };
  return { act, seq: draft.state.seq, blocker: kept, tasks };
}

export function shut(draft: Draft, id: string, as: "resolved" | "known", by: string, words: string | null): void {
  const blocker = draft.state.blockers[id];
  if (!blocker) return;
  draft.setBlocker({ ...blocker, state: as, closedAt: draft.state.at });
  if (as === "resolved") forgetFallbacks(draft, id);
  noteAct(draft, id, { act: as, from: null, to: null, note: words }, by);
}

export function noteAct(draft: Draft, id: string, act: Act, by: string): void {
  const blocker = draft.state.blockers[id];
  if (!blocker) return;
  const entry: BlockerAct = { at: draft.state.at, t: draft.state.t, by, ...act };
  draft.setBlocker({ ...blocker, history: [...blocker.history, entry].slice(-MOST_HISTORY) });
}

function including<T>(list: readonly T[], item: T): readonly T[] {
  return list.includes(item) ? list : [...list, item];
}
