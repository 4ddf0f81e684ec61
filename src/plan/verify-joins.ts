/** What two documents, or two tables of one, say about the same streams, sessions and terminals. */
import type { Draft } from "./draft.ts";
import { placeOf } from "./marks.ts";
import type { Problems } from "./problems.ts";
import { showRange } from "./ranges.ts";
import type { Place, Plan, PlanSession } from "./types.ts";

export function verifyJoins(drafts: readonly Draft[], plan: Plan, problems: Problems): void {
  reportCorrespondence(drafts, plan, problems);
  reportBudgetTerminals(drafts, plan, problems);
  for (const draft of drafts) reportNames(draft, plan, problems);
}

/** Streams that consist of whole sessions, with these, in order. */
export function sessionsByStream(plan: Plan): Map<string, readonly PlanSession[]> {
  const whole = new Map<string, readonly PlanSession[]>();
  const own = Map.groupBy(
    plan.sessions.filter((session) => session.tasks.length > 0),
    (session) => session.stream,
  );
  for (const stream of plan.streams) {
    const sessions = own.get(stream.id) ?? [];
    const tasks = sessions.reduce((sum, session) => sum + session.tasks.length, 0);
    if (sessions.length > 0 && tasks === stream.tasks.length) whole.set(stream.id, sessions);
  }
  return whole;
}

/** Streams and sessions cut the same tasks in two ways; said once, with the odd ones (T-75). */
function reportCorrespondence(drafts: readonly Draft[], plan: Plan, problems: Problems): void {
  const stated = drafts.some((draft) => draft.streams.size > 0 || draft.summary.length > 0 || draft.streamBudgets.size > 0);
  const sessions = plan.sessions.filter((session) => session.tasks.length > 0);
  const at = drafts.map((draft) => [...draft.streamBudgets.values()][0]).find((row) => row !== undefined) ?? sessions[0];
  if (!stated || sessions.length < 2 || plan.streams.length < 2 || at === undefined) return;
  const whole = sessionsByStream(plan);
  const crossing = sessions.filter((session) => session.stream === null);
  const uncovered = plan.streams.filter((stream) => stream.tasks.length > 0 && !whole.has(stream.id));
  const idle = plan.sessions.filter((session) => session.tasks.length === 0).map((session) => session.id);
  if (crossing.length > 0 || uncovered.length > 0) {
    problems.note({
      at: placeOf(crossing[0] ?? at),
      code: "sessions-cross-streams",
      trap: "T-75",
      message: [
        ...crossing.map((session) => `session ${session.id} has tasks of several streams`),
        ...uncovered.map((stream) => `stream ${stream.id} is not made of whole sessions`),
      ].join("; "),
      advice: "let every session work on one stream, and give every task to a session",
    });
    return;
  }
  const pairs = [...whole].map(([id, own]) => `${id} = ${own.map((session) => session.id).join(" + ")}`);
  problems.note({
    at: placeOf(at),
    code: "streams-are-sessions",
    trap: "T-75",
    message: `streams and sessions hold the same tasks: ${pairs.join(", ")}${idle.length === 0 ? "" : `; ${idle.join(", ")} has none`}`,
    advice: "nothing to do: tasks are joined by their numbers",
  });
}

/** A budget's terminals against those that the task tables bind, or else those that the sessions allocate (T-34). */
function reportBudgetTerminals(drafts: readonly Draft[], plan: Plan, problems: Problems): void {
  const tables = drafts.some((draft) => draft.tasks.length > 0);
  const streams = new Map(plan.streams.map((stream) => [stream.id, stream]));
  for (const [id, row] of drafts.flatMap((draft) => [...draft.streamBudgets])) {
    const bound = streams.get(id)?.terminals ?? [];
    const sessions = plan.sessions.filter((session) => session.stream === id && session.allocations.length > 0);
    const counts = sessions.map((session) => new Set(session.allocations.flatMap((allocation) => allocation.terminals)).size);
    const figures = tables ? (bound.length === 0 ? [] : [bound.length]) : counts;
    const stated = row.cells.terminals;
    if (stated === null || figures.every((count) => count === row.terminals)) continue;
    const others = sessions.map((session, index) => `session ${session.id} ${counts[index]}`);
    problems.warning({
      at: placeOf(stated),
      code: "terminals-differ",
      trap: "T-34",
      message: `the budget gives stream ${id} ${row.terminals} terminals, ${[...(tables ? [`the task tables ${bound.length} (${showRange(bound)})`] : []), ...others].join(", ")}`,
      advice: tables ? "nothing to do: the task tables bind" : "make the budget and the allocations agree",
      stated: row.terminals,
      computed: figures.length === 1 ? (figures[0] ?? 0) : figures.join(", "),
    });
  }
}

interface Named extends Place {
  readonly id: string;
  readonly here: string;
  readonly there: string;
}

/** The same thing is called differently in summary, headings, timeline and phase tree: joins go by letter or number (T-17). */
function reportNames(draft: Draft, plan: Plan, problems: Problems): void {
  const streams = new Map(plan.streams.map((stream) => [stream.id, stream.name]));
  const sessions = new Map(plan.sessions.map((session) => [session.id, session.name]));
  const terminals = new Map(draft.terminalLines.map((line) => [line.terminal, line.label]));
  const pairs: Named[] = [
    ...draft.summary.flatMap((row) => (draft.streams.has(row.id) ? named(row, row.id, row.focus, streams.get(row.id)) : [])),
    ...draft.overview.flatMap((row) => named(row, row.id, row.focus, sessions.get(row.id))),
    ...draft.timeline.flatMap((slot) => (slot.session === null ? [] : named(slot, slot.session, slot.label, sessions.get(slot.session)))),
    ...draft.phases
      .flatMap((phase) => phase.entries)
      .flatMap((entry) =>
        entry.terminal === null ? [] : named(entry, `terminal ${entry.terminal}`, entry.label, terminals.get(entry.terminal)),
      ),
    ...[...draft.sessions.values()].flatMap((session) => crossNamed(session, plan)),
  ];
  const first = pairs.toSorted((a, b) => a.line - b.line)[0];
  if (first === undefined) return;
  const shown = pairs.slice(0, MOST_NAMES).map(({ id, here, there }) => `${id} "${here}" / "${there}"`);
  problems.note({
    at: placeOf(first),
    code: "names-differ",
    trap: "T-17",
    message: `${pairs.length === 1 ? "one thing has" : `${pairs.length} things have`} two names: ${shown.join(", ")}${pairs.length > MOST_NAMES ? ", …" : ""}`,
    advice: "nothing to do: streams are joined by their letters, sessions and terminals by their numbers",
  });
}

/** Names shown in one note; the others follow the same habit. */
const MOST_NAMES = 3;

function named(at: Place, id: string, here: string, there: string | undefined): Named[] {
  if (here === "" || there === undefined || here.toLowerCase() === there.toLowerCase()) return [];
  return [{ ...placeOf(at), id, here, there }];
}

/** A session that is a stream of its own, under another name. */
function crossNamed(session: Place & { readonly id: string; readonly name: string }, plan: Plan): Named[] {
  const id = plan.sessions.find((candidate) => candidate.id === session.id)?.stream;
  const stream = plan.streams.find((candidate) => candidate.id === id);
  const alone = plan.sessions.filter((candidate) => candidate.stream === id).length === 1;
  if (!alone || stream === undefined) return [];
  return named(session, `${session.id} / ${stream.id}`, session.name, stream.name);
}
