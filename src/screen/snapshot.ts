/** A screen as output: what a program would have to write so that a terminal of the same size shows the same. */
import type { Screen } from "./screen.ts";

/**
 * Clears and draws anew what stands on the screen, with its looks, the cursor, whether it is the alternate one, and what cannot be
 * seen but decides what comes next (see unseen.ts); not tab stops, saved cursors and character sets. Null while output waits that
 * has not been parsed.
 */
export function snapshotOf(screen: Screen): string | null {
  if (!screen.settled) return null;
  const buffer = screen.modes().alternateScreen ? "\x1b[?1049h" : "\x1b[?1049l";
  const lines = screen.ansi().replaceAll("\n", "\r\n");
  return `${buffer}\x1b[!p\x1b[H\x1b[2J${lines}${screen.unseen()}`;
}
