/** What keys do about the list for people. */
import { todoQuestion } from "../views/todo-question.ts";
import type { ActionParts } from "./create.ts";

export interface TodoActions {
  /** Asks which failed or deferred task goes on the list for people; those `near` come first, then the terminal's own. */
  listTodo(terminal: number, near: readonly number[]): void;
}

/** Words about an act stay as long as it takes to read them, ms. */
const TOLD_MS = 8000;

export function todoActions({ stores: { view, marathon }, send }: ActionParts): TodoActions {
  const list = (task: number): void =>
    void send({ name: "list-todo", task, by: "a person" }).then(
      (answer) => view.toast((answer as { readonly said: string }).said, "good", TOLD_MS),
      (error: unknown) => view.toast(error instanceof Error ? error.message : String(error), "bad", TOLD_MS),
    );
  return {
    listTodo(terminal, near) {
      const { state } = marathon.getState();
      const question = state && todoQuestion(state, { terminal, near }, list);
      if (question) view.setState({ overlay: question });
      else view.toast("no task is blocked, parked or dropped");
    },
  };
}
