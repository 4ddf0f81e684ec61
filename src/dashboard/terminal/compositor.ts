/**
 * Layers of cells in, what to write to the person's terminal out (UTF-8): the cells that differ from what it shows, and nothing else.
 * Pure: it reads no clock and writes nowhere.
 *
 * What it writes: CUP, CUF, SGR, text, OSC 8 links if wanted, cursor visibility and style, all in one DEC 2026 bracket. It
 * expects that automatic wrap is off (outer.ts), so that no character can scroll the screen.
 */
import { Bg, BLANK, CELL_WORDS, Content, hasExtra, sameExtra, widthOf } from "../../protocol/cells.ts";
import type { ColorDepth } from "../../protocol/colors.ts";
import { cup, FrameBytes } from "./frame-bytes.ts";
import { type Glyph, glyphOf } from "./glyphs.ts";
import { Grid } from "./grid.ts";
import { type CursorPlace, type Layer, sameLayer } from "./layers.ts";
import { Pen } from "./pen.ts";

export interface CompositorOptions {
  readonly cols: number;
  readonly rows: number;
  readonly depth: ColorDepth;
  /** Pass OSC 8 links on, those of programs too (http, https, ftp, mailto, file). */
  readonly links: boolean;
  /** The terminal is cleared before the first frame, without a cursor and in its default look: blanks are there already. */
  readonly cleared?: boolean;
}

/** Unchanged cells that are written again rather than skipped: a CUF costs four bytes or more. */
const MAX_REWRITTEN = 4;
/** The content word of a cell with the first and the last printable character of ASCII. */
const FIRST_ASCII = BLANK;
const LAST_ASCII = BLANK - 0x20 + 0x7e;
const SECOND_HALF = 0;
const NOTHING = Buffer.alloc(0);

export class Compositor {
  readonly #pen: Pen;
  /** What the terminal shows, and what it shall show. */
  readonly #front: Grid;
  readonly #next: Grid;
  #layers: readonly Layer[] = [];
  /** The terminal's content is not known: every cell is written. */
  #unknown: boolean;
  /** Rows to be composed for another reason than that their cells changed. */
  #dirty: Uint8Array;
  // Where the terminal's cursor is; -1 when a character may have moved it anywhere in its row.
  #x = -1;
  #y = -1;
  /** The last cell written was a wide one that is followed by more of its kind. */
  #inWideRun = false;
  #cursor: CursorPlace | null = null;
  #cursorStyle = 0;
  readonly #out = new FrameBytes();

  constructor(options: CompositorOptions) {
    this.#pen = new Pen(options);
    this.#front = new Grid(options.cols, options.rows);
    this.#next = new Grid(options.cols, options.rows);
    this.#dirty = new Uint8Array(options.rows).fill(1);
    this.#unknown = options.cleared !== true;
  }

  get cols(): number {
    return this.#next.cols;
  }

  get rows(): number {
    return this.#next.rows;
  }

  /** The terminal has a new size; the next frame draws everything. */
  resize(cols: number, rows: number): void {
    this.#front.resize(cols, rows);
    this.#next.resize(cols, rows);
    this.#dirty = new Uint8Array(rows);
    this.redraw();
  }

  /** The terminal shows more or fewer colours than was thought; the next frame draws everything. */
  setDepth(depth: ColorDepth): void {
    if (this.#pen.setDepth(depth)) this.redraw();
  }

  /** Something else wrote to the terminal: the next frame draws everything. */
  redraw(): void {
    this.#unknown = true;
    this.#dirty.fill(1);
  }

  /** What to write so that the terminal shows these layers; nothing when it does already. The layers' changes are settled. */
  frame(layers: readonly Layer[], cursor: CursorPlace | null): Buffer {
    this.#note(layers);
    if (this.#unknown) {
      this.#out.text(this.#pen.reset());
      this.#x = -1;
    }
    for (let y = 0; y < this.rows; y++) {
      if (this.#dirty[y] === 0) continue;
      this.#compose(y);
      this.#repair(y);
      this.#paint(y);
    }
    this.#dirty.fill(0);
    this.#out.text(this.#pen.closeLink());
    return this.#finish(cursor);
  }

  /** Finds the rows that these layers change. */
  #note(layers: readonly Layer[]): void {
    const most = Math.max(this.#layers.length, layers.length);
    for (let index = 0; index < most; index++) {
      const before = this.#layers[index];
      const after = layers[index];
      if (before && after && sameLayer(before, after)) continue;
      if (before) this.#touch(before, () => true);
      if (after) this.#touch(after, () => true);
    }
    this.#layers = layers;
    for (const layer of layers) if (layer.grid.changed) this.#touch(layer, (row) => layer.grid.rowChanged(layer.fromY + row));
    for (const { grid } of layers) grid.settle();
  }

  #touch({ y, height }: Layer, changed: (row: number) => boolean): void {
    const end = Math.min(height, this.rows - y);
    for (let row = Math.max(0, -y); row < end; row++) if (changed(row)) this.#dirty[y + row] = 1;
  }

  #compose(y: number): void {
    this.#next.blank(0, y, this.cols);
    for (const { grid, fromX, fromY, x, y: top, width, height } of this.#layers) {
      const row = fromY + y - top;
      if (y < top || y >= top + height || row < 0 || row >= grid.rows) continue;
      const skip = Math.max(0, -x, -fromX);
      const count = Math.min(width - skip, this.cols - x - skip, grid.cols - fromX - skip);
      if (count > 0) this.#next.copy(grid, fromX + skip, row, x + skip, y, count);
    }
  }

