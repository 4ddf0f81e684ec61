/** How long a search takes that finds hardly anything: every one of ten terminals' 10,000 lines is looked at, in turns. */
import { search } from "../../src/engine/reading.ts";
import { liveLines, type ShownLines } from "../../src/screen/held-lines.ts";
import { Screen } from "../../src/screen/screen.ts";
import { atOnce } from "../support/at-once.ts";

const TERMINALS = 10;
const LINES = 10_000;
const COLS = 120;
/** Bytes that are written in one go; a screen asks for a pause above its high mark. */
const CHUNK = 4000;

let filled: readonly ShownLines[] | null = null;

/** Milliseconds for a text without capitals, which is compared without regard to them. */
export async function searchOfTenTerminals(): Promise<number> {
  filled ??= Array.from({ length: TERMINALS }, (_, index) => liveLines(screenOf(index)));
  const screens = filled;
  const terminals = screens.map((_, index) => ({ terminal: index + 1, era: 0, from: 0 }));
  const started = performance.now();
  const answer = await search({ name: "search", query: "needle 7", regex: false, limit: 5000, terminals }, (terminal) => {
    const lines = screens[terminal - 1];
    if (!lines) throw new Error(`no terminal ${terminal}`);
    return lines;
  });
  const spent = performance.now() - started;
  const hits = answer.terminals.reduce((sum, one) => sum + one.hits.length / 4, 0);
  if (hits !== TERMINALS) throw new Error(`the search found ${hits} of ${TERMINALS} hits`);
  return spent;
}

function screenOf(index: number): Screen {
  const scheduler = atOnce();
  const screen = new Screen({ cols: COLS, rows: 40, scrollback: LINES, scheduler });
  scheduler.focus(screen);
  let text = "";
  for (let line = 0; line < LINES; line++) {
    const needle = line === LINES / 2 ? "a Needle 7" : "nothing";
    text += `\x1b[32m${index}:${line}\x1b[m src/engine/file-${line % 97}.ts:${line} warning: ${needle} ${"here ".repeat(line % 12)}\r\n`;
  }
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += CHUNK) screen.write(bytes.subarray(at, at + CHUNK));
  return screen;
}
