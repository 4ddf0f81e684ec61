/**
 * Changed rows of a pane, as bytes (frame kind 1). All numbers little endian; the cells start at a multiple of 4:
 *
 *   header   u8 flags (1 full, 2 cursor visible, 4 top) · u8 terminal · u16 cols · u16 rows · u16 cursor x · u16 cursor y ·
 *            u16 spans · u32 scroll · u32 scrollback · u32 cells · u32 runs · u16 extras · u16 0              (32 bytes)
 *   cells    3 × u32 each, in the layout of cells.ts; a combined cell's code point bits are 0
 *   runs     u32 first cell · u16 count · u16 extra: these cells have that extra                             (8 bytes each)
 *   spans    u16 y · u16 x · u16 cells · u16 flags (1 the row is blank after them, 2 the row continues the one above) (8 each)
 *   extras   u8 underline style · u32 underline colour · u16 bytes of text · u16 bytes of link · text · link (UTF-8)
 *   link ids u32 for each extra; left out where all are 0
 *   top      with flag 4, at the very end: f64 number of the line in the first row · u32 era of that number           (12 bytes)
 */
import { CELL_WORDS, type Extra } from "./cells.ts";

/** Where a pane's rows belong and what stands beside them. */
export interface RowsHeader {
  readonly terminal: number;
  /** Size of the pane that the rows are for. */
  readonly cols: number;
  readonly rows: number;
  /** Everything not in the spans is blank; else it stays as it was. */
  readonly full: boolean;
  /** Place in the pane from 0. */
  readonly cursor: { readonly x: number; readonly y: number; readonly visible: boolean };
  /** Lines scrolled up from the bottom. */
  readonly scroll: number;
  /** Lines above the screen. */
  readonly scrollback: number;
  /** The line in the pane's first row: its number stays the same while output goes on, as long as the era does. */
  readonly top?: { readonly era: number; readonly line: number };
}

/** Neighbouring cells of a row that changed. */
export interface RowSpan {
  readonly y: number;
  readonly x: number;
  /** Three words a cell. */
  readonly words: Uint32Array;
  /** By index of the cell in this span. */
  readonly extras: ReadonlyMap<number, Extra>;
  /** All cells of the row after these are blank now. */
  readonly blankAfter: boolean;
  /** The row continues the one above it: a line that was too long. */
  readonly wrapped: boolean;
}

export interface RowsMessage extends RowsHeader {
  readonly spans: readonly RowSpan[];
}

/** The payload is no rows message. */
export class RowsError extends Error {}

const HEADER_BYTES = 32;
const CELL_BYTES = CELL_WORDS * 4;
const RUN_BYTES = 8;
const SPAN_BYTES = 8;
const EXTRA_BYTES = 9;
const LINK_ID_BYTES = 4;
const TOP_BYTES = 12;
const FULL = 1;
const CURSOR_VISIBLE = 2;
const TOP = 4;
const BLANK_AFTER = 1;
const WRAPPED = 2;
const MAX_U16 = 0xffff;

interface Run {
  readonly start: number;
  count: number;
  readonly extra: number;
}

export function encodeRows(message: RowsMessage): Uint8Array {
  const { table, runs } = collectExtras(message.spans);
  const cells = message.spans.reduce((sum, span) => sum + span.words.length / CELL_WORDS, 0);
  const extras = table.map((extra) => ({ extra, text: encodeText(extra.text), link: encodeText(extra.link) }));
  const extrasBytes = extras.reduce((sum, { text, link }) => sum + EXTRA_BYTES + text.length + link.length, 0);
  const idsBytes = table.some(({ linkId }) => linkId !== 0) ? table.length * LINK_ID_BYTES : 0;
  const bytes = new Uint8Array(
    HEADER_BYTES +
      cells * CELL_BYTES +
      runs.length * RUN_BYTES +
      message.spans.length * SPAN_BYTES +
      extrasBytes +
      idsBytes +
      (message.top ? TOP_BYTES : 0),
  );
  const view = new DataView(bytes.buffer);
  writeHeader(view, message, { cells, runs: runs.length, extras: extras.length });
  let at = HEADER_BYTES;
  for (const { words } of message.spans) at = writeWords(view, at, words);
  for (const { start, count, extra } of runs) {
    view.setUint32(at, start, true);
    view.setUint16(at + 4, count, true);
    view.setUint16(at + 6, extra, true);
    at += RUN_BYTES;
  }
  for (const span of message.spans) {
    view.setUint16(at, span.y, true);
    view.setUint16(at + 2, span.x, true);
    view.setUint16(at + 4, span.words.length / CELL_WORDS, true);
    view.setUint16(at + 6, (span.blankAfter ? BLANK_AFTER : 0) | (span.wrapped ? WRAPPED : 0), true);
    at += SPAN_BYTES;
  }
  for (const { extra, text, link } of extras) {
    view.setUint8(at, extra.underline);
    view.setUint32(at + 1, extra.underlineColor, true);
    view.setUint16(at + 5, text.length, true);
    view.setUint16(at + 7, link.length, true);
    bytes.set(text, at + EXTRA_BYTES);
    bytes.set(link, at + EXTRA_BYTES + text.length);
    at += EXTRA_BYTES + text.length + link.length;
  }
  if (idsBytes > 0) for (const [index, { linkId }] of table.entries()) view.setUint32(at + index * LINK_ID_BYTES, linkId, true);
  at += idsBytes;
  if (message.top) {
    view.setFloat64(at, message.top.line, true);
    view.setUint32(at + 8, message.top.era, true);
  }
  return bytes;
}

