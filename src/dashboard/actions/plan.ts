/** What keys do about the plan while it runs: its risk rules are taken, and work is added to it. */
import type { Request } from "../../protocol/messages.ts";
import { openWishes } from "../../marathon/wishes.ts";
import { plain } from "../format.ts";
import { planEditQuestion } from "../views/plan-edit-question.ts";
import { wishQuestion } from "../views/wish-question.ts";
import { riskQuestion } from "../views/risk-questions.ts";
import type { ActionParts } from "./create.ts";

export interface PlanActions {
  /** Shows what the edited plan files would change, and asks. */
  answerPlanEdit(): void;
  /** Asks which of the plan's responses to take, or what to take back. */
  chooseRisk(): void;
  /** Asks what is to be done and why the plan must grow, then adds it where the terminal in front works. */
  addTask(terminal: number): void;
  /** Drafts the after-action review. */
  writeReview(): void;
}

/** Words about an act stay as long as it takes to read them, ms. */
const TOLD_MS = 8000;

export function planActions({ stores: { view, marathon }, send }: ActionParts): PlanActions {
  const by = "a person";
  const ask = (request: Request): void =>
    void send(request).then(
      (answer) => view.toast((answer as { readonly said: string }).said, "good", TOLD_MS),
      (error: unknown) => view.toast(error instanceof Error ? error.message : String(error), "bad", TOLD_MS),
    );
  const add = (terminal: number, title: string, reason: string): void => {
    const { state } = marathon.getState();
    const current = state?.terminals[terminal]?.task ?? null;
    const session = state?.plan.tasks.find((task) => task.number === current)?.session ?? null;
    const stream = state?.terminals[terminal]?.stream ?? null;
    ask({ name: "add-task", title, reason, session, stream, terminal, estimate: null, run: null, by });
  };
  const askWhy = (terminal: number, title: string, text: string): void => {
    if (title.trim() === "") return view.toast("nothing was added: say what is to be done", "warn");
    const submit = (reason: string): void => {
      if (reason.trim() === "") view.toast("nothing was added: a plan grows only for a reason", "warn");
      else add(terminal, title.trim(), reason.trim());
    };
    const { state } = marathon.getState();
    const total = Object.values(state?.tasks ?? {}).filter((task) => task.state !== "dropped").length;
    view.setState({ overlay: { kind: "input", title: plain(`${total} → ${total + 1} tasks: why must the plan grow?`), text, submit } });
  };
  const askWhat = (terminal: number): void => {
    const submit = (title: string): void => askWhy(terminal, title, "");
    view.setState({ overlay: { kind: "input", title: `Add work for terminal ${terminal}: what is to be done?`, text: "", submit } });
  };
  return {
    answerPlanEdit() {
      const { state } = marathon.getState();
      const question = state && planEditQuestion(state, (offer, take) => ask({ name: "answer-plan-edit", offer, take, by }));
      if (question) view.setState({ overlay: question });
      else view.toast("the plan files say what the marathon runs");
    },
    writeReview: () => ask({ name: "write-review" }),
    chooseRisk() {
      const { state } = marathon.getState();
      if (!state) return;
      const question = riskQuestion(state, marathon.now(), {
        take: (offer) => ask({ name: "take-risk", offer, by }),
        undo: (risk) => ask({ name: "undo-risk", risk, by }),
      });
      if (question) view.setState({ overlay: question });
      else view.toast("none of the plan's risk rules holds now");
    },
    addTask(terminal) {
      const { state } = marathon.getState();
      const wishes = state === null ? [] : openWishes(state);
      if (wishes.length === 0) return askWhat(terminal);
      const question = wishQuestion(wishes, {
        wish: (wish) => askWhy(wish.terminal ?? terminal, wish.title, wish.reason ?? ""),
        other: () => askWhat(terminal),
      });
      view.setState({ overlay: question });
    },
  };
}
