import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawFrame } from "../../src/dashboard/frame.ts";
import { neighbourOf } from "../../src/dashboard/actions/neighbour.ts";
import { around, type Rect } from "../../src/dashboard/geometry.ts";
import { arrangements } from "../../src/dashboard/layout/arrangement.ts";
import { layout, type Layout, type LayoutInput } from "../../src/dashboard/layout.ts";

const ten = Array.from({ length: 10 }, (_, index) => index + 1);

function input(columns: number, rows: number, more: Partial<LayoutInput> = {}): LayoutInput {
  return {
    size: { columns, rows },
    view: "board",
    arrangement: "grid",
    frames: true,
    area: "panes",
    lanes: 6,
    blockers: 0,
    terminals: ten,
    overlay: null,
    slots: [],
    focused: 1,
    attention: [4, 7, 9],
    needy: new Set([4, 7, 9]),
    ...more,
  };
}

/** The layout as a person would sketch it: borders, and names in the rectangles. */
function drawing(area: Layout): string {
  const grid = Array.from({ length: area.size.rows }, () => Array.from({ length: area.size.columns }, () => " "));
  const write = (x: number, y: number, text: string) => {
    for (const [index, character] of [...text].entries())
      if (grid[y]?.[x + index] !== undefined) (grid[y] as string[])[x + index] = character;
  };
  const lines = [...area.lists.map((one) => one.outer), ...area.panes.map((one) => one.outer), ...area.separators];
  const boxes = lines.map((one) => ({ rect: one, tone: "border" as const, strong: false }));
  for (const piece of drawFrame(area.size, boxes, false, area.body))
    for (const [index, text] of piece.text.split("\n").entries()) write(piece.x, piece.y + index, text);
  const label = (rect: Rect, name: string) => write(rect.x, rect.y, `${name} ${rect.width}x${rect.height}`);
  label(area.header, "header");
  label(area.status, "status");
  if (area.tabs !== null) label(area.tabs, "tabs");
  if (area.events !== null) label(area.events, "events");
  for (const line of area.folded) label(line.rect, line.name);
  for (const list of area.lists) label(list.inner, list.name);
  for (const pane of area.panes) label(pane.inner, `terminal ${pane.terminal}`);
  if (area.overlay !== null) {
    const { x, y, width, height } = area.overlay;
    for (let row = y; row < y + height; row++) write(x, row, (row === y || row === y + height - 1 ? "#" : " ").repeat(width));
    for (let row = y; row < y + height; row++) for (const column of [x, x + width - 1]) write(column, row, "#");
    label({ x: x + 2, y: y + 1, width, height }, "overlay");
  }
  return `${grid.map((row) => row.join("").trimEnd()).join("\n")}\n`;
}

describe("the layout is drawn as", () => {
  test.each([
    ["board-200x60", input(200, 60)],
    ["board-160x45", input(160, 45)],
    ["board-120x36", input(120, 36)],
    ["board-120x36-ten-blockers", input(120, 36, { area: "blockers", blockers: 30 })],
    ["tabs-80x24", input(80, 24)],
    ["tabs-80x24-blockers", input(80, 24, { area: "blockers" })],
    ["tabs-50x12", input(50, 12)],
    ["board-160x45-three-terminals", input(160, 45, { terminals: [1, 2, 3], lanes: 2 })],
    ["zoom-120x36", input(120, 36, { view: "zoom", focused: 4 })],
    ["zoom-80x24", input(80, 24, { view: "zoom", focused: 4 })],
    ["scratchpad-120x36", input(120, 36, { view: "scratchpad" })],
    ["scratchpad-80x24", input(80, 24, { view: "scratchpad" })],
    ["board-400x120", input(400, 120)],
    ["board-120x36-frameless", input(120, 36, { frames: false })],
    ["board-160x45-frameless", input(160, 45, { frames: false })],
    ["attention-160x45", input(160, 45, { arrangement: "attention" })],
    ["focus-400x120", input(400, 120, { arrangement: "focus" })],
    ["focus-200x60", input(200, 60, { arrangement: "focus", focused: 4 })],
    ["focus-160x45-frameless", input(160, 45, { arrangement: "focus", frames: false })],
    ["focus-160x45-terminals", input(160, 45, { arrangement: "focus", area: "terminals" })],
    ["focus-120x36", input(120, 36, { arrangement: "focus", focused: 4 })],
    ["focus-120x36-two-terminals", input(120, 36, { arrangement: "focus", terminals: [1, 2] })],
    ["focus-80x24", input(80, 24, { arrangement: "focus", focused: 4 })],
    ["focus-50x12", input(50, 12, { arrangement: "focus", focused: 4 })],
    ["wall-200x60", input(200, 60, { arrangement: "wall" })],
    ["wall-200x60-frameless", input(200, 60, { arrangement: "wall", frames: false })],
    ["wall-120x36-frameless", input(120, 36, { arrangement: "wall", frames: false })],
    ["wall-120x36-blockers", input(120, 36, { arrangement: "wall", area: "blockers" })],
    ["wall-80x24", input(80, 24, { arrangement: "wall" })],
    ["scratchpad-120x36-frameless", input(120, 36, { view: "scratchpad", frames: false })],
    ["question-120x36", input(120, 36, { overlay: { columns: 64, rows: 10, place: "centre" } })],
  ])("%s", async (name, wanted) => {
    await expect(drawing(layout(wanted))).toMatchFileSnapshot(`drawings/${name}.txt`);
  });
});

