/**
 * A row of the emulator (12 bytes a cell) as a few bytes, and back, cell for cell. A row is
 *
 *   flags   u8, see `Flags`
 *   cells   varint: how many cells the text holds; those after them are empty
 *   text    a byte for a cell of ASCII, 0 for an empty one, UTF-8 for another of one column, or a code of `Code`
 *   looks   for a row that has any: pairs of varints, how many cells and the number of their look (history-styles.ts);
 *           cells after the last pair have the default look
 *
 * Varints are LEB128.
 */
import { CELL_WORDS, Content } from "../protocol/cells.ts";
import type { ExtendedLook, Styles } from "./history-styles.ts";
import { type PackedBytes, PackedReader, putCodePoint, VARINT_BYTES } from "./packed-bytes.ts";
import type { InnerLine } from "./xterm-inner.ts";

export const Flags = {
  /** The row continues the one above it. */
  wrapped: 1,
  /** Each byte of the text is a cell. */
  bytes: 2,
  /** Some characters are wide. */
  wide: 4,
  looks: 8,
} as const;

/** What stands before a cell that is no single character of one column. */
export const Code = {
  empty: 0,
  /** A character in UTF-8 and the second half of it, which holds nothing. */
  wide: 1,
  /** A cluster of one column: varint of its bytes, UTF-8. */
  cluster: 2,
  /** The same of two columns, and the second half. */
  wideCluster: 3,
  /** The content word as it is, little endian; a combined one is followed by varint and UTF-8. */
  raw: 4,
} as const;

/** The content word of an empty cell. */
export const EMPTY = 1 << Content.widthShift;
const FIRST_ASCII = EMPTY | 0x20;
const LAST_ASCII = EMPTY | 0x7e;
const WIDE = 2 << Content.widthShift;
const HAS_EXTENDED = 0x10000000;
/** The most that a cell takes: its content as it is, and a look of its own. */
const CELL_BYTES = 5 + 2 * VARINT_BYTES;

/** Adds the row to the bytes. */
export function packRow(line: InnerLine, styles: Styles, out: PackedBytes): void {
  const data = line._data;
  const end = styledEnd(data, line.length * CELL_WORDS);
  let textEnd = end;
  while (textEnd > 0 && data[textEnd - 3] === EMPTY) textEnd -= CELL_WORDS;
  // The most that the row may take but for the text of clusters, which makes its own room.
  out.reserve(1 + VARINT_BYTES + (end / CELL_WORDS) * CELL_BYTES);
  const start = out.at++;
  out.varint(textEnd / CELL_WORDS);
  const bytes = out.bytes;
  let to = out.at;
  let at = 0;
  // Plain text in the default look, which most rows are, all of them or their beginning.
  for (; at < textEnd; at += CELL_WORDS) {
    const content = data[at] ?? 0;
    if (content < FIRST_ASCII || content > LAST_ASCII || ((data[at + 1] ?? 0) | (data[at + 2] ?? 0)) !== 0) break;
    bytes[to++] = content & 0x7f;
  }
  out.at = to;
  let flags: number = Flags.bytes;
  if (at < textEnd) flags = packText(line, at / CELL_WORDS, textEnd / CELL_WORDS, out);
  if (at < end && packLooks(line, at / CELL_WORDS, end / CELL_WORDS, styles, out)) flags |= Flags.looks;
  out.bytes[start] = flags | (line.isWrapped ? Flags.wrapped : 0);
}

/** The word after the last cell that is not empty in the default look. Most of the time for a short row goes by here. */
function styledEnd(data: Uint32Array, length: number): number {
  let at = length - CELL_WORDS;
  for (; at >= 0; at -= CELL_WORDS) if (data[at] !== EMPTY || ((data[at + 1] ?? 0) | (data[at + 2] ?? 0)) !== 0) break;
  return at + CELL_WORDS;
}

