/** Which blockers are nothing but a long silence. */
import type { Blocker, State } from "./types.ts";

/** It stops no task: the agent is at work, or seems to be. */
export function isSilence(state: State, blocker: Blocker): boolean {
  if (blocker.state === "resolved" || !(blocker.evidence[0]?.source ?? "").startsWith("silence ")) return false;
  return !blocker.tasks.some((number) => state.tasks[number]?.blocker === blocker.id);
}

/** The unresolved silence about this task. */
export function silenceOf(state: State, task: number): Blocker | undefined {
  return Object.values(state.blockers).findLast((blocker) => blocker.tasks.includes(task) && isSilence(state, blocker));
}
