/** The scrollback beside an emulator that simply keeps all lines itself. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineText } from "../../src/screen/text.ts";
import { differences, linesOf, pair } from "./beside-emulator.ts";
import { chunksOf, paragraphs, scrollingStream } from "./vt-stream.ts";

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

  it("keeps thousands of different looks apart", () => {
    const { screen, emulator, write } = pair({ cols: 100, rows: 3 });
    for (let row = 0; row < 700; row++) {
      const cells = Array.from(
        { length: 100 },
        (_, x) => `\x1b[38;2;${row % 256};${x};${row >> 8};48;5;${x}${x % 7 === 0 ? ";4:3;58;5;9" : ""}m#`,
      );
      write(Buffer.from(`${cells.join("")}\x1b[m\r\n\x1b]8;;http://x/${row}\x07link\x1b]8;;\x07\r\n`));
    }
    expect(differences(screen, emulator)).toEqual([]);
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
