/**
 * What one attached dashboard sees: the rows of its panes, sent as they change and never faster than it takes them.
 * Frames are never queued: a slow dashboard gets the newest rows later, not old rows late.
 */
import type { PaneRequest } from "../protocol/messages.ts";
import type { NumberedLines } from "../screen/line-numbers.ts";
import { PaneSource } from "../screen/pane-source.ts";
import type { Screen } from "../screen/screen.ts";

/** 60 frames a second; the outer terminal is not shown more. */
const FRAME_MS = 16;
/** After a key, the focused pane may be drawn again this soon. */
const URGENT_FRAME_MS = 3;
/** How long after a key its echo counts as urgent. */
const URGENT_WINDOW_MS = 150;
/** Above this much unsent data the socket's reader is slow: skip frames. */
const MAX_UNSENT_BYTES = 512 * 1024;
const SLOW_RETRY_MS = 50;

export interface ViewerPorts {
  screen(terminal: number): Screen | undefined;
  sendRows(payload: Uint8Array): void;
  unsentBytes(): number;
  /** Monotonic milliseconds. */
  now(): number;
}

export class Viewer {
  readonly #ports: ViewerPorts;
  readonly #panes = new Map<number, PaneSource>();
  readonly #dirty = new Set<number>();
  #requests: readonly PaneRequest[] = [];
  #focus: number | null = null;
  #lastFrame = 0;
  #lastKey = -URGENT_WINDOW_MS;
  #timer: NodeJS.Timeout | null = null;
  #dueAt = Number.POSITIVE_INFINITY;

  constructor(ports: ViewerPorts) {
    this.#ports = ports;
  }

  get requests(): readonly PaneRequest[] {
    return this.#requests;
  }

  /** The terminal that the person has in front, if it is shown. */
  get focus(): number | null {
    return this.#focus;
  }

  /** Replaces the set of panes; those that stay at the same size send only what changed. */
  show(requests: readonly PaneRequest[], focus: number | null): void {
    this.#requests = requests;
    this.#focus = focus;
    const wanted = new Map(requests.map((request) => [request.terminal, request]));
    for (const [terminal, pane] of this.#panes) {
      if (wanted.has(terminal)) continue;
      pane.dispose();
      this.#panes.delete(terminal);
    }
    for (const request of requests) {
      const screen = this.#ports.screen(request.terminal);
      if (!screen) continue;
      const pane = this.#panes.get(request.terminal) ?? new PaneSource(screen, request.terminal);
      pane.view(request);
      this.#panes.set(request.terminal, pane);
      this.#dirty.add(request.terminal);
    }
    this.#schedule(0);
  }

  /** A key went to this terminal: its echo is what the person waits for. */
  keyed(terminal: number): void {
    if (terminal === this.#focus) this.#lastKey = this.#ports.now();
  }

  /** The lines of a terminal that stand still for this dashboard, or null. */
  held(terminal: number): NumberedLines | null {
    return this.#panes.get(terminal)?.held ?? null;
  }

  redraw(): void {
    for (const [terminal, pane] of this.#panes) {
      pane.forget();
      this.#dirty.add(terminal);
    }
    this.#schedule(0);
  }

  changed(terminal: number): void {
    if (!this.#panes.has(terminal)) return;
    this.#dirty.add(terminal);
    const now = this.#ports.now();
    const urgent = terminal === this.#focus && now - this.#lastKey < URGENT_WINDOW_MS;
    this.#schedule(this.#lastFrame + (urgent ? URGENT_FRAME_MS : FRAME_MS) - now);
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    for (const pane of this.#panes.values()) pane.dispose();
    this.#panes.clear();
  }

  #schedule(delay: number): void {
    const due = this.#ports.now() + Math.max(0, delay);
    if (this.#timer && this.#dueAt <= due) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#dueAt = due;
    if (delay <= 0) {
      this.#timer = null;
      this.#frame();
    } else {
      this.#timer = setTimeout(() => {
        this.#timer = null;
        this.#frame();
      }, delay);
    }
  }

  #frame(): void {
    this.#dueAt = Number.POSITIVE_INFINITY;
    if (this.#ports.unsentBytes() > MAX_UNSENT_BYTES) return this.#schedule(SLOW_RETRY_MS);
    let sent = false;
    for (const terminal of this.#dirty) {
      const pane = this.#panes.get(terminal);
      const screen = this.#ports.screen(terminal);
      if (screen?.synchronized) continue;
      this.#dirty.delete(terminal);
      const rows = pane?.update();
      if (!rows) continue;
      this.#ports.sendRows(rows);
      sent = true;
    }
    // Panes that hold their frame back (DEC 2026) cost the next one no time.
    if (sent) this.#lastFrame = this.#ports.now();
    if (this.#dirty.size > 0) this.#schedule(FRAME_MS);
  }
}
