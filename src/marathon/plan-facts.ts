/** What can happen to the plan while it runs. Journaled as they are: fields are added, never renamed. */
import type { Plan, PlanTask } from "../plan/types.ts";
import type { GoalFact } from "./goal-types.ts";
import type { RepositoryFact } from "./repository-check.ts";
import type { RiskAct } from "./risk-types.ts";

export type PlanFact =
  | GoalFact
  | RepositoryFact
  /** The plan files were edited: what they say now, for a person to take or refuse. `fingerprint`: of their text. */
  | { readonly type: "plan-offered"; readonly plan: Plan; readonly fingerprint: string; readonly summary: string }
  /** The files were edited again, and what was offered is no longer what they say. */
  | { readonly type: "plan-withdrawn"; readonly why: string }
  /** `offer`: the event that offered it. */
  | { readonly type: "plan-refused"; readonly offer: number; readonly by: string }
  | { readonly type: "plan-changed"; readonly offer: number; readonly summary: string; readonly by: string }
  /** Work that was not planned, with the reason why the plan grows. */
  | { readonly type: "task-added"; readonly task: PlanTask; readonly reason: string; readonly by: string }
  /** Carried over to another session; it is counted there and nowhere else. */
  | { readonly type: "task-carried"; readonly task: number; readonly to: string; readonly reason: string; readonly by: string }
  /** The trigger of a rule of the plan holds, or does so no more. `rule` counts from 1 in the order of the plan. */
  | { readonly type: "risk-offered"; readonly rule: number; readonly holds: boolean; readonly why: string }
  | {
      readonly type: "risk-taken";
      /** R1, R2 … in the order in which they were taken. */
      readonly id: string;
      readonly rule: number;
      readonly response: number;
      readonly text: string;
      readonly act: RiskAct;
      /** What it changes, in numbers, as it was shown before. */
      readonly change: string;
      readonly by: string;
    }
  | { readonly type: "risk-undone"; readonly id: string; readonly by: string }
  /** A task was put on the list for people, HUMAN_TODO.md. */
  | { readonly type: "todo-listed"; readonly task: number; readonly file: string; readonly by: string }
  /** How many lines of that list are open, whoever wrote them. */
  | { readonly type: "todo-counted"; readonly file: string; readonly open: number }
  /** An item of the plan's preflight list, counted from 1, was looked at. */
  | { readonly type: "preflight-checked"; readonly item: number; readonly ok: boolean; readonly note: string | null; readonly by: string };
