/** Keys and mouse to commands, commands to stores and requests. Works without React, an engine or a terminal. */
import { createActions, type ActionPorts, type ControllerActions } from "./actions/create.ts";
import { createCalm } from "./calm.ts";
import { contextOf, type Command } from "./commands.ts";
import { plain } from "./format.ts";
import type { Keymap } from "./keymap.ts";
import type { Key, MouseInput } from "./keys.ts";
import type { Layout } from "./layout.ts";
import { createMouse } from "./mouse.ts";
import { sizeOf } from "./reading/copying.ts";
import type { Screen } from "./screen.ts";
import type { Stores } from "./stores/stores.ts";
import { write } from "./actions/write.ts";
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
  /** New rows of a terminal's pane have come. */
  onRows(terminal: number): void;
  /** A terminal's program, which may, puts this on the person's clipboard. */
  onCopied(terminal: number, text: string): Promise<void>;
  /** The outer terminal has another size. */
  onResize(columns: number, rows: number): void;
  layout(): Layout;
  /** Runs a command by its id as if its key had been pressed. False: it cannot be done now; the person is told why. */
  run(id: string): boolean;
  stop(): void;
}

export function createController(options: ControllerOptions): Controller {
  const { stores, screen, keymap } = options;
  const runCommand = (command: Command): boolean => {
    const situation = situationOf(screen.frame());
    const why = command.disabled?.(situation) ?? null;
    if (why !== null) stores.view.toast(why, "warn");
    else command.run(actions, situation);
    return why === null;
  };
  const actions = createActions(options, runCommand);
  const mouse = createMouse({ ...options, actions });
  const calm = createCalm(options);
  const stopRemembering = rememberSlots(stores, screen, () => calm.settle());
  const stopWatching = stores.marathon.subscribe(({ connection }, before) => {
    const gone = connection.status === "engine-gone" || connection.status === "ended";
    // Keys for a program that is gone would be lost without a word.
    if (gone && connection !== before.connection) actions.release();
  });
  return {
    onKey(key) {
      calm.touched();
      const command = keymap.find(contextOf(stores.view.getState()), key);
      // What is pressed before the board is there was not meant for what stands on it.
      if (stores.marathon.getState().connection.status === "connecting" && command?.topic !== "leaving")
        stores.view.toast("still attaching: keys count once the engine answers", "warn");
      else if (command !== null) runCommand(command);
      else if (key.text !== "" && !key.ctrl && !key.alt) type(stores, actions, key.text);
    },
    onMouse(event) {
      calm.touched();
      mouse(event);
    },
    onRows: (terminal) => actions.paneChanged(terminal),
    async onCopied(terminal, text) {
      const where = await options.copyOut(text);
      stores.view.toast(`terminal ${terminal} copied ${sizeOf(text)} to ${where}`, "good", 6000);
    },
    onResize(columns, rows) {
      stores.view.setState({ size: { columns, rows } });
    },
    layout: () => screen.frame().layout,
    run(id) {
      calm.touched();
      const command = keymap.commands.find((one) => one.id === id);
      return command !== undefined && runCommand(command);
    },
    stop() {
      stopRemembering();
      stopWatching();
      actions.stopReading();
    },
  };
}

/** Printable keys that mean nothing go where text is asked for; line breaks of a paste become spaces. */
function type(stores: Stores, actions: ControllerActions, text: string): void {
  const { overlay, search, copy, focused } = stores.view.getState();
  const typed = plain(text).replaceAll(/\s+/gu, " ");
  if (overlay.kind === "none" && search?.typing === true) return actions.search.type(typed);
  if (overlay.kind === "none" && copy === null) {
    // Whoever types a sentence here believes to be in the terminal.
    const what = [...typed].length > 1 ? "what you pasted went nowhere" : `${typed === " " ? "Space" : typed} means nothing here`;
    const enter = ["panes", "zoom"].includes(contextOf(stores.view.getState())) ? `Enter types into terminal ${focused}, ` : "";
    return stores.view.toast(`${what}: ${enter}? lists the keys`);
  }
  if (overlay.kind === "palette") stores.view.setState({ overlay: { ...overlay, query: overlay.query + typed, index: 0 } });
  if (overlay.kind === "help" && overlay.typing) stores.view.setState({ overlay: { ...overlay, query: overlay.query + typed, scroll: 0 } });
  if (overlay.kind === "compose" || overlay.kind === "answer") return write(stores, overlay, text);
  if (overlay.kind === "input") stores.view.setState({ overlay: { ...overlay, text: overlay.text + typed } });
}

/** Keeps what the layout decided about the panes, so that the next layout moves none; puts the first terminal in front. */
function rememberSlots(stores: Stores, screen: Screen, then: () => void): () => void {
  const remember = () => {
    const terminals = screen.frame().facts?.terminals.map((terminal) => terminal.number) ?? [];
    const [first] = terminals;
    if (first !== undefined && !terminals.includes(stores.view.getState().focused)) stores.view.setState({ focused: first });
    const { layout, view } = screen.frame();
    const moved = layout.slots.length !== view.slots.length || layout.slots.some((terminal, index) => terminal !== view.slots[index]);
    if (moved) stores.view.setState({ slots: layout.slots });
    then();
  };
  remember();
  return screen.subscribe(remember);
}
