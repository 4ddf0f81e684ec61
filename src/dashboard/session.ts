/**
 * One attached dashboard, put together: what the engine sends goes to the stores and the pane grids, what the person does
 * goes to the controller or straight to a terminal, and the painter puts both on the screen. Knows no process and no tty:
 * `commands/show-dashboard.ts` gives it real ones, the scenes give it emulated ones.
 */
import { fold } from "../marathon/step.ts";
import type { State } from "../marathon/types.ts";
import type { ClientHandlers, EngineClient, Welcome } from "../protocol/client.ts";
import type { PaneRequest } from "../protocol/messages.ts";
import { commands } from "./commands.ts";
import { createController, type Controller } from "./controller.ts";
import { Drawing } from "./drawing.ts";
import { EngineSilence } from "./engine-silence.ts";
import { hearEngine } from "./hear-engine.ts";
import { keepSelected } from "./keep-selected.ts";
import { createKeymap } from "./keymap.ts";
import type { Key, MouseInput } from "./keys.ts";
import { later } from "./later.ts";
import { PaneAsking } from "./pane-asking.ts";
import { PaneGrids, paneRequests } from "./pane-grids.ts";
import { Painter } from "./painter.ts";
import { createScreen, type Frame, type Screen } from "./screen.ts";
import { createStores, type Stores } from "./stores/stores.ts";
import { Chrome } from "./terminal/chrome.ts";
import { Compositor } from "./terminal/compositor.ts";
import { ring } from "./terminal/notification.ts";
import type { Learned } from "./terminal/outer-answers.ts";
import { NO_PANE_MODES } from "./terminal/outer-modes.ts";
import type { SessionOptions } from "./session-options.ts";

const TICK_MS = 1000;

export class Session {
  readonly stores: Stores;
  readonly controller: Controller;
  readonly #options: SessionOptions;
  readonly #screen: Screen;
  readonly #chrome: Chrome;
  readonly #drawing: Drawing;
  readonly #panes = new PaneGrids();
  readonly #painter: Painter;
  readonly #compositor: Compositor;
  readonly #tick: NodeJS.Timeout;
  readonly #silence = new EngineSilence();
  readonly #letGo: () => void;
  #client: EngineClient | null = null;
  #learned: Learned | null = null;
  #stopped = false;
  /** What of the frame decides what is asked of the engine and where everything lies, as it was last. */
  #seen: Pick<Frame, "layout" | "view" | "panes"> | null = null;
  readonly #asking = new PaneAsking({ wanted: () => this.#wantedPanes(), ask: (panes, focus) => this.#askForPanes(panes, focus) });

