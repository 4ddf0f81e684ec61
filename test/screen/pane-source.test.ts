import { describe, expect, it } from "vitest";
import { Grid } from "../../src/dashboard/terminal/grid.ts";
import { CELL_WORDS, Content } from "../../src/protocol/cells.ts";
import { decodeRows, type RowsMessage } from "../../src/protocol/rows.ts";
import { PaneSource } from "../../src/screen/pane-source.ts";
import { Screen } from "../../src/screen/screen.ts";
import { atOnce } from "../support/at-once.ts";

function pane(cols: number, rows: number, view = { cols, rows, scroll: 0 }) {
  const scheduler = atOnce();
  const screen = new Screen({ cols, rows, scrollback: 100, scheduler });
  scheduler.focus(screen);
  const source = new PaneSource(screen, 3);
  source.view(view);
  const grid = new Grid(view.cols, view.rows);
  const update = (): RowsMessage | null => {
    const bytes = source.update();
    if (!bytes) return null;
    const message = decodeRows(bytes);
    grid.apply(message);
    return message;
  };
  return { screen, source, grid, update, write: (text: string) => screen.write(Buffer.from(text)), shown: () => textOf(grid) };
}

function textOf(grid: Grid): string[] {
  return Array.from({ length: grid.rows }, (_, y) => {
    let line = "";
    for (let x = 0; x < grid.cols; x++) {
      const content = grid.words[(y * grid.cols + x) * CELL_WORDS] ?? 0;
      const text = grid.extra(y * grid.cols + x).text;
      line += content === 0 ? "" : text !== "" ? text : String.fromCodePoint(content & Content.codePoint);
    }
    return line.trimEnd();
  });
}

