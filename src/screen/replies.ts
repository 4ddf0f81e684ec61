/**
 * Answers to what programs ask their terminal. The emulator answers DA1, DA2, DSR, DECRQM and DECRQSS itself; here and in
 * settings.ts and keyboard-modes.ts is the rest that is worth answering. Whatever is not answered is swallowed. Nothing that a
 * program wrote is ever echoed (titles, unknown settings), or its output could type into its own input.
 * Source: XTerm Control Sequences (invisible-island.net/xterm/ctlseqs).
 */
import type { Emulator, Terminal } from "./xterm.ts";

export type Rgb = readonly [red: number, green: number, blue: number];

/** What the program may learn about colours: best those of the person's real terminal. */
export interface ScreenColors {
  readonly foreground: Rgb;
  readonly background: Rgb;
  readonly cursor: Rgb;
  /** The first 16 of the palette. */
  readonly palette: readonly Rgb[];
}

/** Colours of a usual dark terminal (xterm's palette). */
export const DARK_COLORS: ScreenColors = {
  foreground: [0xe5, 0xe5, 0xe5],
  background: [0x12, 0x12, 0x12],
  cursor: [0xe5, 0xe5, 0xe5],
  palette: [
    [0x00, 0x00, 0x00],
    [0xcd, 0x00, 0x00],
    [0x00, 0xcd, 0x00],
    [0xcd, 0xcd, 0x00],
    [0x00, 0x00, 0xee],
    [0xcd, 0x00, 0xcd],
    [0x00, 0xcd, 0xcd],
    [0xe5, 0xe5, 0xe5],
    [0x7f, 0x7f, 0x7f],
    [0xff, 0x00, 0x00],
    [0x00, 0xff, 0x00],
    [0xff, 0xff, 0x00],
    [0x5c, 0x5c, 0xff],
    [0xff, 0x00, 0xff],
    [0x00, 0xff, 0xff],
    [0xff, 0xff, 0xff],
  ],
};

export interface ReplyPorts {
  reply(text: string): void;
  colors(): ScreenColors;
  /** Name and version, as in "marathon(0.1.0)". */
  readonly program: string;
}

/** Pixels of a cell that we tell: there are none, but programs divide by them. */
const CELL_PIXELS = { width: 10, height: 20 };

/** Registers the answers with the emulator's parser. They go with the terminal when it is disposed. */
export function answerQueries(emulator: Emulator, ports: ReplyPorts): void {
  const { terminal } = emulator;
  const { parser } = terminal;
  const answer = (text: string): true => {
    ports.reply(text);
    return true;
  };
  terminal.onData((text) => ports.reply(text));
  parser.registerCsiHandler({ prefix: "=", final: "c" }, ([first]) => first === 0 && answer("\x1bP!|00000000\x1b\\"));
  parser.registerCsiHandler({ prefix: ">", final: "q" }, ([first]) => first === 0 && answer(`\x1bP>|${ports.program}\x1b\\`));
  for (const prefix of ["", "?"]) {
    parser.registerCsiHandler({ ...(prefix === "" ? {} : { prefix }), final: "n" }, ([first]) => {
      if (first !== 6) return false;
      const { x, y } = emulator.reportedCursor;
      return answer(`\x1b[${prefix}${y};${x}R`);
    });
  }
  parser.registerCsiHandler({ final: "x" }, ([first]) => (first === 0 || first === 1) && answer(`\x1b[${2 + first};1;1;128;128;1;0x`));
  parser.registerCsiHandler({ prefix: "?", final: "n" }, ([first]) => {
    if (first === 996) return answer(`\x1b[?997;${isDark(ports.colors().background) ? 1 : 2}n`);
    const status = typeof first === "number" ? DEVICE_STATUS[first] : undefined;
    return status === undefined ? false : answer(`\x1b[?${status}n`);
  });
  parser.registerCsiHandler({ final: "t" }, ([first]) => {
    const report = sizeReport(first, terminal);
    if (report !== null) ports.reply(report);
    return true;
  });
  parser.registerOscHandler(4, (data) => {
    for (const text of paletteAnswers(data, ports.colors().palette)) ports.reply(text);
    return true;
  });
  for (const first of [10, 11, 12]) {
    parser.registerOscHandler(first, (data) => {
      for (const text of dynamicColorAnswers(first, data, ports.colors())) ports.reply(text);
      return true;
    });
  }
}

