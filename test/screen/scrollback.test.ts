/** The scrollback beside an emulator that simply keeps all lines itself. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NO_EXTRA, sameExtra } from "../../src/protocol/cells.ts";
import { Clamp } from "../../src/screen/clamp.ts";
import { RowReader } from "../../src/screen/row-reader.ts";
import { Scheduler } from "../../src/screen/schedule.ts";
import { Screen } from "../../src/screen/screen.ts";
import { lineText } from "../../src/screen/text.ts";
import { clusters, createEmulator, type Emulator, type RawLine } from "../../src/screen/xterm.ts";
import { chunksOf, paragraphs, scrollingStream } from "./vt-stream.ts";

/** More than any of these streams can fill. */
const ALL = 50_000;

interface Size {
  readonly cols: number;
  readonly rows: number;
}

function screenOf({ cols, rows }: Size, scrollback: number): Screen {
  const scheduler = new Scheduler();
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

function linesOf(source: Screen | Emulator): string[] {
  const { cols, rows } = source instanceof Screen ? source : source.terminal;
  return Array.from({ length: above(source) + rows }, (_, index) => seen(source.line(index), cols));
}

function above(source: Screen | Emulator): number {
  return source instanceof Screen ? source.scrollbackLength : source.terminal.buffer.active.baseY;
}

/** Lines, the last `count` or all, that are not the same in both, and the cursor. */
function differences(screen: Screen, emulator: Emulator, count = Number.POSITIVE_INFINITY): unknown[] {
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
function pair(size: Size, scrollback = ALL) {
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

const size = fc.record({ cols: fc.integer({ min: 2, max: 50 }), rows: fc.integer({ min: 1, max: 12 }) });

describe("scrollback", () => {
  it("holds the lines that an emulator holds which keeps them all, cell for cell", () => {
    fc.assert(
      fc.property(
        scrollingStream(),
        size,
        fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 5 }),
        (bytes, at, cuts) => {
          const { screen, emulator, write } = pair(at);
          for (const chunk of chunksOf(bytes, cuts)) write(chunk);
          expect(differences(screen, emulator)).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  }, 120_000);

  it("shows what such an emulator shows after resizes", () => {
    const step = fc.oneof(
      paragraphs().map((text) => ({ text })),
      size,
    );
    fc.assert(
      fc.property(size, fc.array(step, { maxLength: 12, size: "max" }), (at, steps) => {
        const { screen, emulator, write, resize } = pair(at);
        for (const next of steps) {
          if ("text" in next) write(Buffer.from(next.text));
          else resize(next);
        }
        expect(differences(screen, emulator)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  }, 120_000);

  it("has on its screen what such an emulator has there, whatever comes, also after resizes", () => {
    const step = fc.oneof(
      scrollingStream(20).map((bytes) => ({ bytes })),
      size,
    );
    fc.assert(
      fc.property(size, fc.array(step, { maxLength: 10, size: "max" }), (at, steps) => {
        const { screen, emulator, write, resize } = pair(at);
        for (const next of steps) {
          if ("bytes" in next) write(next.bytes);
          else resize(next);
        }
        expect(differences(screen, emulator, screen.rows)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  }, 120_000);

  // An emulator that cuts its lines anew with every resize loses cells each time a wide character meets the edge.
  it("has its lines as they were printed when it gets its width back", () => {
    fc.assert(
      fc.property(size, scrollingStream(30), fc.integer({ min: 2, max: 50 }), (at, bytes, cols) => {
        const { screen, write } = pair(at);
        write(bytes);
        write(Buffer.from("\x1b[?1049l\x1b[r\x1b[m\x1b[999H"));
        write(Buffer.from("\r\nlast".repeat(150 + at.rows)));
        const before = linesOf(screen).slice(0, -150 - at.rows);
        screen.resize(cols, at.rows);
        screen.resize(at.cols, at.rows);
        expect(linesOf(screen).slice(0, before.length)).toEqual(before);
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it("cuts wide characters and clusters whole at another width", () => {
    const { screen, write } = pair({ cols: 8, rows: 2 });
    write(Buffer.from(`a\x1b[4:3m世界\x1b[me\u0301👩‍👩‍👧漢b\r\n${"\r\n".repeat(300)}`));
    screen.resize(4, 2);
    expect([0, 1, 2, 3, 4].map((index) => lineText(screen.line(index)))).toEqual(["a世", "界e\u0301", "👩‍👩‍👧漢", "b", ""]);
    expect([0, 1, 2, 3, 4].map((index) => screen.line(index)?.wrapped)).toEqual([false, true, true, true, false]);
    expect(screen.line(1)?.extra(0).underline).toBe(3);
    expect(screen.line(1)?.extra(2)).toMatchObject({ text: "e\u0301", underline: 0 });
    screen.resize(40, 2);
    expect(lineText(screen.line(0))).toBe("a世界e\u0301👩‍👩‍👧漢b");
  });

  it("drops the oldest lines one by one when there are more than it keeps", () => {
    const { screen, write } = pair({ cols: 20, rows: 2 }, 2500);
    write(Buffer.from(Array.from({ length: 10_001 }, (_, index) => `line ${index}`).join("\r\n")));
    expect(screen.scrollbackLength).toBe(2500);
    expect(lineText(screen.line(0))).toBe("line 7499");
    expect(lineText(screen.line(2500))).toBe("line 9999");
    write(Buffer.from("\r\nmore"));
    expect(screen.scrollbackLength).toBe(2500);
    expect(lineText(screen.line(0))).toBe("line 7500");
  });

  it("loses no line to a smaller width, which makes more rows of them", () => {
    const { screen, write } = pair({ cols: 20, rows: 2 }, 1000);
    write(Buffer.from(Array.from({ length: 1002 }, (_, index) => `the line of number ${index % 10}`).join("\r\n")));
    screen.resize(5, 2);
    expect(screen.scrollbackLength).toBeGreaterThan(3900);
    expect(Array.from({ length: 4 }, (_, index) => lineText(screen.line(index))).join("|")).toBe("the l|ine o|f num|ber 0");
    screen.resize(20, 2);
    expect(screen.scrollbackLength).toBe(1000);
  });

  it.each([0, 1, 50, 100, 101])("keeps %i lines when told so", (lines) => {
    const { screen, write } = pair({ cols: 20, rows: 3 }, lines);
    write(Buffer.from(Array.from({ length: 500 }, (_, index) => `line ${index}`).join("\r\n")));
    expect(screen.scrollbackLength).toBe(lines);
    expect(screen.text(1000)[0]).toBe(`line ${497 - lines}`);
  });

  it("has none while a full-screen program is up, and all afterwards, whatever size it had meanwhile", () => {
    const { screen, write, emulator, resize } = pair({ cols: 20, rows: 3 });
    write(Buffer.from(`${Array.from({ length: 500 }, (_, index) => `line ${index}`).join("\r\n")}\x1b[?1049h\x1b[Hmenu`));
    expect(screen.scrollbackLength).toBe(0);
    expect(screen.text()).toEqual(["menu", "", ""]);
    expect(screen.mark(0)).toBeNull();
    resize({ cols: 30, rows: 200 });
    expect(screen.text()[0]).toBe("menu");
    write(Buffer.from("\x1b[?1049l"));
    expect(differences(screen, emulator)).toEqual([]);
  });

  it("is empty after it was erased or the terminal was reset", () => {
    for (const erase of ["\x1b[3J", "\x1bc", "\x1b[?3J"]) {
      const { screen, write, emulator } = pair({ cols: 20, rows: 3 });
      write(Buffer.from(`${"text\r\n".repeat(500)}${erase}`));
      expect(screen.scrollbackLength).toBe(0);
      write(Buffer.from(`${"new\r\n".repeat(500)}`));
      expect(differences(screen, emulator)).toEqual([]);
    }
  });

  it("cuts a line that is longer than what it can join where it packed it, and loses nothing of it", () => {
    const { screen, write } = pair({ cols: 10, rows: 2 }, 20_000);
    const text = Array.from({ length: 100_000 }, (_, index) => String.fromCharCode(97 + (index % 26))).join("");
    write(Buffer.from(`${text}\r\n${"\r\n".repeat(200)}`));
    screen.resize(37, 2);
    expect(screen.text(10_000).join("").slice(0, text.length)).toBe(text);
  });
});

describe("a mark", () => {
  const numbered = (from: number, to: number) =>
    Buffer.from(Array.from({ length: to - from }, (_, index) => `line ${from + index}\r\n`).join(""));
  const textAt = (screen: Screen, index: number) => lineText(screen.line(index));

  it("follows its line from the screen into the history, until it is dropped", () => {
    const { screen, write } = pair({ cols: 20, rows: 4 }, 1000);
    write(numbered(0, 3));
    const mark = screen.mark(1);
    expect(mark?.line).toBe(1);
    write(numbered(3, 500));
    expect(textAt(screen, mark?.line ?? -1)).toBe("line 1");
    write(numbered(500, 1004));
    expect(textAt(screen, mark?.line ?? -1)).toBe("line 1");
    expect(mark?.line).toBe(0);
    write(numbered(1004, 1005));
    expect(mark?.line).toBe(-1);
    mark?.dispose();
  });

  it("follows its line through resizes, out of the history and back", () => {
    const { screen, write } = pair({ cols: 20, rows: 4 });
    write(numbered(0, 300));
    const marks = Array.from({ length: 300 }, (_, index) => screen.mark(index));
    for (const [cols, rows] of [
      [3, 2],
      [20, 250],
      [5, 3],
      [40, 4],
      [20, 4],
    ] as const) {
      screen.resize(cols, rows);
      // The emulator itself gives up marks at rows that it joins with the one above: see reflowLargerCreateNewLayout.
      const lost = marks.filter((mark) => mark?.line === -1).length;
      expect(lost).toBe(0);
      for (const [index, mark] of marks.entries()) expect(wholeLine(screen, mark?.line ?? -1)).toBe(`line ${index}`);
    }
  });

  it("is gone when the scrollback is erased", () => {
    const { screen, write } = pair({ cols: 20, rows: 4 });
    write(numbered(0, 300));
    const marks = [0, 150, 290].map((index) => screen.mark(index));
    write(Buffer.from("\x1b[3J"));
    expect(marks.map((mark) => mark?.line)).toEqual([-1, -1, -1]);
  });
});

function wholeLine(screen: Screen, index: number): string {
  let text = lineText(screen.line(index)).padEnd(screen.line(index + 1)?.wrapped ? screen.cols : 0);
  for (let next = index + 1; screen.line(next)?.wrapped; next++)
    text += lineText(screen.line(next)).padEnd(screen.line(next + 1)?.wrapped ? screen.cols : 0);
  return text;
}
