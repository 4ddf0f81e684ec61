/**
 * A plain @xterm/headless with the graphemes addon, as anybody would build it, and what a person would see in its cells. It is
 * the judge of the conformance tests: as the reference that is fed with a program's bytes, and as the person's terminal. It
 * shares no code with the product, but for the cursor's place in a line that a resize has cut anew: xterm.js leaves that wrong,
 * and test/screen/xterm.test.ts holds what is right.
 */
import { UnicodeGraphemesAddon } from "@xterm/addon-unicode-graphemes";
import headless from "@xterm/headless";
import { resizeAroundCursor } from "../../src/screen/cursor-place.ts";
import type { InnerBuffer } from "../../src/screen/xterm-inner.ts";

/** A cell as it looks. The second half of a wide character is null. */
export interface SeenCell {
  readonly text: string;
  readonly width: number;
  /** "default", "16:n", "256:n" or "#rrggbb". */
  readonly fg: string;
  readonly bg: string;
  /** bold, dim, italic, blink, inverse, invisible, strike, overline. */
  readonly looks: string;
  /** 0 none, 1 single, 2 double, 3 curly, 4 dotted, 5 dashed; and the underline's own colour, 0 for none. */
  readonly underline: string;
  readonly link: string;
}

type Terminal = InstanceType<typeof headless.Terminal>;

/** The inner parts that the public interface does not offer. */
interface Inner {
  readonly _core: {
    readonly _writeBuffer: { writeSync(bytes: Uint8Array): void };
    readonly _inputHandler: { eraseInDisplay(params: { params: readonly number[]; length: number }, protect: boolean): boolean };
    readonly unicodeService: { getStringCellWidth(text: string): number };
    readonly _oscLinkService: { getLinkData(id: number): { readonly uri: string } | undefined };
    readonly _bufferService: { readonly buffers: { readonly normal: InnerBuffer } };
    readonly buffer: {
      readonly lines: {
        get(y: number):
          | {
              readonly _data: Uint32Array;
              readonly _extendedAttrs: Readonly<
                Record<number, { readonly _ext: number; readonly underlineColor: number; readonly urlId: number } | undefined>
              >;
            }
          | undefined;
      };
    };
  };
}

/**
 * The target of a link that the reference has lost: xterm.js 6.0.0 ties a link to the lines that show it, and forgets an open
 * link's target when the last of them is scrolled or erased away, though text that is written next still belongs to it.
 */
export const FORGOTTEN = "forgotten";

/**
 * The text of a cell that no terminal can show: xterm.js 6.0.0 puts a character of two columns into a cell of one, or the other
 * way round, where a mark is joined to a character after a resize or a jump of the cursor.
 */
export const IMPOSSIBLE = "impossible";

const UNDERLINE = 0x10000000;
const EXTENDED = 0x10000000;
/** SGR 59 stores -1, which reads as this. */
const NO_COLOR = 0x3ffffff;

export class PlainTerminal {
  readonly terminal: Terminal;
  /** What it answers to its program. */
  replies = "";

  constructor(cols: number, rows: number, scrollback = 1000) {
    this.terminal = new headless.Terminal({ cols, rows, scrollback, allowProposedApi: true, reflowCursorLine: true, logLevel: "off" });
    this.terminal.loadAddon(new UnicodeGraphemesAddon());
    this.terminal.onData((reply) => {
      this.replies += reply;
    });
    this.#mend();
  }

  resize(cols: number, rows: number): void {
    const { normal } = (this.terminal as unknown as Inner)._core._bufferService.buffers;
    resizeAroundCursor(normal, () => this.terminal.resize(cols, rows));
  }

