/** Edited plan files against the marathon that runs: what they would change, and the plan that it would go on with. Pure. */
import type { Estimate, Plan, PlanTask } from "../plan/types.ts";
import { planIndex } from "./plan-index.ts";
import { isOver } from "./terminals.ts";
import { planChanges, type PlanChanges } from "./time/plan-changes.ts";
import type { State, Task } from "./types.ts";
import { counted, listed } from "./words.ts";

export interface PlanEdit {
  /** The files' plan, and what the marathon has besides: work that was added by hand or is left out of the files. */
  readonly plan: Plan;
  readonly changes: PlanChanges;
  /** Left out of the files while they are worked on: they stay until they are over. */
  readonly kept: readonly PlanTask[];
  /** Parts of the plan other than tasks that differ, in words. */
  readonly other: readonly string[];
  /** Parts that differ and stay as they were, in words: what was decided in the marathon counts on them. */
  readonly fixed: readonly string[];
  /** Why the marathon cannot go on with it; null when it can. */
  readonly refused: string | null;
}

const OTHER = {
  settings: "settings",
  horizonHours: "hours of the whole",
  streams: "streams",
  sessions: "sessions",
  terminals: "terminals",
  phases: "phases",
  timeline: "timeline",
  budgets: "budgets",
  neverShare: "files never to be shared",
  sanitizeFirst: "files to be sanitized first",
  context: "context files",
  metrics: "metrics",
  overlaps: "overlaps",
  synthesis: "synthesis",
  followUps: "follow-ups",
} as const satisfies Partial<Record<keyof Plan, string>>;

const FIXED = { hierarchy: "hierarchy", risks: "risk rules", preflight: "preflight list" } as const satisfies Partial<
  Record<keyof Plan, string>
>;

/** What `files`, the plan as its files say it now, would change. Of files that nobody edited: nothing. */
export function planEdit(state: State, files: Plan): PlanEdit {
  const named = new Set(files.tasks.map(({ number }) => number));
  const of = (number: number): Task | undefined => state.tasks[number];
  const left = state.plan.tasks.filter(({ number }) => !named.has(number));
  const gone = left.filter(({ number }) => !of(number)?.unplanned && !addedByHand(of(number)) && !isOver(of(number) ?? { state: "done" }));
  const kept = gone.filter(({ number }) => of(number)?.state === "running");
  const plan = merged(state, files, left);
  const before = state.plan.tasks.filter((task) =>
    named.has(task.number) ? !of(task.number)?.unplanned : gone.includes(task) && !kept.includes(task),
  );
  return {
    plan,
    changes: planChanges({ ...state.plan, tasks: before }, { ...plan, tasks: plan.tasks.filter(({ number }) => named.has(number)) }),
    kept,
    other: differing(OTHER, state.plan, plan),
    fixed: differing(FIXED, state.plan, files),
    refused: refusal(state, files),
  };
}

/** Whether there is anything to ask about. */
export function changesAnything({ changes, other, kept }: PlanEdit): boolean {
  return Object.values(changes).some((tasks: readonly unknown[]) => tasks.length > 0) || other.length + kept.length > 0;
}

/** "2 tasks added, 1 dropped; sessions changed" */
export function editSummary({ changes, other, kept }: PlanEdit): string {
  const parts = Object.entries(changes).flatMap(([what, tasks]: [string, readonly unknown[]]) =>
    tasks.length > 0 ? [`${counted(tasks.length, "task")} ${what}`] : [],
  );
  const left = kept.length > 0 ? [`${counted(kept.length, "running task")} left out`] : [];
  return [[...parts, ...left].join(", "), other.length > 0 ? `${listed(other)} changed` : ""].filter((part) => part !== "").join("; ");
}

/** A line per change, for people. */
export function editLines(state: State, edit: PlanEdit): readonly string[] {
  const { changes, kept, other, fixed } = edit;
  const name = ({ number, title }: PlanTask): string => `${number} ${title}`;
  const note = ({ number }: PlanTask): string => {
    const task = state.tasks[number];
    if (task?.state === "running") return ` (terminal ${task.terminal} works on it and goes on as it was told)`;
    return task && isOver(task) ? ` (${task.state} already)` : "";
  };
  return [
    ...changes.added.map((task) => `added    ${name(task)}`),
    ...changes.dropped.map((task) => `dropped  ${name(task)}`),
    ...changes.moved.map(({ task, what }) => `moved    ${name(task)}: ${what.join(", ")}${note(task)}`),
    ...changes.changed.map(({ task, what }) => `changed  ${name(task)}: ${what.join(", ")}${note(task)}`),
    ...kept.map((task) => `stays    ${name(task)}: left out of the files, but it is being worked on`),
    ...other.map((part) => `changed  ${part}`),
    ...fixed.map((part) => `stays    ${part}: as at the start`),
  ];
}

