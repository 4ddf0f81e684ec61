/**
 * Everything a person can do, as rows. Help, status line, palette and the README's key table are printed from these rows; there is
 * no other place where a key gets a meaning.
 */
import type { Actions } from "./actions.ts";
import { copyCommands } from "./commands/copy.ts";
import { blockerCommands } from "./commands/blockers.ts";
import { dialogCommands } from "./commands/dialogs.ts";
import { layoutCommands } from "./commands/layouts.ts";
import { leaveCommands } from "./commands/leave.ts";
import { listCommands } from "./commands/lists.ts";
import { lookCommands } from "./commands/look.ts";
import { planCommands } from "./commands/plan.ts";
import { searchCommands } from "./commands/search.ts";
import { messageCommands } from "./commands/messages.ts";
import { terminalCommands } from "./commands/terminals.ts";
import { timeCommands } from "./commands/time.ts";
import type { Facts } from "./facts/types.ts";
import type { Layout } from "./layout.ts";
import type { Connection } from "./stores/marathon-store.ts";
import type { ViewSnapshot } from "./stores/view-store.ts";

/**
 * What has the keys. `panes` and `list` are the board with a terminal or one of the lists in front; `take-over` is the terminal
 * itself: the stdin router passes everything on except the keys of the rows of that context. `search-text` is the line that asks
 * what to look for, `search` the walk among the hits, `copy` the selection of text in a pane, `help-text` the words that a key on
 * the page of keys is looked for by.
 */
export type Context =
  | "panes"
  | "list"
  | "zoom"
  | "scratchpad"
  | "time"
  | "search-text"
  | "search"
  | "copy"
  | "help"
  | "help-text"
  | "notice"
  | "palette"
  | "choice"
  | "input"
  | "blocker"
  | "compose"
  | "pick"
  | "messages"
  | "answer"
  | "take-over";

export type Topic =
  | "time"
  | "terminals"
  | "looking"
  | "layout"
  | "search"
  | "copy"
  | "lists"
  | "blockers"
  | "leaving"
  | "dialogs"
  | "messages"
  | "take-over";

/** What a row may look at to say whether it can be done now. */
export interface Situation {
  readonly view: ViewSnapshot;
  readonly facts: Facts | null;
  readonly layout: Layout;
  readonly connection: Connection;
}

export interface Command {
  /** Stable, kebab-case: what a person's configuration names. */
  readonly id: string;
  readonly topic: Topic;
  /** What it does, as an order: shown in the palette. */
  readonly title: string;
  /** One or two words for the status line; without it the command is not hinted there. */
  readonly hint?: string | ((situation: Situation) => string);
  readonly help: string;
  /** Canonical key notation (keys.ts). The first one is shown. */
  readonly keys: readonly string[];
  readonly contexts: readonly Context[];
  /** Why it cannot be done now, for the person; null when it can. */
  readonly disabled?: (situation: Situation) => string | null;
  readonly run: (actions: Actions, situation: Situation) => void;
}

export const commands: readonly Command[] = [
  // First in the status line: something that stops work is what a person is here for.
  ...blockerCommands,
  ...planCommands,
  ...terminalCommands,
  ...messageCommands,
  ...lookCommands,
  ...layoutCommands,
  ...searchCommands,
  ...copyCommands,
  ...listCommands,
  ...timeCommands,
  ...leaveCommands,
  ...dialogCommands,
];

/** What has the keys now. */
export function contextOf(view: ViewSnapshot): Context {
  if (view.overlay.kind === "help") return view.overlay.typing ? "help-text" : "help";
  if (view.overlay.kind !== "none") return view.overlay.kind;
  if (view.context === "take-over") return "take-over";
  if (view.search?.typing === true) return "search-text";
  if (view.copy !== null) return "copy";
  if (view.search !== null) return "search";
  if (view.view === "board") return view.area === "panes" ? "panes" : "list";
  return view.view;
}

/** The name of a context for a person. */
export const contextTitles: Readonly<Record<Context, string>> = {
  panes: "Dashboard",
  list: "List",
  zoom: "Zoom",
  scratchpad: "Scratchpad",
  time: "Time",
  "search-text": "Search",
  search: "Search",
  copy: "Copy",
  help: "Keys",
  "help-text": "Find a key",
  notice: "Notice",
  palette: "Palette",
  choice: "Question",
  input: "Text",
  blocker: "Blocker",
  compose: "Message",
  pick: "Pick",
  messages: "Messages",
  answer: "Answer",
  "take-over": "Take-over",
};