describe("a viewer's pane", () => {
  it("gets everything first, then only what changed", () => {
    const { update, write, shown } = pane(10, 3);
    write("one\r\ntwo");
    expect(update()).toMatchObject({ terminal: 3, full: true, cols: 10, rows: 3, cursor: { x: 3, y: 1, visible: true } });
    write("!");
    const message = update();
    expect(message).toMatchObject({ full: false, cursor: { x: 4, y: 1 } });
    expect(message?.spans.map(({ y, x, words }) => [y, x, words.length / CELL_WORDS])).toEqual([[1, 3, 1]]);
    expect(shown()).toEqual(["one", "two!", ""]);
  });

  it("gets nothing when nothing changed, and the cursor alone when only it moved", () => {
    const { update, write } = pane(10, 3);
    write("text");
    update();
    expect(update()).toBeNull();
    write("\x1b[31m");
    expect(update()).toBeNull();
    write("\x1b[H");
    expect(update()).toMatchObject({ spans: [], cursor: { x: 0, y: 0 } });
    write("\x1b[?25l");
    expect(update()).toMatchObject({ spans: [], cursor: { visible: false } });
  });

  it("gets blank ends as a mark, not as cells", () => {
    const { update, write, shown } = pane(80, 2);
    write("a long line that goes");
    update();
    write("\r\x1b[Kab");
    const message = update();
    expect(message?.spans).toHaveLength(1);
    expect(message?.spans[0]?.words.length).toBeLessThanOrEqual(2 * CELL_WORDS);
    expect(message?.spans[0]?.blankAfter).toBe(true);
    expect(shown()).toEqual(["ab", ""]);
  });

  it("gets everything again after it forgot, or took another size", () => {
    const { source, update, write } = pane(10, 3);
    write("one");
    update();
    source.forget();
    expect(update()).toMatchObject({ full: true });
    source.view({ cols: 6, rows: 3, scroll: 0 });
    expect(update()).toMatchObject({ full: true, cols: 6 });
    source.view({ cols: 6, rows: 3, scroll: 0 });
    expect(update()).toBeNull();
  });

  it("keeps the lines in view that are read, whatever is put out below and forgotten above", () => {
    const { source, update, write, shown } = pane(10, 3);
    write(Array.from({ length: 50 }, (_, index) => `line ${index}`).join("\r\n"));
    source.view({ cols: 10, rows: 3, scroll: 20 });
    expect(update()).toMatchObject({ scroll: 20, scrollback: 47, cursor: { visible: false } });
    expect(shown()).toEqual(["line 27", "line 28", "line 29"]);
    write(`\r\n${Array.from({ length: 70 }, (_, index) => `more ${index}`).join("\r\n")}`);
    expect(update()).toMatchObject({ scroll: 90, scrollback: 100 });
    expect(shown()).toEqual(["line 27", "line 28", "line 29"]);
    source.view({ cols: 10, rows: 3, scroll: 0 });
    update();
    expect(shown()).toEqual(["more 67", "more 68", "more 69"]);
  });

  it("keeps a line at its top by its number, at the bottom of the screen too, and when lines are cut anew", () => {
    const { screen, source, update, write, shown } = pane(10, 3);
    for (let line = 0; line < 20; line++) write(`line ${line}\r\n`);
    const top = update()?.top;
    expect(top).toEqual({ era: screen.numbers.era, line: 18 });
    source.view({ cols: 10, rows: 3, scroll: 0, top });
    for (let line = 20; line < 140; line++) {
      write(`line ${line}\r\n`);
      if (line === 100) screen.resize(12, 3);
    }
    expect(screen.numbers.first).toBeGreaterThan(18);
    update();
    expect(shown()).toEqual(["line 38", "line 39", "line 40"]);
    source.view({ cols: 10, rows: 3, scroll: 0, top: { era: screen.numbers.era, line: screen.numbers.first + 5 } });
    expect(update()).toMatchObject({ top: { era: screen.numbers.era, line: screen.numbers.first + 5 }, scroll: 95 });
  });

  it("stands still while it is held, scrolls then too, and follows again after it", () => {
    const { screen, source, update, write, shown } = pane(10, 3);
    for (let line = 0; line < 20; line++) write(`line ${line}\r\n`);
    source.view({ cols: 10, rows: 3, scroll: 0, held: true });
    update();
    const before = shown();
    write("\x1b[2J\x1b[Hnew\r\nnew\r\nnew\r\nnew");
    expect(update()).toBeNull();
    source.view({ cols: 10, rows: 3, scroll: 0, top: { era: screen.numbers.era, line: 16 }, held: true });
    expect(update()).toMatchObject({ scroll: 2, scrollback: 18, top: { line: 16 } });
    expect(shown()).toEqual(["line 16", "line 17", before[0]]);
    source.view({ cols: 10, rows: 3, scroll: 0 });
    update();
    expect(shown()).toEqual(["new", "new", "new"]);
  });

  it("shows the rows with the cursor when it is lower than the screen", () => {
    const { update, write, shown } = pane(10, 6, { cols: 10, rows: 3, scroll: 0 });
    write("1\r\n2\r\n3\r\n4\r\n5");
    expect(update()).toMatchObject({ cursor: { x: 1, y: 2, visible: true } });
    expect(shown()).toEqual(["3", "4", "5"]);
    write("\x1b[H");
    update();
    expect(shown()).toEqual(["1", "2", "3"]);
  });

  it("shows a blank where its edge cuts a wide character", () => {
    const { update, write, shown } = pane(10, 1, { cols: 4, rows: 1, scroll: 0 });
    write("abc世界");
    update();
    expect(shown()).toEqual(["abc"]);
  });

  it("knows which rows continue the one above", () => {
    const { update, write } = pane(5, 3);
    write("0123456789\r\nx");
    expect(update()?.spans.map(({ wrapped }) => wrapped)).toEqual([false, true, false]);
  });

  it("carries clusters, underline looks and links", () => {
    const { update, write, grid } = pane(10, 1);
    write("e\u0301\x1b[4:3;58:2::1:2:3m~\x1b[m\x1b]8;id=1;https://a.b\x1b\\L\x1b]8;;\x1b\\.");
    update();
    expect(grid.extra(0).text).toBe("e\u0301");
    expect(grid.extra(1)).toMatchObject({ underline: 3, underlineColor: 0x3010203 });
    expect(grid.extra(2)).toMatchObject({ link: "https://a.b" });
    expect(grid.extra(3)).toMatchObject({ text: "", link: "", underline: 0 });
  });
});
