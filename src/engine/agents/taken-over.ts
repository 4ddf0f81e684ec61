/**
 * What an agent is given with work that another one could not finish: it has none of the other's conversation, so everything it
 * needs is said here, with absolute paths. Nothing that the plan says never to share is named or quoted.
 */
import { join } from "node:path";
import { handoffName } from "../../marathon/blocker-messages.ts";
import { planIndex } from "../../marathon/plan-index.ts";
import type { Blocker, State } from "../../marathon/types.ts";
import type { TakenOver } from "./agent.ts";
import type { Share } from "./share.ts";

/** Null for a task that is where the plan put it, or that was only pulled forward. */
export function takenOver(state: State, number: number, scratchpad: string, share: Share): TakenOver | null {
  const task = state.tasks[number];
  if (!task || (task.movedFrom ?? null) === null || task.movedFrom === task.terminal) return null;
  const blocker = lastOf(state, number);
  if (!blocker) return null;
  const evidence = blocker.evidence.filter((item) => item.file === null || share.check(item.file).kind === "shared");
  return {
    from: task.movedFrom ?? null,
    blocker: blocker.id,
    decisionContext: blocker.title,
    assumptions: [
      ...(blocker.cause === null
        ? ["the cause is not known: find out whether it holds here"]
        : [`cause, as it was reported: ${blocker.cause}`]),
      ...(blocker.notTried ?? []).map((text) => `not tried yet: ${text}`),
    ],
    priorDecisions: [
      ...(blocker.tried ?? []).map((text) => `tried without success: ${text}`),
      ...blocker.history.filter((act) => act.act !== "raised").map(({ act, to, by, note }) => words(act, to, by, note)),
    ],
    evidence: evidence.map((item) => item.line),
    evidenceFiles: [...new Set(evidence.flatMap((item) => item.file ?? []))],
    expectedOutcome: expected(state, number),
    handoffFile: join(scratchpad, handoffName(number)),
    returnPath: `Report it in your report file as any other task. If it stops you too, say so ("- [!] ${number} …", TASK_${String(number).padStart(3, "0")}_BLOCKER.md): ${blocker.id} is known, and whoever holds it decides on.`,
  };
}

function lastOf(state: State, number: number): Blocker | undefined {
  return Object.values(state.blockers).findLast(
    (blocker) => blocker.tasks.includes(number) && blocker.history.some((act) => act.act === "reassigned"),
  );
}

function words(act: string, to: string | null, by: string, note: string | null): string {
  return `${act}${to === null ? "" : ` to ${to}`} by ${by}${note === null ? "" : `: ${note}`}`;
}

function expected(state: State, number: number): string {
  const task = planIndex(state.plan).tasks.get(number);
  const change = task?.to ? `, ${task.from ? `from ${task.from} ` : ""}to ${task.to}` : "";
  const dependents = planIndex(state.plan).dependents.get(number) ?? [];
  const waits = dependents.length > 0 ? `; ${dependents.join(", ")} wait for it` : "";
  return `${number} ${task?.title ?? ""}${task?.target ? ` (${task.target})` : ""}${change}, done and checked${waits}`;
}
