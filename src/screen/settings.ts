/**
 * Answers about settings that the emulator does not know or does not tell truly: DECRQSS for the look and the cursor's shape,
 * DECRQM for two private modes, XTGETTCAP. What is answered comes from our own tables; a question's text is never part of it.
 * Source: XTerm Control Sequences; for modes 2027 and 2031 contour's and kitty's descriptions.
 */
import { ColorMode, cleanBg, cleanFg, type Extra } from "../protocol/cells.ts";
import { DEFAULT_STYLE, sgrTransition, styleOf } from "../protocol/sgr.ts";
import type { Emulator } from "./xterm.ts";

export interface SettingPorts {
  reply(text: string): void;
  /** The background is dark; see mode 2031. */
  isDark(): boolean;
}

/** Clusters are what cells hold (mode 2027): always, as DECRQM says with 3. */
const CLUSTERS = 2027;
/** Reports when the colours turn dark or light (mode 2031). */
const COLOR_REPORTS = 2031;

/** Names of one question that are answered; terminfo has fewer that matter. */
const MAX_NAMES = 32;

/** Capabilities that programs ask for, as our TERM has them: colours, direct colour, underlines. */
const CAPABILITIES: Readonly<Record<string, string>> = {
  TN: "xterm-256color",
  name: "xterm-256color",
  Co: "256",
  colors: "256",
  RGB: "8/8/8",
  Tc: "",
  Su: "",
  Smulx: "\x1b[4:%p1%dm",
  Setulc: "\x1b[58:2::%p1%{65536}%/%d:%p1%{256}%/%{255}%&%d:%p1%{255}%&%dm",
};

export class Settings {
  readonly #ports: SettingPorts;
  #colorReports = false;
  #wasDark: boolean;

  constructor(emulator: Emulator, ports: SettingPorts) {
    this.#ports = ports;
    this.#wasDark = ports.isDark();
    const { parser } = emulator.terminal;
    parser.registerDcsHandler({ intermediates: "$", final: "q" }, (setting) => {
      const answer = setting === "m" ? look(emulator.pen) : setting === " q" ? `${emulator.cursorStyle} q` : null;
      if (answer !== null) ports.reply(`\x1bP1$r${answer}\x1b\\`);
      return answer !== null;
    });
    parser.registerDcsHandler({ intermediates: "+", final: "q" }, (names) => {
      for (const name of names.split(";", MAX_NAMES)) ports.reply(capability(name));
      return true;
    });
    parser.registerCsiHandler({ prefix: "?", intermediates: "$", final: "p" }, ([mode]) => {
      if (mode === CLUSTERS) ports.reply(`\x1b[?${CLUSTERS};3$y`);
      else if (mode === COLOR_REPORTS) ports.reply(`\x1b[?${COLOR_REPORTS};${this.#colorReports ? 1 : 2}$y`);
      else return false;
      return true;
    });
    for (const final of ["h", "l"]) {
      parser.registerCsiHandler({ prefix: "?", final }, (modes) => {
        if (modes.includes(COLOR_REPORTS)) this.#colorReports = final === "h";
        return false;
      });
    }
    parser.registerEscHandler({ final: "c" }, () => {
      this.reset();
      return false;
    });
  }

  /** The colours that programs are told have changed. */
  colorsChanged(): void {
    const dark = this.#ports.isDark();
    if (dark !== this.#wasDark && this.#colorReports) this.#ports.reply(`\x1b[?997;${dark ? 1 : 2}n`);
    this.#wasDark = dark;
  }

  /** A new program starts: it has asked for nothing yet. */
  reset(): void {
    this.#colorReports = false;
  }
}

/** The look that the pen has, as parameters of SGR. */
function look({ fg, bg, extra }: { readonly fg: number; readonly bg: number; readonly extra: Extra }): string {
  const style = styleOf(cleanFg(fg), cleanBg(bg), extra);
  // Colours in the form with colons, by which programs find out about direct colour, so they are written here.
  const plain = { ...style, fg: style.fg & FLAGS, bg: style.bg & FLAGS };
  const flags = /\[(?:0;)?(.*)m$/u.exec(sgrTransition(DEFAULT_STYLE, plain))?.[1] ?? "";
  const parts = ["0", flags, color(style.fg, 30), color(style.bg, 40)];
  return `${parts.filter((part) => part !== "").join(";")}m`;
}

const FLAGS = 0xfc000000;

function color(word: number, base: 30 | 40): string {
  const value = word & 0xffffff;
  switch (word & ColorMode.mask) {
    case ColorMode.p16:
      return String(value < 8 ? base + value : base + 52 + value);
    case ColorMode.p256:
      return `${base + 8}:5:${value}`;
    case ColorMode.rgb:
      return `${base + 8}:2::${value >>> 16}:${(value >>> 8) & 0xff}:${value & 0xff}`;
    default:
      return "";
  }
}

/** The answer for a name in hexadecimal. */
function capability(hex: string): string {
  const name = /^(?:[0-9A-Fa-f]{2}){1,32}$/u.test(hex) ? Buffer.from(hex, "hex").toString("latin1") : "";
  const value = Object.hasOwn(CAPABILITIES, name) ? CAPABILITIES[name] : undefined;
  if (value === undefined) return "\x1bP0+r\x1b\\";
  return `\x1bP1+r${inHex(name)}${value === "" ? "" : `=${inHex(value)}`}\x1b\\`;
}

function inHex(text: string): string {
  return Buffer.from(text, "latin1").toString("hex").toUpperCase();
}
