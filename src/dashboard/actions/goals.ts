/** What keys do about the plan's goals: they are looked at, turned, and measured. */
import type { Request } from "../../protocol/messages.ts";
import { plain } from "../format.ts";
import { goalQuestion } from "../views/goal-question.ts";
import type { ActionParts } from "./create.ts";

export interface GoalActions {
  /** Shows targets, criteria, outputs and steps of the plan, with how each stands. */
  openGoals(): void;
}

/** Words about an act stay as long as it takes to read them, ms. */
const TOLD_MS = 8000;

export function goalActions({ stores: { view, marathon }, screen, send }: ActionParts): GoalActions {
  const by = "a person";
  const show = (index: number): void => {
    const { state } = marathon.getState();
    if (state) view.setState({ overlay: goalQuestion(state, screen.frame().theme.glyphs, index, { turn, measure, lookThrough }) });
  };
  // The page comes back with what was said, unless the person has gone on to something else.
  const ask = (request: Request, index: number): void =>
    void send(request).then(
      (answer) => {
        view.toast((answer as { readonly said: string }).said, "good", TOLD_MS);
        if (view.getState().overlay.kind === "none") show(index);
      },
      (error: unknown) => view.toast(error instanceof Error ? error.message : String(error), "bad", TOLD_MS),
    );
  const turn = (goal: { readonly id: string; readonly met: boolean }, index: number): void =>
    ask({ name: "check-goal", goal: goal.id, met: !goal.met, note: null, by }, index);
  const lookThrough = (index: number): void => ask({ name: "check-repository", by }, index);
  const measure = (target: { readonly number: number; readonly name: string; readonly to: string }, index: number): void =>
    view.setState({
      overlay: {
        kind: "input",
        title: plain(`${target.name}: what is it now?`),
        body: [plain(`It is to be ${target.to}.`)],
        text: "",
        submit: (value) => ask({ name: "measure-target", target: target.number, value, by }, index),
      },
    });
  return { openGoals: () => show(0) };
}
