/** The actions behind the command table: each changes the view store, or asks the engine or the process for something. */
import type { Request } from "../../protocol/messages.ts";
import type { Actions } from "../actions.ts";
import type { Command } from "../commands.ts";
import type { PaneContent } from "../pane-grids.ts";
import { createReading, type Reading } from "../reading/reading.ts";
import type { Screen } from "../screen.ts";
import type { Stores } from "../stores/stores.ts";
import { noOverlay } from "../stores/view-store.ts";
import { blockerActions } from "./blockers.ts";
import { dialogActions } from "./dialogs.ts";
import { goalActions } from "./goals.ts";
import { hierarchyActions } from "./hierarchy.ts";
import { layoutActions } from "./layouts.ts";
import { listActions } from "./lists.ts";
import { messageActions } from "./messages.ts";
import { planActions } from "./plan.ts";
import { scrollActions, type ScrollActions } from "./scrolling.ts";
import { terminalActions } from "./terminals.ts";
import { timeActions } from "./time.ts";
import { todoActions } from "./todo.ts";

/** What the actions need from outside the dashboard's own state. */
export interface ActionPorts {
  /** Asks the engine. A rejection's message is shown. */
  readonly send: (request: Request) => Promise<unknown>;
  readonly onDetach: () => void;
  /** After the engine has been asked to stop everything. */
  readonly onStopped: () => void;
  /** The keys go to this terminal from now on: put the outer terminal into its modes. */
  readonly onTakeOver: (terminal: number) => void;
  readonly onRelease: () => void;
  /** Measure the terminal again, ask for all rows, draw everything. */
  readonly onRedraw: () => void;
  /** The text of a scratchpad file. */
  readonly readFile: (path: string) => Promise<string>;
  /** What was last heard of a terminal's pane; undefined when it is not shown. */
  readonly shown: (terminal: number) => PaneContent["last"] | undefined;
  /** Gives a text to the person's clipboard; answers where it went. */
  readonly copyOut: (text: string) => Promise<string>;
  /** Calls back after `ms`; answers how to cancel. */
  readonly later: (ms: number, callback: () => void) => () => void;
}

export interface ActionParts extends ActionPorts {
  readonly stores: Stores;
  readonly screen: Screen;
}

export type ControllerActions = Actions & ScrollActions & Reading;

export function createActions(parts: ActionParts, runCommand: (command: Command) => boolean): ControllerActions {
  const { view } = parts.stores;
  const complain = (failure: string) => (error: unknown) => view.toast(`${failure}: ${reasonOf(error)}`, "bad", 8000);
  const request = (what: Request, failure: string) => void parts.send(what).catch(complain(failure));
  const terminals = terminalActions(parts, request);
  const lists = listActions(parts, terminals.focus);
  return {
    ...terminals,
    ...lists,
    ...blockerActions(parts),
    ...hierarchyActions(parts),
    ...planActions(parts),
    ...todoActions(parts),
    ...goalActions(parts),
    ...scrollActions(parts),
    ...layoutActions(parts),
    ...timeActions(parts),
    ...dialogActions(parts, runCommand),
    ...createReading(parts),
    ...messageActions(parts, terminals.focus),
    show(what) {
      view.setState(what === "zoom" ? { view: "zoom", area: "panes" } : { view: what });
      if (what === "scratchpad") lists.openSelected();
    },
    rail: (name) => view.setState({ view: "board", area: name, led: false }),
    panes: () => view.setState({ area: "panes" }),
    redraw: () => parts.onRedraw(),
    detach: () => parts.onDetach(),
    stopEverything() {
      view.setState({ overlay: noOverlay });
      view.toast("stopping everything");
      parts.send({ name: "stop", terminal: null, now: false }).then(parts.onStopped, complain("the marathon could not be stopped"));
    },
    request,
    toast: (text, tone) => view.toast(text, tone),
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
