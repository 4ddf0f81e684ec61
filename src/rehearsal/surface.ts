/**
 * The stand-in's screen: a transcript that scrolls, below it a few live lines that are drawn anew in place.
 * Every change is one write inside synchronized output (DEC 2026), so a terminal never shows half of it.
 */

export interface Output {
  write(text: string): unknown;
  readonly columns?: number;
  readonly rows?: number;
}

/** Lines, or how to make them: what depends on the width is made again when the width changes. */
export type Lines = readonly string[] | (() => readonly string[]);

/** How much of the transcript is kept for drawing it again, in calls of `say`; more than any screen has rows. */
const KEPT = 500;

export class Surface {
  readonly #out: Output;
  readonly #color: boolean;
  #said: Lines[] = [];
  #live: Lines = [];
  /** Live lines that are on the screen now; the cursor stands in the last one. */
  #height = 0;
  #full: Lines | null = null;
  /** The main screen was changed or resized behind the full one. */
  #stale = false;

  constructor(out: Output, color: boolean) {
    this.#out = out;
    this.#color = color;
  }

  get columns(): number {
    return Math.max(20, this.#out.columns ?? 80);
  }

  get rows(): number {
    return Math.max(5, this.#out.rows ?? 24);
  }

  /** Lines that stay. The live lines move below them. `extra` is an escape sequence that goes out with the same write. */
  say(lines: Lines, extra = ""): void {
    this.#frame(lines, this.#live, extra);
  }

  /** Replaces the live lines; the cursor stands behind the last one. */
  live(lines: Lines, extra = ""): void {
    this.#frame([], lines, extra);
  }

  /** Both at once. */
  turn(said: Lines, live: Lines, extra = ""): void {
    this.#frame(said, live, extra);
  }

  /** Draws the whole alternate screen; the transcript is untouched beneath. */
  full(lines: Lines): void {
    const enter = this.#full === null ? "\x1b[?1049h" : "";
    this.#full = lines;
    const shown = made(lines).slice(0, this.rows);
    this.#write(`${enter}\x1b[H${shown.map((line) => `${this.#fit(line)}\x1b[K`).join("\r\n")}\x1b[J`);
  }

  leaveFull(): void {
    if (this.#full === null) return;
    this.#full = null;
    this.#write("\x1b[?1049l");
    if (this.#stale) this.#redraw();
  }

  /** A sequence that shows nothing, such as a status report. */
  signal(sequence: string): void {
    this.#out.write(sequence);
  }

  /** Leaves the terminal as it was found: main screen, cursor shown, no live lines, colours off. */
  close(): void {
    this.leaveFull();
    this.#frame([], []);
    this.#out.write("\x1b[0m\x1b[?25h");
  }

  /** Draws everything anew after a change of size. */
  resized(): void {
    if (this.#full === null) return this.#redraw();
    this.#stale = true;
    this.full(this.#full);
  }

  /**
   * Terminals differ in what they do to lines that no longer fit, so nothing is where it was: the screen is cleared, and filled with
   * the end of the transcript and the live lines. What has scrolled away stays as it is.
   */
  #redraw(): void {
    this.#stale = false;
    const live = this.#fitLive();
    const room = this.rows - Math.max(1, live.length);
    const said = this.#said.flatMap(made).slice(-room);
    this.#height = live.length;
    this.#write(`\x1b[H\x1b[J${this.#transcript(said)}${live.join("\r\n")}`);
  }

  #frame(said: Lines, live: Lines, extra = ""): void {
    const up = this.#height > 1 ? `\x1b[${this.#height - 1}A` : "";
    const clear = this.#height > 0 ? `${up}\r\x1b[J` : "";
    const lines = made(said);
    if (lines.length > 0) this.#said = [...this.#said.slice(1 - KEPT), said];
    this.#live = live;
    if (this.#full !== null) this.#stale = true;
    const fitted = this.#fitLive();
    this.#height = fitted.length;
    this.#write(`${clear}${this.#transcript(lines)}${fitted.join("\r\n")}${extra}`);
  }

  /** More live lines than rows would scroll away from under the cursor. */
  #fitLive(): readonly string[] {
    return made(this.#live)
      .slice(-(this.rows - 1))
      .map((line) => this.#fit(line));
  }

  #transcript(lines: readonly string[]): string {
    return lines.map((line) => `${this.#fit(line)}\r\n`).join("");
  }

  #write(text: string): void {
    if (text !== "") this.#out.write(`\x1b[?2026h${text}\x1b[?2026l`);
  }

  #fit(line: string): string {
    return fit(this.#color ? line : uncolored(line), this.columns - 1);
  }
}

function made(lines: Lines): readonly string[] {
  return typeof lines === "function" ? lines() : lines;
}

// oxlint-disable-next-line no-control-regex -- the escape character is what is looked for
const SGR = /\x1b\[[0-9;]*m/;

function uncolored(line: string): string {
  return line.replaceAll(new RegExp(SGR, "g"), "");
}

/** Cuts a line to so many cells; colour sequences take none, and are kept. */
export function fit(line: string, cells: number): string {
  let used = 0;
  let fitted = "";
  for (const part of line.split(new RegExp(`(${SGR.source})`))) {
    if (SGR.test(part)) {
      fitted += part;
      continue;
    }
    for (const char of part) {
      const width = cellsOf(char);
      if (used + width > cells) return `${fitted}\x1b[0m`;
      used += width;
      fitted += char;
    }
  }
  return fitted;
}

/** East Asian wide characters and emoji take two cells, marks none. Near enough for text that we made ourselves and for titles. */
function cellsOf(char: string): number {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (/\p{M}|\p{Cf}/u.test(char)) return 0;
  return /\p{Emoji_Presentation}/u.test(char) ||
    (code >= 0x1100 && /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\uff01-\uff60]/u.test(char))
    ? 2
    : 1;
}

/** Words on lines of at most `cells` cells. */
export function wrap(text: string, cells: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > cells) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return line === "" ? lines : [...lines, line];
}

const styled =
  (code: string) =>
  (text: string): string =>
    `\x1b[${code}m${text}\x1b[0m`;

export const paint = {
  bold: styled("1"),
  dim: styled("2"),
  red: styled("31"),
  green: styled("32"),
  yellow: styled("33"),
  blue: styled("34"),
  magenta: styled("35"),
  cyan: styled("36"),
  orange: styled("38;5;209"),
  added: styled("38;5;114;48;5;22"),
  removed: styled("38;5;210;48;5;52"),
};
