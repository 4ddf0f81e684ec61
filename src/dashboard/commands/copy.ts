/** Copy mode: a cursor in a pane, moved as in vi, and what is selected with it. */
import type { Actions } from "../actions.ts";
import type { Command, Situation } from "../commands.ts";
import { noEngine } from "./no-engine.ts";
import { focusedTerminal } from "./terminals.ts";

interface Row {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  readonly keys: readonly string[];
  readonly hint?: Command["hint"];
  readonly run: (actions: Actions["copy"]) => void;
}

function command({ id, hint, run, ...rest }: Row): Command {
  return {
    ...rest,
    ...(hint === undefined ? {} : { hint }),
    id: `copy-${id}`,
    topic: "copy",
    contexts: ["copy"],
    run: (actions) => run(actions.copy),
  };
}

const selecting = ({ view }: Situation) => (view.copy?.anchor ?? null) !== null;

const moves: readonly Row[] = [
  { id: "left", title: "Left", help: "A character to the left.", keys: ["h", "left"], run: (copy) => copy.move("left") },
  { id: "down", title: "Down", help: "A row down.", keys: ["j", "down"], run: (copy) => copy.rows(1) },
  { id: "up", title: "Up", help: "A row up.", keys: ["k", "up"], run: (copy) => copy.rows(-1) },
  { id: "right", title: "Right", help: "A character to the right.", keys: ["l", "right"], run: (copy) => copy.move("right") },
  { id: "next-word", title: "Next word", help: "To the start of the next word.", keys: ["w"], run: (copy) => copy.move("next-word") },
  { id: "word-back", title: "Word before", help: "To the start of the word before.", keys: ["b"], run: (copy) => copy.move("word-back") },
  { id: "word-end", title: "End of the word", help: "To the end of the word.", keys: ["e"], run: (copy) => copy.move("word-end") },
  {
    id: "line-start",
    title: "Start of the line",
    help: "To the start of the line.",
    keys: ["0", "home"],
    run: (copy) => copy.move("line-start"),
  },
  {
    id: "line-text",
    title: "First character",
    help: "To the first character that is no blank.",
    keys: ["^"],
    run: (copy) => copy.move("line-text"),
  },
  { id: "line-end", title: "End of the line", help: "To the end of the line.", keys: ["$", "end"], run: (copy) => copy.move("line-end") },
  { id: "oldest", title: "Oldest line", help: "To the oldest line that is kept.", keys: ["g"], run: (copy) => copy.move("oldest") },
  { id: "newest", title: "Newest line", help: "To the end of the newest line.", keys: ["G"], run: (copy) => copy.move("newest") },
  { id: "half-up", title: "Half a pane up", help: "Half a pane up.", keys: ["ctrl+u"], run: (copy) => copy.page(-0.5) },
  { id: "half-down", title: "Half a pane down", help: "Half a pane down.", keys: ["ctrl+d"], run: (copy) => copy.page(0.5) },
  { id: "page-up", title: "A pane up", help: "A pane up.", keys: ["pageup", "ctrl+b"], run: (copy) => copy.page(-1) },
  { id: "page-down", title: "A pane down", help: "A pane down.", keys: ["pagedown", "ctrl+f"], run: (copy) => copy.page(1) },
  { id: "row-top", title: "Top row", help: "To the top row of the pane.", keys: ["H"], run: (copy) => copy.toRow("top") },
  { id: "row-middle", title: "Middle row", help: "To the middle row of the pane.", keys: ["M"], run: (copy) => copy.toRow("middle") },
  { id: "row-bottom", title: "Bottom row", help: "To the bottom row of the pane.", keys: ["L"], run: (copy) => copy.toRow("bottom") },
];

const acts: readonly Row[] = [
  {
    id: "select",
    title: "Select from here",
    hint: (situation) => (selecting(situation) ? "unselect" : "select"),
    help: "Select from here on; again: select nothing.",
    keys: ["v", "space"],
    run: (copy) => copy.select("text"),
  },
  { id: "lines", title: "Select lines", hint: "lines", help: "Select whole rows.", keys: ["V"], run: (copy) => copy.select("lines") },
  {
    id: "block",
    title: "Select a block",
    hint: "block",
    help: "Select the same columns of each row.",
    keys: ["ctrl+v"],
    run: (copy) => copy.select("block"),
  },
  { id: "other-end", title: "Other end", help: "To the other end of what is selected.", keys: ["o"], run: (copy) => copy.swap() },
  {
    id: "yank",
    title: "Copy what is selected",
    hint: "copy",
    help: "Copy what is selected to the clipboard, and leave.",
    keys: ["y", "enter"],
    run: (copy) => copy.copy(),
  },
  {
    id: "leave",
    title: "Leave copy mode",
    hint: "back",
    help: "Leave copy mode, back to what was shown before it.",
    keys: ["escape", "q", "ctrl+c"],
    run: (copy) => copy.leave(),
  },
];

export const copyCommands: readonly Command[] = [
  {
    id: "copy",
    topic: "copy",
    title: "Select and copy text of the terminal",
    hint: "copy",
    help: "Copy mode: the pane stands still, and a cursor in it selects what is to be copied.",
    keys: ["v", "["],
    contexts: ["panes", "zoom", "search"],
    disabled: (situation) => (focusedTerminal(situation) === null ? "this plan has no terminal" : noEngine(situation)),
    run: (actions) => actions.copy.begin(),
  },
  ...acts.map(command),
  ...moves.map(command),
];
