/** All that a terminal answers its program, and what it knows of the person's terminal to answer truly. */
import type { OuterTerminal } from "../protocol/messages.ts";
import { KeyboardModes } from "./keyboard-modes.ts";
import { answerQueries, DARK_COLORS, isDark, type Rgb, type ScreenColors } from "./replies.ts";
import { Settings } from "./settings.ts";
import type { Emulator } from "./xterm.ts";

export class Answers {
  readonly keyboard: KeyboardModes;
  readonly #settings: Settings;
  #colors: ScreenColors = DARK_COLORS;
  #kittyKeyboard = false;

  /** `program`: name and version that a program asking for them is told, as in "marathon(0.1.0)". */
  constructor(emulator: Emulator, reply: (text: string) => void, program = "marathon") {
    const { terminal } = emulator;
    answerQueries(emulator, { reply, program, colors: () => this.#colors });
    this.#settings = new Settings(emulator, { reply, isDark: () => isDark(this.#colors.background) });
    this.keyboard = new KeyboardModes(terminal, { reply, kittyKeyboard: () => this.#kittyKeyboard, alternate: () => emulator.alternate });
  }

  /** A person's terminal is known now: programs are told what it is. */
  learn(outer: OuterTerminal): void {
    const own = (value: number | null | undefined, usual: Rgb): Rgb => (value === null || value === undefined ? usual : rgb(value));
    this.#colors = {
      foreground: own(outer.foreground, DARK_COLORS.foreground),
      background: own(outer.background, DARK_COLORS.background),
      // Terminals without a cursor colour draw it in that of the text.
      cursor: own(outer.cursor ?? outer.foreground, DARK_COLORS.cursor),
      palette: DARK_COLORS.palette.map((usual, index) => own(outer.palette[index], usual)),
    };
    this.#kittyKeyboard = outer.kittyKeyboard;
    this.#settings.colorsChanged();
  }

  /** A new program starts: it has asked for nothing yet. */
  forget(): void {
    this.keyboard.reset();
    this.#settings.reset();
  }
}

function rgb(value: number): Rgb {
  return [(value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
}
