import type { Command, Context } from "../commands.ts";

const everywhere: readonly Context[] = ["panes", "list", "zoom", "scratchpad", "time"];

function direction(name: "left" | "right" | "up" | "down", letter: string): Command {
  const lines = name === "up" ? 1 : name === "down" ? -1 : 0;
  return {
    id: `go-${name}`,
    topic: "looking",
    title: `Go ${name}`,
    help:
      lines === 0
        ? `The pane to the ${name}; zoomed: the ${name === "left" ? "previous" : "next"} terminal.`
        : `The pane ${name === "up" ? "above" : "below"}; zoomed: scroll one line ${name}.`,
    keys: [letter, name],
    contexts: ["panes", "zoom"],
    run: (actions, { view }) => {
      if (view.view !== "zoom") return actions.neighbour(name);
      if (lines === 0) return actions.cycle(name === "left" ? -1 : 1);
      actions.scroll(lines);
    },
  };
}

export const lookCommands: readonly Command[] = [
  direction("down", "j"),
  direction("up", "k"),
  direction("left", "h"),
  direction("right", "l"),
  {
    id: "scroll-up",
    topic: "looking",
    title: "Scroll the terminal up",
    hint: "scroll",
    help: "Half a pane back in time.",
    keys: ["pageup"],
    contexts: ["panes", "zoom", "search"],
    run: (actions) => actions.scrollPage(0.5),
  },
  {
    id: "scroll-down",
    topic: "looking",
    title: "Scroll the terminal down",
    help: "Half a pane towards now.",
    keys: ["pagedown"],
    contexts: ["panes", "zoom", "search"],
    run: (actions) => actions.scrollPage(-0.5),
  },
  {
    id: "scroll-top",
    topic: "looking",
    title: "Scroll to the oldest line",
    help: "To the oldest line that is kept.",
    keys: ["g", "home"],
    contexts: ["panes", "zoom", "search"],
    run: (actions) => actions.scrollTo("top"),
  },
  {
    id: "scroll-bottom",
    topic: "looking",
    title: "Follow the output again",
    help: "Back to the newest line, and follow.",
    keys: ["G", "end"],
    contexts: ["panes", "zoom", "search"],
    run: (actions) => actions.scrollTo("bottom"),
  },
  {
    id: "back",
    topic: "looking",
    title: "Back",
    hint: "back",
    help: "From a list to the panes, from a zoomed terminal or the scratchpad to the board; on the board: follow the output again.",
    keys: ["escape"],
    contexts: everywhere,
    disabled: ({ view }) =>
      view.view === "board" && view.area === "panes" && (view.scroll[view.focused] ?? 0) === 0 ? "this is the board already" : null,
    run: (actions, { view }) => {
      if (view.view !== "board") return actions.show("board");
      if (view.area !== "panes") return actions.panes();
      actions.scrollTo("bottom");
    },
  },
  {
    id: "scratchpad",
    topic: "looking",
    title: "Open or close the scratchpad",
    hint: "scratchpad",
    help: "The files that agents write: newest first, and what each one changed.",
    keys: ["p"],
    contexts: everywhere,
    run: (actions, { view }) => actions.show(view.view === "scratchpad" ? "board" : "scratchpad"),
  },
  {
    id: "palette",
    topic: "looking",
    title: "Find a command",
    hint: "command",
    help: "Every command of this context by name, and run it.",
    keys: [":"],
    contexts: [...everywhere, "search", "copy"],
    run: (actions) => actions.overlay({ kind: "palette", query: "", index: 0 }),
  },
  {
    id: "help",
    topic: "looking",
    title: "Show the keys",
    hint: "keys",
    help: "The keys of this context, and what each one does.",
    keys: ["?", "f1"],
    contexts: [...everywhere, "search", "copy"],
    run: (actions) => actions.overlay({ kind: "help", scroll: 0, query: "", typing: false }),
  },
  {
    id: "redraw",
    topic: "looking",
    title: "Draw the screen again",
    help: "Measure and draw the whole screen again.",
    keys: ["ctrl+l"],
    contexts: [...everywhere, "search", "copy"],
    run: (actions) => actions.redraw(),
  },
];
