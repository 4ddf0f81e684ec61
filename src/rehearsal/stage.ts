/** What the performance stands on: screen, time, keyboard and status in one place, and the line at the bottom that a person may type into. */
import { inputLines } from "./input-lines.ts";
import { isText, type Key, withoutLast } from "./keyboard.ts";
import type { Pace } from "./pace.ts";
import { statusSequence, type Status } from "./status.ts";
import { type Lines, paint, type Surface, wrap } from "./surface.ts";

/** A second Ctrl-C within this time, real ms, ends the stand-in, as with the real ones. */
const TWICE_MS = 2000;
/** Stand-in people let an interrupted agent go on after so many marathon minutes. */
const INTERRUPTED_MINUTES = 2;

export class Stage {
  readonly surface: Surface;
  readonly pace: Pace;
  readonly people: boolean;
  readonly #quit: (code: number) => void;
  #activity: Lines = [];
  #typed = "";
  #handler: ((key: Key) => void) | null = null;
  #interruptAt = Number.NEGATIVE_INFINITY;
  #resumeTimer: NodeJS.Timeout | null = null;
  /** What is being done, in words; null between tasks. */
  #work: string | null = null;

  constructor(surface: Surface, pace: Pace, people: boolean, quit: (code: number) => void) {
    this.surface = surface;
    this.pace = pace;
    this.people = people;
    this.#quit = quit;
  }

  /** Lines that stay, and with them a status, in one write. */
  say(lines: Lines, status?: Status): void {
    this.surface.turn(lines, this.#bottom, status ? statusSequence(status) : "");
  }

  /** Lines above the prompt that change in place: spinner, half-written text. */
  show(activity: Lines): void {
    this.#activity = activity;
    this.surface.live(this.#bottom);
  }

  report(status: Status): void {
    this.surface.signal(statusSequence(status));
  }

  /** From now on the stand-in is at work on something (or, with null, is not). */
  working(work: string | null): void {
    this.#work = work;
    if (work === null) this.#activity = [];
    else this.report({ state: "working", message: work });
  }

  /** Gives all keys to `handler` until the returned function is called. Ctrl-C stays ours. */
  takeKeys(handler: (key: Key) => void): () => void {
    this.#handler = handler;
    return () => {
      this.#handler = null;
    };
  }

  key(key: Key): void {
    if (key === "interrupt") return this.#interrupted();
    if (this.#handler) return this.#handler(key);
    if (key === "escape" && this.#typed === "") return this.#pause();
    if (key === "enter") return this.#enter();
    if (key === "backspace") this.#typed = withoutLast(this.#typed);
    else if (key === "escape") this.#typed = "";
    else if (isText(key)) this.#typed += key;
    this.surface.live(this.#bottom);
  }

  dispose(): void {
    if (this.#resumeTimer) clearTimeout(this.#resumeTimer);
    this.pace.resume();
  }

  readonly #bottom = (): readonly string[] => {
    const activity = typeof this.#activity === "function" ? this.#activity() : this.#activity;
    return [...activity, "", ...inputLines(this.#typed, this.surface.columns)];
  };

  #enter(): void {
    const text = this.#typed.trim();
    this.#typed = "";
    if (text !== "") {
      const [head = "", ...rest] = text.split("\n").flatMap((line) => wrap(line, this.surface.columns - 4));
      this.say([`${paint.bold(">")} ${head}`, ...rest.map((row) => `  ${row}`), paint.dim("  ⎿  Heard. I'll keep it in mind."), ""]);
    }
    if (this.pace.paused) this.#resume();
    else this.surface.live(this.#bottom);
  }

  #interrupted(): void {
    const now = performance.now();
    if (now - this.#interruptAt < TWICE_MS) return this.#quit(130);
    this.#interruptAt = now;
    this.say([paint.dim("  Press Ctrl-C again to end the stand-in")]);
  }

  #pause(): void {
    if (this.#work === null || this.pace.paused) return;
    this.pace.pause();
    this.say([paint.red("  ⎿  Interrupted. Press Enter to go on, or type what to do instead."), ""]);
    this.report({ state: "blocked", kind: "question", message: "interrupted: Enter goes on" });
    if (this.people) this.#resumeTimer = setTimeout(() => this.#resume(), this.pace.patience(INTERRUPTED_MINUTES));
  }

  #resume(): void {
    if (this.#resumeTimer) clearTimeout(this.#resumeTimer);
    this.#resumeTimer = null;
    this.pace.resume();
    if (this.#work !== null) this.report({ state: "working", message: this.#work });
    this.surface.live(this.#bottom);
  }
}
