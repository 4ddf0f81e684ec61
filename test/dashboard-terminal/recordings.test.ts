/** What real agent CLIs wrote, through the whole path of a pane, beside an emulator that is fed directly. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Compositor } from "../../src/dashboard/terminal/compositor.ts";
import { Grid } from "../../src/dashboard/terminal/grid.ts";
import { layerAt } from "../../src/dashboard/terminal/layers.ts";
import { decodeRows } from "../../src/protocol/rows.ts";
import { PaneSource } from "../../src/screen/pane-source.ts";
import { Screen } from "../../src/screen/screen.ts";
import { createEmulator } from "../../src/screen/xterm.ts";
import { chunksOf } from "../screen/vt-stream.ts";
import { outerTerminal, seenOnTerminal, withoutUnseen } from "./outer-terminal.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "..", "shared", "recordings");
const recordings = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith(".raw")) : [];

const SIZES = [
  [100, 30],
  [44, 16],
  [200, 58],
] as const;
/** Lengths of chunks, as a pty might cut them. */
const CHUNKS = [1, 4096, 17, 1000, 3, 65_536, 250];

describe("a recording of a real agent", () => {
  it("is at hand where the checks run", () => {
    if (process.env["CI"]) expect(recordings.length).toBeGreaterThan(0);
  });

  it.each(recordings.flatMap((name) => SIZES.map(([cols, rows]) => [name, cols, rows] as const)))(
    "%s shows in a pane of %i×%i what the emulator holds",
    (name, cols, rows) => {
      const bytes = readFileSync(join(FOLDER, name));
      const reference = createEmulator({ cols, rows, scrollback: 1000 });
      const screen = new Screen({ cols, rows, scrollback: 1000 });
      const source = new PaneSource(screen, 1);
      source.view({ cols, rows, scroll: 0 });
      const pane = new Grid(cols, rows);
      const compositor = new Compositor({ cols: cols + 5, rows: rows + 2, depth: "truecolor", links: true });
      const outer = outerTerminal(cols + 5, rows + 2);
      const around = new Grid(cols + 5, rows + 2);
      const compare = (when: string) => {
        const rowsBytes = source.update();
        if (rowsBytes) pane.apply(decodeRows(rowsBytes));
        outer.parseNow(Buffer.from(compositor.frame([layerAt(around, 0, 0), layerAt(pane, 3, 1)], null)));
        const shown = seenOnTerminal(outer);
        expect(
          shown.slice(1, rows + 1).map((row) => row.slice(3, cols + 3)),
          when,
        ).toEqual(withoutUnseen(seenOnTerminal(reference)));
      };
      for (const [index, chunk] of chunksOf(bytes, CHUNKS).entries()) {
        reference.parseNow(chunk);
        screen.write(chunk);
        while (screen.pending > 0) screen.parse(512);
        if (index % 10 === 0) compare(`chunk ${index}`);
      }
      compare("at the end");
      screen.resize(Math.floor(cols * 0.6), rows);
      reference.terminal.resize(Math.floor(cols * 0.6), rows);
      screen.resize(cols, rows);
      reference.terminal.resize(cols, rows);
      compare("after a resize and back");
    },
  );
});