function addedByHand(task: Task | undefined): boolean {
  return task?.added !== undefined && task.added.fromFiles !== true;
}

function merged(state: State, files: Plan, left: readonly PlanTask[]): Plan {
  const { plan: now } = state;
  const { tasks: running } = planIndex(now);
  const known = files.tasks.map((task) => {
    const old = running.get(task.number);
    const session = carriedTo(state, task, files);
    return { ...task, session, estimate: learnt(old?.estimate ?? null, task.estimate) };
  });
  const has = (items: readonly { readonly id: string }[], id: string | null): string | null =>
    items.some((item) => item.id === id) ? id : null;
  const more = left.map((task) => ({ ...task, session: has(files.sessions, task.session), stream: has(files.streams, task.stream) }));
  const tasks = [...known, ...more].toSorted((a, b) => a.number - b.number);
  const listedBy = <T extends { readonly tasks: readonly number[] }>(
    items: readonly T[],
    holds: (item: T, task: PlanTask) => boolean,
  ): T[] =>
    items.map((item) => {
      const numbers = more.flatMap((task) => (holds(item, task) ? [task.number] : []));
      return { ...item, tasks: [...new Set([...item.tasks, ...numbers])] };
    });
  const sessions = listedBy(files.sessions, (session, task) => session.id === task.session);
  return {
    ...files,
    title: now.title,
    files: now.files,
    // What was asked for at the start is not the files' business.
    settings: { ...files.settings, agent: now.settings.agent, terminals: now.settings.terminals },
    hierarchy: now.hierarchy,
    risks: now.risks,
    preflight: now.preflight,
    tasks,
    sessions: sessions.map((session) => withCarried(session, known, state)),
    streams: listedBy(files.streams, (stream, task) => stream.id === task.stream),
    terminals: listedBy(files.terminals, (terminal, task) => terminal.number === task.terminal),
    phases: listedBy(files.phases, (phase, task) => phase.id === task.phase),
  };
}

/** Work that a person carried over stays there, unless the files say something new about where it belongs. */
function carriedTo(state: State, task: PlanTask, files: Plan): string | null {
  const moves = state.tasks[task.number]?.carried ?? [];
  const to = moves.at(-1)?.to ?? null;
  return moves[0]?.from === task.session && files.sessions.some(({ id }) => id === to) ? to : task.session;
}

function withCarried<T extends { readonly id: string; readonly tasks: readonly number[] }>(
  session: T,
  tasks: readonly PlanTask[],
  state: State,
): T {
  const moved = tasks.filter(({ number }) => (state.tasks[number]?.carried ?? []).length > 0);
  if (moved.length === 0) return session;
  const numbers = session.tasks.filter((number) => !moved.some((task) => task.number === number));
  const own = moved.flatMap((task) => (task.session === session.id ? [task.number] : []));
  return { ...session, tasks: [...numbers, ...own].toSorted((a, b) => a - b) };
}

/** An estimate that has learnt from earlier sessions stays while the files still derive what it was learnt from. */
function learnt(old: Estimate | null, read: Estimate | null): Estimate | null {
  if (old?.source !== "derived" || read?.source !== "derived" || old.rule === read.rule) return read;
  return old.rule?.startsWith(read.rule === null ? "× " : `${read.rule}; × `) ? old : read;
}

function differing(parts: Readonly<Partial<Record<keyof Plan, string>>>, before: Plan, after: Plan): readonly string[] {
  return Object.entries(parts).flatMap(([key, words]) => {
    const [was, is] = [before[key as keyof Plan], after[key as keyof Plan]].map((part) => JSON.stringify(part ?? null, withoutPlace));
    return was === is ? [] : [words];
  });
}

/** Where something stands in a file, and which tasks are in it (told task by task), are no change of it. */
function withoutPlace(key: string, value: unknown): unknown {
  return key === "file" || key === "line" || key === "column" || key === "tasks" ? undefined : value;
}

function refusal(state: State, { tasks }: Plan): string | null {
  const lost = tasks.find(({ terminal }) => terminal !== null && !(terminal in state.terminals));
  if (!lost) return null;
  const count = Object.keys(state.terminals).length;
  return `${lost.file}:${lost.line}: task ${lost.number} is for terminal ${lost.terminal}, and this marathon has ${count}: bind it to one of them`;
}