  /** Wide characters that a layer's edge cuts become blanks; the second half of a whole one has no look of its own. */
  #repair(y: number): void {
    const { words, cols } = this.#next;
    const start = y * cols;
    for (let x = 0; x < cols; x++) {
      const at = (start + x) * CELL_WORDS;
      const width = widthOf(words[at] ?? BLANK);
      if (width === 1) continue;
      const next = at + CELL_WORDS;
      if (width === 2 && x + 1 < cols && (words[next] ?? BLANK) === SECOND_HALF) {
        words[next + 1] = words[next + 2] = 0;
        x++;
      } else {
        this.#next.set(x, y, BLANK, words[at + 1] ?? 0, words[at + 2] ?? 0, this.#next.extra(start + x));
      }
    }
  }

  #paint(y: number): void {
    // Each cell of a first frame comes by here, before anything is compiled: no calls for those that are as they were.
    const { words: next, cols } = this.#next;
    const front = this.#front.words;
    const unknown = this.#unknown;
    /** Cells before this column may be hidden by a glyph that the terminal draws wider than we do. */
    let covered = 0;
    for (let x = 0; x < cols; ) {
      const index = y * cols + x;
      const at = index * CELL_WORDS;
      const content = next[at] ?? BLANK;
      const same = content === front[at] && next[at + 1] === front[at + 1] && next[at + 2] === front[at + 2];
      if (content >= FIRST_ASCII && content <= LAST_ASCII && ((next[at + 2] ?? 0) & Bg.extended) === 0) {
        if (!same || unknown || x < covered) this.#writeAscii(x, y, content);
        x++;
        continue;
      }
      const width = Math.max(1, widthOf(content));
      if (unknown || x < covered || !same || !this.#unchanged(index, width)) {
        const glyph = glyphOf(content, this.#next.extra(index).text);
        this.#write(x, y, glyph, width);
        if (!glyph.trusted) covered = Math.max(covered, x + glyph.reach);
      }
      x += width;
    }
    this.#front.copy(this.#next, 0, y, 0, y, cols);
  }

  /** Whether the rest of a cell, whose words are the same, looks the same. */
  #unchanged(index: number, width: number): boolean {
    const content = this.#next.words[index * CELL_WORDS] ?? BLANK;
    const bg = this.#next.words[index * CELL_WORDS + 2] ?? 0;
    if (hasExtra(content, bg) && !sameExtra(this.#front.extra(index), this.#next.extra(index))) return false;
    return width === 1 || this.#front.sameCell(index + 1, this.#next, index + 1);
  }

  #writeAscii(x: number, y: number, content: number): void {
    if (this.#x !== x || this.#y !== y || this.#inWideRun) this.#moveTo(x, y);
    this.#style(x, y);
    this.#out.ascii(content & Content.codePoint);
    this.#x = x + 1 < this.cols ? x + 1 : -1;
  }

  #write(x: number, y: number, glyph: Glyph, width: number): void {
    const wideRun = glyph.trusted && width === 2;
    const follows = this.#x === x && this.#y === y && glyph.trusted && (!this.#inWideRun || wideRun);
    if (!follows) this.#moveTo(x, y);
    this.#style(x, y);
    if (glyph.trusted) {
      this.#out.text(glyph.text);
      this.#x = x + width;
      this.#inWideRun = wideRun;
    } else {
      this.#writeDoubtful(x, y, glyph, width);
    }
    this.#y = y;
    // In the last column a terminal waits with its cursor on the cell or behind it.
    if (this.#x >= this.cols) this.#x = -1;
  }

  /** Blanks the cell first, where the terminal could leave something of what was there, and does not trust the cursor after. */
  #writeDoubtful(x: number, y: number, glyph: Glyph, width: number): void {
    if (width === 2 || glyph.joinsLeft) this.#out.text(" ".repeat(width) + cup(x, y));
    this.#out.text(glyph.text);
    this.#x = -1;
    if (glyph.joinsLeft && x > 0) this.#rewriteLeft(x, y);
  }

  /** A mark without a base may have gone to the cell on the left: it is written again as it should be. */
  #rewriteLeft(x: number, y: number): void {
    const { words } = this.#next;
    const left = widthOf(words[(y * this.cols + x - 1) * CELL_WORDS] ?? BLANK) === 0 ? x - 2 : x - 1;
    const index = y * this.cols + left;
    const content = words[index * CELL_WORDS] ?? BLANK;
    const glyph = glyphOf(content, this.#next.extra(index).text);
    if (left < 0 || glyph.joinsLeft) return;
    this.#out.text(cup(left, y));
    this.#style(left, y);
    this.#out.text(glyph.text);
  }

  #style(x: number, y: number): void {
    const index = y * this.cols + x;
    const { words } = this.#next;
    this.#out.text(this.#pen.to(words[index * CELL_WORDS + 1] ?? 0, words[index * CELL_WORDS + 2] ?? 0, this.#next.extra(index)));
  }

  #moveTo(x: number, y: number): void {
    const gap = x - this.#x;
    if (this.#y === y && this.#x >= 0 && !this.#inWideRun && gap > 0) {
      this.#out.text(gap <= MAX_REWRITTEN && this.#plainGap(x, y, gap) ? this.#gapText(x, y, gap) : `\x1b[${gap === 1 ? "" : gap}C`);
    } else {
      this.#out.text(cup(x, y));
    }
    this.#x = x;
    this.#y = y;
    this.#inWideRun = false;
  }

  /** Whether the cells before `x` can be written again without another sequence. */
  #plainGap(x: number, y: number, gap: number): boolean {
    const { words } = this.#next;
    for (let index = y * this.cols + x - gap; index < y * this.cols + x; index++) {
      const at = index * CELL_WORDS;
      const content = words[at] ?? 0;
      const ascii = (content & Content.codePoint) < 0x7f && (content & Content.combined) === 0 && widthOf(content) === 1;
      if (!ascii || !this.#pen.isAt(words[at + 1] ?? 0, words[at + 2] ?? 0, this.#next.extra(index))) return false;
    }
    return true;
  }

  #gapText(x: number, y: number, gap: number): string {
    let text = "";
    for (let index = y * this.cols + x - gap; index < y * this.cols + x; index++) {
      text += String.fromCharCode((this.#next.words[index * CELL_WORDS] ?? BLANK) & Content.codePoint);
    }
    return text;
  }

  /** Puts the cursor where it belongs and brackets the frame. */
  #finish(cursor: CursorPlace | null): Buffer {
    const was = this.#cursor;
    const painted = this.#out.length > 0;
    const moved = cursor !== null && (painted || was === null || was.x !== cursor.x || was.y !== cursor.y);
    let tail = "";
    if (moved) {
      tail += cup(cursor.x, cursor.y);
      this.#x = cursor.x;
      this.#y = cursor.y;
      this.#inWideRun = false;
    }
    if (cursor && (cursor.style !== this.#cursorStyle || this.#unknown)) {
      tail += `\x1b[${cursor.style} q`;
      this.#cursorStyle = cursor.style;
    }
    const shown = was !== null && !this.#unknown;
    const hide = (painted && shown) || (cursor === null && (shown || this.#unknown)) ? "\x1b[?25l" : "";
    if (cursor && (hide !== "" || !shown)) tail += "\x1b[?25h";
    this.#cursor = cursor;
    this.#unknown = false;
    if (!painted) return hide + tail === "" ? NOTHING : this.#out.take(hide, tail);
    return this.#out.take(`\x1b[?2026h${hide}`, `${tail}\x1b[?2026l`);
  }
}