function writeHeader(view: DataView, message: RowsMessage, counts: { cells: number; runs: number; extras: number }): void {
  view.setUint8(0, (message.full ? FULL : 0) | (message.cursor.visible ? CURSOR_VISIBLE : 0) | (message.top ? TOP : 0));
  view.setUint8(1, message.terminal);
  view.setUint16(2, message.cols, true);
  view.setUint16(4, message.rows, true);
  view.setUint16(6, message.cursor.x, true);
  view.setUint16(8, message.cursor.y, true);
  view.setUint16(10, message.spans.length, true);
  view.setUint32(12, message.scroll, true);
  view.setUint32(16, message.scrollback, true);
  view.setUint32(20, counts.cells, true);
  view.setUint32(24, counts.runs, true);
  view.setUint16(28, counts.extras, true);
}

/** Copied whole where the machine is little endian, as almost all are. */
function writeWords(view: DataView, at: number, words: Uint32Array): number {
  if (LITTLE_ENDIAN) {
    new Uint32Array(view.buffer, at, words.length).set(words);
  } else {
    for (const [index, word] of words.entries()) view.setUint32(at + index * 4, word, true);
  }
  return at + words.length * 4;
}

const LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** Each extra once, and which cells have it. */
function collectExtras(spans: readonly RowSpan[]): { table: Extra[]; runs: Run[] } {
  const table: Extra[] = [];
  const indices = new Map<string, number>();
  const runs: Run[] = [];
  let start = 0;
  for (const span of spans) {
    for (const [index, extra] of span.extras) {
      const key = `${extra.underline} ${extra.underlineColor} ${extra.linkId} ${extra.text.length} ${extra.text}${extra.link}`;
      let at = indices.get(key);
      if (at === undefined) {
        if (table.length > MAX_U16) continue;
        at = table.push(extra) - 1;
        indices.set(key, at);
      }
      const last = runs.at(-1);
      if (last && last.extra === at && last.start + last.count === start + index && last.count < MAX_U16) last.count++;
      else runs.push({ start: start + index, count: 1, extra: at });
    }
    start += span.words.length / CELL_WORDS;
  }
  return { table, runs };
}

function encodeText(text: string): Uint8Array {
  const bytes = Buffer.from(text, "utf8");
  return bytes.length > MAX_U16 ? new Uint8Array(0) : bytes;
}

/** Throws RowsError for a payload whose lengths do not agree. */
export function decodeRows(payload: Uint8Array): RowsMessage {
  if (payload.length < HEADER_BYTES) throw new RowsError(`rows of ${payload.length} bytes`);
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const short = (index: number) => view.getUint16(2 + index * 2, true);
  const flags = view.getUint8(0);
  const [spanCount, cells, runCount, extraCount] = [short(4), view.getUint32(20, true), view.getUint32(24, true), view.getUint16(28, true)];
  const runsAt = HEADER_BYTES + cells * CELL_BYTES;
  const spansAt = runsAt + runCount * RUN_BYTES;
  const extrasAt = spansAt + spanCount * SPAN_BYTES;
  if (extrasAt > payload.length) throw new RowsError(`rows that need ${extrasAt} bytes and have ${payload.length}`);
  const top = (flags & TOP) === 0 ? null : readTop(view, extrasAt);
  const table = readExtras(top ? payload.subarray(0, -TOP_BYTES) : payload, view, extrasAt, extraCount);
  const extras = readRuns(view, runsAt, runCount, table);
  return {
    terminal: view.getUint8(1),
    cols: short(0),
    rows: short(1),
    full: (flags & FULL) !== 0,
    cursor: { x: short(2), y: short(3), visible: (flags & CURSOR_VISIBLE) !== 0 },
    scroll: view.getUint32(12, true),
    scrollback: view.getUint32(16, true),
    ...(top ? { top } : {}),
    spans: readSpans(view, spansAt, spanCount, { words: readWords(payload, cells), extras }),
  };
}

