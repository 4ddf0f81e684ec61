import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { firstAtOrBefore, hitAt, hitCount, hitsBetween, merged, type Found } from "../../src/dashboard/reading/found.ts";
import { highlightsOf } from "../../src/dashboard/reading/highlights.ts";
import type { CopyView, SearchView } from "../../src/dashboard/stores/reading.ts";
import { Grid } from "../../src/dashboard/terminal/grid.ts";
import { HighlightedGrid } from "../../src/dashboard/terminal/highlighted-grid.ts";
import { search } from "../../src/engine/reading.ts";
import { CELL_WORDS, Content, Fg } from "../../src/protocol/cells.ts";
import { decodeRows } from "../../src/protocol/rows.ts";
import { PaneSource } from "../../src/screen/pane-source.ts";
import { output, written } from "../screen/lines-of.ts";

const LIMIT = 50;
const back = { view: "board", area: "panes", focused: 1, scroll: {}, tops: {} } as const;

/** What the engine tells of a terminal's hits; `known` is what it told before. */
async function told(lines: ReturnType<typeof written>["lines"], query: string, known: Found | null) {
  const terminals = [{ terminal: 1, era: known?.era ?? 0, from: known?.settled ?? 0 }];
  const [answer] = (await search({ name: "search", query, regex: false, limit: LIMIT, terminals }, () => lines)).terminals;
  if (!answer) throw new Error("no answer");
  return answer;
}

function searching(found: Found, index = 0): SearchView {
  const hit = hitAt(found, index);
  return {
    terminal: 1,
    query: "",
    regex: false,
    everywhere: false,
    typing: false,
    error: null,
    found: { 1: found },
    back,
    current: hit && { ...hit, terminal: 1, era: found.era, index, older: 0 },
  };
}

describe("hits that are told bit by bit", () => {
  test("are those that are told at once, whatever is put out in between", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(output, { minLength: 1, maxLength: 6 }), fc.integer({ min: 2, max: 9 }), async (texts, cols) => {
        const { lines, write } = written("", { cols, rows: 4, scrollback: 20 });
        let known: Found | null = null;
        for (const text of texts) {
          write(text);
          known = merged(known, await told(lines, "a", known), LIMIT);
          const whole = await told(lines, "a", null);
          expect(known.hits).toEqual(whole.hits);
          expect(known.more).toBe(whole.more);
        }
      }),
    );
  });

  test("are found by their place", () => {
    const found: Found = { era: 1, settled: 0, more: false, hits: [9, 5, 0, 6, 9, 1, 0, 2, 4, 0, 2, 3, 1, 0, 0, 1] };
    expect(hitCount(found)).toBe(4);
    expect(
      [
        [10, 0],
        [9, 5],
        [9, 4],
        [9, 0],
        [1, 0],
        [0, 9],
      ].map(([line = 0, x = 0]) => firstAtOrBefore(found, { line, x })),
    ).toEqual([0, 0, 1, 2, 3, 4]);
    expect(hitsBetween(found, 5, 9).map(({ index }) => index)).toEqual([2]);
    expect(hitsBetween(found, 7, 10).map(({ index }) => index)).toEqual([0, 1]);
  });
});

