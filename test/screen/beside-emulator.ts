/** A screen beside an emulator that simply keeps all lines itself. */
import { NO_EXTRA, sameExtra } from "../../src/protocol/cells.ts";
import { Clamp } from "../../src/screen/clamp.ts";
import { RowReader } from "../../src/screen/row-reader.ts";
import { Screen } from "../../src/screen/screen.ts";
import { lineText } from "../../src/screen/text.ts";
import { clusters, createEmulator, type Emulator, type RawLine } from "../../src/screen/xterm.ts";
import { atOnce } from "../support/at-once.ts";

/** More than any of these streams can fill. */
const ALL = 50_000;

export interface Size {
  readonly cols: number;
  readonly rows: number;
}

function screenOf({ cols, rows }: Size, scrollback: number): Screen {
  const scheduler = atOnce();
  const screen = new Screen({ cols, rows, scrollback, scheduler });
  scheduler.focus(screen);
  return screen;
}

/** All there is to see of a line. */
function seen(line: RawLine | null, cols: number): string {
  const reader = new RowReader(cols);
  reader.read(line);
  return `${lineText(line)} ${JSON.stringify([...reader.extras])} ${line?.wrapped} ${reader.words.join(" ")}`;
}

export function linesOf(source: Screen | Emulator): string[] {
  const { cols, rows } = source instanceof Screen ? source : source.terminal;
  return Array.from({ length: above(source) + rows }, (_, index) => seen(source.line(index), cols));
}

function above(source: Screen | Emulator): number {
  return source instanceof Screen ? source.scrollbackLength : source.terminal.buffer.active.baseY;
}

/** Lines, the last `count` or all, that are not the same in both, and the cursor. */
export function differences(screen: Screen, emulator: Emulator, count = Number.POSITIVE_INFINITY): unknown[] {
  const { cols, rows } = screen;
  const ours = above(screen) + rows;
  const theirs = above(emulator) + rows;
  const { cursorX, cursorY } = emulator.terminal.buffer.active;
  const found: unknown[] = [];
  if (count > ours && ours !== theirs) found.push({ ours, theirs });
  if (screen.cursor.x !== Math.min(cursorX, cols - 1) || screen.cursor.y !== cursorY) found.push([screen.cursor, cursorX, cursorY]);
  const [a, b] = [new RowReader(cols), new RowReader(cols)];
  for (let back = 1; back <= Math.min(count, ours, theirs) && found.length < 5; back++) {
    const lines = [screen.line(ours - back), emulator.line(theirs - back)] as const;
    a.read(lines[0]);
    b.read(lines[1]);
    const same = lines[0]?.wrapped === lines[1]?.wrapped && Buffer.compare(bytesOf(a), bytesOf(b)) === 0 && sameExtras(a, b);
    if (!same) found.push({ back, ours: seen(lines[0], cols), theirs: seen(lines[1], cols) });
  }
  return found;
}

function bytesOf({ words }: RowReader): Uint8Array {
  return new Uint8Array(words.buffer);
}

function sameExtras(a: RowReader, b: RowReader): boolean {
  // The numbers of links differ from terminal to terminal.
  return (
    a.extras.size === b.extras.size &&
    [...a.extras].every(([x, extra]) => sameExtra(extra, { ...(b.extras.get(x) ?? NO_EXTRA), linkId: extra.linkId }))
  );
}

/** A screen and an emulator that keeps all lines, fed with the same bytes. */
export function pair(size: Size, scrollback = ALL) {
  const screen = screenOf(size, scrollback);
  const emulator = createEmulator({ ...size, scrollback: ALL });
  // In front of it stands what stands in front of every screen: xterm.js loses characters that are cut between chunks.
  const clamp = new Clamp(clusters);
  return {
    screen,
    emulator,
    write: (bytes: Uint8Array) => {
      screen.write(bytes);
      while (screen.pending > 0) screen.parse(8192);
      for (const piece of clamp.push(bytes)) emulator.parseNow(piece);
    },
    resize: ({ cols, rows }: Size) => {
      screen.resize(cols, rows);
      emulator.terminal.resize(cols, rows);
    },
  };
}
