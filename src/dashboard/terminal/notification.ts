/** A notification of the person's terminal, for what begins to wait for them while they look elsewhere. */
import { plain } from "../format.ts";

const BELL = "\x07";
/** As much as notification areas show. */
const MOST = 200;

/**
 * A bell, and with words a notification: OSC 9 (iTerm2, kitty, WezTerm, Windows Terminal, Ghostty, foot) or OSC 777 (rxvt-unicode).
 * Only one of the two: some terminals know both and would show it twice. The name in front keeps OSC 9 from being read as
 * ConEmu's progress report, which begins with a number. `term`: TERM of the person's terminal.
 */
export function ring(text: string | undefined, term: string): string {
  if (text === undefined) return BELL;
  const words = [...plain(text).trim()].slice(0, MOST).join("");
  const osc = term.startsWith("rxvt") ? `777;notify;marathon;${words.replaceAll(";", ",")}` : `9;marathon: ${words}`;
  return `\x1b]${osc}${BELL}${BELL}`;
}
