/**
 * Writes runs of ordinary characters into the emulator's cells. xterm.js 6 looks up the width and the joining of each character,
 * and the pen and the modes again for each; most text is characters of one column that join nothing, of which a whole run is known
 * to be so after a look at a table. Whatever is not goes through xterm.js's own `print`, in the same order.
 */
import { CELL_WORDS, Content } from "../protocol/cells.ts";
import type { InnerBuffer, InnerCore, InnerLine } from "./xterm-inner.ts";

/** Width and joining of code points, as xterm.js asks for them: `(kind << 3) | (width << 1) | joins`. */
interface Tables {
  charProperties(codePoint: number, preceding: number): number;
}

const NARROW = 1 << Content.widthShift;
const HAS_EXTENDED = 0x10000000;
/** What precedes after a character of one column that is nothing special. */
const PLAIN = 1 << 1;

/** How Unicode breaks text into clusters; the four low bits of a character's kind (@xterm/addon-unicode-graphemes 0.4.0). */
const Break = { other: 0, prepend: 1, zwj: 10, pictograph: 11 } as const;

/** What a character is to a run. */
const Class = { unknown: 0, plain: 1, pictograph: 2, special: 3 } as const;

export class FastPrint {
  readonly #core: InnerCore;
  readonly #tables: Tables;
  readonly #slow: (data: Uint32Array, start: number, end: number) => void;

  constructor(core: InnerCore, tables: Tables) {
    const handler = core._inputHandler;
    this.#core = core;
    this.#tables = tables;
    this.#slow = handler.print.bind(handler);
    handler._parser.setPrintHandler((data, start, end) => this.#print(data, start, end));
  }

  /** `data`: code points, of which those from `start` to before `end` are printed; none is a control character. */
  #print(data: Uint32Array, start: number, end: number): void {
    const { _charsetService, coreService, _inputHandler: handler } = this.#core;
    const usual = _charsetService.charset === undefined && !coreService.modes.insertMode && coreService.decPrivateModes.wraparound;
    if (!usual || start >= end) return this.#slow(data, start, end);
    const buffer = handler._activeBuffer;
    const parser = handler._parser;
    this.#freeLeft(buffer);
    for (let at = start; at < end; ) {
      const from = at;
      if (mayFollow(this.#classOf(data[at] ?? 0), parser.precedingJoinState)) {
        at = this.#run(buffer, data, at, end);
        const last = data[at - 1] ?? 0;
        parser.precedingJoinState = last < 0x7f ? PLAIN : this.#tables.charProperties(last, PLAIN);
      } else {
        // At least one, and then until a run may begin.
        do at++;
        while (at < end && this.#classOf(data[at] ?? 0) === Class.special);
        this.#slow(data, from, at);
      }
    }
    this.#freeRight(buffer);
  }

  /** Prints characters that need no look at what precedes them; answers where the first stands that does, or the end. */
  #run(buffer: InnerBuffer, data: Uint32Array, start: number, end: number): number {
    const { cols } = this.#core._bufferService;
    const { fg, bg, extended } = this.#core._inputHandler._curAttrData;
    let at = start;
    while (at < end) {
      if (buffer.x >= cols) this.#wrap(buffer);
      const line = lineOf(buffer);
      const words = line._data;
      const stop = Math.min(end, at + cols - buffer.x);
      const first = at;
      let word = buffer.x * CELL_WORDS;
      for (; at < stop; at++, word += CELL_WORDS) {
        const code = data[at] as number;
        if (code > 0x7e && at > start && this.#classOf(code) !== Class.plain) break;
        words[word] = code | NARROW;
        words[word + 1] = fg;
        words[word + 2] = bg;
      }
      if ((bg & HAS_EXTENDED) !== 0) for (let x = buffer.x; x < buffer.x + at - first; x++) line._extendedAttrs[x] = extended;
      buffer.x += at - first;
      if (at < end && this.#classOf(data[at] ?? 0) !== Class.plain) break;
    }
    return at;
  }

  /** To the beginning of the next row. */
  #wrap(buffer: InnerBuffer): void {
    const { _bufferService: service, _inputHandler: handler } = this.#core;
    buffer.x = 0;
    buffer.y++;
    if (buffer.y === buffer.scrollBottom + 1) {
      buffer.y--;
      service.scroll(handler._eraseAttrData(), true);
    } else {
      if (buffer.y >= service.rows) buffer.y = service.rows - 1;
      lineOf(buffer).isWrapped = true;
    }
  }

  /** The second half of a wide character is written over: its first half goes. */
  #freeLeft(buffer: InnerBuffer): void {
    if (buffer.x === 0) return;
    const line = lineOf(buffer);
    if ((line._data[(buffer.x - 1) * CELL_WORDS] ?? 0) >>> Content.widthShift === 2) this.#blank(line, buffer.x - 1);
  }

  /** The first half of a wide character was written over: its second half goes. */
  #freeRight(buffer: InnerBuffer): void {
    if (buffer.x >= this.#core._bufferService.cols) return;
    const line = lineOf(buffer);
    const content = line._data[buffer.x * CELL_WORDS] ?? 0;
    if (content >>> Content.widthShift === 0 && (content & (Content.codePoint | Content.combined)) === 0) this.#blank(line, buffer.x);
  }

  #blank(line: InnerLine, x: number): void {
    line.setCellFromCodepoint(x, 0, 1, this.#core._inputHandler._curAttrData);
  }

  #classOf(code: number): number {
    if (code < 0x7f) return Class.plain;
    const known = CLASSES[code];
    if (known === Class.unknown) return (CLASSES[code] = describe(this.#tables.charProperties(code, 0)));
    return known ?? Class.special;
  }
}

/** By code point, of the first plane; filled as they are printed. */
const CLASSES = new Uint8Array(0x10000);

function describe(properties: number): number {
  const width = (properties >> 1) & 3;
  const kind = breakOf(properties);
  if (width !== 1) return Class.special;
  return kind === Break.other ? Class.plain : kind === Break.pictograph ? Class.pictograph : Class.special;
}

/** Whether a character of this class cannot join what precedes it. */
function mayFollow(kind: number, preceding: number): boolean {
  const before = breakOf(preceding);
  if (kind === Class.plain) return before !== Break.prepend;
  return kind === Class.pictograph && before !== Break.prepend && before !== Break.zwj;
}

function breakOf(properties: number): number {
  return (properties >> 3) & 15;
}

function lineOf({ lines, ybase, y }: InnerBuffer): InnerLine {
  return lines.get(ybase + y) as InnerLine;
}
