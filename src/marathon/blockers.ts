/** What a person needs to know of a blocker: its clocks, who holds it, and what it costs. Times in ms of t. */
import type { PlanSession } from "../plan/types.ts";
import { dueAt } from "./escalation.ts";
import { leftOf } from "./fallbacks.ts";
import { planIndex } from "./plan-index.ts";
import { isOver } from "./terminals.ts";
import type { Blocker, State } from "./types.ts";

export interface Affected {
  readonly kind: "task" | "session";
  /** Task number or session id. */
  readonly id: number | string;
  /** stopped: it is blocked itself. hurt: some of it cannot go on. not-started: it was to follow and cannot begin. */
  readonly effect: "stopped" | "hurt" | "not-started";
}

export interface BlockerView {
  readonly blocker: Blocker;
  /** Since it was identified, to its end when it is closed. */
  readonly ageMs: number;
  /** Since the first task of its sessions was started; null when it touches no session or none has begun. */
  readonly sessionMs: number | null;
  /** Counts down from 30 minutes, or what the plan says, for each holder anew; negative when it is overdue. */
  readonly toEscalationMs: number;
  /** "QA_TESTER in terminal 4", "COORD_QUALITY", "a person". */
  readonly holder: string;
  readonly tasks: readonly number[];
  readonly affects: readonly Affected[];
  /** Planned work that cannot go on: what is left of its tasks and of what depends on them, summed. */
  readonly atRiskMs: number;
}

/** Open blockers at marathon time `t`: P0 first, then the oldest. */
export function openBlockers(state: State, t: number): BlockerView[] {
  return blockerViews(state, t, (blocker) => blocker.state === "open");
}

/** Any selection of blockers, in the same order. */
export function blockerViews(state: State, t: number, wanted: (blocker: Blocker) => boolean): BlockerView[] {
  return Object.values(state.blockers)
    .filter(wanted)
    .sort(byUrgency)
    .map((blocker) => viewOf(state, t, blocker));
}

/** P0 first, then the oldest. */
export function byUrgency(a: Blocker, b: Blocker): number {
  return a.priority.localeCompare(b.priority) || a.since - b.since || serial(a) - serial(b);
}

/** Who holds it now, in words. */
export function holderWords(holder: Blocker["holder"]): string {
  if (holder.level === "human") return "a person";
  const who = holder.role ?? (holder.level === "specialist" ? "its agent" : `the ${holder.level}`);
  return holder.terminal === null ? who : holder.role === null ? `terminal ${holder.terminal}` : `${who} in terminal ${holder.terminal}`;
}

/** One blocker at marathon time `t`. */
export function viewOf(state: State, t: number, blocker: Blocker): BlockerView {
  const stopped = blocker.tasks.filter((number) => state.tasks[number]?.blocker === blocker.id);
  const dependents = dependentsOf(state, stopped);
  return {
    blocker,
    ageMs: Math.max(0, (closedAtT(blocker) ?? t) - blocker.since),
    sessionMs: sinceSession(state, t, blocker),
    toEscalationMs: dueAt(state, blocker) - t,
    holder: holderWords(blocker.holder),
    tasks: blocker.tasks,
    affects: [
      ...sessionsAffected(state, blocker, stopped, dependents),
      ...stopped.map((id): Affected => ({ kind: "task", id, effect: "stopped" })),
      ...dependents.map((id): Affected => ({ kind: "task", id, effect: "not-started" })),
    ],
    atRiskMs: [...stopped, ...dependents].reduce((sum, number) => sum + leftOf(state, t, number), 0),
  };
}

/** Planned hours of the sessions that are hit, and of all; null where the plan gives none of them hours. */
export function hoursHit({ plan }: State, affects: readonly Affected[]): { readonly hit: number; readonly all: number } | null {
  const hit = new Set(affects.flatMap(({ kind, id }) => (kind === "session" ? [id] : [])));
  const sum = (sessions: readonly PlanSession[]): number => sessions.reduce((total, { hours }) => total + (hours ?? 0), 0);
  const found = { hit: sum(plan.sessions.filter(({ id }) => hit.has(id))), all: sum(plan.sessions) };
  return found.hit > 0 ? found : null;
}

/** Open tasks that wait for these, directly or not, ascending. */
function dependentsOf(state: State, tasks: readonly number[]): number[] {
  const { dependents } = planIndex(state.plan);
  const seen = new Set(tasks);
  const found: number[] = [];
  const stack = [...tasks];
  for (let number = stack.pop(); number !== undefined; number = stack.pop()) {
    for (const next of dependents.get(number) ?? []) {
      const task = state.tasks[next];
      if (seen.has(next) || !task || isOver(task)) continue;
      seen.add(next);
      found.push(next);
      stack.push(next);
    }
  }
  return found.sort((a, b) => a - b);
}

/** A session is stopped when all its open tasks are, hurt when some are or one waits; one that depends on it and has not begun cannot. */
function sessionsAffected(state: State, blocker: Blocker, stopped: readonly number[], dependents: readonly number[]): Affected[] {
  const hit = new Map<string, Affected["effect"]>();
  for (const session of state.plan.sessions) {
    const open = session.tasks.filter((number) => !isOver(state.tasks[number] ?? { state: "done" }));
    const still = open.filter((number) => stopped.includes(number));
    const waiting = open.some((number) => dependents.includes(number));
    if (still.length === 0 && !waiting && !(blocker.sessions.includes(session.id) && session.tasks.length === 0)) continue;
    hit.set(session.id, still.length === open.length ? "stopped" : begun(state, session) || still.length > 0 ? "hurt" : "not-started");
  }
  for (let grown = true; grown; ) {
    grown = false;
    for (const session of state.plan.sessions) {
      if (hit.has(session.id) || !session.dependsOn.some((id) => hit.has(id))) continue;
      hit.set(session.id, begun(state, session) ? "hurt" : "not-started");
      grown = true;
    }
  }
  return [...hit].map(([id, effect]) => ({ kind: "session", id, effect }));
}

function begun(state: State, session: PlanSession): boolean {
  return session.tasks.some((number) => (state.tasks[number]?.startedAt ?? null) !== null);
}

function sinceSession(state: State, t: number, blocker: Blocker): number | null {
  const starts = state.plan.sessions
    .filter((session) => blocker.sessions.includes(session.id))
    .flatMap((session) => session.tasks.flatMap((number) => state.tasks[number]?.startedAt ?? []));
  return starts.length === 0 ? null : Math.max(0, t - Math.min(...starts));
}

/** When it was closed, in ms of t; null while it is open. */
export function closedAtT(blocker: Blocker): number | null {
  if (blocker.closedAt === null) return null;
  return blocker.history.findLast((act) => act.act === "resolved" || act.act === "known")?.t ?? null;
}

function serial(blocker: Blocker): number {
  return Number(blocker.id.slice(1));
}
