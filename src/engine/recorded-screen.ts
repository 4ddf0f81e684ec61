/**
 * A terminal's screen and its recording: what is shown is recorded, and what was recorded by an engine before is shown
 * again. While that is done the programs of old must not be heard: nothing is answered, rung or reported for them, and what
 * a new program puts out waits its turn. A program that outlived its engine is gone on with where the recording ends.
 */
import { textToBytes } from "../screen/cast-bytes.ts";
import { decodePlace, decodeSize, MISSING, type CastEvent, type Place } from "../screen/asciicast.ts";
import { Screen, type ScreenOptions } from "../screen/screen.ts";
import { snapshotOf } from "../screen/snapshot.ts";
import { endOf, type Past } from "./log-reader.ts";
import type { PtySize } from "./pty.ts";
import type { Recorder } from "./recorder.ts";
import { agentBegins, pastEnds } from "./task-banner.ts";

/** Opens the recording of a screen; see TerminalLogs. */
export type OpenRecorder = (size: PtySize, snapshot: () => string | null, through: (place: Place) => void) => Recorder;

/** A program that outlived its engine, and what of its output is still to be had. */
export interface Living {
  readonly id: string;
  readonly size: PtySize;
  /** The engine before has dealt with all that was put out before this place. */
  readonly heard: number;
  /** What was printed before its output, and may not have been recorded. */
  readonly begins: { readonly text: string; readonly mark: string } | null;
  /** Asks for its output from a place on; resolves when all has come that was there. */
  goesOn(from: number, tail: Tail): Promise<void>;
}

export interface Tail {
  begins(from: number, size: PtySize): void;
  sized(size: PtySize): void;
  output(bytes: Uint8Array, at: number): void;
}

/** Output of old is parsed in portions, so that other screens have their turn in between, characters. */
const PORTION = 32 * 1024;
/** The mark that stands behind what came back. */
const CAME_BACK = "shown again by a new engine";

export class RecordedScreen {
  readonly screen: Screen;
  readonly #options: ScreenOptions;
  readonly #recorder: Recorder;
  readonly #now: () => number;
  /** The size that is wanted; while the past is shown the screen has the past's. */
  #size: { readonly cols: number; readonly rows: number };
  /** What is to be done once the past is shown, in order; null while it is not being shown. */
  #held: (() => void)[] | null = null;
  /** What is parsed was heard by an engine before. */
  #deaf = false;

