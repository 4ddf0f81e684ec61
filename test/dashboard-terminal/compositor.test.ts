import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Compositor, type CompositorOptions } from "../../src/dashboard/terminal/compositor.ts";
import { glyphOf } from "../../src/dashboard/terminal/glyphs.ts";
import { Grid } from "../../src/dashboard/terminal/grid.ts";
import { layerAt, type Layer } from "../../src/dashboard/terminal/layers.ts";
import { drawLine } from "../../src/dashboard/terminal/styled-lines.ts";
import { BLANK, Bg, ColorMode, Content, Fg, NO_EXTRA } from "../../src/protocol/cells.ts";
import { clusters } from "../../src/screen/xterm.ts";
import { COMPOSITOR_WRITES } from "../conformance/repertoire.ts";
import { outerTerminal, seenInGrid, seenOnTerminal } from "./outer-terminal.ts";
import { putCell, randomCell } from "./random-grid.ts";

const OPTIONS = { cols: 12, rows: 3, depth: "truecolor", links: false } as const satisfies CompositorOptions;

function gridOf(lines: readonly string[], cols: number = OPTIONS.cols): Grid {
  const grid = new Grid(cols, lines.length);
  for (const [y, line] of lines.entries()) drawLine(grid, y, line, true);
  return grid;
}

/** A frame with its escapes made visible and the frame's bracket left out. */
function readable(frame: Uint8Array): string {
  return textOf(frame).replaceAll("\x1b[?2026h", "").replaceAll("\x1b[?2026l", "").replaceAll("\x1b", "␛");
}

function textOf(frame: Uint8Array): string {
  return Buffer.from(frame).toString("utf8");
}

