/** What a timeline shows of each session, stream or terminal: plan, what was, blocked time, and where it will end. All in ms of t from the start. Pure. */
import type { Plan } from "../../plan/types.ts";
import { closedAtT } from "../blockers.ts";
import { forecastAt } from "../clock.ts";
import { HOUR } from "../estimates.ts";
import { sessionProgress, streamProgress, terminalProgress, type Progress } from "../progress.ts";
import { planIndex } from "../plan-index.ts";
import { openCount, tallyOf, tasksOfTerminal } from "../tally.ts";
import { isOver } from "../terminals.ts";
import type { Range, State } from "../types.ts";
import { limitMarks, type LimitMark } from "./limits.ts";
import { plannedCourse, type PlannedCourse } from "./planned-course.ts";
import { timelineOf, type Timeline } from "./slots.ts";

export type LaneKind = "sessions" | "streams" | "terminals";

export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface TimeLane {
  readonly id: string;
  readonly name: string;
  readonly progress: Progress;
  readonly planned: Span | null;
  /** End of the plan with its buffer share; that of `planned` without one. */
  readonly bufferEnd: number | null;
  /** From its first start to its end, or to now. */
  readonly actual: Span | null;
  readonly blocked: readonly Span[];
  readonly forecast: { readonly p50Ms: number; readonly p90Ms: number } | null;
  /** How much later it ended, or will end, than planned: what is pushed on to whatever comes after. Null without plan or end. */
  readonly pushedMs: number | null;
  /** Open tasks of it are on the path that sets the end of the marathon. */
  readonly critical: boolean;
  /** Of a terminal's agent; of the marathon those of all. */
  readonly limits: readonly LimitMark[];
}

/** The lanes at marathon time `t`, in the order of the plan. */
export function timeLanes(state: State, t: number, kind: LaneKind): readonly TimeLane[] {
  const critical = criticalLanes(state, kind);
  const blocked = blockedSpans(state, t, kind);
  return sourcesOf(state, t, kind).map(({ id, name, progress, tasks, planned, range }) => {
    const tally = tallyOf(state, tasks);
    const actual = tally.started ? { from: tally.firstStart, to: tally.firstStart + progress.elapsedMs } : null;
    const over = tally.size > 0 && openCount(tally) === 0;
    const forecast = over || state.status !== "running" ? null : forecastAt(range, t);
    const end = over ? (actual?.to ?? null) : (forecast?.p50Ms ?? null);
    const buffer = state.plan.settings.buffer ?? 0;
    return {
      id,
      name,
      progress,
      planned,
      bufferEnd: planned && bufferEndOf(planned, progress, buffer),
      actual,
      blocked: blocked.get(id) ?? [],
      forecast,
      pushedMs: planned === null || end === null ? null : end - planned.to,
      critical: critical.has(id),
      limits: kind === "terminals" ? limitMarks(state, t, Number(id)) : [],
    };
  });
}

/** Where the buffer of a span ends: as that of its hours where it is as long as they are, rounded up as they are. */
function bufferEndOf({ from, to }: Span, { estimateMs, bufferedMs }: Progress, buffer: number): number {
  return bufferedMs !== null && estimateMs === to - from ? from + bufferedMs : to + (to - from) * buffer;
}

/** The lane that a task is in, by its id; null: in none. */
function laneOf({ plan, tasks }: State, kind: LaneKind, number: number): string | null {
  if (kind === "terminals") return tasks[number]?.terminal?.toString() ?? null;
  const planned = planIndex(plan).tasks.get(number);
  return (kind === "sessions" ? planned?.session : planned?.stream) ?? null;
}

/** Lanes with open tasks on the critical path. */
function criticalLanes(state: State, kind: LaneKind): ReadonlySet<string | null> {
  const open = (state.forecast?.criticalPath ?? []).filter((number) => !isOver(state.tasks[number] ?? { state: "dropped" }));
  return new Set(open.map((number) => laneOf(state, kind, number)));
}

/** What a plan can be shown by: sessions and streams only where it has some. */
export function laneKinds(plan: Plan): readonly LaneKind[] {
  return [
    ...(plan.sessions.length > 0 ? (["sessions"] as const) : []),
    ...(plan.streams.length > 0 ? (["streams"] as const) : []),
    "terminals",
  ];
}

interface Source {
  readonly id: string;
  readonly name: string;
  readonly progress: Progress;
  readonly tasks: readonly number[];
  readonly planned: Span | null;
  readonly range: Range | undefined;
}

