/** What can be done about the plan while it runs. */
import type { Command, Context } from "../commands.ts";
import { selectedBlocker } from "./blockers.ts";
import { noEngine } from "./no-engine.ts";

const contexts: readonly Context[] = ["panes", "list", "zoom"];

export const planCommands: readonly Command[] = [
  {
    id: "plan-edit",
    topic: "blockers",
    title: "Take or refuse the edited plan files",
    hint: "edited plan",
    help: "Shows which tasks an edit of the plan files adds, drops, moves and changes, and asks. Nothing changes before.",
    keys: ["E"],
    contexts,
    disabled: (situation) =>
      noEngine(situation) ?? (situation.facts?.planEdited ? null : "the plan files say what the marathon runs, or were refused"),
    run: (actions) => actions.answerPlanEdit(),
  },
  {
    id: "plan-says",
    topic: "blockers",
    title: "What the plan says to do now that something goes wrong",
    hint: "plan's advice",
    help: "The plan's answers to being behind, to failing tests and to conflicts, each with what it would change; and those done already, to be taken back.",
    keys: ["P"],
    contexts,
    disabled: (situation) => noEngine(situation) ?? situation.facts?.risks.refused ?? null,
    run: (actions) => actions.chooseRisk(),
  },
  {
    id: "list-todo",
    topic: "blockers",
    title: "Put a failed or deferred task on the list for people",
    help: "Adds a task that is blocked, parked or dropped to HUMAN_TODO.md, where you and others tick it by hand.",
    keys: ["N"],
    contexts,
    disabled: (situation) =>
      noEngine(situation) ?? ((situation.facts?.todo.deferred ?? 0) > 0 ? null : "no task is blocked, parked or dropped"),
    run: (actions, situation) => actions.listTodo(situation.view.focused, selectedBlocker(situation)?.tasks ?? []),
  },
  {
    id: "add-task",
    topic: "blockers",
    title: "Add work to the plan",
    help: "Add a task for the terminal in front, or one that an agent's report asks for, with the reason why the plan must grow.",
    keys: ["A"],
    contexts,
    disabled: (situation) => noEngine(situation) ?? (situation.view.focused > 0 ? null : "no terminal is in front"),
    run: (actions, { view }) => actions.addTask(view.focused),
  },
  {
    id: "goals",
    topic: "lists",
    title: "Goals: targets, criteria, outputs, and what comes before and after the work",
    hint: "goals",
    help: "Preflight, targets with what was measured, success criteria, deliverables, handoff, branch and pull request of each session, synthesis and follow-ups: Enter turns one, or asks what a target is now. And whether the repository is clean of files with secrets, with when that was looked at.",
    keys: ["C"],
    contexts: ["panes", "list", "zoom", "time"],
    disabled: ({ facts }) => (facts === null ? "not attached yet" : null),
    run: (actions) => actions.openGoals(),
  },
];
