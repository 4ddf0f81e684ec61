/** Whether the plan has anything to say to what goes wrong. */
import { riskUndoRefusal } from "../../marathon/risk-rules.ts";
import type { State } from "../../marathon/types.ts";
import type { Facts } from "./types.ts";

export function riskFacts(state: State): Facts["risks"] {
  if (state.plan.risks.length === 0) return { refused: "the plan has no risk rules" };
  const open = (state.riskHolds ?? []).length > 0 || (state.risks ?? []).some((one) => riskUndoRefusal(state, one) === null);
  return { refused: open ? null : "none of the plan's risk rules holds now" };
}
