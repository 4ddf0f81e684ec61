/** The environment of the programs in terminals: the user's own, less what belongs to another terminal, plus who we are. */
import { textLike } from "../plan/glob.ts";

export interface EnvironmentOptions {
  /** The marathon's id; with the terminal's number it marks every process that is started, see processes.ts. */
  readonly marathon: string;
  readonly terminal: number;
  readonly version: string;
  /** Of the user's own variables, these and the usual ones alone; `*` stands for any letters, `?` for one. Null: all. */
  readonly only?: readonly string[] | null;
}

/** Variables by which a terminal or multiplexer around us speaks to programs that do not run in it any more. */
const FOREIGN: readonly RegExp[] = [
  /^TMUX(_|$)/,
  /^(STY|WINDOW|WINDOWID|TERMCAP|COLUMNS|LINES)$/,
  /^(ZELLIJ|KITTY|WEZTERM|ALACRITTY|GHOSTTY|KONSOLE|ITERM|LC_TERMINAL|TERM_PROGRAM|TERM_SESSION|TERM_FEATURES|TERMINFO)(_|$)/,
  /^(VTE_VERSION|WT_SESSION|WT_PROFILE_ID|TERMINAL_EMULATOR|GNOME_TERMINAL_\w+|TILIX_ID|WARP_\w+|XTERM_\w+)$/,
  /^VSCODE_(INJECTION|NONCE|SHELL_INTEGRATION\w*|STABLE)$/,
  /^(NODE_CHANNEL_FD|NODE_CHANNEL_SERIALIZATION_MODE|NODE_UNIQUE_ID)$/,
  /^npm_(lifecycle|package)_/,
  /^MARATHON_/,
];

/** What nearly every program needs to find its files, its language and its user; none of it is a secret. */
const USUAL = [
  "PATH",
  "HOME",
  "USER",
  "LOGNAME",
  "SHELL",
  "LANG",
  "LANGUAGE",
  "LC_*",
  "TZ",
  "TMPDIR",
  "XDG_*",
  "NO_COLOR",
  "MALLOC_ARENA_MAX",
];

/** Says that MALLOC_ARENA_MAX was set by us, and not by the person. Also in guard.sh. */
const OUR_ARENA = "MARATHON_ONE_ARENA";

/**
 * An environment for a process of ours. glibc gives each thread a pool of memory of its own, which keeps what that thread frees: one
 * pool for all saves 8 MB of an engine with full scrollback and costs no time (measured: test/bench/NOTES.md).
 */
export function oneArena(env: Readonly<NodeJS.ProcessEnv>): NodeJS.ProcessEnv {
  return env["MALLOC_ARENA_MAX"] ? { ...env } : { ...env, MALLOC_ARENA_MAX: "1", [OUR_ARENA]: "1" };
}

/**
 * A new environment for one terminal's programs. The agent's own additions go on top of it. `own` is not changed.
 * `xterm-256color` and not our own name: programs trust it, every machine knows it, and it is what the screen emulates.
 */
export function terminalEnvironment(
  own: Readonly<Record<string, string | undefined>>,
  options: EnvironmentOptions,
): Record<string, string> {
  const env: Record<string, string> = {};
  const wanted = options.only ? [...USUAL, ...options.only].map((pattern) => textLike(pattern)) : null;
  for (const [name, value] of Object.entries(own)) {
    if (value === undefined || FOREIGN.some((pattern) => pattern.test(name))) continue;
    if (wanted === null || wanted.some((like) => like(name))) env[name] = value;
  }
  if (own[OUR_ARENA] !== undefined) delete env["MALLOC_ARENA_MAX"];
  return {
    ...env,
    TERM: "xterm-256color",
    COLORTERM: "truecolor",
    TERM_PROGRAM: "marathon",
    TERM_PROGRAM_VERSION: options.version,
    MARATHON_ID: options.marathon,
    MARATHON_TERMINAL: String(options.terminal),
  };
}
