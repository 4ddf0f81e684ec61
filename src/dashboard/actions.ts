/** What a command may do. Rows of the command table see only this, so they can be run without a screen, an engine or React. */
import type { BlockerActions } from "./actions/blockers.ts";
import type { GoalActions } from "./actions/goals.ts";
import type { HierarchyActions } from "./actions/hierarchy.ts";
import type { PlanActions } from "./actions/plan.ts";
import type { TodoActions } from "./actions/todo.ts";
import type { Request } from "../protocol/messages.ts";
import type { Arrangement } from "./layout/arrangement.ts";
import type { CopyActions } from "./reading/copying.ts";
import type { SearchActions } from "./reading/searching.ts";
import type { MessageActions } from "./actions/messages.ts";
import type { Overlay, RailName, View } from "./stores/view-store.ts";

export interface Actions extends BlockerActions, MessageActions, HierarchyActions, PlanActions, TodoActions, GoalActions {
  /** Puts the terminal in front; when it already is, zooms it in or out. */
  goTo(terminal: number): void;
  focus(terminal: number): void;
  /** The next (+1) or previous (−1) of the panes that are shown. */
  cycle(step: 1 | -1): void;
  /** The pane that lies in that direction, if there is one. */
  neighbour(direction: "left" | "right" | "up" | "down"): void;
  show(view: View): void;
  /** The timeline's next kind of lanes. */
  timeKind(): void;
  /** Twice (+1) or half (−1) as large; 0: all of it. */
  timeZoom(step: -1 | 0 | 1): void;
  /** By so many quarters of what is in sight. */
  timeScroll(quarters: number): void;
  /** Lays the board out in another way, shows it, and says so. */
  arrange(arrangement: Arrangement): void;
  /** Frames around panes and lists, or none. */
  frames(frames: boolean): void;
  /** Puts the terminals that need a look first into the front places, now. */
  orderPanes(): void;
  rail(name: RailName): void;
  panes(): void;
  takeOver(): void;
  release(): void;
  /** Scrolls the terminal in front: positive is back in time. */
  scroll(lines: number): void;
  scrollPage(pages: number): void;
  scrollTo(end: "top" | "bottom"): void;
  /** Moves the selection of the list that has the keys, or scrolls the overlay. */
  move(rows: number): void;
  movePage(pages: number): void;
  moveTo(end: "top" | "bottom"): void;
  /** Folds (true) or unfolds the selected node of the hierarchy; without an argument turns it. */
  fold(folded?: boolean): void;
  /** Opens what the selected row stands for. */
  openSelected(): void;
  overlay(overlay: Overlay): void;
  closeOverlay(): void;
  /** On the page of keys: to type what is looked for, or to read what was found. */
  findKeys(what: "type" | "read"): void;
  /** Moves between the choices of a question. */
  choose(step: number): void;
  /** Takes the selected choice, runs the selected command, or submits the text. */
  accept(): void;
  eraseCharacter(): void;
  eraseLine(): void;
  readonly search: SearchActions;
  readonly copy: CopyActions;
  nextNeedy(): void;
  restart(terminal: number): void;
  redraw(): void;
  detach(): void;
  stopEverything(): void;
  request(request: Request, failure: string): void;
  toast(text: string, tone?: "plain" | "good" | "warn" | "bad"): void;
}
