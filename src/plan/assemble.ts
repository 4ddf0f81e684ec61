/** Joins the drafts of one or more documents into a plan: by task number, never by name (T-17, T-35). */
import { addEstimates } from "./estimates.ts";
import { builtInHierarchy } from "./hierarchy.ts";
import { NO_SETTINGS } from "./front-matter.ts";
import { blankSession, type Draft, type DraftTask, type SessionParts } from "./draft.ts";
import { buildPhases } from "./phases.ts";
import { bindTasks, buildStreams, overflowStreams, withTaskTerminals } from "./streams.ts";
import { buildTerminals } from "./terminals.ts";
import { allocatedTasks } from "./session-tasks.ts";
import type { Budgets, Plan, PlanSession, PlanSettings, PlanTask } from "./types.ts";

/** Null when no draft has a single task. The order of the drafts does not matter, but for `files`. */
export function assemble(given: readonly Draft[]): Plan | null {
  const drafts = bindingFirst(given);
  const sessions = mergeById(drafts, (draft) => draft.sessions);
  const rows = firstOfEach(drafts.flatMap((draft) => draft.tasks));
  const local = rows.length === 0;
  const tasks = local ? allocatedTasks([...sessions.values()]) : withSessions(rows, sessions);
  if (tasks.length === 0) return null;
  const settings = mergeSettings(drafts);
  const budgets = budgetsOf(drafts);
  const stated = buildStreams(drafts, tasks, [...sessions.values()], budgets);
  const streams = withTaskTerminals(stated, tasks);
  const phased = buildPhases(drafts, bindTasks(tasks, stated), local ? [...sessions.values()] : [], overflowStreams(drafts));
  const planSessions = buildSessions(sessions, phased.tasks, drafts);
  const withEstimates = addEstimates(phased.tasks, streams, planSessions, budgets);
  const byStream = Map.groupBy(withEstimates, (task) => task.stream);
  return {
    title: settings.title ?? drafts.find((draft) => draft.title !== null)?.title ?? "Untitled plan",
    files: given.map((draft) => draft.file),
    settings,
    header: Object.fromEntries(drafts.toReversed().flatMap((draft) => Object.entries(draft.header))),
    horizonHours: horizonOf(drafts, planSessions),
    streams: streams.map((stream) => ({ ...stream, tasks: numbers(byStream.get(stream.id) ?? []) })),
    sessions: planSessions,
    terminals: buildTerminals(drafts, withEstimates, streams, planSessions, settings),
    phases: phased.phases,
    tasks: withEstimates,
    timeline: (drafts.find((draft) => draft.timeline.length > 0)?.timeline ?? []).map(({ start, end, kind, session, label }) => ({
      start,
      end,
      kind,
      session,
      label,
    })),
    budgets,
    neverShare: [...new Set(drafts.flatMap((draft) => draft.neverShare))],
    ...sanitizeFirst(drafts),
    context: contextOf(drafts, new Set(streams.map((stream) => stream.id))),
    hierarchy: drafts.find((draft) => draft.hierarchy !== null)?.hierarchy ?? builtInHierarchy(),
    metrics: drafts.flatMap((draft) => draft.metrics),
    risks: drafts.flatMap((draft) => draft.risks),
    overlaps: drafts.flatMap((draft) => draft.overlaps.map(({ sessions: ids, reason }) => ({ sessions: ids, reason }))),
    preflight: drafts.flatMap((draft) => draft.preflight),
    synthesis: drafts.flatMap((draft) => draft.synthesis),
    followUps: drafts.flatMap((draft) => draft.followUps),
  };
}

function sanitizeFirst(drafts: readonly Draft[]): Pick<Plan, "sanitizeFirst"> {
  const paths = [...new Set(drafts.flatMap((draft) => draft.sanitizeFirst))];
  return paths.length === 0 ? {} : { sanitizeFirst: paths };
}

/** The documents with task rows come first: they bind terminals and give the title (T-34). */
function bindingFirst(drafts: readonly Draft[]): Draft[] {
  const rank = (draft: Draft) => (draft.tasks.length > 0 ? 0 : draft.sessions.size > 0 ? 1 : 2);
  return [...drafts].sort((a, b) => rank(a) - rank(b));
}

/** Tasks in the order of their numbers; of duplicates the first, since the reading is an error already. */
function firstOfEach(rows: readonly DraftTask[]): DraftTask[] {
  const byNumber = new Map<number, DraftTask>();
  for (const row of rows) if (!byNumber.has(row.number)) byNumber.set(row.number, row);
  return [...byNumber.values()].sort((a, b) => a.number - b.number);
}

function withSessions(rows: readonly DraftTask[], sessions: ReadonlyMap<string, SessionParts>): DraftTask[] {
  const owner = new Map<number, string>();
  for (const session of sessions.values()) {
    for (const number of session.allocations.flatMap((allocation) => allocation.tasks))
      if (!owner.has(number)) owner.set(number, session.id);
  }
  return rows.map((row) => ({ ...row, session: row.session ?? owner.get(row.number) ?? null }));
}