function sourcesOf(state: State, t: number, kind: LaneKind): readonly Source[] {
  const { plan, forecast } = state;
  const planned = plannedOf(plan, Object.keys(state.terminals).length);
  if (kind === "sessions")
    return sessionProgress(state, t).map((progress, index) => {
      const { id, name } = progress;
      const tasks = plan.sessions[index]?.tasks ?? [];
      return { id, name, progress, tasks, planned: planned.sessions.get(id) ?? null, range: forecast?.sessions[id] };
    });
  if (kind === "streams")
    return streamProgress(state, t).map((progress, index) => {
      const tasks = plan.streams[index]?.tasks ?? [];
      return {
        id: progress.id,
        name: progress.name,
        progress,
        tasks,
        planned: stated(planned.spanOf(tasks), plan.streams[index]?.hours ?? null),
        range: forecast?.streams[progress.id],
      };
    });
  return terminalProgress(state, t).map((progress) => {
    const tasks = tasksOfTerminal(state, progress.number);
    const id = String(progress.number);
    return {
      id,
      name: progress.name,
      progress,
      tasks,
      planned: planned.terminals.get(progress.number) ?? null,
      range: forecast?.terminals[id],
    };
  });
}

/** Hours that the plan states hold, from where its tasks put the beginning. */
function stated(span: Span | null, hours: number | null): Span | null {
  if (hours === null) return span;
  return { from: span?.from ?? 0, to: (span?.from ?? 0) + hours * HOUR };
}

interface PlannedSpans {
  readonly sessions: ReadonlyMap<string, Span>;
  readonly terminals: ReadonlyMap<number, Span>;
  /** Of a list of the plan itself; remembered, for it is asked for with each frame. */
  spanOf(tasks: readonly number[]): Span | null;
}

const known = new WeakMap<Plan, PlannedSpans>();

/** The plan's own spans do not change while it runs. */
function plannedOf(plan: Plan, terminals: number): PlannedSpans {
  const found = known.get(plan);
  if (found) return found;
  const course = plannedCourse(plan, terminals);
  const byTask = new Map(
    (course?.tasks ?? []).filter((task) => Number.isFinite(task.endMs)).map((task) => [task.task, { from: task.startMs, to: task.endMs }]),
  );
  const spans = new Map<readonly number[], Span | null>();
  const made: PlannedSpans = {
    sessions: sessionSpans(timelineOf(plan, null, 0)),
    terminals: terminalSpans(course),
    spanOf(tasks) {
      const span = spans.get(tasks) ?? around(tasks.flatMap((task) => byTask.get(task) ?? []));
      spans.set(tasks, span);
      return span;
    },
  };
  known.set(plan, made);
  return made;
}

/** From the first slot of each session to the end of its last. */
function sessionSpans({ slots }: Timeline): ReadonlyMap<string, Span> {
  const spans = new Map<string, Span>();
  for (const { sessions, start, end } of slots)
    for (const id of sessions) spans.set(id, { from: spans.get(id)?.from ?? start * HOUR, to: end * HOUR });
  return spans;
}

function terminalSpans(course: PlannedCourse | null): ReadonlyMap<number, Span> {
  const spans = new Map<number, Span>();
  for (const [terminal, tasks] of Map.groupBy(course?.tasks ?? [], (task) => task.terminal)) {
    const span = around(tasks.map((task) => ({ from: task.startMs, to: task.endMs })));
    if (terminal !== null && span) spans.set(terminal, span);
  }
  return spans;
}

function around(spans: readonly Span[]): Span | null {
  let [from, to] = [Number.POSITIVE_INFINITY, 0];
  for (const span of spans) {
    from = Math.min(from, span.from);
    to = Math.max(to, span.to);
  }
  return from < to ? { from, to } : null;
}

/** When tasks of each lane were stopped by a blocker. */
function blockedSpans(state: State, t: number, kind: LaneKind): ReadonlyMap<string, readonly Span[]> {
  const spans = new Map<string, Span[]>();
  for (const blocker of Object.values(state.blockers)) {
    const span = { from: blocker.since, to: closedAtT(blocker) ?? t };
    for (const lane of new Set(blocker.tasks.map((number) => laneOf(state, kind, number)))) {
      if (lane === null) continue;
      const list = spans.get(lane);
      if (list) list.push(span);
      else spans.set(lane, [span]);
    }
  }
  return spans;
}
