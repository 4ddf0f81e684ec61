/**
 * A terminal as data: the emulated screen of one terminal, from the bytes that its program writes. It lives as long as the
 * terminal does, across programs and resizes. Nothing it is given can stop it or its neighbours: output is filtered
 * (clamp.ts), parsed in slices (schedule.ts), and the sender is asked to pause when too much waits.
 */
import type { OuterTerminal, PaneModes } from "../protocol/messages.ts";
import { Answers } from "./answers.ts";
import { Clamp } from "./clamp.ts";
import type { PlainRow } from "./history-row.ts";
import { LineNumbers } from "./line-numbers.ts";
import { OutputQueue } from "./output-queue.ts";
import { Scheduler, type Work } from "./schedule.ts";
import { liveRows, Scrollback } from "./scrollback.ts";
import { type SignalListeners, Signals } from "./signals.ts";
import { Synchronized } from "./synchronized.ts";
import { ansiOf, fingerprintOf, leftOfCursor, promptOf, textOf } from "./text.ts";
import { unseenOf } from "./unseen.ts";
import { clusters, createEmulator, type Emulator, type RawLine } from "./xterm.ts";

export interface ScreenOptions extends SignalListeners {
  /** Integers; an emulator has two columns and one row at least. */
  readonly cols: number;
  readonly rows: number;
  /** Lines kept above the screen. */
  readonly scrollback: number;
  /** Shared by all screens of the process; without it this screen has its own. */
  readonly scheduler?: Scheduler;
  /** Name and version that a program asking for them is told. */
  readonly program?: string;
  /** Answers of the terminal to its program, to be written to the pty. */
  readonly onReply?: (bytes: Uint8Array) => void;
  /** Something was parsed, or a held frame is complete. */
  readonly onChange?: () => void;
  /** Too much waits: stop sending. `onLow` follows when it is safe to send again. */
  readonly onHigh?: () => void;
  readonly onLow?: () => void;
  /** Monotonic milliseconds. */
  readonly now?: () => number;
}

/** Where the cursor stands on the screen, from 0. */
export interface Cursor {
  readonly x: number;
  readonly y: number;
  readonly visible: boolean;
}

/** A line that is being followed. */
export interface LineMark {
  /** Its place now, -1 when it left the scrollback. */
  readonly line: number;
  dispose(): void;
}

/** Above this much waiting output the sender is asked to pause, below the second figure to go on (bytes). */
export const HIGH_BYTES = 64 * 1024;
export const LOW_BYTES = 16 * 1024;
/** Before a resize the output that was meant for the old size is parsed, for this long at most. */
const RESIZE_FLUSH_MS = 4;