function mergeById<T>(drafts: readonly Draft[], of: (draft: Draft) => ReadonlyMap<string, T>): Map<string, T> {
  const merged = new Map<string, T>();
  for (const draft of drafts) for (const [id, value] of of(draft)) if (!merged.has(id)) merged.set(id, value);
  return merged;
}

function mergeSettings(drafts: readonly Draft[]): PlanSettings {
  const merged: Record<string, unknown> = { ...NO_SETTINGS };
  for (const draft of drafts) for (const [key, value] of Object.entries(draft.settings)) merged[key] ??= value;
  return merged as unknown as PlanSettings;
}

function budgetsOf(drafts: readonly Draft[]): Budgets {
  const first = <T>(pick: (draft: Draft) => T | null) => drafts.map(pick).find((value) => value !== null) ?? null;
  const models = mergeById(drafts, (draft) => draft.models);
  const streams = mergeById(drafts, (draft) => draft.streamBudgets);
  const model = ({ opus, sonnet, haiku, total }: Budgets["models"][string]) => ({ opus, sonnet, haiku, total });
  const stream = ({ tasks, terminals, hours, hoursLow }: Budgets["streams"][string]) => ({
    tasks,
    terminals,
    hours,
    ...(hoursLow === undefined ? {} : { hoursLow }),
  });
  const modelTotal = first((draft) => draft.modelTotal);
  const streamTotal = first((draft) => draft.streamBudgetTotal);
  return {
    models: Object.fromEntries([...models].map(([id, budget]) => [id, model(budget)])),
    modelTotal: modelTotal === null ? null : model(modelTotal),
    streams: Object.fromEntries([...streams].map(([id, budget]) => [id, stream(budget)])),
    streamTotal: streamTotal === null ? null : stream(streamTotal),
  };
}

/** Sections in order; a session that only the overview names comes after them with what its row says. */
function buildSessions(parts: ReadonlyMap<string, SessionParts>, tasks: readonly PlanTask[], drafts: readonly Draft[]): PlanSession[] {
  const overview = new Map(drafts.flatMap((draft) => draft.overview).map((row) => [row.id, row]));
  const tasksOf = Map.groupBy(tasks, (task) => task.session);
  const sessions = [...parts.values()].map(({ statedAgents: _agents, statedTasks: _tasks, allocations, ...session }): PlanSession => {
    const own = tasksOf.get(session.id) ?? [];
    const streams = new Set(own.map((task) => task.stream));
    return {
      ...session,
      hours: session.hours ?? overview.get(session.id)?.hours?.figure.high ?? null,
      hoursLow: session.hoursLow ?? overview.get(session.id)?.hours?.figure.value ?? null,
      allocations: allocations.map(({ terminals, label, tasks: allocated }) => ({ terminals, label, tasks: allocated })),
      tasks: numbers(own),
      stream: streams.size === 1 ? ([...streams][0] ?? null) : null,
    };
  });
  for (const row of overview.values()) if (!parts.has(row.id)) sessions.push(sessionOfRow(row, numbers(tasksOf.get(row.id) ?? [])));
  return sessions;
}

function sessionOfRow(row: Draft["overview"][number], tasks: number[]): PlanSession {
  return {
    ...blankSession(row.id, row.focus || row.id),
    file: row.file,
    line: row.line,
    column: row.column,
    hours: row.hours?.figure.high ?? null,
    hoursLow: row.hours?.figure.value ?? null,
    tasks,
    stream: null,
  };
}

function contextOf(drafts: readonly Draft[], streams: ReadonlySet<string>): Plan["context"] {
  const lists = drafts.flatMap((draft) => draft.context).filter((list) => list.stream === null || !streams.has(list.stream));
  const context: Record<string, Plan["context"][string][number][]> = {};
  for (const list of lists) context[list.heading] = [...(context[list.heading] ?? []), ...list.files];
  return context;
}

/** The end of the timeline; else what the title promises ("36-Hour …"); else the sum of the sessions. */
function horizonOf(drafts: readonly Draft[], sessions: readonly PlanSession[]): number | null {
  const ends = drafts.flatMap((draft) => draft.timeline.map((slot) => slot.end));
  if (ends.length > 0) return ends.reduce((latest, end) => Math.max(latest, end));
  for (const draft of drafts) {
    const promised = /\b(\d+(?:\.\d+)?)[- ]hours?\b/i.exec(draft.title ?? "")?.[1];
    if (promised !== undefined) return Number(promised);
  }
  const sum = sessions.reduce((total, session) => total + (session.hours ?? 0), 0);
  return sum > 0 ? sum : null;
}

function numbers(tasks: readonly PlanTask[]): number[] {
  return tasks.map((task) => task.number);
}
