/** The terminal that a person sits at, emulated: takes what the dashboard writes, gives it what is typed. */
import { EventEmitter } from "node:events";
import type { OuterInput, OuterOutput } from "../../../src/dashboard/terminal/outer.ts";
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

export class Tty {
  readonly input = new TtyInput();
  readonly output: TtyOutput;
  readonly #emulator: Emulator;
  /** How often it rang. */
  bells = 0;

  constructor(columns: number, rows: number, changed: () => void) {
    this.#emulator = createEmulator({ cols: columns, rows, scrollback: 100 });
    this.#emulator.terminal.onBell(() => void this.bells++);
    this.#emulator.parseNow(Buffer.from("person@host:~$ marathon attach\r\n"));
    this.output = new TtyOutput(columns, rows, (text) => {
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

  get cursor(): { readonly x: number; readonly y: number; readonly visible: boolean } {
    const { cursorX, cursorY } = this.#emulator.terminal.buffer.active;
    return { x: cursorX, y: cursorY, visible: !this.#emulator.cursorHidden };
  }

  get modes(): { readonly alternateScreen: boolean; readonly mouse: string; readonly bracketedPaste: boolean } {
    const { modes, buffer } = this.#emulator.terminal;
    return {
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
