/** The compositor: any two pictures, one drawn over the other, end as the second drawn alone; nothing but cells is written. */
import { strict as assert } from "node:assert";
import { Compositor } from "../../src/dashboard/terminal/compositor.ts";
import { Grid } from "../../src/dashboard/terminal/grid.ts";
import { layerAt } from "../../src/dashboard/terminal/layers.ts";
import { drawLine } from "../../src/dashboard/terminal/styled-lines.ts";
import { clusters } from "../../src/screen/xterm.ts";
import { COMPOSITOR_WRITES } from "../conformance/repertoire.ts";
import type { Target } from "./targets.ts";

const COLS = 14;
const ROWS = 3;

/** The first half of the lines is one picture, the rest another. */
function grids(bytes: Uint8Array): [Grid, Grid] {
  const lines = Buffer.from(bytes).toString().split("\n");
  const picture = (from: number) => {
    const grid = new Grid(COLS, ROWS);
    for (let y = 0; y < ROWS; y++) drawLine(grid, y, lines[from + y] ?? "", true);
    return grid;
  };
  return [picture(0), picture(ROWS)];
}

export const compositorTarget: Target = {
  name: "compositor",
  each: 300,
  promise: "a frame holds nothing but cells and their looks, draws the same as from nothing, and is empty when nothing has changed",
  examples: [
    "hello world\n\x1b[1;31mred\x1b[m x\n│ 世界 │\nhello_world\n\x1b[4mé\x1b[m\n┤ 👍 ├",
    "\x1b[38;2;1;2;3m██\x1b[0m\n👩‍👩‍👧 🇩🇪\n\x1b[7minverse\n\n\nabc",
    "日本語日本語日本\na\u0301e\u0301\n⠋ busy\nx日x日x日\nab\nabcdefghijklmn",
  ].map((text) => Buffer.from(text)),
  tokens: [
    "\x1b[",
    "m",
    "\x1b[48;5;7m",
    "世",
    "\n",
    "\x1b]52;c;eA==\x07",
    "\x9b",
    "\u202e",
    "\u200d",
    "\ufe0f",
    "👍",
    " ",
    "\x1b]8;;https://a/\x1b\\",
    "\x07",
    "\u0301",
    "ﷺ",
    "\x1b[2J",
  ].map((text) => Buffer.from(text)),
  check(bytes) {
    const [first, second] = grids(bytes);
    const drawn = new Compositor({ cols: COLS, rows: ROWS, depth: "truecolor", links: false });
    const model = new Cells();
    for (const grid of [first, second]) {
      const frame = String(drawn.frame([layerAt(grid, 0, 0)], null));
      assert.match(frame, COMPOSITOR_WRITES);
      model.write(frame);
    }
    assert.equal(drawn.frame([layerAt(second, 0, 0)], null).length, 0, "a frame although nothing has changed");
    const alone = new Cells();
    alone.write(String(new Compositor({ cols: COLS, rows: ROWS, depth: "truecolor", links: false }).frame([layerAt(second, 0, 0)], null)));
    assert.deepEqual(model.text(), alone.text());
  },
};

/** A terminal of the little that frames consist of: places, jumps to the right, and characters with their widths. */
class Cells {
  readonly #cells = Array.from({ length: ROWS }, () => Array<string>(COLS).fill(" "));
  #x = 0;
  #y = 0;
  #look = "";

  write(frame: string): void {
    for (const [, sequence, parameters = "", final, text] of frame.matchAll(
      /(\x1b\[([?\d;:]*)([A-Za-z])|\x1b\[\d q|\x1b\]8;.*?\x1b\\)|([^\x1b]+)/gu,
    )) {
      if (text !== undefined) this.#print(text);
      else if (final === "H")
        [this.#y, this.#x] = [(Number(parameters.split(";")[0]) || 1) - 1, (Number(parameters.split(";")[1]) || 1) - 1];
      else if (final === "C") this.#x += Number(parameters) || 1;
      else if (final === "m") this.#look = parameters === "" ? "" : `${this.#look};${parameters}`;
      else assert.ok(sequence !== undefined);
    }
  }

  text(): readonly string[] {
    return this.#cells.map((row) => row.join("¦"));
  }

  #print(text: string): void {
    let preceding = 0;
    for (const character of text) {
      const properties = clusters.charProperties(character.codePointAt(0) ?? 0, preceding);
      const joins = (properties & 1) !== 0 && preceding !== 0;
      preceding = properties;
      const row = this.#cells[this.#y] ?? [];
      const width = Math.min(2, (properties >> 1) & 3);
      if (joins && this.#x > 0) row[this.#x - 1] += character;
      else {
        // A mark that is newer than this table takes a cell of its own here. Automatic wrap is off: the last column is overwritten.
        this.#x = Math.min(this.#x, COLS - 1);
        row[this.#x] = character;
        if (width === 2 && this.#x + 1 < COLS) row[this.#x + 1] = "";
        this.#x += Math.max(1, width);
      }
    }
  }
}