/** Packs the cells' characters and answers the row's flags. */
function packText(line: InnerLine, from: number, end: number, out: PackedBytes): number {
  const data = line._data;
  let { bytes } = out;
  let to = out.at;
  let flags: number = Flags.bytes;
  for (let x = from; x < end; x++) {
    const content = data[x * CELL_WORDS] ?? 0;
    if (content >= FIRST_ASCII && content <= LAST_ASCII) {
      bytes[to++] = content & 0x7f;
    } else if (content === EMPTY) {
      bytes[to++] = Code.empty;
    } else if (isCharacter(content ^ EMPTY)) {
      flags &= ~Flags.bytes;
      to = putCodePoint(bytes, to, content ^ EMPTY);
    } else if (isCharacter(content ^ WIDE) && x + 1 < end && data[(x + 1) * CELL_WORDS] === 0) {
      flags = (flags & ~Flags.bytes) | Flags.wide;
      bytes[to++] = Code.wide;
      to = putCodePoint(bytes, to, content ^ WIDE);
      x++;
    } else {
      out.at = to;
      const width = packRare(line, x, end, out);
      to = out.at;
      ({ bytes } = out);
      flags = (flags & ~Flags.bytes) | (width === 1 ? 0 : Flags.wide);
      if (width === 2) x++;
    }
  }
  out.at = to;
  return flags;
}

/** Packs a cluster, or a cell that no rule fits. Answers its columns, 0 if those are not what follows it. */
function packRare(line: InnerLine, x: number, end: number, out: PackedBytes): number {
  const content = line._data[x * CELL_WORDS] ?? 0;
  const wide = content === (Content.combined | WIDE) && x + 1 < end && line._data[(x + 1) * CELL_WORDS] === 0;
  if (wide || content === (Content.combined | EMPTY)) {
    out.byte(wide ? Code.wideCluster : Code.cluster);
    packCluster(line, x, end, out);
    return wide ? 2 : 1;
  }
  out.byte(Code.raw);
  for (let shift = 0; shift < 32; shift += 8) out.byte((content >>> shift) & 0xff);
  if ((content & Content.combined) !== 0) packCluster(line, x, end, out);
  return 0;
}

/** Packs the text of a cluster, and keeps room for the rest of the row. */
function packCluster(line: InnerLine, x: number, end: number, out: PackedBytes): void {
  const text = line._combined[x] ?? "";
  out.reserve(VARINT_BYTES + text.length * 3 + (end - x) * CELL_BYTES);
  out.text(text);
}

/** Not ASCII, and can be written in UTF-8. Anything else in the word makes it too large. */
function isCharacter(codePoint: number): boolean {
  return codePoint >= 0x80 && codePoint <= 0x10ffff && (codePoint < 0xd800 || codePoint > 0xdfff);
}

/** Cells before `from` have the default look. Answers whether any look was added. */
function packLooks(line: InnerLine, from: number, end: number, styles: Styles, out: PackedBytes): boolean {
  const data = line._data;
  const start = out.at;
  let fg = 0;
  let bg = 0;
  let style = 0;
  let since = 0;
  for (let x = from; x < end; x++) {
    const nextFg = data[x * CELL_WORDS + 1] ?? 0;
    const nextBg = data[x * CELL_WORDS + 2] ?? 0;
    // What stands beside the words may differ where they do not.
    if (nextFg === fg && nextBg === bg && (nextBg & HAS_EXTENDED) === 0) continue;
    fg = nextFg;
    bg = nextBg;
    const extended = (bg & HAS_EXTENDED) === 0 ? undefined : line._extendedAttrs[x];
    const next = styles.number(fg, bg, extended?._ext ?? 0, extended?.urlId ?? 0);
    if (next === style) continue;
    if (x > since) out.pair(x - since, style);
    style = next;
    since = x;
  }
  if (style !== 0) out.pair(end - since, style);
  return out.at > start;
}

/** A row that was unpacked: its words, and what stands beside them by column. */
export interface HistoryRow {
  readonly words: Uint32Array;
  readonly wrapped: boolean;
  readonly texts: ReadonlyMap<number, string>;
  readonly looks: ReadonlyMap<number, ExtendedLook>;
}

const NO_TEXTS: Map<number, string> = new Map();
const NO_LOOKS: Map<number, ExtendedLook> = new Map();

