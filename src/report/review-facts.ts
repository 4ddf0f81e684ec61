/**
 * What an after-action review says of a marathon, as far as it was measured: how far each session came, in which time, and what stopped
 * it. A plan without sessions is reviewed by its streams, one without streams by its terminals. Pure.
 */
import { closedAtT } from "../marathon/blockers.ts";
import { marathonClock } from "../marathon/clock.ts";
import { HOUR, plannedTask } from "../marathon/estimates.ts";
import { earnedShare, sessionProgress, streamProgress, terminalProgress, type Progress } from "../marathon/progress.ts";
import { tallyOf, tasksOfTerminal, wholeTally } from "../marathon/tally.ts";
import type { Blocker, State } from "../marathon/types.ts";
import { listed, oneLine } from "../marathon/words.ts";
import { deviations, type Deviation } from "./deviation.ts";
import { figuresOf, totalsOf, type ReviewTotals, type SessionFigures } from "../plan/import/review-figures.ts";
import type { SessionStatus } from "../plan/import/types.ts";
import type { PlanSession } from "../plan/types.ts";

export interface ReviewPart extends SessionFigures {
  readonly id: string;
  readonly name: string;
  readonly status: SessionStatus;
  /** Its figures will not change any more. */
  readonly final: boolean;
  /** Why it is not done, in words; null when it is. */
  readonly reason: string | null;
  /** Why it took longer or shorter than planned; none while it goes on, and for one that kept to its hours. */
  readonly deviations: readonly Deviation[];
  /** Share of its planned work that is done, whole percent; 100 only when nothing of it is open. */
  readonly completion: number;
  /** Hours from the plan, and hours from its first start to its last end, or to now while one of its tasks is open. */
  readonly planned: number | null;
  readonly actual: number;
  /** Hours that its tasks were worked on, and were blocked or parked, each summed over all of them. */
  readonly worked: number;
  readonly blocked: number;
  readonly branch: string | null;
  /** Path of its handoff; null without one. */
  readonly handoff: string | null;
  readonly owesHandoff: boolean;
  readonly done: readonly number[];
  readonly open: readonly number[];
  readonly dropped: readonly number[];
  /** What the plan wants of it besides its tasks. */
  readonly deliverables: readonly string[];
  readonly criteria: readonly string[];
}

export interface ReviewFacts {
  /** What the parts are. */
  readonly by: "session" | "stream" | "terminal";
  readonly parts: readonly ReviewPart[];
  /** Of those whose figures are final. */
  readonly totals: ReviewTotals;
  readonly done: number;
  readonly total: number;
  readonly dropped: number;
  /** Earned share of all planned work, whole percent, and what it is weighted by. */
  readonly progress: number;
  readonly weighted: "planned hours" | "estimates";
  /** Marathon time in hours, and what was planned without and with the buffer. */
  readonly hours: number;
  readonly plannedHours: number | null;
  readonly bufferedHours: number | null;
  /** Wall clock, ms. */
  readonly from: number;
  readonly to: number;
  readonly blockers: readonly ReviewBlocker[];
}

export interface ReviewBlocker {
  readonly blocker: Blocker;
  /** Hours from when it was identified to its end, or to now. */
  readonly hours: number;
  readonly sessions: readonly string[];
}

/** What a version control system knows of the time since the marathon began. */
export interface Changes {
  /** Newest first. */
  readonly commits: readonly ReviewCommit[];
  readonly created: readonly { readonly path: string; readonly lines: number | null }[];
}

export interface ReviewCommit {
  readonly hash: string;
  readonly subject: string;
  readonly author: string;
  /** The only branch that has it; null where that is not known, or others have it too. */
  readonly branch: string | null;
  readonly files: number;
  readonly added: number;
  readonly deleted: number;
}

/** At marathon time `t`, ms. */
export function reviewFacts(state: State, t: number): ReviewFacts {
  const { by, parts } = partsOf(state, t);
  const clock = marathonClock(state, t);
  const { plannedMs, bufferMs } = clock;
  return {
    by,
    parts,
    totals: totalsOf({ sessions: parts.filter((part) => part.final) }),
    done: clock.done,
    total: clock.total,
    dropped: Object.keys(state.tasks).length - clock.total,
    ...progressOf(state, t, parts),
    hours: hours(clock.elapsedMs),
    plannedHours: plannedMs === null ? null : hours(plannedMs),
    bufferedHours: plannedMs === null || bufferMs === null ? null : hours(plannedMs + bufferMs),
    from: state.startedAt,
    to: isOver(state) ? (state.statusAt ?? state.at) : state.at,
    blockers: Object.values(state.blockers).map((blocker) => ofBlocker(state, t, blocker)),
  };
}

/** Of a review only what is done counts: time that was spent on a task says nothing of how far it is. */
function notYet(): number {
  return 0;
}

function isOver({ status }: State): boolean {
  return status === "done" || status === "stopped";
}

