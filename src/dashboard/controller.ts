/** Keys and mouse to commands, commands to stores and requests. Works without React, an engine or a terminal. */
import { createActions, type ActionPorts } from "./actions-of.ts";
import { contextOf, type Command } from "./commands.ts";
import { plain } from "./format.ts";
import { contains } from "./geometry.ts";
import type { Keymap } from "./keymap.ts";
import type { Key, MouseInput } from "./keys.ts";
import type { Layout } from "./layout.ts";
import type { Screen } from "./screen.ts";
import type { Stores } from "./stores/stores.ts";
import { itemAt } from "./views/lists.ts";
import { situationOf } from "./views/status.ts";

export interface ControllerOptions extends ActionPorts {
  readonly stores: Stores;
  readonly screen: Screen;
  readonly keymap: Keymap;
  /** Wall clock in ms, for double clicks. */
  readonly wallClock: () => number;
}

export interface Controller {
  onKey(key: Key): void;
  onMouse(event: MouseInput): void;
  /** The outer terminal has another size. */
  onResize(columns: number, rows: number): void;
  layout(): Layout;
  /** Runs a command by its id as if its key had been pressed. False: it cannot be done now; the person is told why. */
  run(id: string): boolean;
  stop(): void;
}

const doubleClickMs = 400;
const wheelLines = 3;

export function createController(options: ControllerOptions): Controller {
  const { stores, screen, keymap } = options;
  const actions = createActions(options, (command) => runCommand(command));
  let lastClick = { at: -Infinity, terminal: 0 };

  const runCommand = (command: Command): boolean => {
    const situation = situationOf(screen.frame());
    const why = command.disabled?.(situation) ?? null;
    if (why !== null) stores.view.toast(why, "warn");
    else command.run(actions, situation);
    return why === null;
  };
  const type = (text: string) => {
    const { overlay } = stores.view.getState();
    const typed = plain(text).replaceAll(/\s+/gu, " ");
    if (overlay.kind === "palette") stores.view.setState({ overlay: { ...overlay, query: overlay.query + typed, index: 0 } });
    if (overlay.kind === "input") stores.view.setState({ overlay: { ...overlay, text: overlay.text + typed } });
  };
  const remember = () => {
    const { focused, slots } = stores.view.getState();
    const { layout, facts } = screen.frame();
    const first = facts?.terminals[0]?.number;
    if (first !== undefined && !facts?.terminals.some((terminal) => terminal.number === focused)) stores.view.setState({ focused: first });
    if (layout.slots.length !== slots.length || layout.slots.some((terminal, index) => terminal !== slots[index])) stores.view.setState({ slots: layout.slots });
  };
  const stopRemembering = screen.subscribe(remember);
  remember();

  const click = (event: MouseInput) => {
    const frame = screen.frame();
    const pane = frame.layout.panes.find((one) => contains(one.outer, event.x, event.y));
    if (pane !== undefined) {
      const double = lastClick.terminal === pane.terminal && options.wallClock() - lastClick.at < doubleClickMs;
      lastClick = { at: options.wallClock(), terminal: double ? 0 : pane.terminal };
      actions.focus(pane.terminal);
      if (double) actions.show(stores.view.getState().view === "zoom" ? "board" : "zoom");
      return;
    }
    const list = frame.layout.lists.find((one) => contains(one.outer, event.x, event.y));
    if (list === undefined || list.name === "file") return;
    const item = itemAt(frame, list, event.y);
    if (list.name !== "files") actions.rail(list.name);
    if (item === null) return;
    const name = list.name === "files" ? "scratchpad" : list.name;
    stores.view.setState((view) => ({ selected: { ...view.selected, [name]: item } }));
    actions.openSelected();
  };
  const wheel = (event: MouseInput, direction: 1 | -1) => {
    const { layout } = screen.frame();
    const pane = layout.panes.find((one) => contains(one.outer, event.x, event.y));
    if (pane !== undefined) return actions.scrollTerminal(pane.terminal, direction * wheelLines);
    const list = layout.lists.find((one) => contains(one.outer, event.x, event.y));
    if (list?.name === "file") actions.movePage(-direction * 0.25);
    else if (list !== undefined && list.name !== "files" && stores.view.getState().area === list.name) actions.move(-direction);
    else if (list?.name === "files") actions.move(-direction);
  };
  return {
    onKey(key) {
      const command = keymap.find(contextOf(stores.view.getState()), key);
      if (command !== null) runCommand(command);
      else if (key.text !== "" && !key.ctrl && !key.alt) type(key.text);
    },
    onMouse(event) {
      if (event.kind !== "press") return;
      const { overlay } = stores.view.getState();
      if (overlay.kind !== "none") {
        if (event.button === "wheel-up") actions.move(-wheelLines);
        else if (event.button === "wheel-down") actions.move(wheelLines);
        return;
      }
      if (event.button === "left") click(event);
      else if (event.button === "wheel-up") wheel(event, 1);
      else if (event.button === "wheel-down") wheel(event, -1);
    },
    onResize(columns, rows) {
      stores.view.setState({ size: { columns, rows } });
    },
    layout: () => screen.frame().layout,
    run(id) {
      const command = keymap.commands.find((one) => one.id === id);
      return command !== undefined && runCommand(command);
    },
    stop() {
      stopRemembering();
    },
  };
}
