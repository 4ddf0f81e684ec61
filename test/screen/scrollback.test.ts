/** The scrollback beside an emulator that simply keeps all lines itself. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Clamp } from "../../src/screen/clamp.ts";
import { RowReader } from "../../src/screen/row-reader.ts";
import { Scheduler } from "../../src/screen/schedule.ts";
import { Screen } from "../../src/screen/screen.ts";
import { lineText } from "../../src/screen/text.ts";
import { clusters, createEmulator, type Emulator, type RawLine } from "../../src/screen/xterm.ts";
import { chunksOf, scrollingStream } from "./vt-stream.ts";

/** More than any of these streams can fill. */
const ALL = 50_000;

interface Size {
  readonly cols: number;
  readonly rows: number;
}

function screenOf({ cols, rows }: Size, scrollback = ALL): Screen {
  const scheduler = new Scheduler();
  const screen = new Screen({ cols, rows, scrollback, scheduler });
  scheduler.focus(screen);
  return screen;
}

/** All there is to see of a line. */
function seen(line: RawLine | null, reader: RowReader): string {
  reader.read(line);
  const cells = Buffer.from(reader.words.buffer).toString("hex").replace(/2000400000000000000000+$/u, " ");
  return `${lineText(line)} ${JSON.stringify([...reader.extras])} ${line?.wrapped} ${cells}`;
}

function linesOf(source: Screen | Emulator): string[] {
  const isScreen = source instanceof Screen;
  const { cols, rows } = isScreen ? source : source.terminal;
  const above = isScreen ? source.scrollbackLength : source.terminal.buffer.active.baseY;
  const reader = new RowReader(cols);
  return Array.from({ length: above + rows }, (_, index) => seen(source.line(index), reader));
}

/** A screen and an emulator that keeps all lines, fed with the same bytes. */
function pair(size: Size) {
  const screen = screenOf(size);
  const emulator = createEmulator({ ...size, scrollback: ALL });
  // In front of it stands what stands in front of every screen: xterm.js loses characters that are cut between chunks.
  const clamp = new Clamp(clusters);
  return {
    screen,
    emulator,
    write(bytes: Uint8Array) {
      screen.write(bytes);
      while (screen.pending > 0) screen.parse(8192);
      for (const piece of clamp.push(bytes)) emulator.parseNow(piece);
    },
    resize({ cols, rows }: Size) {
      screen.resize(cols, rows);
      emulator.terminal.resize(cols, rows);
    },
  };
}

const size = fc.record({ cols: fc.integer({ min: 2, max: 50 }), rows: fc.integer({ min: 1, max: 12 }) });

describe("scrollback", () => {
  it("holds the lines that an emulator holds which keeps them all, cell for cell", () => {
    fc.assert(
      fc.property(scrollingStream(), size, fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 5 }), (bytes, at, cuts) => {
        const { screen, emulator, write } = pair(at);
        for (const chunk of chunksOf(bytes, cuts)) write(chunk);
        expect(screen.cursor).toMatchObject({ x: Math.min(emulator.terminal.buffer.active.cursorX, at.cols - 1), y: emulator.terminal.buffer.active.cursorY });
        const [ours, theirs] = [linesOf(screen), linesOf(emulator)];
        expect(ours.length).toBe(theirs.length);
        expect(ours).toEqual(theirs);
        stats.push(ours.length);
      }),
      { numRuns: 300 },
    );
    console.log(stats.sort((a, b) => a - b).filter((_, i) => i % 20 === 0));
  }, 120_000);
});
const stats: number[] = [];