/** Hours to the hundredth. */
export function hours(ms: number): number {
  return Math.round((ms / HOUR) * 100) / 100;
}

function partsOf(state: State, t: number): Pick<ReviewFacts, "by" | "parts"> {
  const { plan } = state;
  const part = (progress: Progress, id: string, tasks: readonly number[], session: PlanSession | null, handoff: string | null) =>
    partOf(state, t, progress, { id, tasks, session, handoff });
  if (plan.sessions.length > 0)
    return {
      by: "session",
      parts: sessionProgress(state, t).map((one, index) => {
        const session = plan.sessions[index] ?? null;
        return part(one, one.id, session?.tasks ?? [], session, one.handoff);
      }),
    };
  if (plan.streams.length > 0)
    return {
      by: "stream",
      parts: streamProgress(state, t).map((one, index) => part(one, one.id, plan.streams[index]?.tasks ?? [], null, null)),
    };
  return {
    by: "terminal",
    parts: terminalProgress(state, t).map((one) => part(one, `T${one.number}`, tasksOfTerminal(state, one.number), null, null)),
  };
}

interface Whose {
  readonly id: string;
  readonly tasks: readonly number[];
  readonly session: PlanSession | null;
  readonly handoff: string | null;
}

function partOf(state: State, t: number, progress: Progress, { id, tasks, session, handoff }: Whose): ReviewPart {
  const inState = (wanted: (name: string) => boolean) => tasks.filter((number) => wanted(state.tasks[number]?.state ?? "dropped"));
  const done = inState((name) => name === "done");
  const open = inState((name) => name !== "done" && name !== "dropped");
  const status = statusOf(state, progress, open.length);
  const earned = Math.min(Math.round(earnedShare(state, tallyOf(state, tasks), notYet) * 100), open.length > 0 ? 99 : 100);
  const completion = done.length > 0 && open.length === 0 ? 100 : earned;
  const planned = progress.estimateMs === null ? null : hours(progress.estimateMs);
  const actual = hours(progress.elapsedMs);
  const final = status === "done" || isOver(state);
  return {
    ...figuresOf({ planned, actual, completion }),
    id,
    name: progress.name,
    status,
    final,
    deviations: final ? deviations(state, t, progress, tasks) : [],
    reason: status === "done" ? null : reasonOf(state, status, open, tasks.length),
    completion,
    planned,
    actual,
    worked: hours(progress.workedMs),
    blocked: hours(progress.blockedMs),
    branch: session?.branch ?? null,
    handoff,
    owesHandoff: progress.owesHandoff === true,
    done,
    open,
    dropped: inState((name) => name === "dropped"),
    deliverables: session?.deliverables.map(({ text }) => text) ?? [],
    criteria: session?.criteria.map(({ text }) => text) ?? [],
  };
}

function statusOf(state: State, { done, total, running, blocked, parked, elapsedMs }: Progress, open: number): SessionStatus {
  if (total > 0 && open === 0) return "done";
  if (running > 0 && state.status === "running") return "in_progress";
  if (blocked + parked > 0) return "blocked";
  return done > 0 || elapsedMs > 0 ? "partial" : "not_started";
}

function reasonOf(state: State, status: SessionStatus, open: readonly number[], planned: number): string {
  if (planned === 0) return "the plan gives it no tasks";
  const ids = [...new Set(open.flatMap((number) => state.tasks[number]?.blocker ?? []))];
  const stopped = ids.map((id) => `${id} ${oneLine(state.blockers[id]?.title ?? "", 100)}`.trim());
  if (status === "blocked" && stopped.length > 0) return listed(stopped, 3);
  const words = `${open.length} of ${planned} tasks open`;
  return stopped.length > 0 ? `${words}; ${listed(stopped, 3)}` : words;
}

function ofBlocker(state: State, t: number, blocker: Blocker): ReviewBlocker {
  const sessions = blocker.tasks.flatMap((number) => plannedTask(state, number)?.session ?? []);
  const ended = closedAtT(blocker) ?? t;
  return {
    blocker,
    hours: hours(Math.max(0, ended - blocker.since)),
    sessions: [...new Set([...blocker.sessions, ...sessions])],
  };
}

/** By the planned hours of the parts where each has some, as whoever reads the tables would reckon it; else by the tasks' estimates. */
function progressOf(state: State, t: number, parts: readonly ReviewPart[]): Pick<ReviewFacts, "progress" | "weighted"> {
  const { done, total } = marathonClock(state, t);
  const byHours = parts.every(({ planned }) => planned !== null) ? totalsOf({ sessions: parts }).completion : null;
  const share = byHours ?? earnedShare(state, wholeTally(state), notYet) * 100;
  // Nothing is rounded up to the whole while a task is open.
  const whole = Math.min(Math.round(share), total > 0 && done === total ? 100 : 99);
  return { progress: whole, weighted: byHours === null ? "estimates" : "planned hours" };
}