describe("the compositor", () => {
  it("writes everything once and nothing when nothing changed", () => {
    const compositor = new Compositor({ ...OPTIONS, cols: 3, rows: 2 });
    const grid = gridOf(["abc", "\x1b[31md"], 3);
    expect(textOf(compositor.frame([layerAt(grid, 0, 0)], null))).toBe(
      "\x1b[?2026h\x1b[?25l\x1b[m\x1b[Habc\x1b[2H\x1b[31md\x1b[m  \x1b[?2026l",
    );
    expect(textOf(compositor.frame([layerAt(grid, 0, 0)], null))).toBe("");
  });

  it("leaves the blanks of a terminal that was just cleared, until something else writes there", () => {
    const compositor = new Compositor({ ...OPTIONS, cols: 3, rows: 2, cleared: true });
    const layers = [layerAt(gridOf(["abc", "\x1b[31md"], 3), 0, 0)];
    expect(readable(compositor.frame(layers, null))).toBe("␛[Habc␛[2H␛[31md");
    compositor.redraw();
    expect(textOf(compositor.frame(layers, null))).toContain("\x1b[31md\x1b[m  ");
  });

  it("writes a changed cell and no more", () => {
    const compositor = new Compositor(OPTIONS);
    const grid = gridOf(["hello world", "", ""]);
    compositor.frame([layerAt(grid, 0, 0)], null);
    drawLine(grid, 0, "hello_world", true);
    expect(readable(compositor.frame([layerAt(grid, 0, 0)], null))).toBe("␛[1;6H_");
  });

  it("skips a long gap and writes a short one again", () => {
    const compositor = new Compositor(OPTIONS);
    const grid = gridOf(["abcdefghijkl", "", ""]);
    compositor.frame([layerAt(grid, 0, 0)], null);
    drawLine(grid, 0, "AbcDefghijKl", true);
    expect(readable(compositor.frame([layerAt(grid, 0, 0)], null))).toBe("␛[HAbcD␛[6CK");
  });

  it("changes only what differs in the look", () => {
    const compositor = new Compositor(OPTIONS);
    const grid = gridOf(["\x1b[1;31ma\x1b[32mb\x1b[22mc\x1b[4md\x1b[0me", "", ""]);
    expect(readable(compositor.frame([layerAt(grid, 0, 0)], null))).toContain("␛[1;31ma␛[32mb␛[22mc␛[4md␛[me");
  });

  it("puts the cursor where it belongs, without a bracket when nothing else changes", () => {
    const compositor = new Compositor(OPTIONS);
    const layers = [layerAt(gridOf(["x", "", ""]), 0, 0)];
    compositor.frame(layers, null);
    expect(textOf(compositor.frame(layers, { x: 4, y: 1, style: 0 }))).toBe("\x1b[2;5H\x1b[?25h");
    expect(textOf(compositor.frame(layers, { x: 4, y: 1, style: 5 }))).toBe("\x1b[5 q");
    expect(textOf(compositor.frame(layers, { x: 4, y: 1, style: 5 }))).toBe("");
    expect(textOf(compositor.frame(layers, null))).toBe("\x1b[?25l");
  });

  it("draws later layers over earlier ones, and the chrome again over a pane for an overlay", () => {
    const chrome = gridOf(["............", "..overlay...", "............"]);
    const pane = gridOf(["PPPPPPPP", "PPPPPPPP", "PPPPPPPP"], 8);
    const overlay: Layer = { grid: chrome, fromX: 2, fromY: 1, x: 2, y: 1, width: 7, height: 1 };
    const outer = outerTerminal(12, 3);
    outer.parseNow(Buffer.from(new Compositor(OPTIONS).frame([layerAt(chrome, 0, 0), layerAt(pane, 1, 0), overlay], null)));
    const text = seenOnTerminal(outer).map((row) => row.map((cell) => cell?.text).join(""));
    expect(text).toEqual([".PPPPPPPP...", ".Poverlay...", ".PPPPPPPP..."]);
  });

  it("shows blanks where an edge cuts a wide character", () => {
    const chrome = gridOf(["世世世世世世", "", ""]);
    const pane = gridOf(["ab"], 2);
    const outer = outerTerminal(12, 3);
    outer.parseNow(Buffer.from(new Compositor(OPTIONS).frame([layerAt(chrome, 0, 0), layerAt(pane, 3, 0)], null)));
    expect(seenOnTerminal(outer)[0]?.map((cell) => cell?.text ?? "")).toEqual(["世", "", " ", "a", "b", " ", "世", "", "世", "", "世", ""]);
  });

  it("finds its place again after each cell that terminals measure differently", () => {
    const frame = readable(new Compositor(OPTIONS).frame([layerAt(gridOf(["a🫠b│", "", ""]), 0, 0)], null));
    expect(frame).toContain("a␛[1;2H  ␛[1;2H🫠␛[1;4Hb│");
  });

  it("keeps what stands right of an emoji whole on terminals of any width table", () => {
    for (const version of ["6", "15", "15-graphemes"]) {
      const outer = outerTerminal(12, 3);
      if (version === "6") outer.terminal.unicode.activeVersion = version;
      const compositor = new Compositor(OPTIONS);
      for (const line of ["│🫠🫠👩‍👩‍👧🇩🇪│", "│❤️a👍🏽b🇩🇪 │", "│1️⃣ नि 👨‍👩‍👧‍👦 │"]) {
        outer.parseNow(Buffer.from(compositor.frame([layerAt(gridOf([line, "│          │", ""], 12), 0, 0)], null)));
        const rows = seenOnTerminal(outer);
        expect(rows[0]?.[0]?.text).toBe("│");
        expect(rows[0]?.filter((cell) => cell?.text === "│").length).toBe(2);
        expect(rows[1]?.[11]?.text).toBe("│");
      }
    }
  });

  it("writes links only when asked to, only harmless ones, and leaves none open", () => {
    const grid = new Grid(4, 1);
    const links = ["https://a.b/c", "javascript:alert(1)", "https://a.b/\x1b\\\x1b]52;c;eA==\x07", "https://a.b/\u202eü d"];
    for (const [x, link] of links.entries()) grid.set(x, 0, 0x61 | (1 << Content.widthShift), 0, Bg.extended, { ...NO_EXTRA, link });
    const linked = new Compositor({ cols: 4, rows: 1, depth: "truecolor", links: true }).frame([layerAt(grid, 0, 0)], null);
    expect(readable(linked)).toBe("␛[?25l␛[m␛[H␛]8;;https://a.b/c␛\\a␛]8;;␛\\aa␛]8;;https://a.b/%E2%80%AE%C3%BC%20d␛\\a␛]8;;␛\\");
    grid.set(0, 0, BLANK, 0, 0);
    const plain = new Compositor({ cols: 4, rows: 1, depth: "truecolor", links: false }).frame([layerAt(grid, 0, 0)], null);
    expect(textOf(plain)).not.toContain("]8;");
  });

  it("never writes a control or bidi character that a cell holds", () => {
    const grid = new Grid(12, 3);
    for (const [x, code] of [0x1b, 0x07, 0x9b, 0x202e, 0x2066, 0x200b, 0xfeff, 0x2028, 0xd800].entries())
      grid.set(x, 0, code | (1 << Content.widthShift), 0, 0);
    grid.set(9, 0, Content.combined | (1 << Content.widthShift), 0, 0, { ...NO_EXTRA, text: "a\x1b]52;c;eA==\x07\u202e" });
    const frame = new Compositor(OPTIONS).frame([layerAt(grid, 0, 0)], null);
    expect(textOf(frame)).toMatch(COMPOSITOR_WRITES);
    expect(textOf(frame)).toContain("a]52;c;eA==");
  });

  it("knows every character that a terminal may join to the one on its left", () => {
    const missed: string[] = [];
    for (let code = 0xa0; code < 0x110000; code++) {
      if (code >= 0xd800 && code < 0xe000) continue;
      const joins = [..."aé世👍한"].some((before) => {
        const state = clusters.charProperties(before.codePointAt(0) ?? 0, 0);
        return (clusters.charProperties(code, state) & 1) === 1;
      });
      const glyph = glyphOf(code | (1 << Content.widthShift), "");
      if (joins && !glyph.joinsLeft && glyph.text !== " ") missed.push(code.toString(16));
    }
    expect(missed).toEqual([]);
  });

  it("trusts no character that may be shown as an emoji, joins its neighbours, or is not assigned", () => {
    const doubtful = /[\p{Extended_Pictographic}\p{Emoji_Component}\p{M}\p{Cf}\p{Cn}]/u;
    const trusted: string[] = [];
    for (let code = 0xa0; code < 0x110000; code++) {
      const character = String.fromCodePoint(code);
      if (glyphOf(code | (1 << Content.widthShift), "").trusted && doubtful.test(character) && character.trim() !== "")
        trusted.push(code.toString(16));
    }
    expect(trusted.filter((code) => glyphOf(Number.parseInt(code, 16) | (1 << Content.widthShift), "").text !== " ")).toEqual([]);
  });

  it("reduces colours to those that the terminal has", () => {
    const grid = new Grid(2, 1);
    grid.set(0, 0, 0x61 | (1 << Content.widthShift), (ColorMode.rgb | 0xff0000 | Fg.bold) >>> 0, 0);
    grid.set(1, 0, 0x62 | (1 << Content.widthShift), ColorMode.p256 | 21, ColorMode.rgb | 0x808080);
    const frame = (depth: "256" | "16" | "none") =>
      readable(new Compositor({ cols: 2, rows: 1, depth, links: false }).frame([layerAt(grid, 0, 0)], null)).replace("␛[?25l␛[m␛[H", "");
    expect(frame("256")).toBe("␛[1;38;5;196ma␛[0;38;5;21;48;5;244mb");
    expect(frame("16")).toBe("␛[1;91ma␛[0;34;100mb");
    expect(frame("none")).toBe("␛[1ma␛[mb");
  });

  it("makes any terminal show the target, cell by cell, after any changes, moves of panes and resizes", () => {
    const edit = fc.record({
      grid: fc.integer({ min: 0, max: 2 }),
      x: fc.nat(20),
      y: fc.nat(7),
      cells: fc.array(randomCell, { minLength: 1, maxLength: 6 }),
    });
    const place = fc.record({ x: fc.integer({ min: -3, max: 18 }), y: fc.integer({ min: -2, max: 7 }) });
    const frame = fc.record({
      edits: fc.array(edit, { maxLength: 6 }),
      places: fc.tuple(place, place),
      size: fc.option(fc.record({ cols: fc.integer({ min: 2, max: 20 }), rows: fc.integer({ min: 1, max: 7 }) }), { freq: 5 }),
    });
    fc.assert(
      fc.property(fc.array(frame, { minLength: 1, maxLength: 8 }), fc.boolean(), (frames, cleared) => {
        const grids = [new Grid(20, 7), new Grid(8, 4), new Grid(5, 2)] as const;
        const [chrome, pane, overlay] = grids;
        let outer = outerTerminal(20, 7);
        const compositor = new Compositor({ cols: 20, rows: 7, depth: "truecolor", links: false, cleared });
        if (cleared) outer.parseNow(Buffer.from("\x1b[m\x1b[2J"));
        for (const { edits, places, size } of frames) {
          for (const { grid, x, y, cells } of edits) {
            const target = grids[grid] ?? chrome;
            for (const [index, cell] of cells.entries()) putCell(target, (x + index) % target.cols, y % target.rows, cell);
          }
          if (size) {
            compositor.resize(size.cols, size.rows);
            outer = outerTerminal(size.cols, size.rows);
          }
          const layers = [layerAt(chrome, 0, 0), layerAt(pane, places[0].x, places[0].y), layerAt(overlay, places[1].x, places[1].y)];
          const bytes = compositor.frame(layers, null);
          expect(textOf(bytes)).toMatch(COMPOSITOR_WRITES);
          outer.parseNow(Buffer.from(bytes));
          expect(seenOnTerminal(outer)).toEqual(seenInGrid(target(layers, compositor)));
        }
      }),
      { numRuns: Number(process.env["FUZZ_RUNS"] ?? 200) },
    );
  });
});

/** The layers put over each other, cell by cell, without any of the compositor's means. */
function target(layers: readonly Layer[], { cols, rows }: Compositor): Grid {
  const all = new Grid(cols, rows);
  for (const { grid, x, y } of layers) {
    for (let row = 0; row < grid.rows; row++) {
      for (let column = 0; column < grid.cols; column++) {
        if (x + column < 0 || x + column >= cols || y + row < 0 || y + row >= rows) continue;
        const at = (row * grid.cols + column) * 3;
        all.set(
          x + column,
          y + row,
          grid.words[at] ?? 0,
          grid.words[at + 1] ?? 0,
          grid.words[at + 2] ?? 0,
          grid.extra(row * grid.cols + column),
        );
      }
    }
  }
  return all;
}
