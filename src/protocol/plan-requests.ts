/** What may be asked of the engine about the plan while it runs. Each answers `{said}`, or refuses with the reason. */
import type { Addition } from "../marathon/scope.ts";

export type PlanRequest =
  /** Takes or refuses the edited plan files. `offer` as in PlanOffer's `seq`; null: whichever is offered. */
  | { readonly name: "answer-plan-edit"; readonly offer: number | null; readonly take: boolean; readonly by: string }
  | ({ readonly name: "add-task" } & Addition)
  | { readonly name: "carry-task"; readonly task: number; readonly to: string; readonly reason: string; readonly by: string }
  /** `offer` as in RiskOffer: "1.2". */
  | { readonly name: "take-risk"; readonly offer: string; readonly by: string }
  /** `risk` as in RiskTaken: "R1". */
  | { readonly name: "undo-risk"; readonly risk: string; readonly by: string }
  /** Puts a failed or deferred task on the list for people. */
  | { readonly name: "list-todo"; readonly task: number; readonly by: string }
  /** `goal`: its id, as `marathon goals` lists it. */
  | { readonly name: "check-goal"; readonly goal: string; readonly met: boolean; readonly note: string | null; readonly by: string }
  /** `target`: from 1, in the order of the plan. */
  | { readonly name: "measure-target"; readonly target: number; readonly value: string; readonly by: string }
  /** Looks for files with secrets that git does not ignore, and journals what it found. */
  | { readonly name: "check-repository"; readonly by: string }
  | { readonly name: "check-preflight"; readonly item: number; readonly ok: boolean; readonly note: string | null; readonly by: string };
