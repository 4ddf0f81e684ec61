/** Answering a terminal that asks: its question on the screen, the answer to the engine, and on to the next one. */
import type { QuestionAnswer, TerminalQuestion } from "../../protocol/messages.ts";
import type { MessageOverlay } from "../stores/message-overlays.ts";
import { noOverlay } from "../stores/view-store.ts";
import type { ActionParts } from "./create.ts";
import { stillThere } from "./still-there.ts";

export interface AnswerActions {
  /** Shows what the terminal in front asks, or the next one that asks. `next`: go on from the question that is open. */
  openQuestion(next: boolean): void;
  markAnswer(step: number): void;
  giveAnswer(): void;
}

export function answerActions(
  parts: ActionParts,
  focus: (terminal: number) => void,
  complain: (failure: string) => (error: unknown) => void,
): AnswerActions {
  const { view } = parts.stores;
  const asking = () => parts.screen.frame().facts?.lookOrder.filter((number) => stateOf(parts, number) === "asking") ?? [];
  const show = (terminal: number, note: string | null) => {
    focus(terminal);
    const wanted = stillThere(view);
    parts.send({ name: "question", terminal }).then(
      (question) => {
        // Keys for something else must not become an answer.
        if (wanted()) view.setState({ overlay: { kind: "answer", question: question as TerminalQuestion, index: -1, text: "", note } });
      },
      (error: unknown) => {
        if (wanted()) view.setState({ overlay: noOverlay });
        complain(note ?? `terminal ${terminal} cannot be answered`)(error);
      },
    );
  };
  return {
    openQuestion(next) {
      const waiting = asking();
      const open = openedAnswer(parts)?.question.terminal ?? null;
      const from = next ? open : view.getState().focused;
      const here = from === null ? -1 : waiting.indexOf(from);
      const terminal = next ? waiting[(here + 1) % Math.max(1, waiting.length)] : (waiting[here] ?? waiting[0]);
      if (terminal === undefined || (next && terminal === open)) return view.toast("no other terminal asks anything now", "warn");
      show(terminal, null);
    },
    markAnswer(step) {
      const overlay = openedAnswer(parts);
      const count = overlay?.question.options.length ?? 0;
      if (overlay === null || count === 0) return;
      const index = overlay.index < 0 ? (step > 0 ? 0 : count - 1) : (overlay.index + step + count) % count;
      view.setState({ overlay: { ...overlay, index, text: "", note: null } });
    },
    giveAnswer() {
      const overlay = openedAnswer(parts);
      if (overlay === null) return;
      const { question, index, text } = overlay;
      const answer: QuestionAnswer | null = text !== "" ? { text } : index >= 0 ? { option: index } : null;
      if (answer === null) {
        const note = question.options.length > 0 ? "mark an answer with its number, or write one" : "write the answer first";
        return view.setState({ overlay: { ...overlay, note } });
      }
      view.setState({ overlay: noOverlay });
      answered(parts, question, answer, () => asking().filter((number) => number !== question.terminal).length, show);
    },
  };
}

function answered(
  parts: ActionParts,
  { terminal, fingerprint }: TerminalQuestion,
  answer: QuestionAnswer,
  others: () => number,
  show: (terminal: number, note: string | null) => void,
): void {
  const { view } = parts.stores;
  parts.send({ name: "answer", terminal, fingerprint, answer }).then(
    (result) => {
      const { answer: words, taken } = result as { readonly answer: string; readonly taken: boolean };
      const more = others();
      if (taken) view.toast(`T${terminal} answered: ${words}${more > 0 ? `; ${more} more ask: a` : ""}`, "good");
      else view.toast(`"${words}" was typed into T${terminal}, but it still asks: look at it`, "warn", 8000);
    },
    (error: unknown) => {
      const changed = (error as { readonly code?: string }).code === "changed";
      // What it shows now is what has to be answered: the person is asked anew.
      if (changed) show(terminal, reasonOf(error));
      else view.toast(`T${terminal} was not answered: ${reasonOf(error)}`, "bad", 8000);
    },
  );
}

function openedAnswer({ stores }: ActionParts): Extract<MessageOverlay, { kind: "answer" }> | null {
  const { overlay } = stores.view.getState();
  return overlay.kind === "answer" ? overlay : null;
}

function stateOf({ screen }: ActionParts, number: number): string | undefined {
  return screen.frame().facts?.terminals.find((terminal) => terminal.number === number)?.state;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