function readTop(view: DataView, least: number): { era: number; line: number } {
  const at = view.byteLength - TOP_BYTES;
  if (at < least) throw new RowsError("rows without the number of their first line");
  return { era: view.getUint32(at + 8, true), line: view.getFloat64(at, true) };
}

function readWords(payload: Uint8Array, cells: number): Uint32Array {
  const end = HEADER_BYTES + cells * CELL_BYTES;
  if (LITTLE_ENDIAN) {
    // A copy: the frame's place in the socket's buffer need not be a multiple of four.
    const words = new Uint32Array(cells * CELL_WORDS);
    new Uint8Array(words.buffer).set(payload.subarray(HEADER_BYTES, end));
    return words;
  }
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  return Uint32Array.from({ length: cells * CELL_WORDS }, (_, index) => view.getUint32(HEADER_BYTES + index * 4, true));
}

function readExtras(payload: Uint8Array, view: DataView, start: number, count: number): Extra[] {
  const table: { -readonly [Name in keyof Extra]: Extra[Name] }[] = [];
  let at = start;
  for (let index = 0; index < count; index++) {
    const textEnd = at + EXTRA_BYTES + (at + EXTRA_BYTES <= payload.length ? view.getUint16(at + 5, true) : 0);
    const end = textEnd + (at + EXTRA_BYTES <= payload.length ? view.getUint16(at + 7, true) : 0);
    if (end > payload.length) throw new RowsError("rows with an extra that is cut off");
    const text = Buffer.from(payload.subarray(at + EXTRA_BYTES, textEnd)).toString("utf8");
    const link = Buffer.from(payload.subarray(textEnd, end)).toString("utf8");
    table.push({ text, underline: view.getUint8(at), underlineColor: view.getUint32(at + 1, true), link, linkId: 0 });
    at = end;
  }
  const ids = payload.length >= at + count * LINK_ID_BYTES;
  if (ids) for (const [index, extra] of table.entries()) extra.linkId = view.getUint32(at + index * LINK_ID_BYTES, true);
  return table;
}

/** Extras by index of the cell among all cells of the message. */
function readRuns(view: DataView, start: number, count: number, table: readonly Extra[]): Map<number, Extra> {
  const extras = new Map<number, Extra>();
  for (let run = 0; run < count; run++) {
    const at = start + run * RUN_BYTES;
    const first = view.getUint32(at, true);
    const extra = table[view.getUint16(at + 6, true)];
    if (!extra) throw new RowsError("rows that name an extra they do not have");
    for (let index = 0; index < view.getUint16(at + 4, true); index++) extras.set(first + index, extra);
  }
  return extras;
}

const NO_EXTRAS: ReadonlyMap<number, Extra> = new Map();

function readSpans(
  view: DataView,
  start: number,
  count: number,
  cells: { words: Uint32Array; extras: ReadonlyMap<number, Extra> },
): RowSpan[] {
  const spans: RowSpan[] = [];
  let first = 0;
  for (let span = 0; span < count; span++) {
    const at = start + span * SPAN_BYTES;
    const length = view.getUint16(at + 4, true);
    const flags = view.getUint16(at + 6, true);
    if ((first + length) * CELL_WORDS > cells.words.length) throw new RowsError("rows with more cells in spans than cells");
    let extras = NO_EXTRAS;
    if (cells.extras.size > 0) {
      const own = new Map<number, Extra>();
      for (let index = 0; index < length; index++) {
        const extra = cells.extras.get(first + index);
        if (extra) own.set(index, extra);
      }
      extras = own;
    }
    spans.push({
      y: view.getUint16(at, true),
      x: view.getUint16(at + 2, true),
      words: cells.words.subarray(first * CELL_WORDS, (first + length) * CELL_WORDS),
      extras,
      blankAfter: (flags & BLANK_AFTER) !== 0,
      wrapped: (flags & WRAPPED) !== 0,
    });
    first += length;
  }
  return spans;
}
