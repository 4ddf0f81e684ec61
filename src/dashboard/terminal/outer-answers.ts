/**
 * What the person's terminal is asked at the start, and its answers. They come among the keys, so they are taken out before any
 * key is read, also when they come late: an answer must never be taken for typing, least of all by an agent.
 *
 * All terminals answer in order and all of them answer the last question (DA1), so with that answer the others are complete.
 */
import type { OuterTerminal } from "../../protocol/messages.ts";

/** Colours (OSC 4, 10, 11, 12), whether it takes a status (OSC 7501), kitty's keyboard protocol, DA2 and at the end DA1. */
export const QUESTIONS = [
  ...Array.from({ length: 16 }, (_, number) => `\x1b]4;${number};?\x1b\\`),
  ...[10, 11, 12].map((number) => `\x1b]${number};?\x1b\\`),
  "\x1b]7501;?\x1b\\",
  "\x1b[?u",
  "\x1b[>c",
  "\x1b[c",
].join("");

/** What came of the questions. */
export interface Learned {
  /** For programs that ask the same. */
  readonly outer: OuterTerminal;
  /** Parameters of DA2, which tell terminals apart; "" for one that is silent. */
  readonly secondary: string;
  /** It takes a status by OSC 7501: it has sent the question back. */
  readonly status: boolean;
}

/** Forms of the answers, and what each may begin with. */
const COLOR = /^\u001b\](?:4;(?<number>\d{1,3})|(?<dynamic>1[012]));rgba?:(?<spec>[0-9A-Fa-f/]{3,24})(?:\u0007|\u001b\\)/u;
const COLOR_START = /^\u001b(?:\](?:(?:4(?:;\d{0,3})?|1[012]?)(?:;[rgba0-9A-Fa-f:/]{0,30}\u001b?)?)?)?$/u;
const REPORT = /^\u001b\[(?<kind>[?>])(?<parameters>[\d;]{0,60})(?<final>[cu])/u;
const REPORT_START = /^\u001b(?:\[(?:[?>][\d;]{0,60})?)?$/u;
const STATUS = /^\u001b\]7501;\?(?:\u0007|\u001b\\)/u;
const STATUS_START = /^\u001b(?:\](?:7(?:5(?:0(?:1(?:;(?:\?\u001b?)?)?)?)?)?)?)?$/u;
/** No answer is longer. */
const MAX_ANSWER = 80;
const ESC = 0x1b;

export class OuterAnswers {
  #held: Buffer = Buffer.alloc(0);
  #complete = false;
  #foreground: number | null = null;
  #background: number | null = null;
  #cursor: number | null = null;
  readonly #palette: (number | null)[] = Array.from({ length: 16 }, () => null);
  #kittyKeyboard = false;
  #secondary = "";
  #status = false;

  /** The last question is answered. */
  get complete(): boolean {
    return this.#complete;
  }

  /** The beginning of what may be an answer waits for its end. */
  get pending(): boolean {
    return this.#held.length > 0;
  }

  get learned(): Learned {
    const outer = {
      foreground: this.#foreground,
      background: this.#background,
      cursor: this.#cursor,
      palette: [...this.#palette],
      kittyKeyboard: this.#kittyKeyboard,
    };
    return { outer, secondary: this.#secondary, status: this.#status };
  }

  /** Takes the answers out of these bytes; what is left was typed. */
  push(bytes: Buffer): Buffer {
    if (this.#held.length === 0 && !bytes.includes(ESC)) return bytes;
    let input = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    this.#held = Buffer.alloc(0);
    const typed: Buffer[] = [];
    for (let at = input.indexOf(ESC); at >= 0; ) {
      const head = input.toString("latin1", at, at + MAX_ANSWER);
      const length = this.#read(head);
      if (length > 0) {
        typed.push(input.subarray(0, at));
        input = input.subarray(at + length);
        at = input.indexOf(ESC);
      } else if (at + head.length === input.length && [COLOR_START, REPORT_START, STATUS_START].some((start) => start.test(head))) {
        this.#held = Buffer.from(input.subarray(at));
        input = input.subarray(0, at);
        at = -1;
      } else {
        at = input.indexOf(ESC, at + 1);
      }
    }
    return typed.length === 0 ? input : Buffer.concat([...typed, input]);
  }

  /** Nothing more came: what waits was typed. */
  flush(): Buffer {
    const held = this.#held;
    this.#held = Buffer.alloc(0);
    return held;
  }

  /** Bytes that an answer at the beginning of this text has; 0 where there is none. */
  #read(text: string): number {
    const color = COLOR.exec(text);
    if (color?.groups) {
      this.#color(color.groups["number"], color.groups["dynamic"], colorOf(color.groups["spec"] ?? ""));
      return color[0].length;
    }
    const status = STATUS.exec(text);
    if (status) {
      this.#status = true;
      return status[0].length;
    }
    const report = REPORT.exec(text);
    if (!report?.groups) return 0;
    const { kind, parameters = "", final } = report.groups;
    if (final === "u" && kind !== "?") return 0;
    if (final === "u") this.#kittyKeyboard = true;
    else if (kind === ">") this.#secondary = parameters;
    else this.#complete = true;
    return report[0].length;
  }

  #color(number: string | undefined, dynamic: string | undefined, color: number | null): void {
    if (dynamic === "10") this.#foreground = color;
    else if (dynamic === "11") this.#background = color;
    else if (dynamic === "12") this.#cursor = color;
    else if (Number(number) < this.#palette.length) this.#palette[Number(number)] = color;
  }
}

/** X11's `rgb:` with one to four digits a part; a fourth part is opacity. */
function colorOf(spec: string): number | null {
  const parts = spec.split("/").slice(0, 3);
  if (parts.length < 3 || parts.some((part) => !/^[0-9A-Fa-f]{1,4}$/u.test(part))) return null;
  const [red = 0, green = 0, blue = 0] = parts.map((part) => Math.round((Number.parseInt(part, 16) * 255) / (16 ** part.length - 1)));
  return (red << 16) | (green << 8) | blue;
}
