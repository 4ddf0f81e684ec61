/** The whole path of a pane: a program's bytes → screen → rows → grid → compositor → the person's terminal. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Compositor } from "../../src/dashboard/terminal/compositor.ts";
import { Grid } from "../../src/dashboard/terminal/grid.ts";
import { layerAt } from "../../src/dashboard/terminal/layers.ts";
import { Content } from "../../src/protocol/cells.ts";
import { decodeRows } from "../../src/protocol/rows.ts";
import { Clamp } from "../../src/screen/clamp.ts";
import { PaneSource } from "../../src/screen/pane-source.ts";
import { Screen } from "../../src/screen/screen.ts";
import { clusters, createEmulator } from "../../src/screen/xterm.ts";
import { chunksOf, vtStream } from "../screen/vt-stream.ts";
import { outerTerminal, seenOnTerminal, withoutUnseen } from "./outer-terminal.ts";

function parseAll(screen: Screen): void {
  while (screen.pending > 0) screen.parse(8192);
}

const size = fc.record({ cols: fc.integer({ min: 2, max: 30 }), rows: fc.integer({ min: 1, max: 8 }) });
const place = fc.record({ x: fc.integer({ min: 0, max: 5 }), y: fc.integer({ min: 0, max: 3 }) });
const stage = fc.record({
  size,
  place,
  bytes: vtStream(30),
  cuts: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 12 }),
});

describe("a pane", () => {
  it("shows cell for cell what an emulator holds that is fed the same bytes, at any place, in any chunks, after resizes", () => {
    fc.assert(
      fc.property(fc.array(stage, { minLength: 1, maxLength: 3 }), (stages) => {
        const first = stages[0]?.size ?? { cols: 2, rows: 1 };
        const reference = createEmulator({ ...first, scrollback: 100 });
        const cutter = new Clamp(clusters);
        const screen = new Screen({ ...first, scrollback: 100 });
        const source = new PaneSource(screen, 1);
        const pane = new Grid(first.cols, first.rows);
        const around = hashes(40, 14);
        const compositor = new Compositor({ cols: around.cols, rows: around.rows, depth: "truecolor", links: true });
        const outer = outerTerminal(around.cols, around.rows);
        for (const {
          size: { cols, rows },
          place: { x, y },
          bytes,
          cuts,
        } of stages) {
          reference.terminal.resize(cols, rows);
          screen.resize(cols, rows);
          source.view({ cols, rows, scroll: 0 });
          for (const chunk of [...chunksOf(bytes, cuts), Buffer.alloc(0)]) {
            // Cut between characters as the screen cuts: xterm.js loses some that are cut, and its corners differ with the cuts.
            for (const piece of cutter.push(chunk)) reference.parseNow(piece);
            screen.write(chunk);
            parseAll(screen);
            const rowsBytes = source.update();
            if (rowsBytes) pane.apply(decodeRows(rowsBytes));
            outer.parseNow(Buffer.from(compositor.frame([layerAt(around, 0, 0), layerAt(pane, x, y)], null)));
          }
          const shown = seenOnTerminal(outer);
          const expected = withoutUnseen(seenOnTerminal(reference));
          for (let row = 0; row < rows; row++) expect(shown[y + row]?.slice(x, x + cols)).toEqual(expected[row]);
          for (const [row, cells] of shown.entries()) {
            for (const [column, cell] of cells.entries()) {
              const inside = row >= y && row < y + rows && column >= x && column < x + cols;
              if (!inside) expect(cell?.text).toBe("#");
            }
          }
        }
      }),
      { numRuns: Number(process.env["FUZZ_RUNS"] ?? 200) },
    );
  });
});

function hashes(cols: number, rows: number): Grid {
  const grid = new Grid(cols, rows);
  for (let y = 0; y < rows; y++) for (let x = 0; x < cols; x++) grid.set(x, y, 0x23 | (1 << Content.widthShift), 0, 0);
  return grid;
}
