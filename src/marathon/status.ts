/** The answers of `status` and `why` as JSON, as the contract has them: durations in minutes, times in ISO 8601 UTC. */
import { blockersJson } from "./blocker-json.ts";
import { marathonClock } from "./clock.ts";
import { CONTEXT_UNKNOWN, type ContextLoaded } from "./context-loaded.ts";
import { delegationFigures, HISTORY_OF } from "./delegation-figures.ts";
import { estimateOf } from "./estimates.ts";
import { flatten, hierarchyTree } from "./hierarchy.ts";
import { planIndex } from "./plan-index.ts";
import { goalsOf, metOf } from "./goals.ts";
import { missingHandoffs } from "./handoffs.ts";
import { sessionProgress, streamProgress, terminalProgress, askedMs, workedMs, type Progress } from "./progress.ts";
import { roleOfTerminal } from "./routing.ts";
import { spans } from "./spans.ts";
import { iso, minutes } from "./json-values.ts";
import { repositoryJson } from "./repository-check.ts";
import { securityJson } from "./security-item.ts";
import { targetsOf } from "./targets.ts";
import type { Engine, State } from "./types.ts";
import { nextHeld, type HeldTask } from "./waits.ts";
import { workInHand, type WorkInHand } from "./work-in-hand.ts";
import { marathonUsage, metersJson, usageJson, type MetersJson } from "./usage.ts";

/** The engine that answers, with its socket; null when the state was read from the journal alone. */
export type EngineAddress = Engine & { readonly socket: string };

export interface StatusPaths {
  readonly journal: string;
}

/** `marathon status --json` at marathon time `t` (ms). */
export function statusJson(state: State, t: number, engine: EngineAddress | null, paths: StatusPaths): Record<string, unknown> {
  const clock = marathonClock(state, t);
  return {
    schema: 1,
    marathon: {
      id: state.id,
      title: state.title,
      plans: state.plan.files,
      agent: state.agent,
      rehearsal: state.rehearsal,
      speed: state.speed,
      seed: state.seed,
      state: state.status,
      startedAt: iso(state.startedAt),
      lastHumanAt: state.counters.lastHumanAt === null ? null : iso(state.counters.lastHumanAt),
    },
    engine: engine ? { pid: engine.pid, socket: engine.socket, version: engine.version, startedAt: iso(engine.startedAt) } : null,
    project: state.project,
    scratchpad: state.scratchpad,
    journal: paths.journal,
    clock: {
      elapsed: minutes(clock.elapsedMs),
      planned: minutes(clock.plannedMs),
      buffer: minutes(clock.bufferMs),
      forecast: clock.forecast ? { p50: minutes(clock.forecast.p50Ms), p90: minutes(clock.forecast.p90Ms) } : null,
      behind: minutes(clock.behindMs),
    },
    progress: {
      done: clock.done,
      total: clock.total,
      streams: streamProgress(state, t).map((stream) => ({ id: stream.id, ...measured(stream) })),
      sessions: sessionProgress(state, t).map((session) => ({
        id: session.id,
        ...measured(session),
        handoff: session.handoff,
        owesHandoff: session.owesHandoff === true,
        closed: session.state === "done" && session.owesHandoff !== true,
      })),
      handoffsMissing: missingHandoffs(state),
      terminals: terminalProgress(state, t).map(({ number, done, total }) => ({ number, done, total })),
    },
    goals: goalsJson(state),
    repository: repositoryJson(state.repository),
    humanTodo: state.todo ? { file: state.todo.file, open: state.todo.open } : null,
    usage: {
      total: usageJson(marathonUsage(state)?.usage),
      terminals: marathonUsage(state)?.terminals ?? 0,
      sessions: Object.entries(state.usage?.sessions ?? {}).map(([id, usage]) => ({ id, ...usageJson(usage) })),
    },
    tasks: tasksJson(state, t),
    terminals: terminalsJson(state),
    blockers: blockersJson(state, t, false).blockers,
    hierarchy: hierarchyJson(state, t),
    degraded: Object.entries(state.degraded ?? {}).map(([what, text]) => ({ what, text })),
    questions: Object.values(state.questions ?? {}).map(({ t: _t, at, ...question }) => ({ ...question, at: iso(at) })),
    findings: (state.findings ?? []).map((finding) => ({ ...finding, at: iso(finding.at) })),
    metrics: (state.metrics ?? []).map((metric) => ({ ...metric, at: iso(metric.at) })),
    notices: state.notices.map((notice) => ({ at: iso(notice.at), severity: notice.severity, text: notice.text })),
  };
}

/** How many are met of each kind, and each target with what was measured last; `marathon goals --json` tells them one by one. */
function goalsJson(state: State): Record<string, unknown> {
  const kinds = Map.groupBy(goalsOf(state), ({ kind }) => kind);
  return {
    ...Object.fromEntries([...kinds].map(([kind, goals]) => [kind, metOf(goals)])),
    targets: targetsOf(state).map(({ name, from, to, now, share, reached }) => ({
      name,
      from,
      to,
      now: now?.value ?? null,
      share,
      reached,
    })),
  };
}

/** What an engine saw of a terminal besides what decided; `at` is wall clock in ms. */
export interface WhySignal {
  readonly source: string;
  readonly state: string;
  readonly evidence: string | null;
  readonly at: number;
}

