import type { Command, Context } from "../commands.ts";
import type { RailName } from "../stores/view-store.ts";

const board: readonly Context[] = ["panes", "list", "zoom", "scratchpad", "time"];
const rows: readonly Context[] = ["list", "scratchpad", "time"];

function rail(name: RailName, key: string, title: string, help: string): Command {
  return {
    id: name,
    topic: "lists",
    title,
    help,
    keys: [key],
    contexts: board,
    // Who was led there and asks for it is there already, and does not ask to leave.
    run: (actions, { view }) => (view.view === "board" && view.area === name && !view.led ? actions.panes() : actions.rail(name)),
  };
}

export const listCommands: readonly Command[] = [
  rail("blockers", "b", "Go to the blockers", "To the list of blockers; again: back to the panes."),
  rail("streams", "s", "Go to the streams", "To the list of streams; again: back to the panes."),
  rail("hierarchy", "H", "Go to the hierarchy", "To the hierarchy tree; again: back to the panes."),
  rail("terminals", "T", "Go to the list of terminals", "To the list of all terminals; again: back to the panes."),
  {
    id: "hierarchy-figures",
    topic: "lists",
    title: "Figures of delegation, and who owns what",
    help: "How much is delegated, each figure with its formula and the recorded ones beside it; spawns against the hierarchy; who owns what.",
    keys: ["%"],
    contexts: ["panes", "list", "zoom"],
    disabled: ({ facts }) => (facts === null ? "not attached yet" : null),
    run: (actions) => actions.openHierarchy(),
  },
  {
    id: "row-down",
    topic: "lists",
    title: "Next row",
    help: "The next row.",
    keys: ["j", "down"],
    contexts: rows,
    run: (actions) => actions.move(1),
  },
  {
    id: "row-up",
    topic: "lists",
    title: "Previous row",
    help: "The row before.",
    keys: ["k", "up"],
    contexts: rows,
    run: (actions) => actions.move(-1),
  },
  {
    id: "rows-down",
    topic: "lists",
    title: "A page of rows down",
    help: "A page down; in the scratchpad: of the open file.",
    keys: ["pagedown"],
    contexts: rows,
    run: (actions) => actions.movePage(1),
  },
  {
    id: "rows-up",
    topic: "lists",
    title: "A page of rows up",
    help: "A page up; in the scratchpad: of the open file.",
    keys: ["pageup"],
    contexts: rows,
    run: (actions) => actions.movePage(-1),
  },
  {
    id: "first-row",
    topic: "lists",
    title: "First row",
    help: "The first row.",
    keys: ["g", "home"],
    contexts: rows,
    run: (actions) => actions.moveTo("top"),
  },
  {
    id: "last-row",
    topic: "lists",
    title: "Last row",
    help: "The last row.",
    keys: ["G", "end"],
    contexts: rows,
    run: (actions) => actions.moveTo("bottom"),
  },
  {
    id: "fold",
    topic: "lists",
    title: "Fold the branch",
    help: "Fold the selected branch of the hierarchy, or go to the branch it is part of.",
    keys: ["h", "left"],
    contexts: ["list"],
    disabled: ({ view }) => (view.area === "hierarchy" ? null : "only the hierarchy has branches to fold"),
    run: (actions) => actions.fold(true),
  },
  {
    id: "unfold",
    topic: "lists",
    title: "Unfold the branch",
    help: "Unfold the selected branch of the hierarchy.",
    keys: ["l", "right"],
    contexts: ["list"],
    disabled: ({ view }) => (view.area === "hierarchy" ? null : "only the hierarchy has branches to fold"),
    run: (actions) => actions.fold(false),
  },
  {
    id: "open-row",
    topic: "lists",
    title: "Open the selected row",
    hint: "open",
    help: "Go to the terminal that the row is about; of a blocker, read everything about it; in the hierarchy, fold or unfold a branch; in the scratchpad, read the file again.",
    keys: ["enter"],
    contexts: rows,
    run: (actions) => actions.openSelected(),
  },
];
