/** What can be done instead of blocked work: what the plan says first, then what always makes sense. */
import { parseRange } from "../plan/ranges.ts";
import { bufferSession } from "./buffer-session.ts";
import { estimateOf, HOUR } from "./estimates.ts";
import { planIndex } from "./plan-index.ts";
import { workedMs } from "./progress.ts";
import { isOver } from "./terminals.ts";
import type { Blocker, Fallback, State } from "./types.ts";
import { listed } from "./words.ts";

/** Ideas of the response playbook, for when the plan has none. */
const STANDING = [
  "write or improve the documentation",
  "review the open pull requests",
  "audit the security of what is there",
  "describe the architecture and its decisions",
  "plan the work that comes next",
] as const;

/** The fallbacks to choose from, the best first: of its tasks, of its sessions, and the standing ideas. */
export function fallbacksOf(state: State, blocker: Blocker): readonly Fallback[] {
  const { tasks } = planIndex(state.plan);
  const own = blocker.tasks.flatMap((number): Fallback[] => {
    const text = tasks.get(number)?.fallback?.trim();
    return text ? [read(state, "task", text)] : [];
  });
  const ofSessions = state.plan.sessions.flatMap((session): Fallback[] =>
    session.fallback !== null && sessionsOf(state, blocker).has(session.id) ? [read(state, "session", session.fallback)] : [],
  );
  const planned = [...own, ...ofSessions].filter((one, index, all) => all.findIndex((other) => other.text === one.text) === index);
  return [
    ...planned,
    ...leftToBuffer(state, blocker),
    ...STANDING.map((text): Fallback => ({ from: "standing", text, tasks: [], run: null })),
  ];
}

/** The blocked work goes to the session that is kept for such work, and its terminal goes on with its own. */
function leftToBuffer(state: State, blocker: Blocker): readonly Fallback[] {
  const session = bufferSession(state.plan)?.session;
  const { tasks } = planIndex(state.plan);
  const elsewhere = blocker.tasks.some(
    (number) => state.tasks[number]?.blocker === blocker.id && tasks.get(number)?.session !== session?.id,
  );
  if (!session || !elsewhere) return [];
  return [{ from: "buffer", text: `leave it to session ${session.id} (${session.name})`, tasks: [], run: null, session: session.id }];
}

/** A task of the plan that a person names. */
export function chosenFallback(state: State, number: number): Fallback {
  const title = planIndex(state.plan).tasks.get(number)?.title ?? "";
  return { from: "chosen", text: `task ${number} ${title}`.trim(), tasks: [number], run: null };
}

export interface BroughtBack {
  readonly ms: number;
  /** It is work of the plan; else the time is put to use without bringing the plan's end any nearer. */
  readonly planned: boolean;
  /** How it was reckoned, in words. */
  readonly rule: string;
}

/**
 * How much of the time at risk is put to use by this fallback: never more than is at risk. Work of the plan counts with what is
 * left of its estimates, for it has to be done anyway. Other work earns nothing of the plan, but the terminal does not stand still:
 * then it is the time that the stopped tasks themselves would have taken, and said to be an estimate.
 */
export function broughtBack(state: State, t: number, fallback: Fallback, stopped: readonly number[], atRiskMs: number): BroughtBack {
  if (fallback.tasks.length > 0) {
    const left = fallback.tasks.reduce((sum, number) => sum + leftOf(state, t, number), 0);
    const which = fallback.tasks.length === 1 ? "task" : "tasks";
    return {
      ms: Math.min(atRiskMs, left),
      planned: true,
      rule: `what is left of ${which} ${listed(fallback.tasks)}, which must be done anyway`,
    };
  }
  const idle = stopped.reduce((sum, number) => sum + leftOf(state, t, number), 0);
  return {
    ms: Math.min(atRiskMs, idle),
    planned: false,
    rule: "an estimate: as long as the stopped work would have kept its terminals busy",
  };
}

/** What is left of a task's estimate; a task without one counts as its session's mean, else as nothing. */
export function leftOf(state: State, t: number, number: number): number {
  const planned = planIndex(state.plan).tasks.get(number);
  const task = state.tasks[number];
  if (!planned || !task || isOver(task)) return 0;
  const session = state.plan.sessions.find(({ id }) => id === planned.session);
  const mean = session?.hours && session.tasks.length > 0 ? (session.hours * HOUR) / session.tasks.length : 0;
  return Math.max(0, (estimateOf(planned) ?? mean) - workedMs(task, t));
}

function sessionsOf(state: State, blocker: Blocker): ReadonlySet<string> {
  const { tasks } = planIndex(state.plan);
  const own = blocker.tasks.flatMap((number) => tasks.get(number)?.session ?? []);
  return new Set([...blocker.sessions, ...own]);
}

/** "task 14", "tasks 14-16" and "session 030" name work of the plan; a cell of a task is else a command, a session's words are prose. */
function read(state: State, from: "task" | "session", text: string): Fallback {
  // A number alone, or after the word "task": "2 pages of documentation" names no task.
  const named = /^(?:(?:do|start|work on|go to|pivot to)\s+)?(?:tasks?\s+#?|#)(\d+(?:\s*[-–,]\s*\d+)*)\b|^(\d+(?:\s*[-–,]\s*\d+)*)$/i.exec(
    text.trim(),
  );
  const numbers = parseRange(named?.[1] ?? named?.[2] ?? "") ?? [];
  const byNumber = numbers.filter((number) => number in state.tasks);
  const session = /\bsession\s+#?(\w+)/i.exec(text)?.[1];
  const bySession = session === undefined ? [] : (state.plan.sessions.find(({ id }) => sameId(id, session))?.tasks ?? []);
  const wanted = byNumber.length > 0 && byNumber.length === numbers.length ? byNumber : bySession;
  const tasks = wanted.filter((number) => state.tasks[number]?.state === "ready");
  return { from, text, tasks, run: from === "task" && wanted.length === 0 ? text : null };
}

function sameId(a: string, b: string): boolean {
  return a === b || (/^\d+$/.test(a) && /^\d+$/.test(b) && Number(a) === Number(b));
}
