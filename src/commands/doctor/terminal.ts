/** The person's terminal: what it says it is, how large it is, what it answers when it is asked, and which letters it takes. */
import { smallest } from "../../dashboard/layout.ts";
import { colorDepth } from "../../dashboard/terminal/color-depth.ts";
import type { Learned } from "../../dashboard/terminal/outer-answers.ts";
import { OuterQuestions } from "../../dashboard/terminal/outer-questions.ts";
import { themeOptions } from "../../dashboard/theme.ts";
import { bad, type Check, good, warning } from "./check.ts";

export interface TerminalFacts {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Null where there is no terminal. */
  readonly size: { readonly columns: number; readonly rows: number } | null;
  /** Null where nobody was asked; otherwise what came within the time that the dashboard waits, too. */
  readonly learned: Learned | null;
}

/** Where all of it can be seen without scrolling: ten terminals beside the lists. */
const ROOMY = { columns: 160, rows: 45 };

export function terminalChecks({ env, size, learned }: TerminalFacts): readonly Check[] {
  if (size === null) {
    const message = "no terminal here: `run` prints plain lines, and the dashboard cannot be shown";
    return [good("terminal", message, "run `marathon doctor` in the terminal that you will use, too"), localeCheck(env)];
  }
  return [termCheck(env), sizeCheck(size), colourCheck(env, learned), answersCheck(env, learned), localeCheck(env)];
}

function termCheck(env: TerminalFacts["env"]): Check {
  const term = env["TERM"] ?? "";
  if (term === "" || term === "dumb") {
    const said = term === "" ? "TERM is not set" : "TERM is dumb";
    return bad(
      "terminal",
      `${said}: the dashboard cannot place a cursor and is not shown`,
      "use a terminal emulator, or: export TERM=xterm-256color",
    );
  }
  const inside = env["TMUX"] ? " inside tmux" : env["STY"] ? " inside screen" : "";
  return good("terminal", `${term}${inside}${env["TERM_PROGRAM"] ? `, ${env["TERM_PROGRAM"]}` : ""}`);
}

function sizeCheck({ columns, rows }: NonNullable<TerminalFacts["size"]>): Check {
  const size = `${columns}×${rows}`;
  if (columns < smallest.columns || rows < smallest.rows) {
    return bad("size", `${size} is too small for the dashboard`, `make the window at least ${smallest.columns}×${smallest.rows}`);
  }
  const roomy = columns >= ROOMY.columns && rows >= ROOMY.rows;
  return good("size", size, roomy ? null : `from ${ROOMY.columns}×${ROOMY.rows} on the grid shows lists and terminals side by side`);
}

function colourCheck(env: TerminalFacts["env"], learned: Learned | null): Check {
  const depth = colorDepth(env, themeOptions(env).colour, learned);
  if (depth === "none") return good("colours", "none: NO_COLOR or TERM asks for that");
  if (depth === "16")
    return warning("colours", "16 colours: agents' screens lose shades", "export TERM=xterm-256color, if your terminal has 256 colours");
  return good(
    "colours",
    depth === "256" ? "256 colours" : "all colours",
    depth === "256" ? "COLORTERM=truecolor, if your terminal has more" : null,
  );
}

function answersCheck(env: TerminalFacts["env"], learned: Learned | null): Check {
  if (learned === null) return good("answers", "not asked what it can do");
  const { outer, secondary } = learned;
  const told = [
    outer.background === null ? null : "its colours",
    outer.kittyKeyboard ? "kitty's keyboard protocol" : null,
    secondary === "" ? null : `which one it is (${secondary})`,
  ].filter((one) => one !== null);
  if (told.length > 0) return good("answers", `asked, it told ${told.join(", ")}`);
  return good(
    "answers",
    "it did not answer within a second: agents are told the colours of a dark xterm",
    env["TMUX"] ? "tmux answers from 3.4 on what the terminal around it told" : "over a slow line this is usual and harmless",
  );
}

function localeCheck(env: TerminalFacts["env"]): Check {
  const name = ["LC_ALL", "LC_CTYPE", "LANG"].find((one) => env[one]);
  const said = name === undefined ? "no locale is set" : `${name}=${env[name]}`;
  if (name !== undefined && /utf-?8/iu.test(env[name] ?? "")) return good("locale", said);
  return warning("locale", `${said}, which is not UTF-8: ASCII is drawn, and agents may write question marks`, "export LANG=C.UTF-8");
}

/** What is used of `process.stdin` and `process.stdout`. */
export interface AskedTerminal {
  readonly input: Pick<NodeJS.ReadStream, "setRawMode" | "on" | "off" | "pause" | "resume">;
  readonly output: Pick<NodeJS.WriteStream, "write">;
}

/** Longer than OuterQuestions waits: its own limit ends the wait. */
const WAIT_MS = 2000;

/** Asks as the dashboard does. What is typed meanwhile is lost, as there is nobody whom it could be for. */
export async function askTerminal({ input, output }: AskedTerminal): Promise<Learned> {
  const { promise, resolve } = Promise.withResolvers<Learned>();
  const questions = new OuterQuestions({ write: (text) => void output.write(text), typed: () => {}, learned: resolve });
  const received = (bytes: Buffer) => questions.received(bytes);
  input.setRawMode(true);
  input.on("data", received);
  input.resume();
  try {
    questions.ask();
    return await promise;
  } finally {
    await questions.settled(WAIT_MS);
    questions.stop();
    input.off("data", received);
    input.setRawMode(false);
    input.pause();
  }
}
