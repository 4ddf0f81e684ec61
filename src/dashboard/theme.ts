/** How the chrome looks: signs and colours. Every sign is one column wide on every terminal, so nothing can shift. */
import type { TerminalStateName } from "../marathon/types.ts";

/** What a piece of text means; the theme gives it its look. */
export type Tone =
  | "plain"
  | "dim"
  | "strong"
  | "accent"
  | "good"
  | "warn"
  | "bad"
  | "person"
  | "key"
  | "chip"
  | "chip-takeover"
  | "chip-rehearsal"
  | "chip-bad"
  | "border"
  | "border-focus"
  | "border-takeover";

export type SignName = TerminalStateName | "absent" | "lost" | "done" | "parked";

export interface Glyphs {
  readonly name: "unicode" | "ascii";
  readonly signs: Readonly<Record<SignName, string>>;
  /** Marks of a terminal that nobody has looked at since: it rang, it notified. */
  readonly bell: string;
  readonly notice: string;
  readonly ellipsis: string;
  readonly ahead: string;
  readonly behind: string;
  readonly onPlan: string;
  readonly open: string;
  readonly closed: string;
  readonly leaf: string;
  readonly dot: string;
  readonly dash: string;
  readonly arrow: string;
  /** On its way to an agent. */
  readonly message: string;
  readonly pointer: string;
  readonly times: string;
  readonly more: string;
  readonly separator: string;
  /** Progress bar: empty, then the parts of a cell from the smallest to the full one. */
  readonly bar: readonly string[];
}

const unicode: Glyphs = {
  name: "unicode",
  signs: {
    starting: "◌",
    busy: "●",
    idle: "○",
    asking: "?",
    blocked: "■",
    error: "✗",
    exited: "□",
    unknown: "~",
    absent: "·",
    lost: "†",
    done: "✓",
    parked: "▪",
  },
  bell: "♪",
  notice: "◆",
  ellipsis: "…",
  ahead: "▲",
  behind: "▼",
  onPlan: "=",
  open: "▾",
  closed: "▸",
  leaf: "·",
  dot: "·",
  dash: "–",
  arrow: "→",
  message: "»",
  pointer: "▶",
  times: "×",
  more: "⋯",
  separator: "│",
  bar: ["░", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
};

const ascii: Glyphs = {
  name: "ascii",
  signs: {
    starting: "+",
    busy: "*",
    idle: "o",
    asking: "?",
    blocked: "!",
    error: "x",
    exited: "_",
    unknown: "~",
    absent: ".",
    lost: "%",
    done: "v",
    parked: "=",
  },
  bell: "&",
  notice: '"',
  ellipsis: "~",
  ahead: "^",
  behind: "v",
  onPlan: "=",
  open: "v",
  closed: ">",
  leaf: ".",
  dot: "-",
  dash: "-",
  arrow: ">",
  message: ">",
  pointer: ">",
  times: "x",
  more: "...",
  separator: "|",
  bar: [".", "#"],
};

export interface Theme {
  readonly glyphs: Glyphs;
  /** SGR parameters by tone; an empty text leaves the terminal's own look. */
  readonly sgr: Readonly<Record<Tone, string>>;
}

// Only the sixteen named colours: they are the person's own palette, so the chrome fits a dark and a light screen.
const colours: Readonly<Record<Tone, string>> = {
  plain: "",
  dim: "2",
  strong: "1",
  accent: "36",
  good: "32",
  warn: "33",
  bad: "1;31",
  person: "1;35",
  key: "1;36",
  chip: "30;46",
  "chip-takeover": "1;30;43",
  "chip-rehearsal": "30;45",
  "chip-bad": "1;37;41",
  border: "2",
  "border-focus": "36",
  "border-takeover": "33",
};

const noColours: Readonly<Record<Tone, string>> = {
  plain: "",
  dim: "2",
  strong: "1",
  accent: "",
  good: "",
  warn: "1",
  bad: "1",
  person: "1;4",
  key: "1",
  chip: "7",
  "chip-takeover": "1;7",
  "chip-rehearsal": "7",
  "chip-bad": "1;7",
  border: "2",
  "border-focus": "1",
  "border-takeover": "1",
};

export interface ThemeOptions {
  readonly ascii: boolean;
  readonly colour: boolean;
}

export function createTheme(options: ThemeOptions): Theme {
  return { glyphs: options.ascii ? ascii : unicode, sgr: options.colour ? colours : noColours };
}

/**
 * What the environment asks for: no colour with a non-empty NO_COLOR (no-color.org) or TERM=dumb; ASCII when the locale is not
 * UTF-8 (LC_ALL before LC_CTYPE before LANG, as POSIX orders them), on the Linux console, or with MARATHON_ASCII.
 */
export function themeOptions(env: Readonly<Record<string, string | undefined>>): ThemeOptions {
  const locale = [env["LC_ALL"], env["LC_CTYPE"], env["LANG"]].find((value) => value !== undefined && value !== "") ?? "";
  const asked = env["MARATHON_ASCII"];
  const forced = asked === undefined || asked === "" ? null : asked !== "0";
  return {
    ascii: forced ?? (env["TERM"] === "linux" || !/utf-?8/iu.test(locale)),
    colour: (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb",
  };
}
