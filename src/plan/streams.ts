/** The streams of a plan, stated or derived, and which terminal each task is bound to. */
import { append } from "./append.ts";
import type { Draft, DraftTask, SessionParts, SummaryRow } from "./draft.ts";
import { splitEvenly } from "./ranges.ts";
import type { Budgets, PlanStream, PlanTask, Place } from "./types.ts";

/** A stream whose task list is filled in later, when every task has settled. */
export type OpenStream = Omit<PlanStream, "tasks">;

/** A task with its terminal, before phases are known. */
export type BoundTask = Omit<PlanTask, "phase"> & { readonly stream: string };

/**
 * Stated streams first: their headings, then summary rows without a heading. Tasks outside of any stream get
 *  - the streams of the budget table, when the sessions' tasks fill them one after another exactly (T-75);
 *  - else one stream per session, in a plan that has only sessions;
 *  - else one stream for all of them, named after the plan.
 * Changes the tasks' `stream` in place of `null`.
 */
export function buildStreams(
  drafts: readonly Draft[],
  tasks: DraftTask[],
  sessions: readonly SessionParts[],
  budgets: Budgets,
): OpenStream[] {
  const summary = new Map(drafts.flatMap((draft) => draft.summary).map((row) => [row.id, row]));
  const streams = new Map<string, OpenStream>();
  const lines = drafts.flatMap((draft) => draft.terminalLines);
  const linesOf = Map.groupBy(lines, (line) => line.stream);
  for (const stated of drafts.flatMap((draft) => [...draft.streams.values()])) {
    if (streams.has(stated.id)) continue;
    const own = linesOf.get(stated.id)?.map((line) => line.terminal) ?? [];
    const row = summary.get(stated.id);
    const terminals = stated.terminals ?? row?.terminals ?? [...new Set(own)].sort((a, b) => a - b);
    streams.set(
      stated.id,
      stream(stated, stated.id, stated.name, terminals, drafts, budgets, { goal: stated.goal, baseline: stated.baseline }),
    );
  }
  for (const row of summary.values()) {
    if (!streams.has(row.id)) streams.set(row.id, stream(row, row.id, row.focus || row.id, row.terminals ?? [], drafts, budgets));
  }
  for (const { id, at } of missingStreams(tasks, streams)) streams.set(id, stream(at, id, id, [], drafts, budgets));
  const stray = tasks.filter((task) => task.stream === null);
  const places = new Map(tasks.map((task, index) => [task.number, index]));
  for (const derived of deriveStreams(stray, sessions, budgets, drafts, streams)) {
    for (const number of derived.tasks) {
      const index = places.get(number) ?? -1;
      const task = tasks[index];
      if (task?.stream === null) tasks[index] = { ...task, stream: derived.id };
    }
    streams.set(derived.id, stream(derived.at, derived.id, derived.name, derived.terminals, drafts, budgets));
  }
  return [...streams.values()];
}

/** Streams that the plan itself spreads over free capacity: an Overflow row or a "Distributed …" line. */
export function overflowStreams(drafts: readonly Draft[]): Set<string> {
  const stated = drafts.flatMap((draft) => [...draft.summary, ...draft.streams.values()]);
  return new Set(stated.filter((each) => each.terminals?.length === 0).map((each) => each.id));
}

/** Streams that only a `Stream` cell names. */
function missingStreams(tasks: readonly DraftTask[], streams: ReadonlyMap<string, OpenStream>): { id: string; at: Place }[] {
  const missing = new Map<string, Place>();
  for (const task of tasks)
    if (task.stream !== null && !streams.has(task.stream) && !missing.has(task.stream)) missing.set(task.stream, placeOf(task));
  return [...missing].map(([id, at]) => ({ id, at }));
}

/** A stream that states no terminals has those that its tasks name. They are shown, but bind none of its other tasks. */
export function withTaskTerminals(streams: readonly OpenStream[], tasks: readonly DraftTask[]): OpenStream[] {
  const named = new Map<string, Set<number>>();
  for (const task of tasks) {
    if (task.stream === null) continue;
    const set = named.get(task.stream) ?? new Set();
    for (const terminal of task.terminals ?? []) set.add(terminal);
    named.set(task.stream, set);
  }
  return streams.map((each) => {
    const own = [...(named.get(each.id) ?? [])].sort((a, b) => a - b);
    return each.terminals.length === 0 && own.length > 0 ? { ...each, terminals: own } : each;
  });
}

interface Derived {
  readonly id: string;
  readonly name: string;
  readonly at: Place;
  readonly tasks: readonly number[];
  readonly terminals: number[];
}