/** Why a terminal's state is shown; times are ISO 8601, and the first of what was considered decided. */
export interface WhyJson extends MetersJson {
  readonly schema: 1;
  readonly terminal: number;
  /** Of whoever answers, by whose clock the rest is dated. */
  readonly now: string;
  readonly state: string;
  readonly kind: string | null;
  readonly source: string;
  readonly evidence: string | null;
  readonly since: string;
  readonly considered: readonly {
    readonly source: string;
    readonly state: string;
    readonly evidence: string | null;
    readonly at: string | null;
  }[];
  /** Without a task in hand: its next one, which waits, and why; left out where none does. */
  readonly next?: HeldTask;
  /** What its assignment carried of the plan's context. */
  readonly contextLoaded?: ContextLoaded;
  /** The task that it has in hand; left out where there is none. */
  readonly work?: WorkInHand;
}

/**
 * `marathon why N --json`; null when there is no such terminal. `signals` is what the engine saw, which is more than the journal
 * has, and what it told the terminal; `now` is the wall clock of whoever answers, in ms, for ages.
 */
export function whyJson(
  state: State,
  terminal: number,
  signals: readonly WhySignal[] = [],
  now = state.at,
  loaded = CONTEXT_UNKNOWN,
): WhyJson | null {
  const found = state.terminals[terminal];
  if (!found) return null;
  const { state: name, kind, source, evidence } = found;
  const since = iso(found.sinceAt);
  const task = found.task === null ? undefined : state.tasks[found.task];
  // "screen-rule:question-mark" decided as the signal "screen-rule".
  const [decided = source] = source.split(":");
  const others = signals
    .filter((signal) => signal.source !== decided)
    .toSorted((a, b) => b.at - a.at)
    .map((signal) => ({ ...signal, at: signal.at > 0 ? iso(signal.at) : null }));
  const known = new Set([decided, ...others.map((signal) => signal.source)]);
  const considered = [
    { source, state: name, evidence, at: since },
    ...others,
    ...(task && !known.has("task") ? [{ source: "task", state: "busy", evidence: `task ${task.number} is running here`, at: null }] : []),
    ...(found.pid !== null && !known.has("process")
      ? [{ source: "process", state: "busy", evidence: `process ${found.pid}`, at: null }]
      : []),
  ];
  const next = nextHeld(state, terminal);
  const work = workInHand(state, terminal);
  return {
    schema: 1,
    terminal,
    now: iso(now),
    state: name,
    kind,
    source,
    evidence,
    since,
    considered,
    ...(next === null ? {} : { next }),
    ...(work === null ? {} : { work }),
    contextLoaded: loaded,
    ...metersJson(state, terminal),
  };
}

function measured(progress: Progress): Record<string, unknown> {
  const { name, done, total, elapsedMs, estimateMs, bufferedMs, paceMs } = progress;
  return {
    name,
    done,
    total,
    elapsed: minutes(elapsedMs),
    estimate: minutes(estimateMs),
    buffered: minutes(bufferedMs),
    pace: minutes(paceMs),
  };
}

function tasksJson(state: State, t: number): Record<string, unknown>[] {
  const { tasks } = planIndex(state.plan);
  return Object.values(state.tasks).map((task) => {
    const planned = tasks.get(task.number);
    return {
      number: task.number,
      title: planned?.title ?? null,
      state: task.state,
      stream: planned?.stream ?? null,
      session: planned?.session ?? null,
      terminal: task.terminal,
      phase: planned?.phase ?? null,
      role: planned?.role ?? null,
      kind: planned?.kind ?? null,
      security: securityJson(state, task.number, planned),
      elapsed: minutes(workedMs(task, t)),
      asked: minutes(askedMs(task, t)),
      estimate: minutes(estimateOf(planned)),
      waitsFor: task.waitsFor,
      blocker: task.blocker,
      doneBy: task.doneBy,
      attempts: task.attempts,
      added: task.added ? { at: iso(task.added.at), reason: task.added.reason, by: task.added.by } : null,
      carried: (task.carried ?? []).map(({ from, to, at, reason }) => ({ from, to, at: iso(at), reason })),
    };
  });
}

function terminalsJson(state: State): Record<string, unknown>[] {
  return Object.values(state.terminals).map((terminal) => ({
    number: terminal.number,
    stream: terminal.stream,
    label: terminal.label,
    role: roleOfTerminal(state, terminal),
    agent: terminal.agent,
    version: terminal.version ?? null,
    conversation: terminal.conversation ?? null,
    model: terminal.model ?? null,
    state: terminal.state,
    kind: terminal.kind,
    source: terminal.source,
    evidence: terminal.evidence,
    since: iso(terminal.sinceAt),
    task: terminal.task,
    pid: terminal.pid,
    exit: terminal.exit,
    ...metersJson(state, terminal.number),
    lost: terminal.lost,
    retired: terminal.retired,
  }));
}

function hierarchyJson(state: State, t: number): Record<string, unknown> {
  const figures = delegationFigures(state, t);
  const round = (value: number | null): number | null => (value === null ? null : Math.round(value * 1000) / 1000);
  return {
    nodes: flatten(hierarchyTree(state, t)).map(({ id, role, parent, terminal, state: own, title, intent }) => ({
      id,
      role,
      parent,
      terminal,
      state: own,
      title,
      intent,
    })),
    metrics: {
      ...Object.fromEntries(figures.map(({ name, value }) => [name, round(value)])),
      formulas: Object.fromEntries(figures.map(({ name, formula }) => [name, formula])),
      history: Object.fromEntries(
        figures.flatMap(({ name, history }) =>
          history === null ? [] : [[name, Object.fromEntries(HISTORY_OF.map((title, index) => [title, history[index]]))]],
        ),
      ),
      spans: spans(state, t).map(({ role, agents, outside }) => ({ role, agents, outside })),
      violations: (state.spawns ?? [])
        .filter(({ verdict }) => verdict === "violation")
        .map(({ at, by, role, terminal, count, why }) => ({ at: iso(at), by, role, terminal, count, why })),
    },
    source: state.hierarchy.source,
    routes: state.hierarchy.routes,
  };
}
