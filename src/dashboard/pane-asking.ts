/** Asks the engine for the panes that are shown, and again when others are; not at every step of a window that is dragged. */
import type { PaneRequest } from "../protocol/messages.ts";
import { samePanes } from "./pane-grids.ts";

export interface AskingPorts {
  /** The panes on the screen, and the one in front if it is among them. */
  wanted(): { readonly panes: readonly PaneRequest[]; readonly focus: number | null };
  /** False when there is no engine to ask. */
  ask(panes: readonly PaneRequest[], focus: number | null): boolean;
}

/** Panes are asked for anew once the person has stopped dragging the window's edge, ms. */
const SETTLE_MS = 40;

export class PaneAsking {
  readonly #ports: AskingPorts;
  #asked: readonly PaneRequest[] = [];
  #focus: number | null = null;
  #settling: NodeJS.Timeout | null = null;

  constructor(ports: AskingPorts) {
    this.#ports = ports;
  }

  /** The screen may show other panes now. */
  changed(): void {
    if (this.#settling === null) this.#ask();
  }

  /** The window has another size, and maybe again another one soon. */
  resized(): void {
    this.stop();
    this.#settling = setTimeout(() => {
      this.#settling = null;
      this.#ask();
    }, SETTLE_MS);
  }

  /** A new engine has not been asked for anything. */
  forget(): void {
    this.#asked = [];
  }

  stop(): void {
    if (this.#settling) clearTimeout(this.#settling);
    this.#settling = null;
  }

  #ask(): void {
    const { panes, focus } = this.#ports.wanted();
    if (focus === this.#focus && samePanes(panes, this.#asked)) return;
    if (!this.#ports.ask(panes, focus)) return;
    this.#asked = panes;
    this.#focus = focus;
  }
}
