/**
 * The terminal that a person would sit at: runs a program in a real pty and keeps what it draws on an emulated screen.
 * Nothing here knows the program; it is judged by what it shows.
 */
import { UnicodeGraphemesAddon } from "@xterm/addon-unicode-graphemes";
import xterm from "@xterm/headless";
import { spawn, type IPty } from "node-pty";
import { drawn } from "./drawn-screen.ts";

export interface OuterOptions {
  readonly cmd: string;
  readonly args?: readonly string[];
  readonly cols?: number;
  readonly rows?: number;
  /** The whole environment of the program; see `emptyHome` for one. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** It has kitty's keyboard protocol, and says so when it is asked. */
  readonly kitty?: boolean;
}

export interface OuterCell {
  /** The character with what is combined with it; "" in the right half of a wide one, " " where nothing was written. */
  readonly char: string;
  readonly width: number;
  /** "default", a palette index, or "#rrggbb". */
  readonly fg: string | number;
  readonly bg: string | number;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly inverse: boolean;
}

/** What the program has asked of the terminal and not taken back. */
export interface OuterModes {
  readonly alternateScreen: boolean;
  readonly cursorVisible: boolean;
  readonly mouse: "none" | "x10" | "vt200" | "drag" | "any";
  readonly bracketedPaste: boolean;
  readonly focusEvents: boolean;
  readonly applicationCursorKeys: boolean;
  readonly synchronizedOutput: boolean;
  /** Entries on the kitty keyboard protocol's stack. */
  readonly kittyKeyboard: number;
  readonly modifyOtherKeys: boolean;
}

export interface OuterExit {
  readonly code: number;
  /** Number of the signal that ended it, 0 for none. */
  readonly signal: number;
}

/** Starts the program. The caller closes the terminal: `await using terminal = openTerminal(…)`. */
export function openTerminal(options: OuterOptions): OuterTerminal {
  return new OuterTerminal(options);
}

export class OuterTerminal implements AsyncDisposable {
  /** Resolves once, when the program has ended and all of its output is on the screen. */
  readonly exit: Promise<OuterExit>;
  readonly #pty: IPty;
  readonly #screen: InstanceType<typeof xterm.Terminal>;
  readonly #raw: Buffer[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #listeners = new Set<(bytes: Buffer) => void>();
  readonly #extra = { cursorVisible: true, kittyKeyboard: 0, modifyOtherKeys: false };
  #ended: OuterExit | null = null;

