/** Keys for writing to agents and for answering them. */
import type { Command, Context, Situation } from "../commands.ts";
import { messagePageCommands } from "./message-pages.ts";
import { noEngine } from "./no-engine.ts";
import { focusedTerminal, noTerminal } from "./terminals.ts";

const everywhere: readonly Context[] = ["panes", "list", "zoom", "scratchpad"];
const inFront: readonly Context[] = ["panes", "zoom"];

function nobodyAsks(situation: Situation): string | null {
  return situation.facts?.terminals.some((terminal) => terminal.state === "asking") === true
    ? noEngine(situation)
    : "no terminal asks anything now";
}

export const messageCommands: readonly Command[] = [
  {
    id: "answer",
    topic: "messages",
    title: "Answer a terminal that asks",
    hint: "answer",
    help: "Answer what the terminal in front asks, or the next that asks.",
    keys: ["a"],
    contexts: everywhere,
    disabled: nobodyAsks,
    run: (actions) => actions.openQuestion(false),
  },
  {
    id: "message",
    topic: "messages",
    title: "Write a message to the terminal in front",
    hint: "message",
    help: "Write a message to the terminal in front.",
    keys: ["m"],
    contexts: inFront,
    disabled: (situation) => noTerminal(situation) ?? noEngine(situation),
    run: (actions, situation) => actions.compose([situation.view.focused]),
  },
  {
    id: "broadcast",
    topic: "messages",
    title: "Write a message to several terminals",
    help: "Write one message to several terminals.",
    keys: ["M"],
    contexts: everywhere,
    disabled: (situation) => noTerminal(situation) ?? noEngine(situation),
    run: (actions) => actions.pick(),
  },
  {
    id: "messages",
    topic: "messages",
    title: "What was sent, and what became of it",
    help: "Messages: what waits and why, what was delivered, what not.",
    keys: ["i"],
    contexts: everywhere,
    run: (actions) => actions.showMessages(),
  },
  {
    id: "why",
    topic: "messages",
    title: "Why the terminal's state is shown",
    help: "Why the state of the terminal in front is shown.",
    keys: ["w"],
    contexts: inFront,
    disabled: (situation) => (focusedTerminal(situation) === null ? "this plan has no terminal" : noEngine(situation)),
    run: (actions, situation) => actions.why(situation.view.focused),
  },
  ...messagePageCommands,
];
