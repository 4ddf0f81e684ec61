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

/** Lengths of the parts above. */
export const Bytes = { header: 32, cell: CELL_WORDS * 4, run: 8, span: 8, extra: 9, linkId: 4, top: 12 } as const;
export const Flag = { full: 1, cursorVisible: 2, top: 4 } as const;
export const SpanFlag = { blankAfter: 1, wrapped: 2 } as const;
export const LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** Throws RowsError for a payload whose lengths do not agree. */
export function decodeRows(payload: Uint8Array): RowsMessage {
  if (payload.length < Bytes.header) throw new RowsError(`rows of ${payload.length} bytes`);
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const short = (index: number) => view.getUint16(2 + index * 2, true);
  const flags = view.getUint8(0);
  const [spanCount, cells, runCount, extraCount] = [short(4), view.getUint32(20, true), view.getUint32(24, true), view.getUint16(28, true)];
  const runsAt = Bytes.header + cells * Bytes.cell;
  const spansAt = runsAt + runCount * Bytes.run;
  const extrasAt = spansAt + spanCount * Bytes.span;
  if (extrasAt > payload.length) throw new RowsError(`rows that need ${extrasAt} bytes and have ${payload.length}`);
  const top = (flags & Flag.top) === 0 ? null : readTop(view, extrasAt);
  const table = readExtras(top ? payload.subarray(0, -Bytes.top) : payload, view, extrasAt, extraCount);
  const extras = readRuns(view, runsAt, runCount, table);
  return {
    terminal: view.getUint8(1),
    cols: short(0),
    rows: short(1),
    full: (flags & Flag.full) !== 0,
    cursor: { x: short(2), y: short(3), visible: (flags & Flag.cursorVisible) !== 0 },
    scroll: view.getUint32(12, true),
    scrollback: view.getUint32(16, true),
    ...(top ? { top } : {}),
    spans: readSpans(view, spansAt, spanCount, { words: readWords(payload, cells), extras }),
  };
}

function readTop(view: DataView, least: number): { era: number; line: number } {
  const at = view.byteLength - Bytes.top;
  if (at < least) throw new RowsError("rows without the number of their first line");
  return { era: view.getUint32(at + 8, true), line: view.getFloat64(at, true) };
}

function readWords(payload: Uint8Array, cells: number): Uint32Array {
  const end = Bytes.header + cells * Bytes.cell;
  if (LITTLE_ENDIAN) {
    // A copy: the frame's place in the socket's buffer need not be a multiple of four.
    const words = new Uint32Array(cells * CELL_WORDS);
    new Uint8Array(words.buffer).set(payload.subarray(Bytes.header, end));
    return words;
  }
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  return Uint32Array.from({ length: cells * CELL_WORDS }, (_, index) => view.getUint32(Bytes.header + index * 4, true));
}

function readExtras(payload: Uint8Array, view: DataView, start: number, count: number): Extra[] {
  const table: { -readonly [Name in keyof Extra]: Extra[Name] }[] = [];
  let at = start;
  for (let index = 0; index < count; index++) {
    const textEnd = at + Bytes.extra + (at + Bytes.extra <= payload.length ? view.getUint16(at + 5, true) : 0);
    const end = textEnd + (at + Bytes.extra <= payload.length ? view.getUint16(at + 7, true) : 0);
    if (end > payload.length) throw new RowsError("rows with an extra that is cut off");
    const text = Buffer.from(payload.subarray(at + Bytes.extra, textEnd)).toString("utf8");
    const link = Buffer.from(payload.subarray(textEnd, end)).toString("utf8");
    table.push({ text, underline: view.getUint8(at), underlineColor: view.getUint32(at + 1, true), link, linkId: 0 });
    at = end;
  }
  const ids = payload.length >= at + count * Bytes.linkId;
  if (ids) for (const [index, extra] of table.entries()) extra.linkId = view.getUint32(at + index * Bytes.linkId, true);
  return table;
}

const NO_EXTRAS: ReadonlyMap<number, Extra> = new Map();

/** Extras by index of the cell among all cells of the message. */
function readRuns(view: DataView, start: number, count: number, table: readonly Extra[]): ReadonlyMap<number, Extra> {
  if (count === 0) return NO_EXTRAS;
  const extras = new Map<number, Extra>();
  for (let run = 0; run < count; run++) {
    const at = start + run * Bytes.run;
    const first = view.getUint32(at, true);
    const extra = table[view.getUint16(at + 6, true)];
    if (!extra) throw new RowsError("rows that name an extra they do not have");
    for (let index = 0; index < view.getUint16(at + 4, true); index++) extras.set(first + index, extra);
  }
  return extras;
}

function readSpans(
  view: DataView,
  start: number,
  count: number,
  cells: { words: Uint32Array; extras: ReadonlyMap<number, Extra> },
): RowSpan[] {
  const spans: RowSpan[] = [];
  let first = 0;
  for (let span = 0; span < count; span++) {
    const at = start + span * Bytes.span;
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
      blankAfter: (flags & SpanFlag.blankAfter) !== 0,
      wrapped: (flags & SpanFlag.wrapped) !== 0,
    });
    first += length;
  }
  return spans;
}
