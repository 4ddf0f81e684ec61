/** The terminal that a person sits at, emulated: takes what the dashboard writes, gives it what is typed. */
import { EventEmitter } from "node:events";
import type { OuterInput, OuterOutput } from "../../../src/dashboard/terminal/outer.ts";
import type { OuterTerminal } from "../../../src/protocol/messages.ts";
import { Answers } from "../../../src/screen/answers.ts";
import { NO_EXTRA } from "../../../src/protocol/cells.ts";
import { createEmulator, type Emulator } from "../../../src/screen/xterm.ts";
import { drawn } from "../drawn-screen.ts";

export interface SeenCell {
  /** The character with what is combined with it; "" in the right half of a wide one. */
  readonly char: string;
  /** Palette index or RGB value; null for the terminal's own colour. */
  readonly fg: number | null;
  readonly bg: number | null;
  readonly bold: boolean;
  readonly inverse: boolean;
  readonly underline: boolean;
}

/** A dark terminal with nothing special. */
const PLAIN: OuterTerminal = { foreground: 0xd0d0d0, background: 0x101010, cursor: null, palette: [], kittyKeyboard: false };

export class Tty {
  readonly input = new TtyInput();
  readonly output: TtyOutput;
  /** Every byte that was written to it. */
  written = "";
  readonly #emulator: Emulator;
  /** How often it rang. */
  bells = 0;
  readonly #answers: Answers;

  /** `told`: what it answers when it is asked what it is. */
  constructor(columns: number, rows: number, changed: () => void, told: OuterTerminal = PLAIN) {
    this.#emulator = createEmulator({ cols: columns, rows, scrollback: 100 });
    this.#emulator.terminal.onBell(() => void this.bells++);
    this.#answers = new Answers(this.#emulator, (text) => this.input.type(Buffer.from(text, "latin1")));
    this.#answers.learn(told);
    this.#emulator.parseNow(Buffer.from("person@host:~$ marathon attach\r\n"));
    this.output = new TtyOutput(columns, rows, (text) => {
      this.written += text;
      this.#emulator.parseNow(Buffer.from(text, "utf8"));
      changed();
    });
  }

  /** The rows without blanks at their ends. */
  rows(): readonly string[] {
    const { buffer, rows } = this.#emulator.terminal;
    const { active } = buffer;
    return Array.from({ length: rows }, (_, y) => active.getLine(active.baseY + y)?.translateToString(true) ?? "");
  }

  cell(x: number, y: number): SeenCell {
    const { active } = this.#emulator.terminal.buffer;
    const cell = active.getLine(active.baseY + y)?.getCell(x);
    if (!cell) throw new Error(`there is no cell ${x}, ${y} on a screen of ${this.output.columns}×${this.output.rows}`);
    return {
      char: cell.getChars() || (cell.getWidth() === 0 ? "" : " "),
      fg: cell.isFgDefault() ? null : cell.getFgColor(),
      bg: cell.isBgDefault() ? null : cell.getBgColor(),
      bold: cell.isBold() !== 0,
      inverse: cell.isInverse() !== 0,
      underline: cell.isUnderline() !== 0,
    };
  }

  get cursor(): { readonly x: number; readonly y: number; readonly visible: boolean; readonly style: number } {
    const { cursorX, cursorY } = this.#emulator.terminal.buffer.active;
    return { x: cursorX, y: cursorY, visible: !this.#emulator.cursorHidden, style: this.#emulator.cursorStyle };
  }

  /** A link's target and number; "" and 0 for none. */
  link(x: number, y: number): { readonly target: string; readonly number: number } {
    const { link, linkId } = this.#emulator.line(this.#emulator.terminal.buffer.active.baseY + y)?.extra(x) ?? NO_EXTRA;
    return { target: link, number: linkId };
  }

  get modes(): {
    readonly alternateScreen: boolean;
    readonly mouse: string;
    readonly bracketedPaste: boolean;
    readonly kittyFlags: number;
    readonly modifyOtherKeys: number;
  } {
    const { modes, buffer } = this.#emulator.terminal;
    return {
      ...this.#answers.keyboard.modes,
      alternateScreen: buffer.active.type === "alternate",
      mouse: modes.mouseTrackingMode,
      bracketedPaste: modes.bracketedPasteMode,
    };
  }

  resize(columns: number, rows: number): void {
    this.#emulator.terminal.resize(columns, rows);
    this.output.columns = columns;
    this.output.rows = rows;
    this.output.emit("resize");
  }

  picture(): string {
    return drawn(this.rows(), { cols: this.output.columns, rows: this.output.rows });
  }

  dispose(): void {
    this.#emulator.terminal.dispose();
  }
}

class TtyInput extends EventEmitter implements OuterInput {
  readonly isTTY = true;
  raw = false;
  /** What was typed while nobody read. */
  #waiting: Buffer[] | null = [];

  type(bytes: Uint8Array): void {
    const copy = Buffer.from(bytes);
    if (this.#waiting) this.#waiting.push(copy);
    else this.emit("data", copy);
  }

  setRawMode(raw: boolean): void {
    this.raw = raw;
  }

  pause(): void {
    this.#waiting ??= [];
  }

  resume(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const bytes of waiting) this.type(bytes);
  }
}

class TtyOutput extends EventEmitter implements OuterOutput {
  readonly isTTY = true;
  columns: number;
  rows: number;
  readonly #take: (text: string) => void;

  constructor(columns: number, rows: number, take: (text: string) => void) {
    super();
    this.columns = columns;
    this.rows = rows;
    this.#take = take;
  }

  write(text: string, written: (error?: Error | null) => void): boolean {
    this.#take(text);
    setImmediate(written);
    return true;
  }
}