function deriveStreams(
  stray: readonly DraftTask[],
  sessions: readonly SessionParts[],
  budgets: Budgets,
  drafts: readonly Draft[],
  taken: ReadonlyMap<string, unknown>,
): Derived[] {
  const first = stray[0];
  if (first === undefined) return [];
  const onlySessions = stray.every((task) => task.session !== null) && taken.size === 0;
  if (onlySessions) return streamsOfBudget(stray, sessions, budgets, drafts) ?? streamsOfSessions(stray, sessions);
  const id = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].find((letter) => !taken.has(letter)) ?? "OTHER";
  const title = drafts.find((draft) => draft.tasks.length > 0)?.title ?? "Tasks";
  return [
    { id, name: taken.size === 0 ? title : "Other tasks", at: placeOf(first), tasks: stray.map((task) => task.number), terminals: [] },
  ];
}

/** Null unless whole sessions, in order, fill every stream of the budget to its stated count. */
function streamsOfBudget(
  stray: readonly DraftTask[],
  sessions: readonly SessionParts[],
  budgets: Budgets,
  drafts: readonly Draft[],
): Derived[] | null {
  const bySession = Map.groupBy(stray, (task) => task.session);
  const queue = sessions.map((session) => bySession.get(session.id) ?? []).filter((tasks) => tasks.length > 0);
  const derived: Derived[] = [];
  for (const [id, budget] of Object.entries(budgets.streams)) {
    const own: DraftTask[] = [];
    while (own.length < budget.tasks && queue.length > 0) append(own, queue.shift() ?? []);
    const first = own[0];
    if (first === undefined || own.length !== budget.tasks) return null;
    const names = sessions.filter((session) => own.some((task) => task.session === session.id)).map((session) => session.name);
    const at = drafts.map((draft) => draft.streamBudgets.get(id)).find((row) => row !== undefined) ?? first;
    derived.push({
      id,
      name: names.length === 1 ? (names[0] ?? id) : names.join(" + "),
      at: placeOf(at),
      tasks: own.map((task) => task.number),
      terminals: [],
    });
  }
  return queue.length === 0 && derived.length > 0 ? derived : null;
}

function streamsOfSessions(stray: readonly DraftTask[], sessions: readonly SessionParts[]): Derived[] {
  const names = new Map(sessions.map((session) => [session.id, session]));
  return [...Map.groupBy(stray, (task) => task.session ?? "")].map(([id, tasks]) => {
    const session = names.get(id);
    const at = session ?? tasks[0];
    return {
      id,
      name: session?.name ?? id,
      at: at === undefined ? { file: "", line: 1, column: 1 } : placeOf(at),
      tasks: tasks.map((task) => task.number),
      terminals: [],
    };
  });
}

function stream(
  at: Place | SummaryRow,
  id: string,
  name: string,
  terminals: readonly number[],
  drafts: readonly Draft[],
  budgets: Budgets,
  more: { goal: string | null; baseline: readonly string[] } = { goal: null, baseline: [] },
): OpenStream {
  return {
    ...placeOf(at),
    id,
    name,
    ...more,
    terminals,
    hours: budgets.streams[id]?.hours ?? null,
    context: drafts.flatMap((draft) => draft.context.filter((list) => list.stream === id).flatMap((list) => list.files)),
    bundle: drafts.map((draft) => draft.bundles.get(id)).find((bundle) => bundle !== undefined) ?? [],
  };
}

function placeOf({ file, line, column }: Place): Place {
  return { file, line, column };
}

/**
 * Binds every task to one terminal or to none, which is any that is free. A task's own cell or terminal line decides;
 * the rest of a stream that states its terminals is cut into neighbouring, nearly equal pieces, one for each.
 */
export function bindTasks(tasks: readonly DraftTask[], streams: readonly OpenStream[]): BoundTask[] {
  const shared = new Map<number, number>();
  const byStream = Map.groupBy(tasks, (task) => task.stream);
  for (const each of streams) {
    const groups = Map.groupBy(
      (byStream.get(each.id) ?? []).filter((task) => task.terminals?.length !== 1),
      (task) => JSON.stringify(task.terminals),
    );
    for (const group of groups.values()) {
      const terminals = group[0]?.terminals ?? each.terminals;
      if (terminals.length === 0) continue;
      splitEvenly(group, terminals.length).forEach((piece, index) => {
        for (const task of piece) shared.set(task.number, terminals[index] ?? 0);
      });
    }
  }
  return tasks.map(({ terminals, ...task }) => ({
    ...task,
    stream: task.stream ?? "A",
    terminal: (terminals?.length === 1 ? terminals[0] : shared.get(task.number)) ?? null,
  }));
}
