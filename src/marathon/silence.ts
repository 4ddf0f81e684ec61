/** Which blockers are nothing but a long silence: of an agent that may hang, or of the people whom an agent waits for. */
import type { Blocker, State } from "./types.ts";

/** It stops no task: the agent is at work, or seems to be. */
export function isSilence(state: State, blocker: Blocker): boolean {
  if (blocker.state === "resolved" || !beganAsSilence(blocker)) return false;
  return !blocker.tasks.some((number) => state.tasks[number]?.blocker === blocker.id);
}

/** How its signal is named as the source of evidence. */
export function silenceSource(terminal: number, waits: boolean): string {
  return `${waits ? "standstill" : "silence"} of terminal ${terminal}`;
}

export function beganAsSilence({ evidence }: Blocker): boolean {
  return /^(?:silence|standstill) of /u.test(evidence[0]?.source ?? "");
}

/** Its agent waits for a person, who may look at it and answer. */
export function isStandstill({ evidence }: Blocker): boolean {
  return evidence[0]?.source.startsWith("standstill ") === true;
}

/** The unresolved silence about this task. */
export function silenceOf(state: State, task: number): Blocker | undefined {
  return Object.values(state.blockers).findLast((blocker) => blocker.tasks.includes(task) && isSilence(state, blocker));
}
