/**
 * The one place that knows @xterm/headless: its construction, and the few inner parts that its public interface does not
 * offer (parsing at once, raw cell words, extended attributes, link targets). They were read in the sources of 6.0.0;
 * package.json pins that version, and test/screen/xterm.test.ts fails when a new one no longer has them.
 */
import graphemes from "@xterm/addon-unicode-graphemes";
import headless, { type IUnicodeVersionProvider, type Terminal } from "@xterm/headless";
import { cleanColor, type Extra, NO_EXTRA } from "../protocol/cells.ts";
import type { PaneModes } from "../protocol/messages.ts";
import { resizeAroundCursor } from "./cursor-place.ts";
import { FastPrint } from "./fast-print.ts";
import type { HistoryRow } from "./history-row.ts";
import { Links } from "./links.ts";
import type { InnerCore, InnerLine } from "./xterm-inner.ts";
import { LiveRows } from "./xterm-live.ts";

export type { Terminal };

export interface EmulatorOptions {
  readonly cols: number;
  readonly rows: number;
  /** Lines kept above the screen. */
  readonly scrollback: number;
}

/** Width and joining of code points, as xterm.js asks for them: `(kind << 3) | (width << 1) | joins`. */
export interface Clusters {
  charProperties(codePoint: number, preceding: number): number;
}

/** A line of the emulator: three words a cell, and what does not fit into them. */
export interface RawLine {
  readonly words: Uint32Array;
  readonly wrapped: boolean;
  extra(x: number): Extra;
}

export interface Emulator {
  readonly terminal: Terminal;
  /**
   * Parses at once; false when this version cannot, then `terminal.write` has to do. Should the emulator throw, the rest of
   * the bytes is lost and it goes on with the next.
   */
  parseNow(bytes: Uint8Array): boolean;
  /** Lines count from the oldest of those that the emulator has. */
  line(index: number): RawLine | null;
  /** A row that was one of its lines. */
  past(row: HistoryRow): RawLine;
  readonly live: LiveRows;
  /** The screen that keeps no lines is up. */
  readonly alternate: boolean;
  /** Rows above the screen that is up. */
  readonly above: number;
  /** From the screen's upper left, from 0; behind the last column when that was just written. */
  readonly cursorX: number;
  readonly cursorY: number;
  readonly cursorHidden: boolean;
  readonly mouseEncoding: PaneModes["mouseEncoding"];
  /** DECSCUSR value, 0 when the program set none. */
  readonly cursorStyle: number;
  /** The cursor's place as programs are told it: from 1, and in origin mode from the scroll region's first row. */
  readonly reportedCursor: { readonly x: number; readonly y: number };
  /** First and last row of the scroll region, from 0. */
  readonly scrollRegion: { readonly top: number; readonly bottom: number };
  /** How the next character will look. */
  readonly pen: { readonly fg: number; readonly bg: number; readonly extra: Extra };
}

/** A new emulator that counts widths by grapheme clusters (the table of 2010 it starts with makes every emoji one cell). */
export function createEmulator(options: EmulatorOptions): Emulator {
  const terminal = new headless.Terminal({
    ...options,
    allowProposedApi: true,
    // Else a question that stands in front of the cursor would lose what does not fit into a narrower pane.
    reflowCursorLine: true,
    // Bad bytes would be dumped to the console, which is the user's screen or the engine's log.
    logLevel: "off",
    // Without these even a handler registered for `CSI t` is skipped.
    windowOptions: {
      getWinState: true,
      getWinPosition: true,
      getWinSizePixels: true,
      getScreenSizePixels: true,
      getCellSizePixels: true,
      getWinSizeChars: true,
      getScreenSizeChars: true,
    },
  });
  terminal.unicode.register(clusters);
  terminal.unicode.activeVersion = clusters.version;
  return new HeadlessEmulator(terminal);
}

/** The grapheme tables, shared by all emulators: the provider holds no state. */
export const clusters: Clusters & IUnicodeVersionProvider = captureProvider();

function captureProvider(): Clusters & IUnicodeVersionProvider {
  let captured: IUnicodeVersionProvider | undefined;
  const unicode = {
    versions: [],
    activeVersion: "6",
    register: (provider: IUnicodeVersionProvider) => {
      if (provider.version.endsWith("graphemes")) captured = provider;
    },
  };
  const addon = new graphemes.UnicodeGraphemesAddon();
  (addon.activate as (terminal: unknown) => void).call(addon, { unicode });
  if (!captured) throw new Error("@xterm/addon-unicode-graphemes registers no grapheme tables any more: pin 0.4.0");
  return captured as Clusters & IUnicodeVersionProvider;
}

/** SGR 59 stores -1, which reads as this: no colour of its own. */
const UNDERLINE_COLOR_UNSET = 0x3ffffff;

class HeadlessEmulator implements Emulator {
  readonly terminal: Terminal;
  readonly live: LiveRows;
  readonly #core: InnerCore;
  readonly #links: Links;

