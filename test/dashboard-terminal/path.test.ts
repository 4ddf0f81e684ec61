/** The whole path of a pane: a program's bytes → screen → rows → grid → compositor → the person's terminal. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Compositor } from "../../src/dashboard/terminal/compositor.ts";
import { Grid } from "../../src/dashboard/terminal/grid.ts";
import { layerAt } from "../../src/dashboard/terminal/layers.ts";
import { decodeRows } from "../../src/protocol/rows.ts";
import { PaneSource } from "../../src/screen/pane-source.ts";
import { Screen } from "../../src/screen/screen.ts";
import { createEmulator } from "../../src/screen/xterm.ts";
import { chunksOf, vtStream } from "../screen/vt-stream.ts";
import { outerTerminal, seenOnTerminal, withoutHalves, withoutUnseen } from "./outer-terminal.ts";

/** A scheduler's ports that parse when told to. */
function parseAll(screen: Screen): void {
  while (screen.pending > 0) screen.parse(8192);
}

describe("a pane", () => {
  it("shows cell for cell what an emulator shows that is fed the same bytes, at any place, in any chunks", () => {
    fc.assert(
      fc.property(
        vtStream(),
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 12 }),
        fc.record({
          cols: fc.integer({ min: 2, max: 30 }),
          rows: fc.integer({ min: 1, max: 8 }),
          x: fc.integer({ min: 0, max: 5 }),
          y: fc.integer({ min: 0, max: 3 }),
        }),
        (bytes, cuts, { cols, rows, x, y }) => {
          const reference = createEmulator({ cols, rows, scrollback: 100 });
          reference.parseNow(bytes);
          const screen = new Screen({ cols, rows, scrollback: 100 });
          const source = new PaneSource(screen, 1);
          source.view({ cols, rows, scroll: 0 });
          const pane = new Grid(cols, rows);
          const around = new Grid(cols + x + 4, rows + y + 2);
          for (let row = 0; row < around.rows; row++)
            for (let column = 0; column < around.cols; column++) around.set(column, row, 0x400000 | 0x23, 0, 0);
          const compositor = new Compositor({ cols: around.cols, rows: around.rows, depth: "truecolor", links: false });
          const outer = outerTerminal(around.cols, around.rows);
          for (const chunk of [...chunksOf(bytes, cuts), Buffer.alloc(0)]) {
            screen.write(chunk);
            parseAll(screen);
            const rowsBytes = source.update();
            if (rowsBytes) pane.apply(decodeRows(rowsBytes));
            outer.parseNow(Buffer.from(compositor.frame([layerAt(around, 0, 0), layerAt(pane, x, y)], null)));
          }
          const shown = seenOnTerminal(outer);
          const expected = withoutUnseen(withoutHalves(seenOnTerminal(reference)));
          for (let row = 0; row < rows; row++) expect(shown[y + row]?.slice(x, x + cols)).toEqual(expected[row]);
          for (const [row, cells] of shown.entries()) {
            for (const [column, cell] of cells.entries()) {
              const inside = row >= y && row < y + rows && column >= x && column < x + cols;
              if (!inside) expect(cell?.text).toBe("#");
            }
          }
        },
      ),
      { numRuns: Number(process.env["FUZZ_RUNS"] ?? 300) },
    );
  });
});
