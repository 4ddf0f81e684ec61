/** Reads a line of the emulator into cells whose equal looks are equal words, at a pane's width. */
import { BLANK, Bg, CELL_WORDS, cleanBg, cleanFg, Content, type Extra, hasExtra, NO_EXTRA, sameExtra, widthOf } from "../protocol/cells.ts";
import type { RawLine } from "./xterm.ts";

export class RowReader {
  /** The row that was read last: three words a cell. */
  readonly words: Uint32Array;
  /** What stands beside its words, by column. */
  readonly extras = new Map<number, Extra>();
  /** The line's words say all there is about it. */
  plain = true;

  constructor(cols: number) {
    this.words = new Uint32Array(cols * CELL_WORDS);
  }

  /** Blank for a line that is not there or shorter than the row. */
  read(line: RawLine | null): void {
    const row = this.words;
    this.extras.clear();
    this.plain = true;
    const source = line?.words ?? row;
    const available = line ? Math.min(source.length, row.length) : 0;
    for (let at = 0; at < available; at += CELL_WORDS) {
      const content = source[at] ?? 0;
      const bg = source[at + 2] ?? 0;
      row[at] = cleanContent(content);
      row[at + 1] = cleanFg(source[at + 1] ?? 0);
      row[at + 2] = cleanBg(bg);
      if (line && hasExtra(content, bg)) this.#readExtra(line, at);
    }
    for (let at = available; at < row.length; at += CELL_WORDS) {
      row[at] = BLANK;
      row[at + 1] = row[at + 2] = 0;
    }
    this.#cutWide();
  }

  isBlank(x: number): boolean {
    const at = x * CELL_WORDS;
    return this.words[at] === BLANK && this.words[at + 1] === 0 && this.words[at + 2] === 0;
  }

  #readExtra(line: RawLine, at: number): void {
    this.plain = false;
    const extra = line.extra(at / CELL_WORDS);
    if (sameExtra(extra, NO_EXTRA)) return;
    this.extras.set(at / CELL_WORDS, extra);
    if (extra.underline !== 0 || extra.underlineColor !== 0 || extra.link !== "")
      this.words[at + 2] = ((this.words[at + 2] ?? 0) | Bg.extended) >>> 0;
  }

  /** A wide character that the row's end cuts is a blank with its look. */
  #cutWide(): void {
    const at = this.words.length - CELL_WORDS;
    if (at < 0 || widthOf(this.words[at] ?? BLANK) !== 2) return;
    this.words[at] = BLANK;
    const extra = this.extras.get(at / CELL_WORDS);
    if (extra) this.extras.set(at / CELL_WORDS, { ...extra, text: "" });
  }
}

/** Never-written cells are blanks, a combined cell's code point bits hold nothing, and content takes a column at least. */
function cleanContent(content: number): number {
  if (content === 0) return 0;
  const width = widthOf(content);
  if ((content & Content.combined) !== 0) return Content.combined | (Math.max(1, width) << Content.widthShift);
  const codePoint = content & Content.codePoint;
  if (codePoint === 0) return BLANK;
  return codePoint | (Math.max(1, width) << Content.widthShift);
}