  get #core(): Inner["_core"] {
    return (this.terminal as unknown as Inner)._core;
  }

  /** Parses at once. To be cut between characters: xterm.js 6.0.0 loses some that are cut (any with a byte 0x80 before the cut). */
  write(bytes: Uint8Array): void {
    this.#core._writeBuffer.writeSync(bytes);
  }

  get cursor(): { readonly x: number; readonly y: number } {
    const { cursorX, cursorY } = this.terminal.buffer.active;
    return { x: Math.min(cursorX, this.terminal.cols - 1), y: cursorY };
  }

  /** A part of the screen, or with negative rows of what is above it; all of the screen without one. */
  cells(rect = { x: 0, y: 0, width: this.terminal.cols, height: this.terminal.rows }): (SeenCell | null)[][] {
    return Array.from({ length: rect.height }, (_, y) => this.#row(rect.y + y).slice(rect.x, rect.x + rect.width));
  }

  /** The screen as text, for failures. */
  text(): string {
    return this.cells()
      .map((row) => row.map((cell) => cell?.text ?? "").join(""))
      .join("\n");
  }

  /**
   * Where the reference is wrong: `CSI 1 J` in the last cell of the screen throws ("Cannot set properties of undefined (setting
   * 'isWrapped')", InputHandler.eraseInDisplay), and the rest of the bytes is lost. It means what `CSI 2 J` means.
   */
  #mend(): void {
    const erase = (what: number | number[] | undefined, protect: boolean): boolean => {
      const { cursorX, cursorY } = this.terminal.buffer.active;
      if (what !== 1 || cursorX < this.terminal.cols - 1 || cursorY < this.terminal.rows - 1) return false;
      return this.#core._inputHandler.eraseInDisplay({ params: [2], length: 1 }, protect);
    };
    this.terminal.parser.registerCsiHandler({ final: "J" }, ([what]) => erase(what, false));
    this.terminal.parser.registerCsiHandler({ prefix: "?", final: "J" }, ([what]) => erase(what, true));
  }

  #row(y: number): (SeenCell | null)[] {
    const { active } = this.terminal.buffer;
    const line = active.getLine(active.baseY + y);
    const row = Array.from({ length: this.terminal.cols }, (_, x) => {
      const cell = line?.getCell(x);
      if (!cell) throw new Error(`no cell ${x}, ${y} in a terminal of ${this.terminal.cols}×${this.terminal.rows}`);
      const looks = [
        ["bold", cell.isBold()],
        ["dim", cell.isDim()],
        ["italic", cell.isItalic()],
        ["blink", cell.isBlink()],
        ["inverse", cell.isInverse()],
        ["invisible", cell.isInvisible()],
        ["strike", cell.isStrikethrough()],
        ["overline", cell.isOverline()],
      ] as const;
      return {
        text: this.#text(cell.getChars(), cell.getWidth()),
        width: cell.getWidth(),
        fg: color(cell.isFgDefault(), cell.isFgRGB(), cell.isFgPalette(), cell.getFgColorMode(), cell.getFgColor()),
        bg: color(cell.isBgDefault(), cell.isBgRGB(), cell.isBgPalette(), cell.getBgColorMode(), cell.getBgColor()),
        looks: looks.flatMap(([name, on]) => (on === 0 ? [] : [name])).join(" "),
        ...this.#extended(active.baseY + y, x),
      };
    });
    return withoutHalves(row);
  }

  #text(text: string, width: number): string {
    const own = this.#core.unicodeService.getStringCellWidth(text);
    return own > 0 && width > 0 && text !== "" && own !== width ? IMPOSSIBLE : text;
  }

  #extended(y: number, x: number): Pick<SeenCell, "underline" | "link"> {
    const line = this.#core.buffer.lines.get(y);
    const underlined = ((line?._data[x * 3 + 1] ?? 0) & UNDERLINE) !== 0;
    const attributes = ((line?._data[x * 3 + 2] ?? 0) & EXTENDED) === 0 ? undefined : line?._extendedAttrs[x];
    const style = attributes ? (attributes._ext >>> 26) & 7 : 0;
    const own = attributes?.underlineColor ?? 0;
    const mode = own & 0x3000000;
    const shade = own === NO_COLOR || mode === 0 ? 0 : mode === 0x3000000 ? own : own & 0x30000ff;
    return {
      underline: underlined ? `${Math.max(1, style)} ${shade}` : "0",
      link: attributes && attributes.urlId !== 0 ? (this.#core._oscLinkService.getLinkData(attributes.urlId)?.uri ?? FORGOTTEN) : "",
    };
  }
}

/** xterm.js leaves bits of an earlier, wider colour above the value of a palette colour. */
function color(isDefault: boolean, isRgb: boolean, isPalette: boolean, mode: number, value: number): string {
  if (isDefault) return "default";
  if (isRgb) return `#${value.toString(16).padStart(6, "0")}`;
  return `${isPalette && mode === 0x1000000 ? 16 : 256}:${value & 0xff}`;
}

/**
 * The second half of a wide character becomes null, and a cell that was never written a blank. xterm.js keeps halves alone in a
 * few corners (writing on a second half with automatic wrap off, say); no terminal can show those, so they count as blanks.
 */
function withoutHalves(row: SeenCell[]): (SeenCell | null)[] {
  return row.map((cell, x) => {
    const second = cell.width === 0 && cell.text === "";
    // What stands in the second half of an impossible character is not asked for either.
    if (second && row[x - 1]?.width === 2) return row[x - 1]?.text === IMPOSSIBLE ? { ...cell, text: IMPOSSIBLE } : null;
    const half = second || (cell.width === 2 && !isSecond(row[x + 1]));
    return half || cell.text === "" ? { ...cell, text: " ", width: 1 } : cell;
  });
}

function isSecond(cell: SeenCell | undefined): boolean {
  return cell?.width === 0 && cell.text === "";
}
