/** A terminal at a moment, as far as it matters to whoever wants to type into it. */
import { highlightsOn } from "../../screen/highlights.ts";
import { questionOf, type Question } from "../../screen/question.ts";
import type { Screen } from "../../screen/screen.ts";
import type { Seen } from "../state-watch.ts";
import type { TerminalHost } from "../terminal-host.ts";

export interface Look {
  /** The program that would get what is typed; null: none runs. */
  readonly pid: number | null;
  /** What its program says or shows of itself. */
  readonly seen: Seen | null;
  /** All output is on the screen, and no frame is half drawn: what is seen is what is there. */
  readonly settled: boolean;
  readonly alternateScreen: boolean;
  readonly bracketedPaste: boolean;
  /** Text left of the cursor on its line; "" when there is none. */
  readonly left: string;
  /** The same with the lines above and without blanks and frames, in which text that was wrapped can be found; "" when `left` is. */
  readonly flow: string;
  /** The lines above the cursor's, without blanks and frames. */
  readonly above: string;
  /** Whether the program waits in a read of its terminal; null when it cannot be known. */
  reads(): boolean | null;
  /** What it asks, when it does. */
  question(): Question | null;
}

/** A message of a few lines may be wrapped by the program itself. */
const FLOW_LINES = 4;

export function lookAt(host: TerminalHost): Look {
  const { screen, pid } = host;
  const { alternateScreen, bracketedPaste } = screen.modes();
  const left = screen.leftOfCursor();
  const seen = pid === null ? null : host.seen;
  return {
    pid,
    seen,
    settled: screen.pending === 0 && !screen.synchronized,
    alternateScreen,
    bracketedPaste,
    left,
    // Read only when something is being typed: a message may wait for hours.
    get flow() {
      return left.trim() === "" ? "" : `${this.above}${compact(left)}`;
    },
    get above() {
      const { y } = screen.cursor;
      return compact(
        screen
          .text()
          .slice(Math.max(0, y - FLOW_LINES), y)
          .join(""),
      );
    },
    reads: () => host.readsTty(),
    question: () => (seen?.state === "asking" ? questionOn(screen) : null),
  };
}

/** What the screen asks, if it asks. */
export function questionOn(screen: Screen): Question {
  return questionOf(screen.text(), screen.prompt(), (row) => highlightsOn(screen, row));
}

/** Text without blanks and frames: what a program has wrapped or boxed is still the same text. */
export function compact(text: string): string {
  return text.replace(/[\s│┃|║▌▐]+/gu, "");
}
