/** What the edited plan files would change, line by line, and whether to take it. */
import { editLines, planEdit } from "../../marathon/plan-edit.ts";
import type { State } from "../../marathon/types.ts";
import { plain } from "../format.ts";
import type { Overlay } from "../stores/view-store.ts";

/** More than a small screen shows beside the choices; `marathon plan diff` prints them all. */
const MOST_LINES = 12;

/** Null when nothing is offered. */
export function planEditQuestion(state: State, answer: (offer: number, take: boolean) => void): Overlay | null {
  const { planOffer } = state;
  if (!planOffer) return null;
  const edit = planEdit(state, planOffer.plan);
  const lines = editLines(state, edit).map((line) => plain(line));
  const more = lines.length > MOST_LINES ? [`and ${lines.length - MOST_LINES} more: \`marathon plan diff\` prints them all`] : [];
  return {
    kind: "choice",
    wide: true,
    title: "The plan files were edited",
    body: [...lines.slice(0, MOST_LINES), ...more, "Nothing changes before you choose; Esc decides later."],
    index: 0,
    choices: [
      { label: "Decide later", help: "the marathon goes on with its plan; E asks again", run: () => {} },
      {
        label: "Take it",
        help: edit.refused === null ? "the marathon goes on with the edited plan; what is done and being done stays" : plain(edit.refused),
        run: () => answer(planOffer.seq, true),
      },
      { label: "Refuse it", help: "the marathon keeps its plan; the files are left as they are", run: () => answer(planOffer.seq, false) },
    ],
  };
}