  /** `now`: wall clock, ms since the epoch. `through` is told how far programs' output is recorded, or will not be. */
  constructor(options: ScreenOptions, open: OpenRecorder, now: () => number, through: (place: Place) => void = () => {}) {
    this.#options = options;
    this.#now = now;
    this.#size = { cols: options.cols, rows: options.rows };
    this.screen = new Screen(this.#heardNow(options));
    this.#recorder = open(this.#size, () => (this.#held ? null : snapshotOf(this.screen)), through);
  }

  get cols(): number {
    return this.#held ? this.#size.cols : this.screen.cols;
  }

  get rows(): number {
    return this.#held ? this.#size.rows : this.screen.rows;
  }

  /** The past is being shown: what stands on the screen is not what any program shows now. */
  get isComingBack(): boolean {
    return this.#held !== null;
  }

  /** `place`: of the first byte, in a program's output. */
  show(bytes: Uint8Array, place?: Place): void {
    if (this.#held) {
      // The program waits as well: nothing piles up.
      this.#options.onHigh?.();
      return this.#hold(() => this.show(bytes, place));
    }
    this.#recorder.output(bytes, place);
    this.screen.write(bytes);
  }

  resize(cols: number, rows: number): void {
    this.#size = { cols, rows };
    if (this.#held) return;
    this.screen.resize(cols, rows);
    this.#recorder.resized(this.screen.cols, this.screen.rows);
  }

  /** Our own words, where no program is writing, and the mark by which they are found in the recording. */
  print(text: string, mark: string): void {
    if (this.#held) return this.#hold(() => this.print(text, mark));
    this.#recorder.mark(mark);
    this.show(Buffer.from(text, "utf8"));
  }

  /** A long-lived agent is about to be started; what stands here was shown by another program. `judged`: by how its screen looks. */
  agentBegins(title: string, judged: boolean): void {
    if (this.#held) return this.#hold(() => this.agentBegins(title, judged));
    const { screen } = this;
    const full = screen.modes().alternateScreen ? screen.ansi() : null;
    if (full === null && (!judged || screen.text().every((line) => line === ""))) return;
    this.print(agentBegins(title, { column: screen.cursor.x, rows: screen.rows, fullScreen: full }), `${title} begins`);
  }

  /** Calls back once everything shown so far is on the screen. */
  drained(callback: () => void): void {
    if (this.#held) this.#hold(() => this.screen.drained(callback));
    else this.screen.drained(callback);
  }

  /**
   * Shows again what `past` resolves with, of an engine whose programs ended with it at `endedAt` (wall clock, ms; null: none
   * ran here). From this call on until it is done, whatever is shown waits. Never rejects.
   */
  async comesBack(past: Promise<Past | null>, endedAt: number | null): Promise<void> {
    this.#held = [];
    this.#deaf = true;
    try {
      const found = await past;
      if (found) {
        await this.#replay(found);
        if (endedAt !== null) await this.#close(found.events, endedAt);
      }
    } catch {
      // A recording that cannot be read leaves the screen as it is: empty.
    }
    // What the programs of old said of themselves is nothing that a new one must say differently to be heard.
    this.screen.forgetStatus();
    this.#goOn();
  }

  /**
   * Shows again what `past` resolves with and what a program has put out since, as if nothing had happened in between: each
   * byte is shown once and recorded once, and what was not heard is heard. From this call on until it is done, whatever else
   * is to be shown waits. Never rejects.
   */
  async livesOn(past: Promise<Past | null>, living: Living): Promise<void> {
    this.#held = [];
    this.#deaf = true;
    this.#size = living.size;
    const found = await past.catch(() => null);
    const end = found && endOf(found);
    const from = end?.id === living.id ? end.at : 0;
    if (found) await this.#replay(found, living);
    if (from === 0 && living.begins && found?.events.findLast(({ code }) => code === "m")?.data !== living.begins.mark)
      await this.#again(Buffer.from(living.begins.text, "utf8")).then(() => this.#recorder.mark(living.begins?.mark ?? ""));
    let tail = Promise.resolve();
    const then = (act: () => Promise<void> | void) => void (tail = tail.then(act));
    await living.goesOn(from, {
      begins: (at, size) => then(() => this.#tailBegins(at - from, size)),
      sized: (size) => then(() => this.#sized(size)),
      output: (bytes, at) => then(() => this.#heardFrom(living, bytes, at)),
    });
    await tail;
    this.#goOn();
  }

  /** The past has been shown: what waited has its turn. */
  #goOn(): void {
    const held = this.#held ?? [];
    this.#held = null;
    this.#deaf = false;
    this.screen.resize(this.#size.cols, this.#size.rows);
    this.#recorder.resized(this.screen.cols, this.screen.rows);
    this.#options.onChange?.();
    if (held.length > 0) this.#options.onLow?.();
    for (const act of held) act();
  }

  #tailBegins(missing: number, size: PtySize): void {
    if (missing > 0) this.#recorder.mark(`${MISSING}${missing} bytes of output, which no engine has recorded`);
    this.#sized(size);
  }

  #sized({ cols, rows }: PtySize): void {
    this.screen.resize(cols, rows);
    this.#recorder.resized(cols, rows);
  }

  async #heardFrom({ id, heard }: Living, bytes: Uint8Array, at: number): Promise<void> {
    const old = Math.min(bytes.length, Math.max(0, heard - at));
    if (old > 0) await this.#again(bytes.subarray(0, old), { id, at });
    if (old === bytes.length) return;
    this.#deaf = false;
    await this.#again(bytes.subarray(old), { id, at: at + old });
  }

  #again(bytes: Uint8Array, place?: Place): Promise<void> {
    this.#recorder.output(bytes, place);
    this.screen.write(bytes);
    return new Promise((resolve) => this.screen.drained(resolve));
  }

  #hold(act: () => void): void {
    this.#held?.push(act);
  }

  /** `living`: what it said in the recording, and its engine did not hear any more, is heard now. */
  async #replay({ cols, rows, begins, events }: Past, living: Pick<Living, "id" | "heard"> | null = null): Promise<void> {
    this.screen.resize(cols, rows);
    await this.#parse(begins);
    const split = living && firstUnheard(events, living);
    let text = "";
    for (const [index, { code, data }] of events.entries()) {
      if (code === "o" && index === split?.index) {
        const bytes = textToBytes(data);
        await this.#parse(text);
        await this.#parsed(bytes.subarray(0, split.offset));
        this.#deaf = false;
        await this.#parsed(bytes.subarray(split.offset));
        text = "";
      } else if (code === "o") text += data;
      const size = code === "r" ? decodeSize(data) : null;
      if (text.length < PORTION && !size) continue;
      await this.#parse(text);
      text = "";
      if (size) this.screen.resize(size.cols, size.rows);
    }
    await this.#parse(text);
  }

  /** Below what came back a line says so, once, and whatever modes the programs of old had set are gone. */
  async #close(events: readonly CastEvent[], endedAt: number): Promise<void> {
    const last = events.findLast((event) => event.code !== "r");
    const blank = this.screen.scrollbackLength === 0 && this.screen.text().every((line) => line === "");
    if (blank || (last?.code === "m" && last.data === CAME_BACK)) return;
    const fullScreen = this.screen.modes().alternateScreen ? this.screen.ansi() : null;
    const words = pastEnds({ endedAt, now: this.#now(), fullScreen, column: this.screen.cursor.x });
    this.#recorder.output(Buffer.from(words, "utf8"));
    this.#recorder.mark(CAME_BACK);
    await this.#parse(words);
  }

  #parse(text: string): Promise<void> {
    return this.#parsed(textToBytes(text));
  }

  #parsed(bytes: Uint8Array): Promise<void> {
    this.screen.write(bytes);
    return new Promise((resolve) => this.screen.drained(resolve));
  }

  /** The same options, their listeners, which are told one thing each, deaf while the past is shown. */
  #heardNow(options: ScreenOptions): ScreenOptions {
    const entries = Object.entries(options).map(([name, value]: [string, unknown]) => {
      if (!name.startsWith("on") || typeof value !== "function") return [name, value];
      const listener = value as (told: unknown) => void;
      return [
        name,
        (told: unknown) => {
          if (!this.#deaf) listener(told);
        },
      ];
    });
    return Object.fromEntries(entries) as ScreenOptions;
  }
}

/**
 * Where in a recording begins what a program put out behind the place up to which it was heard: the event and the byte in it. A recording
 * may be ahead of what is parsed, and an engine that dies then has recorded what it has not understood. Null when it heard all of it.
 */
function firstUnheard(
  events: readonly CastEvent[],
  { id, heard }: Pick<Living, "id" | "heard">,
): { readonly index: number; readonly offset: number } | null {
  let place: Place | null = null;
  for (const [index, { code, data }] of events.entries()) {
    if (code === "p") place = decodePlace(data);
    if (code !== "o" || place?.id !== id) continue;
    const end: number = place.at + textToBytes(data).length;
    if (end > heard) return { index, offset: Math.max(0, heard - place.at) };
    place = { id, at: end };
  }
  return null;
}