/** No printer, keys of the user's own locked, a keyboard of North America, no locator. */
const DEVICE_STATUS: Readonly<Record<number, string>> = { 15: "13", 25: "21", 26: "27;1;0;0", 53: "50", 55: "50", 56: "57;0" };

/** What a window would say that is open, in a corner of a screen that it fills. */
function sizeReport(request: number | number[] | undefined, { cols, rows }: Terminal): string | null {
  switch (request) {
    case 11:
      return "\x1b[1t";
    case 13:
      return "\x1b[3;0;0t";
    case 15:
      return `\x1b[5;${rows * CELL_PIXELS.height};${cols * CELL_PIXELS.width}t`;
    case 19:
      return `\x1b[9;${rows};${cols}t`;
    case 14:
      return `\x1b[4;${rows * CELL_PIXELS.height};${cols * CELL_PIXELS.width}t`;
    case 16:
      return `\x1b[6;${CELL_PIXELS.height};${CELL_PIXELS.width}t`;
    case 18:
      return `\x1b[8;${rows};${cols}t`;
    default:
      return null;
  }
}

/** `4;n;?;m;?…`: pairs of a colour's number and a question; what sets a colour is ignored. */
function paletteAnswers(data: string, palette: readonly Rgb[]): string[] {
  const parts = data.slice(0, MAX_COLOR_QUERY).split(";");
  const answers: string[] = [];
  for (let i = 0; i + 1 < parts.length; i += 2) {
    const number = /^\d{1,3}$/u.test(parts[i] ?? "") ? Number(parts[i]) : 256;
    if (parts[i + 1] === "?" && number < 256) answers.push(`\x1b]4;${number};${spec(paletteColor(number, palette))}\x1b\\`);
  }
  return answers;
}

/** More than all 256 colours in one question are nonsense. */
const MAX_COLOR_QUERY = 2048;

/** `10;?;?` asks for 10 and 11: each further part is the next colour. */
function dynamicColorAnswers(first: number, data: string, colors: ScreenColors): string[] {
  const known = [colors.foreground, colors.background, colors.cursor];
  return data
    .slice(0, MAX_COLOR_QUERY)
    .split(";", 3)
    .flatMap((part, index) => {
      const color = known[first - 10 + index];
      return part === "?" && color ? [`\x1b]${first + index};${spec(color)}\x1b\\`] : [];
    });
}

/** The 256 colours of xterm: 16 that vary, a cube of 6 × 6 × 6, 24 greys. */
function paletteColor(number: number, palette: readonly Rgb[]): Rgb {
  if (number < 16) return palette[number] ?? DARK_COLORS.palette[number] ?? [0, 0, 0];
  if (number >= 232) {
    const grey = 8 + (number - 232) * 10;
    return [grey, grey, grey];
  }
  const step = (value: number) => (value === 0 ? 0 : 55 + value * 40);
  const cube = number - 16;
  return [step(Math.floor(cube / 36)), step(Math.floor(cube / 6) % 6), step(cube % 6)];
}

function spec(color: Rgb): string {
  const parts = color.map((value) => {
    const hex = value.toString(16).padStart(2, "0");
    return hex + hex;
  });
  return `rgb:${parts.join("/")}`;
}

/** Whether text on this background should be light. */
export function isDark([red, green, blue]: Rgb): boolean {
  return red * 0.299 + green * 0.587 + blue * 0.114 < 128;
}