describe("highlights", () => {
  test("lie on what was looked for, and on nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(output, fc.integer({ min: 3, max: 9 }), fc.nat({ max: 12 }), async (text, cols, scroll) => {
        const query = "ab";
        const { screen, lines } = written(text, { cols, rows: 6, scrollback: 20 });
        const found = merged(null, await told(lines, query, null), LIMIT);
        const source = new PaneSource(screen, 1);
        source.view({ cols, rows: 6, scroll });
        const rows = decodeRows(source.update() ?? new Uint8Array());
        const grid = new Grid(cols, 6);
        grid.apply(rows);
        const highlights = highlightsOf({ terminal: 1, cols, rows: 6, top: rows.top }, { search: searching(found), copy: null });
        // They are told from the newest to the oldest.
        const inOrder = highlights.toSorted((one, other) => one.y - other.y || one.x - other.x);
        const read = inOrder.map(({ y, x, end }) => cellsOf(grid, y, x, end).toLowerCase()).join("");
        // A hit that begins above the pane shows its end, one that ends below it its beginning.
        expect(read).toMatch(/^b?(?:ab)*a?$/u);
        const inside = hitsBetween(found, rows.top?.line ?? 0, (rows.top?.line ?? 0) + 6).length;
        expect(Math.ceil(read.length / 2)).toBeGreaterThanOrEqual(inside > 1 ? inside - 1 : inside);
      }),
    );
  });

  test("show the shape of a selection in either direction", () => {
    const pane = { terminal: 1, cols: 10, rows: 4, top: { era: 1, line: 100 } };
    const copy: CopyView = {
      terminal: 1,
      era: 1,
      line: 102,
      x: 3,
      want: 3,
      anchor: { line: 101, x: 6 },
      dragging: false,
      back,
      shape: "text",
    };
    const shown = (one: CopyView) => highlightsOf(pane, { search: null, copy: one }).map(({ y, x, end }) => [y, x, end]);
    const turned: CopyView = { ...copy, line: 101, x: 6, anchor: { line: 102, x: 3 } };
    for (const one of [copy, turned]) {
      expect(shown(one)).toEqual([
        [1, 6, 10],
        [2, 0, 4],
      ]);
      expect(shown({ ...one, shape: "lines" })).toEqual([
        [1, 0, 10],
        [2, 0, 10],
      ]);
      expect(shown({ ...one, shape: "block" })).toEqual([
        [1, 3, 7],
        [2, 3, 7],
      ]);
    }
    expect(shown({ ...copy, anchor: null })).toEqual([]);
    expect(shown({ ...copy, era: 2 })).toEqual([]);
    expect(shown({ ...copy, terminal: 2 })).toEqual([]);
  });
});

describe("a pane with highlights", () => {
  const inverse = (grid: Grid, y: number) =>
    Array.from({ length: grid.cols }, (_, x) =>
      ((grid.words[(y * grid.cols + x) * CELL_WORDS + 1] ?? 0) & Fg.inverse) === 0 ? "." : "#",
    ).join("");

  function paneOf(text: string) {
    const { screen } = written(text, { cols: 8, rows: 2 });
    const source = new PaneSource(screen, 1);
    source.view({ cols: 8, rows: 2, scroll: 0 });
    const grid = new Grid(8, 2);
    grid.apply(decodeRows(source.update() ?? new Uint8Array()));
    return grid;
  }

  test("marks wide characters whole", () => {
    const over = new HighlightedGrid(true).draw(paneOf("a世界b"), [{ y: 0, x: 2, end: 4, kind: "selected" }]);
    expect(inverse(over, 0)).toBe(".####...");
  });

  test("changes only rows whose cells or highlights changed, and leaves the cells themselves alone", () => {
    const grid = paneOf("one\r\ntwo");
    const before = Uint32Array.from(grid.words);
    const highlighted = new HighlightedGrid(true);
    const over = highlighted.draw(grid, [{ y: 0, x: 0, end: 3, kind: "hit" }]);
    expect(grid.words).toEqual(before);
    over.settle();
    highlighted.draw(grid, [{ y: 0, x: 0, end: 3, kind: "hit" }]);
    expect([0, 1].map((y) => over.rowChanged(y))).toEqual([false, false]);
    highlighted.draw(grid, [{ y: 1, x: 0, end: 1, kind: "hit" }]);
    expect([0, 1].map((y) => over.rowChanged(y))).toEqual([true, true]);
    expect(Array.from(over.words.subarray(0, 8 * CELL_WORDS))).toEqual(Array.from(before.subarray(0, 8 * CELL_WORDS)));
  });

  test("tells its kinds apart without colours", () => {
    const looks = (["hit", "current", "selected"] as const).map((kind) => {
      const { words } = new HighlightedGrid(false).draw(paneOf("x"), [{ y: 0, x: 0, end: 1, kind }]);
      return `${words[1]} ${words[2]}`;
    });
    expect(new Set([...looks, "0 0"]).size).toBe(4);
  });
});

function cellsOf(grid: Grid, y: number, from: number, end: number): string {
  let text = "";
  for (let x = from; x < end; x++) {
    const index = y * grid.cols + x;
    const codePoint = (grid.words[index * CELL_WORDS] ?? 0) & Content.codePoint;
    text += grid.extra(index).text || (codePoint === 0 ? "" : String.fromCodePoint(codePoint));
  }
  return text;
}