  constructor(terminal: Terminal) {
    this.terminal = terminal;
    this.#core = (terminal as unknown as { readonly _core: InnerCore })._core;
    const resize = terminal.resize.bind(terminal);
    terminal.resize = (cols, rows) => resizeAroundCursor(this.#core._bufferService.buffers.normal, () => resize(cols, rows));
    new FastPrint(this.#core, clusters);
    this.#links = new Links(terminal, this.#core);
    this.live = new LiveRows(terminal, this.#core);
    terminal.parser.registerCsiHandler({ final: "J" }, ([what]) => this.#eraseAbove(what, false));
    terminal.parser.registerCsiHandler({ prefix: "?", final: "J" }, ([what]) => this.#eraseAbove(what, true));
  }

  parseNow(bytes: Uint8Array): boolean {
    const buffer = this.#core._writeBuffer;
    if (!buffer?.writeSync) return false;
    try {
      buffer.writeSync(bytes);
    } catch {
      // Without this the buffer would take every later write for one from within this one, and parse nothing any more.
      buffer._isSyncWriting = false;
      buffer._syncCalls = 0;
      this.#core._inputHandler._parser.reset();
    }
    return true;
  }

  line(index: number): RawLine | null {
    const inner = this.#core.buffer.lines.get(index);
    if (!inner) return null;
    // The array behind a line may be longer than the line: it is cut to size only now and then.
    const words = inner._data.subarray(0, inner.length * 3);
    return { words, wrapped: inner.isWrapped, extra: (x) => this.#extra(inner, x) };
  }

  past({ words, wrapped, texts, looks }: HistoryRow): RawLine {
    const extra = (x: number): Extra => {
      const look = looks.get(x);
      return this.#extraOf(texts.get(x) ?? "", look?.ext ?? 0, look?.link ?? 0);
    };
    return { words, wrapped, extra };
  }

  // These are asked for with every change and every row: the public interface makes a view of the buffer for each answer.
  get alternate(): boolean {
    const { active, normal } = this.#core._bufferService.buffers;
    return active !== normal;
  }

  get above(): number {
    return this.#core.buffer.ybase;
  }

  get cursorX(): number {
    return this.#core.buffer.x;
  }

  get cursorY(): number {
    return this.#core.buffer.y;
  }

  get cursorHidden(): boolean {
    return this.#core.coreService.isCursorHidden;
  }

  get mouseEncoding(): PaneModes["mouseEncoding"] {
    const { activeEncoding } = this.#core.coreMouseService;
    return activeEncoding === "SGR" ? "sgr" : activeEncoding === "SGR_PIXELS" ? "sgr-pixels" : "default";
  }

  get cursorStyle(): number {
    const { cursorStyle, cursorBlink } = this.#core.coreService.decPrivateModes;
    if (!cursorStyle) return 0;
    const steady = { block: 2, underline: 4, bar: 6 }[cursorStyle];
    return cursorBlink ? steady - 1 : steady;
  }

  /**
   * `CSI 1 J` in the last column: the line below does not continue this one any more. xterm.js 6 says so of a line far above it, by the
   * place on the screen, and throws where there is none below. There everything is erased, as by `CSI 2 J`.
   */
  #eraseAbove(what: number | number[] | undefined, respectProtect: boolean): boolean {
    const { cursorX, cursorY, above } = this;
    if (what !== 1 || cursorX < this.terminal.cols - 1) return false;
    const erase = (part: number) => this.#core._inputHandler.eraseInDisplay({ params: [part], length: 1 }, respectProtect);
    if (cursorY >= this.terminal.rows - 1) return erase(2);
    const { lines } = this.#core.buffer;
    const mistaken = lines.get(cursorY + 1);
    const wrapped = mistaken?.isWrapped ?? false;
    erase(1);
    if (mistaken) mistaken.isWrapped = wrapped;
    const below = lines.get(above + cursorY + 1);
    if (below) below.isWrapped = false;
    return true;
  }

  /** xterm.js 6 itself forgets the origin mode, and counts a column too many where the next character will wrap. */
  get reportedCursor(): Emulator["reportedCursor"] {
    const { modes, cols } = this.terminal;
    const { cursorX, cursorY } = this;
    const top = modes.originMode ? this.#core.buffer.scrollTop : 0;
    return { x: Math.min(cursorX, cols - 1) + 1, y: cursorY - top + 1 };
  }

  get scrollRegion(): Emulator["scrollRegion"] {
    const { scrollTop, scrollBottom } = this.#core.buffer;
    return { top: scrollTop, bottom: scrollBottom };
  }

  get pen(): Emulator["pen"] {
    const { fg, bg, extended } = this.#core._inputHandler._curAttrData;
    const own = (bg & 0x10000000) !== 0;
    return { fg, bg, extra: own ? this.#extraOf("", extended._ext ?? extended.ext, extended.urlId) : NO_EXTRA };
  }

  #extra(line: InnerLine, x: number): Extra {
    const content = line._data[x * 3] ?? 0;
    const bg = line._data[x * 3 + 2] ?? 0;
    const text = (content & 0x200000) !== 0 ? (line._combined[x] ?? "") : "";
    const attributes = (bg & 0x10000000) !== 0 ? line._extendedAttrs[x] : undefined;
    return this.#extraOf(text, attributes?._ext ?? attributes?.ext ?? 0, attributes?.urlId ?? 0);
  }

  /** `ext`: bits 0–25 underline colour, 26–28 underline style. */
  #extraOf(text: string, ext: number, linkId: number): Extra {
    if (ext === 0 && linkId === 0) return text === "" ? NO_EXTRA : { ...NO_EXTRA, text };
    const style = (ext >>> 26) & 7;
    const color = ext & UNDERLINE_COLOR_UNSET;
    const link = this.#links.target(linkId);
    return {
      text,
      underline: style > 1 ? style : 0,
      underlineColor: color === UNDERLINE_COLOR_UNSET ? 0 : cleanColor(color),
      link,
      linkId: link === "" ? 0 : linkId,
    };
  }
}