export class Screen implements Work {
  readonly #options: ScreenOptions;
  readonly #emulator: Emulator;
  readonly #scrollback: Scrollback;
  readonly #scheduler: Scheduler;
  readonly #clamp = new Clamp(clusters);
  readonly #queue = new OutputQueue();
  /** What the lines are called while output moves them. */
  readonly numbers: LineNumbers;
  /** Output that gives a terminal of this size, just reset and drawn like this one, its cursor and all that cannot be seen. */
  readonly unseen = (): string => unseenOf(this.#emulator, this.modes());
  readonly #answers: Answers;
  readonly #signals: Signals;
  readonly #synchronized: Synchronized;
  readonly #now: () => number;
  #waitsForEmpty: (() => void)[] = [];
  #lastChange: number;
  #version = 0;
  /** The emulator has bytes of ours that it has not parsed (only without `parseNow`). */
  #inFlight = false;
  #high = false;
  #disposed = false;

  constructor(options: ScreenOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#lastChange = this.#now();
    this.#scheduler = options.scheduler ?? new Scheduler();
    const scrollback = liveRows(options.scrollback);
    this.#emulator = createEmulator({ cols: atLeast(2, options.cols), rows: atLeast(1, options.rows), scrollback });
    this.#scrollback = new Scrollback(this.#emulator, options.scrollback);
    const { terminal } = this.#emulator;
    const reply = (text: string) => options.onReply?.(Buffer.from(text, "latin1"));
    this.#answers = new Answers(this.#emulator, reply, options.program);
    this.numbers = new LineNumbers(this);
    this.#signals = new Signals(terminal, options, reply);
    this.#synchronized = new Synchronized(terminal, { now: this.#now, released: () => this.#changed() });
  }

  get cols(): number {
    return this.#emulator.terminal.cols;
  }

  get rows(): number {
    return this.#emulator.terminal.rows;
  }

  /** Lines above the screen. None in the alternate screen. */
  get scrollbackLength(): number {
    return this.#scrollback.length;
  }

  /** A full-screen program has put up the screen that keeps no lines. */
  get alternate(): boolean {
    return this.#emulator.alternate;
  }

  get title(): string {
    return this.#signals.title;
  }

  /** When output last changed something, in the time of `now`. */
  get lastChange(): number {
    return this.#lastChange;
  }

  /** Grows with every change: equal versions, equal screens. */
  get version(): number {
    return this.#version;
  }

  get cursor(): Cursor {
    const { cursorX, cursorY } = this.#emulator;
    return { x: Math.min(cursorX, this.cols - 1), y: cursorY, visible: !this.#emulator.cursorHidden };
  }

  /** The program is in the middle of a frame (DEC 2026) that should not be shown yet; never for more than 100 ms. */
  get synchronized(): boolean {
    return this.#synchronized.holding;
  }

  /** Bytes that wait to be parsed. */
  get pending(): number {
    return this.#inFlight ? 0 : this.#queue.bytes;
  }

  /** Everything written so far is on the screen, and none of it is the beginning of something. */
  get settled(): boolean {
    return this.#queue.bytes === 0 && !this.#inFlight && this.#clamp.idle;
  }

  /** Takes output of the program. The bytes must not be changed afterwards: they are not copied. */
  write(bytes: Uint8Array): void {
    if (this.#disposed) return;
    for (const piece of this.#clamp.push(bytes)) this.#queue.push(piece);
    if (this.pending > 0) this.#scheduler.add(this);
    if (!this.#high && this.#queue.bytes > HIGH_BYTES) {
      this.#high = true;
      this.#options.onHigh?.();
    }
  }

  /** Parses the next bytes; the scheduler's part, not for others to call. */
  parse(limit: number): void {
    const slice = this.#disposed || this.#inFlight ? null : this.#queue.take(limit);
    if (!slice) return;
    if (this.#emulator.parseNow(slice)) return this.#parsed();
    this.#inFlight = true;
    this.#emulator.terminal.write(slice, () => {
      this.#inFlight = false;
      this.#parsed();
      if (this.pending > 0) this.#scheduler.add(this);
    });
  }

  /** Calls back once everything written so far is on the screen; at once when it is. */
  drained(callback: () => void): void {
    if (this.#queue.bytes === 0 && !this.#inFlight) callback();
    else this.#waitsForEmpty.push(callback);
  }

  /** Sizes that are no positive integers are ignored: a layout may ask for nonsense for a moment. */
  resize(cols: number, rows: number): void {
    if (this.#disposed || !Number.isSafeInteger(cols) || !Number.isSafeInteger(rows) || cols < 1 || rows < 1) return;
    if (cols === this.cols && rows === this.rows) return;
    const end = this.#now() + RESIZE_FLUSH_MS;
    while (this.pending > 0 && this.#now() < end) this.parse(LOW_BYTES);
    this.#scrollback.resize(atLeast(2, cols), atLeast(1, rows));
    this.#changed();
  }

  modes(): PaneModes {
    const { modes } = this.#emulator.terminal;
    return {
      applicationCursorKeys: modes.applicationCursorKeysMode,
      applicationKeypad: modes.applicationKeypadMode,
      bracketedPaste: modes.bracketedPasteMode,
      focusEvents: modes.sendFocusMode,
      mouse: modes.mouseTrackingMode,
      mouseEncoding: this.#emulator.mouseEncoding,
      cursorVisible: !this.#emulator.cursorHidden,
      cursorStyle: this.#emulator.cursorStyle,
      alternateScreen: this.alternate,
      ...this.#answers.keyboard.modes,
    };
  }

  /** A line by its place: 0 is the oldest of the scrollback, `scrollbackLength` the top of the screen. Valid until the next write. */
  line(index: number): RawLine | null {
    return this.#scrollback.line(index);
  }

  /** A line as text, where that is cheaper than its cells; see `Scrollback.plain`. */
  plain(index: number): PlainRow | null {
    return this.#scrollback.plain(index);
  }

  /** Follows a line while output moves it; null in the alternate screen, which keeps no lines. */
  mark(index: number): LineMark | null {
    return this.#scrollback.mark(index);
  }

  /** The screen as text, blank ends cut; or the last `lastLines` lines that hold something, scrollback included. */
  text(lastLines?: number): string[] {
    return textOf(this, lastLines);
  }

  /** The screen as lines of text with SGR sequences. */
  ansi(): string {
    return ansiOf(this);
  }

  /** A short text that differs when the screen's text does: to tell whether it is still the screen that a person saw. */
  fingerprint(): string {
    return fingerprintOf(textOf(this));
  }

  /** What stands left of the cursor on its line, or null when nothing does or the program hides its cursor in a full-screen view. */
  prompt(): string | null {
    const { alternateScreen, cursorVisible } = this.modes();
    return alternateScreen && !cursorVisible ? null : promptOf(this);
  }

  /** What stands left of the cursor, as it stands there; "" when nothing does. */
  leftOfCursor(): string {
    return leftOfCursor(this);
  }

  /** A new program starts here: what the one before it reported of itself, and how it wanted its keys, does not count any more. */
  forgetStatus(): void {
    this.#signals.forgetStatus();
    this.#answers.forget();
  }

  /** A person's terminal is known now: programs that ask are told what it is. */
  attached(outer: OuterTerminal): void {
    this.#answers.learn(outer);
  }

  /** Somebody has shown the screen as it is: a new frame may be held for its full time again. */
  shown(): void {
    this.#synchronized.shown();
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#scheduler.remove(this);
    this.#queue.clear();
    this.#emulator.terminal.dispose();
    this.#empty();
  }

  #parsed(): void {
    this.#signals.tell();
    this.#changed();
    if (this.#high && this.#queue.bytes <= LOW_BYTES) {
      this.#high = false;
      this.#options.onLow?.();
    }
    if (this.#queue.bytes === 0) this.#empty();
  }

  #changed(): void {
    this.#version++;
    this.numbers.follow();
    this.#lastChange = this.#now();
    this.#options.onChange?.();
  }

  #empty(): void {
    const callbacks = this.#waitsForEmpty;
    this.#waitsForEmpty = [];
    for (const callback of callbacks) callback();
  }
}

function atLeast(least: number, value: number): number {
  return Number.isSafeInteger(value) && value > least ? value : least;
}
