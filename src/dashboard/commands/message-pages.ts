/** Keys of the pages on which messages are written, terminals picked, and questions answered. */
import type { Command, Context, Situation } from "../commands.ts";
import type { MessageFacts } from "../facts/types.ts";

/** A row without what all rows of its page share. */
type Keys = Omit<Command, "topic" | "contexts">;

const compose: readonly Keys[] = [
  {
    id: "send-message",
    title: "Send it",
    hint: "send",
    help: "Send the message; to several terminals only after a question that names them.",
    keys: ["enter"],
    run: (actions) => actions.send(),
  },
];

const answer: readonly Keys[] = [
  {
    id: "give-answer",
    title: "Give the answer",
    hint: "send it",
    help: "Type the marked or written answer into the terminal.",
    keys: ["enter"],
    run: (actions) => actions.giveAnswer(),
  },
  {
    id: "next-answer",
    title: "Next answer",
    hint: "mark",
    help: "Mark the next answer.",
    keys: ["down"],
    run: (actions) => actions.markAnswer(1),
  },
  {
    id: "previous-answer",
    title: "Answer before",
    help: "Mark the answer before.",
    keys: ["up"],
    run: (actions) => actions.markAnswer(-1),
  },
  {
    id: "next-question",
    title: "Next question",
    hint: "next question",
    help: "Leave this question and go to the next terminal that asks.",
    keys: ["tab"],
    run: (actions) => actions.openQuestion(true),
  },
];

const pick: readonly Keys[] = [
  { id: "pick-down", title: "Next terminal", help: "The next terminal.", keys: ["down", "j"], run: (actions) => actions.movePick(1) },
  { id: "pick-up", title: "Terminal before", help: "The terminal before.", keys: ["up", "k"], run: (actions) => actions.movePick(-1) },
  {
    id: "pick-one",
    title: "Pick the terminal",
    hint: "pick",
    help: "Pick the terminal, or leave it out again.",
    keys: ["space"],
    run: (actions) => actions.togglePick("row"),
  },
  {
    id: "pick-all",
    title: "Pick all",
    hint: "all",
    help: "Pick all terminals, or none.",
    keys: ["a"],
    run: (actions) => actions.togglePick("all"),
  },
  {
    id: "pick-idle",
    title: "Pick the idle ones",
    hint: "idle ones",
    help: "Pick the terminals that idle.",
    keys: ["i"],
    run: (actions) => actions.togglePick("idle"),
  },
  {
    id: "pick-stream",
    title: "Pick the stream",
    hint: "its stream",
    help: "Pick all terminals of the same stream.",
    keys: ["s"],
    run: (actions) => actions.togglePick("stream"),
  },
  {
    id: "pick-write",
    title: "Write to them",
    hint: "write",
    help: "Write the message to those that are picked.",
    keys: ["enter"],
    run: (actions) => actions.takePicked(),
  },
];

function selected({ view, facts }: Situation): MessageFacts | undefined {
  const { overlay } = view;
  const id = overlay.kind === "messages" ? overlay.messages[overlay.index] : undefined;
  return facts?.messages.find((message) => message.id === id);
}

const messages: readonly Keys[] = [
  {
    id: "message-down",
    title: "Next message",
    hint: "choose",
    help: "The next message.",
    keys: ["down", "j"],
    run: (actions) => actions.choose(1),
  },
  { id: "message-up", title: "Message before", help: "The message before.", keys: ["up", "k"], run: (actions) => actions.choose(-1) },
  {
    id: "message-again",
    title: "Send it again",
    hint: "send again",
    help: "Send a message again that was not delivered.",
    keys: ["r"],
    disabled: (situation) => (selected(situation)?.state === "failed" ? null : "only a message that was not delivered can be sent again"),
    run: (actions) => actions.sendAgain(),
  },
  {
    id: "message-drop",
    title: "Drop it",
    hint: "drop",
    help: "Give up a message that is not delivered.",
    keys: ["x"],
    disabled: (situation) => {
      const state = selected(situation)?.state;
      return state === "failed" || state === "queued" || state === "typed" ? null : "there is nothing to drop: it is settled";
    },
    run: (actions) => actions.dropMessage(),
  },
  { id: "messages-close", title: "Close", help: "Close the page.", keys: ["q", "enter"], run: (actions) => actions.closeOverlay() },
];

function rows(context: Context, keys: readonly Keys[]): readonly Command[] {
  return keys.map((row): Command => ({ ...row, topic: "messages", contexts: [context] }));
}

export const messagePageCommands: readonly Command[] = [
  ...rows("compose", compose),
  ...rows("answer", answer),
  ...rows("pick", pick),
  ...rows("messages", messages),
];
