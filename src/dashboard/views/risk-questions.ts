/** What the plan says to do when its risks come true: each response with what it would change, and what was done already. */
import { riskOffers, riskUndoRefusal } from "../../marathon/risk-rules.ts";
import type { State } from "../../marathon/types.ts";
import { plain } from "../format.ts";
import type { Overlay } from "../stores/view-store.ts";

export interface RiskChoice {
  take(offer: string): void;
  undo(risk: string): void;
}

/** Null when nothing is offered and nothing could be taken back. */
export function riskQuestion(state: State, t: number, chosen: RiskChoice): Overlay | null {
  const offers = riskOffers(state, t);
  const done = (state.risks ?? []).filter((one) => riskUndoRefusal(state, one) === null);
  if (offers.length + done.length === 0) return null;
  const causes = [...new Set(offers.map(({ trigger, why }) => `${plain(trigger)}: ${plain(why)}.`))];
  return {
    kind: "choice",
    wide: true,
    title: "What the plan says to do",
    body: [...causes, "Nothing is done before you choose; Esc changes nothing."],
    index: 0,
    choices: [
      ...offers.map(({ id, text, change, refused }) => ({
        label: plain(text).slice(0, 90),
        help: plain(refused ?? change),
        run: () => chosen.take(id),
      })),
      ...done.map(({ id, text, change }) => ({
        label: `take back ${id}: ${plain(text).slice(0, 70)}`,
        help: `it did: ${plain(change)}`,
        run: () => chosen.undo(id),
      })),
    ],
  };
}
