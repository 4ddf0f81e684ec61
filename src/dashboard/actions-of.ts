/** The actions behind the command table: each changes the view store, or asks the engine or the process for something. */
import type { Request } from "../protocol/messages.ts";
import type { Actions } from "./actions.ts";
import type { Command } from "./commands.ts";
import { createListActions } from "./list-actions.ts";
import { neighbourOf } from "./neighbour.ts";
import type { Screen } from "./screen.ts";
import type { Stores } from "./stores/stores.ts";
import { noOverlay, type RailName } from "./stores/view-store.ts";
import { paletteMatches } from "./views/palette.ts";

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
}

export interface ControllerActions extends Actions {
  /** Scrolls a terminal that need not be in front. Positive is back in time. */
  scrollTerminal(terminal: number, lines: number): void;
}

interface Parts extends ActionPorts {
  readonly stores: Stores;
  readonly screen: Screen;
}

export function createActions(parts: Parts, runCommand: (command: Command) => boolean): ControllerActions {
  const { stores, screen } = parts;
  const view = stores.view;
  const request = (what: Request, failure: string) => {
    parts.send(what).catch((error: unknown) => view.toast(`${failure}: ${error instanceof Error ? error.message : String(error)}`, "bad", 8000));
  };
  const focus = (terminal: number) => view.setState((now) => ({ focused: terminal, ...(now.view === "board" ? { area: "panes" as const } : {}) }));
  const leaveTakeOver = () => {
    if (view.getState().context !== "take-over") return;
    view.setState({ context: "dashboard" });
    parts.onRelease();
  };
  return {
    ...createListActions(parts, focus),
    ...scrolling(parts),
    ...dialogs(parts, runCommand),
    focus,
    goTo(terminal) {
      const now = view.getState();
      const inFront = now.focused === terminal && (now.view === "zoom" || (now.view === "board" && now.area === "panes"));
      if (inFront) view.setState({ view: now.view === "zoom" ? "board" : "zoom" });
      else if (now.view === "scratchpad") view.setState({ view: "board", focused: terminal, area: "panes" });
      else focus(terminal);
    },
    cycle(step) {
      const { layout, facts } = screen.frame();
      const shown = layout.kind === "board" ? layout.panes.map((pane) => pane.terminal) : (facts?.terminals.map((terminal) => terminal.number) ?? []);
      if (shown.length === 0) return;
      const at = shown.indexOf(view.getState().focused);
      focus(shown[at < 0 ? 0 : (at + step + shown.length) % shown.length] ?? 0);
    },
    neighbour(direction) {
      const { layout } = screen.frame();
      const found = neighbourOf(layout.panes, view.getState().focused, direction);
      if (found !== null) focus(found);
      else if (layout.kind === "tabs") this.cycle(direction === "left" || direction === "up" ? -1 : 1);
    },
    show(what) {
      view.setState(what === "board" ? { view: "board" } : what === "zoom" ? { view: "zoom", area: "panes" } : { view: what });
      if (what === "scratchpad") this.openSelected();
    },
    rail: (name: RailName) => view.setState({ view: "board", area: name }),
    panes: () => view.setState({ area: "panes" }),
    takeOver() {
      const { focused } = view.getState();
      // What is typed goes to the bottom of the screen: show it.
      view.setState((now) => ({ context: "take-over", area: "panes", overlay: noOverlay, scroll: { ...now.scroll, [focused]: 0 } }));
      parts.onTakeOver(focused);
    },
    release: leaveTakeOver,
    nextNeedy: () => nextNeedy(parts, focus),
    restart(terminal) {
      view.toast(`restarting terminal ${terminal}`);
      request({ name: "restart", terminal }, `terminal ${terminal} could not be restarted`);
    },
    redraw: () => parts.onRedraw(),
    detach: () => parts.onDetach(),
    stopEverything() {
      view.setState({ overlay: noOverlay });
      view.toast("stopping everything");
      parts.send({ name: "stop", terminal: null, now: false }).then(parts.onStopped, (error: unknown) => {
        view.toast(`the marathon could not be stopped: ${error instanceof Error ? error.message : String(error)}`, "bad", 8000);
      });
    },
    request,
    toast: (text, tone) => view.toast(text, tone),
  };
}

