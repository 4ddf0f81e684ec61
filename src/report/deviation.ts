/** Why a part of a marathon took longer or shorter than planned, as far as that was measured: codes to count, and words to read. Pure. */
import { estimateOf, HOUR, plannedTask } from "../marathon/estimates.ts";
import { askedMs, workedMs, type Progress } from "../marathon/progress.ts";
import type { State, Task } from "../marathon/types.ts";
import { counted } from "../marathon/words.ts";

/**
 * `blocked`: its tasks stood still; `questions`: its agents waited for answers; `scope`: tasks were added or carried in; `dropped`: some
 * were dropped; `repeated`: some took more than one attempt; `estimates`: its tasks took longer or shorter than estimated; `not-started`:
 * nothing of it was begun; `stopped`: some of it is open; `unknown`: nothing that is measured explains it.
 */
export type DeviationCode =
  | "blocked"
  | "questions"
  | "scope"
  | "dropped"
  | "repeated"
  | "estimates"
  | "not-started"
  | "stopped"
  | "unknown";

export interface Deviation {
  readonly code: DeviationCode;
  readonly words: string;
}

/** What is nearer to the plan needs no reason, and what is less than this share of the planned hours is none. */
const MATTERS = 1 / 20;

/** The reasons of a part with these tasks, in the order of the codes; none for one that kept to its planned hours. At marathon time `t`, ms. */
export function deviations(state: State, t: number, progress: Progress, numbers: readonly number[]): readonly Deviation[] {
  const { estimateMs, elapsedMs } = progress;
  if (estimateMs === null || Math.abs(elapsedMs - estimateMs) < estimateMs * MATTERS) return [];
  const tasks = numbers.flatMap((number) => state.tasks[number] ?? []);
  if (!tasks.some((task) => task.startedAt !== null)) return [{ code: "not-started", words: "nothing of it was begun" }];
  const shorter = elapsedMs < estimateMs;
  const found = shorter ? shortening(tasks, progress) : lengthening(tasks, progress, t);
  const ratio = estimateRatio(state, tasks, t);
  if (ratio !== null && (shorter ? ratio < 1 - MATTERS : ratio > 1 + MATTERS))
    found.push({ code: "estimates", words: `tasks took ×${ratio.toFixed(2)} of their estimates` });
  return found.length > 0 ? found : [{ code: "unknown", words: "nothing that is measured explains it" }];
}

function lengthening(tasks: readonly Task[], { blockedMs, estimateMs }: Progress, t: number): Deviation[] {
  const least = (estimateMs ?? 0) * MATTERS;
  const asked = tasks.reduce((sum, task) => sum + askedMs(task, t), 0);
  const added = tasks.filter((task) => task.added !== undefined || (task.carried ?? []).length > 0).length;
  const repeated = tasks.filter((task) => task.attempts > 1).length;
  return [
    ...(blockedMs > least ? [{ code: "blocked" as const, words: `blocked for ${shown(blockedMs)}` }] : []),
    ...(asked > least ? [{ code: "questions" as const, words: `waited ${shown(asked)} for answers` }] : []),
    ...(added > 0 ? [{ code: "scope" as const, words: `${counted(added, "task")} added` }] : []),
    ...(repeated > 0 ? [{ code: "repeated" as const, words: `${counted(repeated, "task")} begun more than once` }] : []),
  ];
}

function shortening(tasks: readonly Task[], { dropped, blocked, parked, done, total }: Progress): Deviation[] {
  const open = total - done;
  return [
    ...(blocked + parked > 0 ? [{ code: "blocked" as const, words: `${counted(blocked + parked, "task")} blocked` }] : []),
    ...(dropped > 0 ? [{ code: "dropped" as const, words: `${counted(dropped, "task")} dropped` }] : []),
    ...(open > blocked + parked && tasks.length > 0 ? [{ code: "stopped" as const, words: `${counted(open, "task")} open` }] : []),
  ];
}

/** Of the tasks that are done and were estimated: time at work ÷ estimates. */
function estimateRatio(state: State, tasks: readonly Task[], t: number): number | null {
  let [worked, estimated] = [0, 0];
  for (const task of tasks) {
    const estimate = task.state === "done" ? estimateOf(plannedTask(state, task.number)) : null;
    if (estimate === null || task.startedAt === null) continue;
    worked += workedMs(task, t);
    estimated += estimate;
  }
  return estimated === 0 ? null : worked / estimated;
}

function shown(ms: number): string {
  return `${Math.round((ms / HOUR) * 100) / 100} h`;
}
