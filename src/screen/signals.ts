/**
 * What a program tells besides its screen: bell, title, status, notifications, clipboard. They are gathered while output is
 * parsed and told afterwards, each kind once, so that a megabyte of bells is one bell.
 */
import { type Notice, parseOsc9, parseOsc99, parseOsc777 } from "./notices.ts";
import { plainText } from "./plain-text.ts";
import { StatusRecords } from "./status-records.ts";
import { parseStatusReport, type StatusReport } from "./status-report.ts";
import type { Terminal } from "./xterm.ts";

/** What a program says of itself as a whole. */
export type SelfSignal =
  | { readonly kind: "status"; readonly report: StatusReport }
  | { readonly kind: "title"; readonly title: string }
  | { readonly kind: "notice"; readonly notice: Notice };

export interface SignalListeners {
  readonly onBell?: () => void;
  /** The title as text that is safe to show. */
  readonly onTitle?: (title: string) => void;
  readonly onStatus?: (report: StatusReport) => void;
  readonly onNotice?: (notice: Notice) => void;
  /**
   * Its reports, titles and notices once more, one by one and in their order, so that it does not matter in which portions the
   * output came. Withdrawn reports come by `onStatus` alone.
   */
  readonly onSelf?: (signal: SelfSignal) => void;
  /** The program wants the clipboard (OSC 52): to write this text, or (null) to read it, which is never answered. */
  readonly onClipboard?: (text: string | null) => void;
}

const MAX_TITLE = 256;
/** Of a flood of signals in one portion of output the newest so many are told in their order. */
const MAX_SELF = 64;

export class Signals {
  readonly #listeners: SignalListeners;
  readonly #records = new StatusRecords();
  /** In their order, not yet told. */
  #self: SelfSignal[] = [];
  #title = "";
  #toldTitle = "";
  #bell = false;
  #notice: Notice | null = null;
  #progress: Notice | null = null;
  #clipboard: { readonly text: string | null } | null = null;

  constructor(terminal: Terminal, listeners: SignalListeners, reply: (text: string) => void) {
    this.#listeners = listeners;
    terminal.onBell(() => {
      this.#bell = true;
    });
    terminal.onTitleChange((title) => {
      this.#title = title;
      this.#said({ kind: "title", title: plainText(title, MAX_TITLE) });
    });
    this.#listen(terminal, reply);
  }

  /** As last told. */
  get title(): string {
    return this.#toldTitle;
  }

  /** A new program starts in this terminal: the records and the title of the old one do not count any more. */
  forgetStatus(): void {
    this.#records.forget();
    this.#title = this.#toldTitle = "";
    this.#self = [];
  }

  /** Tells the listeners what came since the last call. */
  tell(): void {
    const { onBell, onTitle, onStatus, onNotice, onClipboard, onSelf } = this.#listeners;
    if (this.#bell) onBell?.();
    this.#bell = false;
    const title = plainText(this.#title, MAX_TITLE);
    if (title !== this.#toldTitle) {
      this.#toldTitle = title;
      onTitle?.(title);
    }
    const self = this.#self;
    this.#self = [];
    for (const signal of self) onSelf?.(signal);
    for (const report of this.#records.take()) onStatus?.(report);
    for (const notice of [this.#progress, this.#notice]) if (notice) onNotice?.(notice);
    this.#progress = this.#notice = null;
    if (this.#clipboard !== null) onClipboard?.(this.#clipboard.text);
    this.#clipboard = null;
  }

  #listen({ parser }: Terminal, reply: (text: string) => void): void {
    const osc = (number: number, handle: (data: string) => void) =>
      parser.registerOscHandler(number, (data) => {
        handle(data);
        return true;
      });
    osc(7501, (data) => {
      if (data === "?") return reply("\x1b]7501;?\x1b\\");
      const report = parseStatusReport(data);
      if (report) this.#records.report(report);
      if (report?.id === "" && report.state !== "clear") this.#said({ kind: "status", report });
    });
    osc(133, (data) => {
      if (/^A(?:;|$)/u.test(data)) this.#records.promptShown();
    });
    osc(9, (data) => this.#noticed(parseOsc9(data)));
    osc(99, (data) => this.#noticed(parseOsc99(data)));
    osc(777, (data) => this.#noticed(parseOsc777(data)));
    osc(52, (data) => this.#copied(data));
    parser.registerEscHandler({ final: "c" }, () => {
      this.#records.reset();
      return false;
    });
  }

  #said(signal: SelfSignal): void {
    if (!this.#listeners.onSelf) return;
    this.#self.push(signal);
    if (this.#self.length > MAX_SELF) this.#self.shift();
  }

  #noticed(notice: Notice | null): void {
    if (notice) this.#said({ kind: "notice", notice });
    if (notice?.kind === "progress") this.#progress = notice;
    else if (notice) this.#notice = notice;
  }

  /** `52;targets;base64`, or a question mark for reading. */
  #copied(data: string): void {
    const match = /^[cpqs0-7]*;(?:(?<reads>\?)|(?<text>[A-Za-z0-9+/=\s]*))$/u.exec(data)?.groups;
    if (!match) return;
    // Who reads the clipboard again and again does not hide what else is written to it.
    if (match["reads"] === undefined) this.#clipboard = { text: Buffer.from(match["text"] ?? "", "base64").toString("utf8") };
    else this.#clipboard ??= { text: null };
  }
}
