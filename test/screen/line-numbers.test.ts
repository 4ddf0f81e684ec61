import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HeldLines } from "../../src/screen/held-lines.ts";
import { lineText } from "../../src/screen/text.ts";
import { output, written } from "./lines-of.ts";

describe("the number of a line", () => {
  it("stays while output goes on and drops older ones", () => {
    const { lines, write } = written("", { cols: 20, rows: 3, scrollback: 20 });
    const { era } = lines;
    for (let line = 0; line < 500; line++) write(`${line}\r\n`);
    expect(lines.era).toBe(era);
    expect([lines.first, lines.screenTop, lines.end]).toEqual([478, 498, 501]);
    for (let line = lines.first; line < 500; line++) expect(lineText(lines.line(line))).toBe(String(line));
    expect(lines.line(lines.first - 1)).toBeNull();
    expect(lines.line(lines.end)).toBeNull();
  });

  it("never names another text of the scrollback, whatever is written", () => {
    fc.assert(
      fc.property(
        fc.array(output, { minLength: 2, maxLength: 30 }),
        fc.integer({ min: 2, max: 9 }),
        fc.constantFrom(8, 110),
        (texts, cols, scrollback) => {
          const { lines, write } = written("", { cols, rows: 3, scrollback });
          const seen = new Map<string, string>();
          for (const text of texts) {
            write(text);
            for (let line = lines.first; line < lines.screenTop; line++) {
              const key = `${lines.era} ${line}`;
              const here = lineText(lines.line(line));
              expect(seen.get(key) ?? here).toBe(here);
              seen.set(key, here);
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it("means nothing after another width or a cleared scrollback, and stays with another height", () => {
    const { screen, lines, write } = written("one\r\n".repeat(9));
    const { era, end } = lines;
    screen.resize(20, 6);
    expect([lines.era, lines.end]).toEqual([era, end]);
    screen.resize(21, 6);
    expect(lines.era).not.toBe(era);
    const narrow = lines.era;
    write("\r\n".repeat(9));
    expect(lines.era).toBe(narrow);
    write("\x1b[3J");
    expect(lines.era).not.toBe(narrow);
  });

  it("is another one in the alternate screen, and the old one after it", () => {
    const { screen, lines, write } = written("one\r\n".repeat(9));
    const { era, first, end } = lines;
    write("\x1b[?1049hfull");
    expect(lines.era).not.toBe(era);
    expect([lines.first, lines.screenTop, lines.end]).toEqual([0, 0, 4]);
    const full = lines.era;
    screen.resize(21, 4);
    expect(lines.era).not.toBe(full);
    screen.resize(20, 4);
    write("\x1b[?1049l");
    expect([lines.era, lines.first, lines.end]).toEqual([era, first, end]);
  });

  it("survives a reset of the terminal only as one of another era", () => {
    const { lines, write } = written("one\r\n".repeat(9));
    const { era } = lines;
    write("\x1bc");
    expect(lines.era).not.toBe(era);
    write("a\r\n".repeat(9));
    expect(lines.first).toBe(0);
  });
});

describe("held lines", () => {
  it("stand still while the program goes on, as far as they are kept", () => {
    const { screen, lines, write } = written("", { cols: 20, rows: 3, scrollback: 10 });
    for (let line = 0; line < 12; line++) write(`line ${line}\r\n`);
    write("e\u0301 \x1b[4:3mx");
    const held = new HeldLines(screen);
    const all = () => Array.from({ length: held.end - held.first }, (_, at) => lineText(held.line(held.first + at)));
    const before = all();
    expect(before.at(-1)).toBe("é x".normalize("NFD"));
    expect(held.line(held.end - 1)?.extra(2).underline).toBe(3);
    write("\x1b[H\x1b[2Jnew\r\n".repeat(2));
    expect(all()).toEqual(before);
    for (let line = 0; line < 5; line++) write(`more ${line}\r\n\r\n`);
    expect(all()).toEqual(before.slice(held.first - (lines.era === held.era ? 0 : held.first)));
    expect(held.first).toBeGreaterThan(0);
    screen.resize(7, 3);
    expect(all()).toEqual(before.slice(-3));
  });
});
