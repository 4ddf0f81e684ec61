/** Sentences about the plan while it runs. */
import type { Words } from "./describe.ts";
import type { PlanEvent } from "./reduce/plan-events.ts";
import type { State } from "./types.ts";
import { base, oneLine } from "./words.ts";

/** See `describe`. */
export function sayPlan(event: PlanEvent, state: State): Words | null {
  switch (event.type) {
    case "plan-offered":
      return ["warn", `the plan files were edited: ${event.summary}; nothing changes before you say so (E)`];
    case "plan-withdrawn":
      return ["warn", `the edited plan is not offered any more: ${event.why}`];
    case "plan-refused":
      return ["person", `${event.by} refused the edited plan files: the marathon keeps its plan`];
    case "plan-changed":
      return ["person", `the plan was changed by ${event.by}: ${event.summary}`];
    case "task-added":
      return ["person", `${event.task.number} ${oneLine(event.task.title, 60)} added to the plan by ${event.by}: ${event.reason}`];
    case "task-carried":
      return ["person", `task ${event.task} carried over to session ${event.to} by ${event.by}: ${event.reason}`];
    case "risk-offered":
      return event.holds ? ["warn", `${trigger(state, event.rule)}: ${event.why}; the plan says what to do (P)`] : null;
    case "risk-taken":
      return ["person", `${event.id}: ${event.text} (${event.change})`];
    case "risk-undone":
      return ["person", `${event.id} taken back by ${event.by}`];
    case "todo-listed":
      return ["person", `task ${event.task} put on the list for people (${base(event.file)}) by ${event.by}`];
    case "todo-counted":
      return null;
    case "goal-checked":
      return [
        event.met ? "good" : "warn",
        `${event.goal} ${event.met ? "met" : "open again"}: ${oneLine(event.text, 80)}${event.note === null ? "" : ` (${event.note})`}`,
      ];
    case "target-measured":
      return ["person", `${oneLine(event.name, 60)} is ${event.value} now, says ${event.by}`];
    case "repository-checked":
      return [event.clean ? "good" : "bad", `the repository is ${event.clean ? "clean" : "NOT clean"}: ${oneLine(event.said, 160)}`];
    case "preflight-checked": {
      const text = oneLine(state.plan.preflight[event.item - 1] ?? `item ${event.item}`, 80);
      return event.ok
        ? ["good", `preflight in order: ${text}`]
        : ["bad", `preflight failed: ${text}${event.note === null ? "" : `: ${event.note}`}`];
    }
  }
}

function trigger(state: State, rule: number): string {
  return state.plan.risks[rule - 1]?.trigger ?? `rule ${rule}`;
}
