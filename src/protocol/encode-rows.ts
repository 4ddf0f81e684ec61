/** The engine's half of rows.ts: changed rows of a pane become bytes. */
import { CELL_WORDS, type Extra } from "./cells.ts";
import { Bytes, Flag, LITTLE_ENDIAN, type RowsMessage, type RowSpan, SpanFlag } from "./rows.ts";

const MAX_U16 = 0xffff;

interface Run {
  readonly start: number;
  count: number;
  readonly extra: number;
}

export function encodeRows(message: RowsMessage): Uint8Array {
  const { runs, extras, bytes: extrasBytes, idsBytes } = besideCells(message.spans);
  let cells = 0;
  for (const { words } of message.spans) cells += words.length / CELL_WORDS;
  const bytes = new Uint8Array(
    Bytes.header +
      cells * Bytes.cell +
      runs.length * Bytes.run +
      message.spans.length * Bytes.span +
      extrasBytes +
      idsBytes +
      (message.top ? Bytes.top : 0),
  );
  const view = new DataView(bytes.buffer);
  writeHeader(view, message, { cells, runs: runs.length, extras: extras.length });
  let at: number = Bytes.header;
  for (const { words } of message.spans) at = writeWords(view, at, words);
  for (const { start, count, extra } of runs) {
    view.setUint32(at, start, true);
    view.setUint16(at + 4, count, true);
    view.setUint16(at + 6, extra, true);
    at += Bytes.run;
  }
  for (const span of message.spans) {
    view.setUint16(at, span.y, true);
    view.setUint16(at + 2, span.x, true);
    view.setUint16(at + 4, span.words.length / CELL_WORDS, true);
    view.setUint16(at + 6, (span.blankAfter ? SpanFlag.blankAfter : 0) | (span.wrapped ? SpanFlag.wrapped : 0), true);
    at += Bytes.span;
  }
  for (const { extra, text, link } of extras) {
    view.setUint8(at, extra.underline);
    view.setUint32(at + 1, extra.underlineColor, true);
    view.setUint16(at + 5, text.length, true);
    view.setUint16(at + 7, link.length, true);
    bytes.set(text, at + Bytes.extra);
    bytes.set(link, at + Bytes.extra + text.length);
    at += Bytes.extra + text.length + link.length;
  }
  if (idsBytes > 0) for (const [index, { extra }] of extras.entries()) view.setUint32(at + index * Bytes.linkId, extra.linkId, true);
  at += idsBytes;
  if (message.top) {
    view.setFloat64(at, message.top.line, true);
    view.setUint32(at + 8, message.top.era, true);
  }
  return bytes;
}

function writeHeader(view: DataView, message: RowsMessage, counts: { cells: number; runs: number; extras: number }): void {
  view.setUint8(0, (message.full ? Flag.full : 0) | (message.cursor.visible ? Flag.cursorVisible : 0) | (message.top ? Flag.top : 0));
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

/** What does not fit into cells, as it is written. */
interface Beside {
  readonly runs: readonly Run[];
  readonly extras: readonly { readonly extra: Extra; readonly text: Uint8Array; readonly link: Uint8Array }[];
  /** Room for the extras, and for the numbers of their links. */
  readonly bytes: number;
  readonly idsBytes: number;
}

const NOTHING_BESIDE: Beside = { runs: [], extras: [], bytes: 0, idsBytes: 0 };

function besideCells(spans: readonly RowSpan[]): Beside {
  // So it is for nearly every echo.
  if (spans.every(hasNoExtras)) return NOTHING_BESIDE;
  const { table, runs } = collectExtras(spans);
  const extras = table.map((extra) => ({ extra, text: encodeText(extra.text), link: encodeText(extra.link) }));
  return {
    runs,
    extras,
    bytes: extras.reduce((sum, { text, link }) => sum + Bytes.extra + text.length + link.length, 0),
    idsBytes: table.some(({ linkId }) => linkId !== 0) ? table.length * Bytes.linkId : 0,
  };
}

function hasNoExtras({ extras }: RowSpan): boolean {
  return extras.size === 0;
}

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
