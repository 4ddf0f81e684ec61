/**
 * What a terminal's program tells a person outside of its screen: bell, notification (OSC 9, 99, 777), progress (OSC 9;4),
 * title, and what it wants of the clipboard (OSC 52). The board shows them as marks until somebody has looked at the terminal.
 *
 * Only notifications are journaled: an agent says something with them, that it waits or is done, and the morning after
 * somebody may ask when it did. They come at most so often, so a flood of them is a few lines that say how many they stand
 * for. Bells, progress and titles are what holds at this moment: spinners write ten titles a second, bars a hundred percents,
 * and a bell has no words. After the engine's end nobody rings any more, so nothing is lost with it.
 */
import type { Fact } from "../marathon/types.ts";
import type { TerminalMarks } from "../protocol/messages.ts";
import type { Notice } from "../screen/notices.ts";

export interface MarkPorts {
  /** Whether somebody has this terminal in front. */
  looking(): boolean;
  /** For every dashboard. */
  tell(marks: TerminalMarks): void;
  /** Rings at every person's terminal. */
  ring(): void;
  submit(fact: Fact): void;
  /** Puts a text on the person's clipboard; false where the plan does not allow it. */
  copy(text: string): boolean;
  /** Monotonic milliseconds. */
  now(): number;
  /** Calls back after `ms` real milliseconds; answers how to cancel. */
  later(ms: number, callback: () => void): () => void;
}

type Notification = Extract<Notice, { readonly kind: "notification" }>;

/** Between two rings, ms: a flood of bells is a bell a second. */
const RING_MS = 1000;
/** Between two messages to the dashboards, ms: progress is read, not watched. */
const TELL_MS = 200;
/** What is read back sooner needs no word, ms. */
const LONG_MS = 300;
/** Between two texts that a program puts on the clipboard, ms: a person copies, a flood does not. */
const COPY_MS = 1000;
/** Between two notifications in the journal, ms. */
const JOURNAL_MS = 10_000;

export class Marks {
  readonly #ports: MarkPorts;
  #marks: TerminalMarks;
  #rangAt = Number.NEGATIVE_INFINITY;
  #toldAt = Number.NEGATIVE_INFINITY;
  #copiedAt = Number.NEGATIVE_INFINITY;
  #journaledAt = Number.NEGATIVE_INFINITY;
  /** The newest notification that is not journaled yet, and how many came before it. */
  #waiting: { readonly notice: Notification; readonly missed: number } | null = null;
  #cancelTell: (() => void) | null = null;
  #cancelJournal: (() => void) | null = null;

  constructor(terminal: number, ports: MarkPorts) {
    this.#ports = ports;
    this.#marks = { terminal, bell: false, notice: null, progress: null, title: "" };
  }

  get all(): TerminalMarks {
    return this.#marks;
  }

  /** Whether there is anything to tell. */
  get any(): boolean {
    const { bell, notice, progress, title, readingBack } = this.#marks;
    return bell || notice !== null || progress !== null || title !== "" || readingBack === true;
  }

  rang(): void {
    const now = this.#ports.now();
    if (now - this.#rangAt >= RING_MS) {
      this.#rangAt = now;
      this.#ports.ring();
    }
    if (!this.#ports.looking()) this.#set({ bell: true });
  }

  titled(title: string): void {
    this.#set({ title });
  }

  told(notice: Notice): void {
    if (notice.kind === "progress") {
      const { state, percent } = notice;
      this.#set({ progress: state === "none" ? null : { state, percent } });
      return;
    }
    if (!this.#ports.looking()) this.#set({ notice: [notice.title, notice.text].filter((part) => part !== "").join(": ") });
    this.#waiting = { notice, missed: this.#waiting === null ? 0 : this.#waiting.missed + 1 };
    const wait = this.#journaledAt + JOURNAL_MS - this.#ports.now();
    if (wait <= 0) this.#journal();
    else this.#cancelJournal ??= this.#ports.later(wait, () => this.#journal());
  }

  /** The program wants to write the clipboard, or (null) to read it. */
  wanted(text: string | null): void {
    const now = this.#ports.now();
    if (text !== null && now - this.#copiedAt >= COPY_MS && this.#ports.copy(text)) {
      this.#copiedAt = now;
      return;
    }
    const words = text === null ? "wanted to read your clipboard" : `wanted to put ${text.length} characters on your clipboard`;
    this.told({ kind: "notification", source: "osc-52", title: "", text: `${words}: swallowed` });
  }

  /** Somebody has this terminal in front now. */
  looked(): void {
    this.#set({ bell: false, notice: null });
  }

  /** What was shown before is being read back until `done` resolves, which never rejects; that is told when it takes long. */
  async readsBack(done: Promise<void>): Promise<void> {
    const cancel = this.#ports.later(LONG_MS, () => this.#set({ readingBack: true }));
    await done;
    cancel();
    const { readingBack: _, ...marks } = this.#marks;
    this.#become(marks);
  }

  /** Another program begins, or none runs any more: what the one before was in the middle of is over. */
  fresh(): void {
    this.#set({ progress: null, title: "" });
  }

  stop(): void {
    this.#cancelTell?.();
    this.#cancelJournal?.();
  }

  #set(change: Partial<TerminalMarks>): void {
    this.#become({ ...this.#marks, ...change });
  }

  #become(marks: TerminalMarks): void {
    if (JSON.stringify(marks) === JSON.stringify(this.#marks)) return;
    this.#marks = marks;
    const wait = this.#toldAt + TELL_MS - this.#ports.now();
    if (wait <= 0) this.#tell();
    else this.#cancelTell ??= this.#ports.later(wait, () => this.#tell());
  }

  #tell(): void {
    this.#cancelTell = null;
    this.#toldAt = this.#ports.now();
    this.#ports.tell(this.#marks);
  }

  #journal(): void {
    this.#cancelJournal = null;
    if (this.#waiting === null) return;
    const { notice, missed } = this.#waiting;
    this.#waiting = null;
    this.#journaledAt = this.#ports.now();
    const { source, title, text } = notice;
    this.#ports.submit({ type: "terminal-notified", terminal: this.#marks.terminal, source, title, text, missed });
  }
}