/** What needs a person in the order of urgency; each press goes one on. Says what it is. */
function nextNeedy({ stores, screen }: Parts, focus: (terminal: number) => void): void {
  const { facts, view } = screen.frame();
  // Several things may be about one terminal: the most pressing one speaks for it.
  const stops = (facts?.attention ?? []).filter((item, index, all) => item.terminal === null || all.findIndex((other) => other.terminal === item.terminal) === index);
  const row = (blocker: string | null) => facts?.blockers.findIndex((one) => one.id === blocker) ?? -1;
  const here = stops.findIndex((stop) => (stop.terminal === null ? view.area === "blockers" && view.selected.blockers === row(stop.blocker) : view.area === "panes" && view.focused === stop.terminal));
  const next = stops[(here + 1) % Math.max(1, stops.length)];
  if (next === undefined) return;
  stores.view.toast(next.text, "warn");
  if (next.terminal !== null) {
    if (view.view === "scratchpad") stores.view.setState({ view: "board" });
    focus(next.terminal);
  } else if (next.blocker !== null) {
    stores.view.setState({ view: "board", area: "blockers", selected: { ...view.selected, blockers: Math.max(0, row(next.blocker)) } });
  }
}

function scrolling({ stores, screen }: Parts): Pick<ControllerActions, "scroll" | "scrollPage" | "scrollTo" | "scrollTerminal"> {
  const scrollTerminal = (terminal: number, lines: number) =>
    stores.view.setState((now) => {
      const kept = stores.panes.getState()[terminal]?.scrollback ?? 0;
      const scrolled = Math.max(0, Math.min(kept, (now.scroll[terminal] ?? 0) + lines));
      return scrolled === (now.scroll[terminal] ?? 0) ? now : { scroll: { ...now.scroll, [terminal]: scrolled } };
    });
  const focused = () => stores.view.getState().focused;
  return {
    scrollTerminal,
    scroll: (lines) => scrollTerminal(focused(), lines),
    scrollPage(pages) {
      const pane = screen.frame().layout.panes.find((one) => one.terminal === focused());
      scrollTerminal(focused(), Math.trunc(pages * Math.max(2, pane?.inner.height ?? 2)));
    },
    scrollTo: (end) => scrollTerminal(focused(), end === "top" ? Infinity : -Infinity),
  };
}

type DialogActions = Pick<Actions, "overlay" | "closeOverlay" | "choose" | "accept" | "eraseCharacter" | "eraseLine">;

function dialogs({ stores, screen }: Parts, runCommand: (command: Command) => boolean): DialogActions {
  const view = stores.view;
  const close = () => view.setState({ overlay: noOverlay });
  const edit = (change: (text: string) => string) => {
    const { overlay } = view.getState();
    if (overlay.kind === "palette") view.setState({ overlay: { ...overlay, query: change(overlay.query), index: 0 } });
    if (overlay.kind === "input") view.setState({ overlay: { ...overlay, text: change(overlay.text) } });
  };
  return {
    overlay: (overlay) => view.setState({ overlay }),
    closeOverlay: close,
    choose(step) {
      const { overlay } = view.getState();
      const count = overlay.kind === "choice" ? overlay.choices.length : overlay.kind === "palette" ? paletteMatches(screen.frame(), overlay.query).length : 0;
      if (count > 0 && (overlay.kind === "choice" || overlay.kind === "palette")) view.setState({ overlay: { ...overlay, index: (overlay.index + step + count) % count } });
    },
    accept() {
      const { overlay } = view.getState();
      if (overlay.kind === "palette") {
        const match = paletteMatches(screen.frame(), overlay.query)[overlay.index];
        if (match === undefined) return;
        close();
        runCommand(match.command);
      } else if (overlay.kind === "choice") {
        close();
        overlay.choices[overlay.index]?.run();
      } else if (overlay.kind === "input") {
        close();
        overlay.submit(overlay.text);
      }
    },
    eraseCharacter: () => edit((text) => [...new Intl.Segmenter().segment(text)].slice(0, -1).map((part) => part.segment).join("")),
    eraseLine: () => edit(() => ""),
  };
}