/** The row that begins at `start` and ends before `end`, `cols` cells. */
export function unpackRow(bytes: Uint8Array, start: number, end: number, cols: number, styles: Styles): HistoryRow {
  const words = emptyRow(cols);
  const flags = bytes[start] ?? 0;
  const reader = new PackedReader(bytes, start + 1);
  const cells = reader.varint();
  let texts = NO_TEXTS;
  if ((flags & Flags.bytes) === 0) {
    texts = unpackText(reader, cells, words);
  } else {
    let at = reader.at;
    for (let word = 0; word < cells * CELL_WORDS; word += CELL_WORDS) words[word] = EMPTY | (bytes[at++] ?? 0);
    reader.at = at;
  }
  const looks = (flags & Flags.looks) === 0 ? NO_LOOKS : unpackLooks(reader, end, words, styles);
  return { words, wrapped: (flags & Flags.wrapped) !== 0, texts, looks };
}

/** A row of ASCII alone, without the empty cells at its end. */
export interface PlainRow {
  readonly text: string;
  readonly wrapped: boolean;
}

/** The row that begins at `start`, if each of its cells holds a character of ASCII or nothing: most do, and need no cells to be read. */
export function plainRow(bytes: Uint8Array, start: number): PlainRow | null {
  const flags = bytes[start] ?? 0;
  if ((flags & Flags.bytes) === 0) return null;
  const reader = new PackedReader(bytes, start + 1);
  const cells = reader.varint();
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + reader.at, cells).toString("latin1");
  return { text: text.includes("\0") ? text.replaceAll("\0", " ") : text, wrapped: (flags & Flags.wrapped) !== 0 };
}

function unpackText(reader: PackedReader, cells: number, words: Uint32Array): Map<number, string> {
  let texts = NO_TEXTS;
  const keep = (x: number, text: string) => {
    if (texts === NO_TEXTS) texts = new Map();
    texts.set(x, text);
  };
  for (let x = 0; x < cells; x++) {
    const code = reader.bytes[reader.at] ?? 0;
    const word = x * CELL_WORDS;
    if (code >= 0x20 && code < 0x80) {
      words[word] = EMPTY | code;
      reader.at++;
    } else if (code >= 0x80) {
      words[word] = EMPTY | reader.codePoint();
    } else {
      reader.at++;
      if (code === Code.raw) {
        const content = (words[word] = reader.word());
        if ((content & Content.combined) !== 0) keep(x, reader.text());
      } else if (code === Code.cluster || code === Code.wideCluster) {
        words[word] = Content.combined | (code === Code.cluster ? EMPTY : WIDE);
        keep(x, reader.text());
      } else if (code === Code.wide) {
        words[word] = WIDE | reader.codePoint();
      }
      if (code === Code.wide || code === Code.wideCluster) words[++x * CELL_WORDS] = 0;
    }
  }
  return texts;
}

function unpackLooks(reader: PackedReader, end: number, words: Uint32Array, styles: Styles): Map<number, ExtendedLook> {
  let looks = NO_LOOKS;
  let x = 0;
  while (reader.at < end) {
    const runEnd = x + reader.varint();
    const style = reader.varint();
    const fg = styles.fg(style);
    const bg = styles.bg(style);
    const extended = styles.extended(style);
    if (extended && looks === NO_LOOKS) looks = new Map();
    for (; x < runEnd; x++) {
      words[x * CELL_WORDS + 1] = fg;
      words[x * CELL_WORDS + 2] = bg;
      if (extended) looks.set(x, extended);
    }
  }
  return looks;
}

/** Whether the row that begins at `start` continues the one above it. */
export function isWrappedRow(bytes: Uint8Array, start: number): boolean {
  return ((bytes[start] ?? 0) & Flags.wrapped) !== 0;
}

let blank = new Uint32Array(0);

/** Empty cells in the default look. */
export function emptyRow(cols: number): Uint32Array {
  if (blank.length !== cols * CELL_WORDS) {
    blank = new Uint32Array(cols * CELL_WORDS);
    for (let at = 0; at < blank.length; at += CELL_WORDS) blank[at] = EMPTY;
  }
  return blank.slice();
}