describe("the layout", () => {
  test("has all ten terminals live beside the rails at 200×60", () => {
    const area = layout(input(200, 60));
    expect(area.panes.map((pane) => pane.terminal)).toEqual(ten);
    expect(area.lists.map((list) => list.name).sort()).toEqual(["blockers", "events", "hierarchy", "streams", "terminals"]);
    for (const pane of area.panes) {
      expect(pane.inner.width).toBeGreaterThanOrEqual(50);
      expect(pane.inner.height).toBeGreaterThanOrEqual(9);
    }
  });

  test.each([
    [160, 45],
    [120, 36],
    [108, 32],
  ])("has streams, blockers, terminals, hierarchy and a live terminal side by side at %i×%i", (columns, rows) => {
    const area = layout(input(columns, rows));
    expect(area.kind).toBe("board");
    expect(area.lists.map((list) => list.name).sort()).toEqual(["blockers", "hierarchy", "streams", "terminals"]);
    expect(area.panes.length).toBeGreaterThanOrEqual(1);
    expect(area.panes.map((pane) => pane.terminal)).toContain(1);
    expect(area.lists.find((list) => list.name === "terminals")?.inner.height).toBe(10);
  });

  test("says that it is too small below 50×12, and keeps the line with the keys", () => {
    for (const [columns, rows] of [
      [49, 40],
      [120, 11],
      [1, 1],
    ] as const)
      expect(layout(input(columns, rows))).toMatchObject({ kind: "one-line", panes: [], lists: [], status: { y: rows - 1 } });
    expect(layout(input(50, 12)).kind).toBe("tabs");
  });

  test("does not move when work goes on: attention and need change only which terminals are shown", () => {
    const before = layout(input(160, 45));
    const after = layout(input(160, 45, { attention: [10], needy: new Set([10]), slots: before.slots }));
    expect(after.panes.map((pane) => pane.outer)).toEqual(before.panes.map((pane) => pane.outer));
    expect(after.lists).toEqual(before.lists);
  });

  const sizes = fc.record({ columns: fc.integer({ min: 1, max: 400 }), rows: fc.integer({ min: 1, max: 150 }) });
  const any = fc.record({
    size: sizes,
    view: fc.constantFrom("board" as const, "zoom" as const, "scratchpad" as const),
    arrangement: fc.constantFrom(...arrangements),
    frames: fc.boolean(),
    area: fc.constantFrom("panes" as const, "streams" as const, "blockers" as const, "hierarchy" as const, "terminals" as const),
    lanes: fc.integer({ min: 0, max: 40 }),
    blockers: fc.integer({ min: 0, max: 60 }),
    terminals: fc.integer({ min: 0, max: 10 }).map((count) => ten.slice(0, count)),
    focused: fc.integer({ min: 0, max: 10 }),
    overlay: fc.option(
      fc.record({
        columns: fc.integer({ min: 1, max: 300 }),
        rows: fc.integer({ min: 1, max: 300 }),
        place: fc.constantFrom("centre" as const, "top" as const),
      }),
      { nil: null },
    ),
  });

  test("keeps everything on the screen, at every size and in every view", () => {
    fc.assert(
      fc.property(any, (some) => {
        const area = layout({ ...some, slots: [], attention: [], needy: new Set() });
        const all = [
          area.header,
          area.status,
          area.tabs,
          area.events,
          area.overlay,
          ...area.folded.map((line) => line.rect),
          ...area.lists.map((list) => list.outer),
          ...area.panes.flatMap((pane) => [pane.outer, pane.inner]),
        ];
        for (const rect of all) {
          if (rect === null) continue;
          expect(rect.x >= 0 && rect.y >= 0 && rect.x + rect.width <= some.size.columns && rect.y + rect.height <= some.size.rows).toBe(
            true,
          );
        }
      }),
    );
  });

  test("never lets two insides overlap, nor an inside and a line of the chrome", () => {
    fc.assert(
      fc.property(any, (some) => {
        const area = layout({ ...some, slots: [], attention: [], needy: new Set() });
        const taken = new Map<string, string>();
        const claim = (rect: Rect | null, name: string) => {
          if (rect === null) return;
          for (let y = rect.y; y < rect.y + rect.height; y++) {
            for (let x = rect.x; x < rect.x + rect.width; x++) {
              const cell = `${x},${y}`;
              if (taken.has(cell)) throw new Error(`${name} and ${taken.get(cell)} both claim ${cell}`);
              taken.set(cell, name);
            }
          }
        };
        // On a screen of one row the header is also the status line: there is nothing to tell apart.
        if (area.kind === "one-line") return;
        claim(area.header, "header");
        claim(area.status, "status");
        claim(area.tabs, "tabs");
        claim(area.events, "events");
        for (const line of area.folded) claim(line.rect, line.name);
        for (const list of area.lists) claim(list.inner, list.name);
        for (const pane of area.panes) {
          claim(pane.inner, `terminal ${pane.terminal}`);
          const { x, y, width } = pane.outer;
          // The corners of a title's line are those of its neighbours too.
          claim({ x: x + 1, y, width: width - 2, height: 1 }, `the title of terminal ${pane.terminal}`);
        }
      }),
      { numRuns: 60 },
    );
  });

  const working = fc.record({
    size: fc.record({ columns: fc.integer({ min: 20, max: 400 }), rows: fc.integer({ min: 5, max: 120 }) }),
    view: fc.constantFrom("board" as const, "zoom" as const),
    arrangement: fc.constantFrom(...arrangements),
    frames: fc.boolean(),
    lanes: fc.integer({ min: 1, max: 12 }),
    terminals: fc.integer({ min: 1, max: 10 }).map((count) => ten.slice(0, count)),
    front: fc.nat(9),
  });
  const laidOut = ({ front, ...some }: typeof working extends fc.Arbitrary<infer T> ? T : never) =>
    layout(input(some.size.columns, some.size.rows, { ...some, focused: some.terminals[front % some.terminals.length] ?? 1 }));

  test("leaves no cell unused between the first lines and the last, at every size and for one to ten terminals", () => {
    fc.assert(
      fc.property(working, (some) => {
        const area = laidOut(some);
        if (area.kind === "one-line") return;
        const used = new Set<number>();
        const cells = ({ x, y, width, height }: Rect) => {
          for (let row = y; row < y + height; row++) for (let column = x; column < x + width; column++) used.add(row * 1000 + column);
        };
        const lines = [...area.lists, ...area.panes].map((one) => one.outer).concat(area.separators);
        const boxes = lines.map((one) => ({ rect: one, tone: "border" as const, strong: false }));
        drawFrame(area.size, boxes, false, area.body).forEach(cells);
        for (const one of [...area.lists, ...area.panes]) cells(one.inner);
        const { x, y, width, height } = area.body;
        for (let row = y; row < y + height; row++)
          for (let column = x; column < x + width; column++)
            if (!used.has(row * 1000 + column)) throw new Error(`nothing is at ${column},${row}:\n${drawing(area)}`);
      }),
      { numRuns: 60 },
    );
  });

  test("shows the terminal in front wherever terminals are shown, none twice, and all of them where that is promised", () => {
    fc.assert(
      fc.property(working, (some) => {
        const area = laidOut(some);
        if (area.kind === "one-line") return;
        const shown = area.panes.map((pane) => pane.terminal);
        expect(new Set(shown).size).toBe(shown.length);
        expect(shown).toContain(some.terminals[some.front % some.terminals.length]);
        if (area.oneInFront && shown.length > 1) expect([...shown].sort((a, b) => a - b)).toEqual(some.terminals);
        if (some.view === "board" && some.size.columns >= 200 && some.size.rows >= 60) expect(shown).toHaveLength(some.terminals.length);
      }),
    );
  });

  test("the terminal in front has at least as much room as any other, and in the focus layout most of the screen's height", () => {
    fc.assert(
      fc.property(working, (some) => {
        const area = laidOut({ ...some, arrangement: "focus" });
        const [front, ...others] = area.panes.map((pane) => pane.inner);
        if (front === undefined) return;
        for (const other of others) {
          expect(front.width * front.height).toBeGreaterThanOrEqual(other.width * other.height);
          expect(front.height * 2).toBeGreaterThanOrEqual(area.body.height - 6);
        }
      }),
    );
  });

  test("going to another terminal of the focus layout changes no program's size", () => {
    fc.assert(
      fc.property(working, fc.nat(9), (some, other) => {
        const sizes = (front: number) => {
          const area = laidOut({ ...some, arrangement: "focus", view: "board", front });
          return area.panes
            .map((pane) => [pane.terminal, pane.program ?? { columns: pane.inner.width, rows: pane.inner.height }] as const)
            .sort(([a], [b]) => a - b);
        };
        if (sizes(0).length > 1) expect(sizes(other)).toEqual(sizes(some.front));
      }),
    );
  });

  test("h, j, k and l lead to every pane and back: left undoes right, and up undoes down but for the column", () => {
    fc.assert(
      fc.property(working, (some) => {
        const { panes, oneInFront } = laidOut({ ...some, view: "board" });
        if (oneInFront) return;
        const reached = new Set<number>();
        const visit = (terminal: number) => {
          if (reached.has(terminal)) return;
          reached.add(terminal);
          for (const direction of ["left", "right", "up", "down"] as const) {
            const next = neighbourOf(panes, terminal, direction);
            if (next !== null) visit(next);
          }
        };
        const top = (terminal: number | null) => panes.find((pane) => pane.terminal === terminal)?.inner.y;
        for (const { terminal } of panes) {
          const right = neighbourOf(panes, terminal, "right");
          if (right !== null) expect(neighbourOf(panes, right, "left")).toBe(terminal);
          const down = neighbourOf(panes, terminal, "down");
          if (down !== null) expect(top(neighbourOf(panes, down, "up"))).toBe(top(terminal));
        }
        if (panes[0] !== undefined) visit(panes[0].terminal);
        expect(reached.size).toBe(panes.length);
      }),
    );
  });

  test("without frames the terminals have more of the screen, or as much where there was no frame", () => {
    fc.assert(
      fc.property(working, (some) => {
        const room = (frames: boolean) => {
          const { panes, kind } = laidOut({ ...some, frames });
          if (kind === "one-line") return 0;
          // Titles and the lines between panes are in it in both cases, the frame around all of them is not.
          const boxes = panes.flatMap((pane) => [pane.outer, pane.inner]);
          const { x, width, height } = around(boxes);
          const framed = frames && boxes.some((box) => box.x + box.width === some.size.columns && box.height > 1);
          return (width - (framed ? 2 : x > 0 ? 1 : 0)) * (height - (framed ? 1 : 0));
        };
        expect(room(false)).toBeGreaterThanOrEqual(room(true));
      }),
    );
  });

  test("the board gives every pane a usable inside and every list a row", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 108, max: 400 }),
        fc.integer({ min: 32, max: 150 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 10 }),
        (columns, rows, lanes, count) => {
          const area = layout(input(columns, rows, { lanes, terminals: ten.slice(0, count) }));
          expect(area.kind).toBe("board");
          for (const pane of area.panes) expect(pane.inner.width >= 18 && pane.inner.height >= 6).toBe(true);
          for (const list of area.lists) expect(list.inner.height).toBeGreaterThanOrEqual(1);
        },
      ),
    );
  });
});
