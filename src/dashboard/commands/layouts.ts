import type { Command, Context, Situation } from "../commands.ts";
import { arrangementHelp, arrangements, type Arrangement } from "../layout/arrangement.ts";

// Not commands.ts's own list: that module imports this one.
const onBoard: readonly Context[] = ["panes", "list", "zoom"];

const letters: Readonly<Record<Arrangement, string>> = { grid: "g", focus: "f", attention: "a", wall: "w" };

const direct: readonly Command[] = arrangements.map((arrangement) => ({
  id: `layout-${arrangement}`,
  topic: "layout",
  title: `Layout ${arrangement}: ${arrangementHelp[arrangement]}`,
  help: `Layout ${arrangement}: ${arrangementHelp[arrangement]}.`,
  keys: [`alt+${letters[arrangement]}`],
  contexts: onBoard,
  run: (actions) => actions.arrange(arrangement),
}));

export const layoutCommands: readonly Command[] = [
  {
    id: "next-layout",
    topic: "layout",
    title: "Next layout: grid, focus, attention, wall",
    hint: "layout",
    help: "The next layout: grid, focus, attention, wall. Remembered for this project.",
    keys: ["L"],
    contexts: onBoard,
    run: (actions, { view }) => actions.arrange(following(view.look.arrangement)),
  },
  ...direct,
  {
    id: "frames",
    topic: "layout",
    title: "Frames around panes and lists, or none",
    help: "Frames around panes and lists, or thin lines and more room. Remembered for this project.",
    keys: ["F"],
    contexts: onBoard,
    run: (actions, { view }) => actions.frames(!view.look.frames),
  },
  {
    id: "order-panes",
    topic: "layout",
    title: "Order the panes by need now",
    help: "Show those that need a look, in front, now; by itself that waits until no key is pressed.",
    keys: ["O"],
    contexts: onBoard,
    disabled: whyNoOrder,
    run: (actions) => actions.orderPanes(),
  },
];

function following(arrangement: Arrangement): Arrangement {
  return arrangements[(arrangements.indexOf(arrangement) + 1) % arrangements.length] ?? arrangement;
}

function whyNoOrder({ layout, view, facts }: Situation): string | null {
  if (layout.kind !== "board" || layout.oneInFront || layout.panes.length < 2) return "this layout has no places to be ordered";
  const all = layout.panes.length === (facts?.terminals.length ?? 0);
  return all && view.look.arrangement !== "attention"
    ? "all terminals are shown in the plan's order: L leads to the layout attention"
    : null;
}
