/** What must be done because the plan changed while it runs. */
import { assignments, escalated, timer } from "./blocker-effects.ts";
import type { PlanEvent } from "./reduce/plan-events.ts";
import type { Effect, State } from "./types.ts";

export function ofPlanEvent(before: State, after: State, event: PlanEvent): readonly Effect[] {
  if (event.type === "risk-offered") {
    const trigger = after.plan.risks[event.rule - 1]?.trigger ?? "a rule of the plan holds";
    return event.holds ? [{ kind: "announce", severity: "warning", text: `${trigger}: ${event.why}` }] : [];
  }
  if (event.type === "plan-offered")
    return [{ kind: "announce", severity: "warning", text: `the plan files were edited: ${event.summary}`, notify: true }];
  // What a task is to be may have changed without the task's having moved.
  if (event.type === "plan-changed")
    return Object.values(after.terminals).flatMap(({ number, starts }): Effect[] =>
      starts > 0 ? [{ kind: "update-assignment", terminal: number }] : [],
    );
  const told = assignments(before, after);
  if (event.type === "preflight-checked") return [...told, ...raised(before, after)];
  if (event.type !== "risk-taken" && event.type !== "risk-undone") return told;
  const kind = after.risks?.find(({ id }) => id === event.id)?.act.kind;
  const listed: Effect[] = kind === "drop" || kind === "follow-up" ? [{ kind: "write-risk", risk: event.id }] : [];
  const up = Object.values(after.blockers).filter(
    (blocker) => blocker.holder.level === "human" && before.blockers[blocker.id]?.holder.level !== "human",
  );
  return [...told, ...listed, ...up.flatMap(escalated)];
}

function raised(before: State, after: State): Effect[] {
  const fresh = Object.values(after.blockers).filter((blocker) => !(blocker.id in before.blockers));
  return fresh.flatMap((blocker): Effect[] => [
    { kind: "announce", severity: "warning", text: `blocker ${blocker.id} (${blocker.priority}): ${blocker.title}` },
    ...timer(after, blocker, after.t),
  ]);
}