  constructor(options: SessionOptions) {
    this.#options = options;
    const { columns: cols, rows } = options.outer.size;
    this.stores = createStores({
      fold: (state, event) => fold(state, [event]),
      monotonic: () => performance.now(),
      size: { columns: cols, rows },
      later,
    });
    const keymap = createKeymap(commands, options.keys);
    this.#screen = createScreen({ stores: this.stores, commands: keymap.commands, theme: options.theme, later });
    this.#letGo = keepSelected(this.stores);
    this.#compositor = new Compositor({ cols, rows, depth: options.depth(null), links: true, cleared: true });
    this.#chrome = new Chrome({ colors: options.colors, onFrame: () => this.#painter.paint(), later });
    this.#painter = new Painter({
      compositor: this.#compositor,
      panes: this.#panes,
      chrome: this.#chrome,
      colors: options.colors,
      layout: () => this.#screen.frame().layout,
      view: () => this.stores.view.getState(),
      cursorStyle: (terminal) => this.stores.panes.getState()[terminal]?.modes.cursorStyle ?? 0,
      ready: () => options.outer.ready && this.#drawing.begun,
      write: (frame) => options.outer.write(frame),
      later: (callback) => void setImmediate(callback),
    });
    this.controller = createController({
      stores: this.stores,
      screen: this.#screen,
      keymap,
      wallClock: () => Date.now(),
      send: (request) => this.#client?.request(request) ?? Promise.reject(new Error("no engine is connected")),
      onDetach: options.onDetach,
      onStopped: options.onStopped,
      onTakeOver: () => this.#follow(),
      onRelease: () => options.outer.follow(null),
      onRedraw: () => this.redraw(),
      readFile: options.readFile,
      copyOut: options.copyOut,
      shown: (terminal) => this.#panes.get(terminal)?.last,
      later,
    });
    const starting = () => this.#wantedPanes().panes.some(({ terminal }) => this.#panes.untouched(terminal));
    const [screen, chrome, painter] = [this.#screen, this.#chrome, this.#painter];
    this.#drawing = new Drawing({ screen, chrome, painter, render: options.render, starting });
    this.#screen.subscribe(() => this.#mayHaveChanged());
    this.#tick = setInterval(() => this.#second(), TICK_MS);
  }

  /** The terminal that keys go to in take-over; null in the dashboard context. */
  get takenOver(): number | null {
    const { context, focused } = this.stores.view.getState();
    return context === "take-over" ? focused : null;
  }

  /** What a connection tells this dashboard. `lost` is called when it breaks without a goodbye. */
  handlers(lost: () => void): ClientHandlers {
    let ended = false;
    this.#silence.heard();
    const told = hearEngine(this.stores, {
      eventMissing: () => this.#client?.abandon("an event was missing"),
      paneTold: (terminal) => {
        if (terminal === this.takenOver) this.#follow();
      },
      copied: (terminal, text) => void this.controller.onCopied(terminal, text),
      rings: (notify) => this.#options.outer.write(ring(notify, this.#options.terminalName)),
    });
    return {
      welcome: (client, welcome) => this.#attached(client, welcome),
      message: (message) => {
        this.#heard();
        ended ||= message.type === "goodbye";
        told(message);
      },
      rows: (payload) => {
        this.#heard();
        this.#rows(payload);
      },
      closed: (reason) => {
        this.#client = null;
        if (ended || this.#stopped) return;
        this.stores.marathon.connection({ status: "engine-gone", reason });
        lost();
      },
    };
  }

  #second(): void {
    this.stores.marathon.silent(this.#silence.beat());
    this.#screen.tick();
  }

  #heard(): void {
    this.#silence.heard();
    this.stores.marathon.silent(null);
  }

  /** Shows a state that no engine has told yet. */
  preview(state: State): void {
    const { marathon } = this.stores;
    marathon.welcome(state, { at: state.at, t: state.t, rate: 0 });
    marathon.connection({ status: "connecting" });
    this.#drawing.start();
  }

  #attached(client: EngineClient, welcome: Welcome): void {
    this.#client = client;
    this.stores.marks.clear();
    this.#asking.forget();
    if (this.#learned) client.send({ type: "outer", outer: this.#learned.outer });
    this.stores.marathon.welcome(welcome.state, welcome.clock);
    // First, so that the engine makes its answer while this is drawn.
    this.#changed();
    this.#drawing.start();
  }

  /** The person's terminal has told what it is: programs that ask are told the same. */
  learned(learned: Learned): void {
    this.#learned = learned;
    this.#client?.send({ type: "outer", outer: learned.outer });
    this.#compositor.setDepth(this.#options.depth(learned));
    if (this.takenOver !== null) this.#follow();
    this.#painter.paint();
  }

  #rows(payload: Uint8Array): void {
    const { terminal, scroll, scrollback } = this.#panes.apply(payload);
    const meta = this.stores.panes.getState()[terminal];
    // The title of a scrolled pane says how far; the others need no new title for each line.
    if (meta && (scroll !== meta.scroll || (scroll > 0 && scrollback !== meta.scrollback)))
      this.stores.panes.update(terminal, { ...meta, scroll, scrollback });
    this.controller.onRows(terminal);
    this.#painter.paint();
  }

  key(key: Key): void {
    this.#drawing.hurry();
    this.#learnScrollback();
    this.controller.onKey(key);
  }

  mouse(event: MouseInput): void {
    this.#drawing.hurry();
    this.#learnScrollback();
    this.controller.onMouse(event);
  }

  /** Keys for the terminal in front, verbatim. False when the engine is slow to take them. */
  input(bytes: Uint8Array): boolean {
    const terminal = this.takenOver;
    // As every terminal does: what is typed appears at the bottom.
    if (terminal !== null && (this.stores.view.getState().scroll[terminal] ?? 0) > 0)
      this.stores.view.setState(({ scroll }) => ({ scroll: { ...scroll, [terminal]: 0 } }));
    return terminal === null || this.#client === null || this.#client.input(terminal, bytes);
  }

  /** Goes to another terminal and stays in take-over. */
  switchTo(terminal: number): void {
    const { marathon, view: store } = this.stores;
    if (!marathon.getState().state?.terminals[terminal]) return store.toast(`there is no terminal ${terminal}`, "warn");
    store.setState((view) => ({ focused: terminal, picked: true, area: "panes", scroll: { ...view.scroll, [terminal]: 0 } }));
    // What is around the terminals is drawn later, but a zoomed one has other rows to be asked for.
    this.#changed();
    this.#follow();
  }

  resized(): void {
    const { columns: cols, rows } = this.#options.outer.size;
    if (cols === this.#compositor.cols && rows === this.#compositor.rows) return this.redraw();
    this.#compositor.resize(cols, rows);
    this.#asking.resized();
    this.controller.onResize(cols, rows);
    this.#painter.paint();
  }

  /** Draws everything: something else wrote to the terminal. */
  redraw(): void {
    this.#compositor.redraw();
    this.#client?.send({ type: "redraw" });
    this.#painter.paint();
  }

  /** The terminal takes output again. */
  drained(): void {
    this.#painter.paint();
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#tick);
    this.#asking.stop();
    this.#letGo();
    this.#painter.stop();
    this.#screen.stop();
    this.controller.stop();
    this.stores.view.stop();
    this.#drawing.stop();
    this.#chrome.dispose();
    this.#client?.close();
  }

  /** How far a pane can be scrolled back grows with every line; it is worth a frame only when somebody may scroll. */
  #learnScrollback(): void {
    for (const { terminal, scrollback } of this.#panes.all()) {
      const meta = this.stores.panes.getState()[terminal];
      if (meta && meta.scrollback !== scrollback) this.stores.panes.update(terminal, { ...meta, scrollback });
    }
  }

  /** Most seconds change a few texts, which ask for their frame themselves: no pane, no place, no cursor. */
  #mayHaveChanged(): void {
    const { layout, view, panes } = this.#screen.frame();
    const seen = this.#seen;
    if (this.#drawing.followsItself && seen?.layout === layout && seen.view === view && seen.panes === panes) return;
    this.#changed();
  }

  #changed(): void {
    const { layout, view, panes } = this.#screen.frame();
    this.#seen = { layout, view, panes };
    this.#drawing.changed();
    this.#asking.changed();
    this.#painter.paint();
  }

  #wantedPanes(): { panes: readonly PaneRequest[]; focus: number | null } {
    const { view, layout } = this.#screen.frame();
    const panes = paneRequests(layout, view);
    return { panes, focus: panes.some((pane) => pane.terminal === view.focused) ? view.focused : null };
  }

  #askForPanes(panes: readonly PaneRequest[], focus: number | null): boolean {
    if (!this.#client) return false;
    this.#panes.keep(new Set(panes.map((pane) => pane.terminal)));
    this.#client.send({ type: "panes", panes, focus });
    if (this.takenOver !== null) this.#follow();
    return true;
  }

  #follow(): void {
    const { focused } = this.stores.view.getState();
    const pane = this.#screen.frame().layout.panes.find((one) => one.terminal === focused);
    if (!pane) return;
    const modes = this.stores.panes.getState()[focused]?.modes ?? NO_PANE_MODES;
    this.#options.outer.follow({ rect: pane.inner, modes, mouse: this.#options.mouse || modes.mouse !== "none" });
  }
}
