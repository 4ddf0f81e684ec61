/**
 * What one attached dashboard sees: the rows of its panes, sent as they change and never faster than it takes them.
 * Frames are never queued: a slow dashboard gets the newest rows later, not old rows late.
 */
import type { PaneRequest } from "../protocol/messages.ts";
import type { NumberedLines } from "../screen/line-numbers.ts";
import { PaneSource } from "../screen/pane-source.ts";
import type { Screen } from "../screen/screen.ts";

/** 60 frames a second of the terminal in front; the outer terminal is not shown more. */
const FRAME_MS = 16;
/** A counter, a spinner, a line: what costs nobody anything is sent sooner, so that each of its steps is seen. */
const SMALL_FRAME_MS = 8;
/** So much at most, bytes of cells: about 80 of them. */
const SMALL_BYTES = 1024;
/** 30 of the others: what one does not look at closely flows as well, at half the cost for everybody. */
const WIDE_FRAME_MS = 32;
/** Nobody follows what comes faster than it can be taken in: while more of it waits, the others are sent 15 times a second. */
const FLOOD_FRAME_MS = 64;
/** A program's redraw comes in several pieces: what others begin to change is sent a moment later, when it is likely whole. */
const SETTLE_MS = 4;
/** After a key, the focused pane is sent by itself and at once, but not again before this time. */
const ECHO_FRAME_MS = 3;
/** How long after a key a change may be its echo. */
const ECHO_WINDOW_MS = 150;
/** Timers of a millisecond may fire a little before it. */
const TIMER_SLACK_MS = 1;
/** Above this much unsent data the socket's reader is slow: skip frames. */
const MAX_UNSENT_BYTES = 512 * 1024;
const SLOW_RETRY_MS = 50;
const LONG_AGO = Number.NEGATIVE_INFINITY;

export interface ViewerPorts {
  screen(terminal: number): Screen | undefined;
  /** What stands on it is the past, which is being read back. */
  comesBack(terminal: number): boolean;
  /** Its program prints faster than it is parsed. */
  floods(terminal: number): boolean;
  /** One message for each pane that changed, to be sent together. */
  sendRows(payloads: readonly Uint8Array[]): void;
  unsentBytes(): number;
  /** Monotonic milliseconds. */
  now(): number;
}

export class Viewer {
  readonly #ports: ViewerPorts;
  readonly #panes = new Map<number, PaneSource>();
  /** Terminals with something to send, and since when. */
  readonly #dirty = new Map<number, number>();
  #focus: number | null = null;
  /** When the terminal in front was last sent, how soon it may be sent again, and when any of the others was sent. */
  #lastFocused = -FRAME_MS;
  #focusedMs = FRAME_MS;
  #lastWide = -WIDE_FRAME_MS;
  #lastKey = -ECHO_WINDOW_MS;
  #timer: NodeJS.Timeout | null = null;
  #dueAt = Number.POSITIVE_INFINITY;

  constructor(ports: ViewerPorts) {
    this.#ports = ports;
  }

  /** How many lines a pane is scrolled up by now; null for a terminal that is not shown. */
  scrolled(terminal: number): number | null {
    return this.#panes.get(terminal)?.scroll ?? null;
  }

  /** The terminal that the person has in front, if it is shown. */
  get focus(): number | null {
    return this.#focus;
  }

  /**
   * Replaces the set of panes; those that stay at the same size send only what changed. `first` is told each pane before any rows go
   * out, to send what a dashboard must know when it sees them.
   */
  show(requests: readonly PaneRequest[], focus: number | null, first: (terminal: number) => void = () => {}): void {
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
      this.#dirty.set(request.terminal, LONG_AGO);
    }
    for (const { terminal } of requests) first(terminal);
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
      this.#dirty.set(terminal, LONG_AGO);
    }
    this.#schedule(0);
  }

  changed(terminal: number): void {
    if (!this.#panes.has(terminal)) return;
    const now = this.#ports.now();
    if (!this.#dirty.has(terminal)) this.#dirty.set(terminal, now);
    const due = this.#due(terminal, now);
    // The others wait for their frame: what they print must not stand between a key and its echo.
    if (due <= now && this.#isEcho(terminal, now)) this.#send([terminal]);
    if (this.#dirty.has(terminal)) this.#schedule(this.#isHeld(terminal) ? FRAME_MS : due - now);
  }

  #isEcho(terminal: number, now: number): boolean {
    return terminal === this.#focus && now - this.#lastKey < ECHO_WINDOW_MS;
  }

  /** When changes of this terminal may be sent. */
  #due(terminal: number, now: number): number {
    if (terminal !== this.#focus) return Math.max(this.#wideFrame(terminal), (this.#dirty.get(terminal) ?? now) + SETTLE_MS);
    return this.#lastFocused + (this.#isEcho(terminal, now) ? ECHO_FRAME_MS : this.#focusedMs);
  }

  #wideFrame(terminal: number): number {
    return this.#lastWide + (this.#ports.floods(terminal) ? FLOOD_FRAME_MS : WIDE_FRAME_MS);
  }

  /** Its program is in the middle of a frame (DEC 2026), or its past is being read back: a person sees the end of that, not the way there. */
  #isHeld(terminal: number): boolean {
    return this.#ports.comesBack(terminal) || (this.#ports.screen(terminal)?.synchronized ?? false);
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
    const now = this.#ports.now();
    this.#send([...this.#dirty.keys()].filter((terminal) => this.#due(terminal, now) <= now + TIMER_SLACK_MS));
    if (this.#dirty.size === 0) return;
    if (this.#isSlow()) return this.#schedule(SLOW_RETRY_MS);
    const delays = [...this.#dirty.keys()].map((terminal) => (this.#isHeld(terminal) ? FRAME_MS : this.#due(terminal, now) - now));
    this.#schedule(Math.min(...delays));
  }

  #isSlow(): boolean {
    return this.#ports.unsentBytes() > MAX_UNSENT_BYTES;
  }

  /** Sends what changed in these panes; those that cannot be sent now stay dirty. */
  #send(terminals: readonly number[]): void {
    if (this.#isSlow()) return;
    const payloads: Uint8Array[] = [];
    for (const terminal of terminals) {
      if (this.#isHeld(terminal)) continue;
      this.#dirty.delete(terminal);
      const rows = this.#panes.get(terminal)?.update();
      if (!rows) continue;
      payloads.push(rows);
      if (terminal === this.#focus) this.#sentFocused(rows.length);
      else this.#lastWide = this.#ports.now();
    }
    if (payloads.length > 0) this.#ports.sendRows(payloads);
  }

  #sentFocused(bytes: number): void {
    this.#lastFocused = this.#ports.now();
    this.#focusedMs = bytes > SMALL_BYTES ? FRAME_MS : SMALL_FRAME_MS;
  }
}