  constructor({ cmd, args = [], cols = 200, rows = 60, env, cwd, kitty = false }: OuterOptions) {
    this.#screen = new xterm.Terminal({ cols, rows, scrollback: 5_000, allowProposedApi: true, logLevel: "off" });
    this.#screen.loadAddon(new UnicodeGraphemesAddon());
    this.#followModes();
    if (kitty) this.#screen.parser.registerCsiHandler({ prefix: "?", final: "u" }, () => (this.#pty.write("\x1b[?0u"), true));
    this.#pty = spawn(cmd, [...args], { name: "xterm-256color", cols, rows, cwd: cwd ?? process.cwd(), env: { ...env }, encoding: null });
    // node-pty's types promise text, but without an encoding it hands on the bytes.
    this.#pty.onData((data) => this.#take(data as unknown as Buffer));
    this.#screen.onData((answer) => this.#pty.write(answer));
    this.exit = new Promise((resolve) => {
      this.#pty.onExit(({ exitCode, signal }) => {
        this.#screen.write("", () => {
          this.#ended = { code: exitCode, signal: signal ?? 0 };
          this.#changed();
          resolve(this.#ended);
        });
      });
    });
  }

  get pid(): number {
    return this.#pty.pid;
  }

  get size(): { readonly cols: number; readonly rows: number } {
    return { cols: this.#screen.cols, rows: this.#screen.rows };
  }

  /** Types these bytes, as a keyboard or a mouse would send them. */
  keys(text: string | Buffer): void {
    this.#pty.write(text);
  }

  /** The rows that are on the screen now, without blanks at their ends. */
  screen(): readonly string[] {
    const { active } = this.#screen.buffer;
    return Array.from({ length: this.#screen.rows }, (_, y) => active.getLine(active.baseY + y)?.translateToString(true) ?? "");
  }

  /** The rows as one text. */
  text(): string {
    return this.screen().join("\n");
  }

  /** Everything that the normal screen holds, what has scrolled off included. */
  history(): readonly string[] {
    const { normal } = this.#screen.buffer;
    return Array.from({ length: normal.length }, (_, y) => normal.getLine(y)?.translateToString(true) ?? "");
  }

  /** One position of the screen; 0, 0 is the top left one. */
  cell(x: number, y: number): OuterCell {
    const { active } = this.#screen.buffer;
    const cell = active.getLine(active.baseY + y)?.getCell(x);
    if (cell === undefined) throw new Error(`there is no cell ${x}, ${y} on a screen of ${this.#screen.cols}×${this.#screen.rows}`);
    return {
      char: cell.getChars() || (cell.getWidth() === 0 ? "" : " "),
      width: cell.getWidth(),
      fg: colour(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor()),
      bg: colour(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor()),
      bold: cell.isBold() !== 0,
      dim: cell.isDim() !== 0,
      italic: cell.isItalic() !== 0,
      underline: cell.isUnderline() !== 0,
      inverse: cell.isInverse() !== 0,
    };
  }

  cursor(): { readonly x: number; readonly y: number } {
    const { active } = this.#screen.buffer;
    return { x: active.cursorX, y: active.cursorY };
  }

  modes(): OuterModes {
    const { modes, buffer } = this.#screen;
    return {
      alternateScreen: buffer.active.type === "alternate",
      mouse: modes.mouseTrackingMode,
      bracketedPaste: modes.bracketedPasteMode,
      focusEvents: modes.sendFocusMode,
      applicationCursorKeys: modes.applicationCursorKeysMode,
      synchronizedOutput: modes.synchronizedOutputMode,
      ...this.#extra,
    };
  }

  /** Calls back with what the program writes, as it comes. */
  onOutput(listener: (bytes: Buffer) => void): void {
    this.#listeners.add(listener);
  }

  /** Every byte that the program has written. */
  raw(): Buffer {
    return Buffer.concat(this.#raw);
  }

  resize(cols: number, rows: number): void {
    this.#screen.resize(cols, rows);
    this.#pty.resize(cols, rows);
  }

  kill(signal: NodeJS.Signals = "SIGKILL"): void {
    this.#pty.kill(signal);
  }

  /** Reads nothing more, as a terminal behind a dead line does; what is written piles up until nobody can write. */
  stall(): void {
    this.#pty.pause();
  }

  /** Reads again. */
  goOn(): void {
    this.#pty.resume();
  }

  /**
   * Resolves as soon as the screen holds the text, matches the pattern or satisfies the function. Looks again after
   * every output. Rejects, with the screen drawn, when the time is over or when the program ends without it.
   */
  async waitFor(wanted: string | RegExp | ((terminal: OuterTerminal) => boolean), timeoutMs = 90_000): Promise<void> {
    const there = () =>
      typeof wanted === "function" ? wanted(this) : typeof wanted === "string" ? this.text().includes(wanted) : wanted.test(this.text());
    const what = typeof wanted === "string" ? JSON.stringify(wanted) : String(wanted);
    await new Promise<void>((resolve, reject) => {
      const look = () => {
        if (there()) settle(resolve);
        else if (this.#ended) settle(() => reject(this.#complaint(`the program ended (exit ${this.#ended?.code}) without ${what}`)));
      };
      const settle = (act: () => void) => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        act();
      };
      const timer = setTimeout(() => settle(() => reject(this.#complaint(`waited ${timeoutMs} ms for ${what}`))), timeoutMs);
      this.#waiting.add(look);
      look();
    });
  }

  /** Ends the program as a closed window would, and harder if it stays. */
  async close(): Promise<void> {
    if (!this.#ended) this.#pty.kill("SIGHUP");
    const harder = setTimeout(() => this.#pty.kill("SIGKILL"), 3_000);
    await this.exit;
    clearTimeout(harder);
    this.#screen.dispose();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #take(data: Buffer): void {
    this.#raw.push(data);
    for (const listener of this.#listeners) listener(data);
    this.#screen.write(data, () => this.#changed());
  }

  #changed(): void {
    for (const look of this.#waiting) look();
  }

  #complaint(what: string): Error {
    return new Error(`${what}. The screen:\n${drawn(this.screen(), this.size)}\nmodes: ${JSON.stringify(this.modes())}`);
  }

  /** The emulator does not tell these itself. */
  #followModes(): void {
    const { parser } = this.#screen;
    const extra = this.#extra;
    const on = (prefix: string, final: string, act: (params: readonly (number | number[])[]) => void) =>
      parser.registerCsiHandler({ prefix, final }, (params) => {
        act(params);
        return false;
      });
    on("?", "h", (params) => void (params.includes(25) && (extra.cursorVisible = true)));
    on("?", "l", (params) => void (params.includes(25) && (extra.cursorVisible = false)));
    on(">", "u", () => void extra.kittyKeyboard++);
    on("<", "u", ([count]) => void (extra.kittyKeyboard = Math.max(0, extra.kittyKeyboard - Math.max(1, Number(count ?? 1)))));
    on(">", "m", ([resource, value]) => void (resource === 4 && (extra.modifyOtherKeys = Number(value ?? 0) > 0)));
  }
}

function colour(isDefault: boolean, isRgb: boolean, value: number): string | number {
  if (isDefault) return "default";
  return isRgb ? `#${value.toString(16).padStart(6, "0")}` : value & 0xff;
}
