/**
 * What may be written to the person's terminal for a cell, and how far its idea of the width can be trusted.
 *
 * Terminals disagree about emoji, clusters and rare characters (rendering.md, faults.md 2.3). For a character that all of them
 * measure alike the cursor is known afterwards; for any other it is not, and the compositor addresses it again.
 */
import { BLANK, Content, widthOf } from "../../protocol/cells.ts";

/** What a cell writes. */
export interface Glyph {
  readonly text: string;
  /** Every terminal moves its cursor by the cell's width. */
  readonly trusted: boolean;
  /** A terminal may attach it to the cell on the left. */
  readonly joinsLeft: boolean;
  /** Columns that a terminal may take for it at most. */
  readonly reach: number;
}

const SPACE: Glyph = { text: " ", trusted: true, joinsLeft: false, reach: 1 };
const WIDE_SPACE: Glyph = { text: "  ", trusted: true, joinsLeft: false, reach: 2 };

/** The glyph of a cell: its content word, and the text beside it for a combined one. */
export function glyphOf(content: number, text: string): Glyph {
  const width = widthOf(content);
  if ((content & Content.combined) !== 0) return combinedGlyph(text, width);
  const codePoint = content & Content.codePoint;
  if (content === BLANK || codePoint === 0) return width === 2 ? WIDE_SPACE : SPACE;
  return singleGlyph(codePoint, width);
}

const singles = new Map<number, Glyph>();
const combined = new Map<string, Glyph>();
/** The caches start again when they have this many glyphs. */
const MAX_CACHED = 8192;

function singleGlyph(codePoint: number, width: number): Glyph {
  const key = codePoint * 4 + width;
  const known = singles.get(key);
  if (known) return known;
  const glyph = describe(String.fromCodePoint(codePoint), width, trustOf(codePoint) === width);
  if (singles.size >= MAX_CACHED) singles.clear();
  singles.set(key, glyph);
  return glyph;
}

function combinedGlyph(text: string, width: number): Glyph {
  const key = `${width}${text}`;
  const known = combined.get(key);
  if (known) return known;
  const glyph = describe(text, width, false);
  if (combined.size >= MAX_CACHED) combined.clear();
  combined.set(key, glyph);
  return glyph;
}

function describe(raw: string, width: number, trusted: boolean): Glyph {
  const text = raw.replace(NEVER, "");
  if (text === "") return width === 2 ? WIDE_SPACE : SPACE;
  if (trusted) return { text, trusted, joinsLeft: false, reach: width };
  return { text, trusted, joinsLeft: JOINS_LEFT.test(text), reach: Math.max(width, 2 * [...text].length) };
}

/**
 * Never written: control characters, unpaired surrogates, and what changes the direction of the text around it. The latter is
 * the one thing in which a pane is not what its program wrote: in a terminal that knows them they would reach beyond the pane's
 * edge and turn the words of the dashboard around. They have no look of their own, so a blank is what is seen in their place.
 */
// eslint-disable-next-line no-control-regex -- control characters are what must go
const NEVER = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

/** Marks (Thai and Lao AM among them), joiners, Hangul vowels and finals, skin tones, and whatever may take no column of its own. */
const JOINS_LEFT =
  /^[\p{M}\p{Cf}\p{Grapheme_Extend}\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}\u0e33\u0eb3\u1160-\u11ff\u2028\u2029\ud7b0-\ud7ff]/u;

/** 1 or 2 when every terminal agrees on this width, else 0. */
function trustOf(codePoint: number): 0 | 1 | 2 {
  if (codePoint < 0x7f) return codePoint >= 0x20 ? 1 : 0;
  if (PLAIN_RANGES.test(String.fromCodePoint(codePoint))) return 1;
  if (!WIDE_RANGES.test(String.fromCodePoint(codePoint))) return isNarrow(codePoint) ? 1 : 0;
  return DOUBTFUL.test(String.fromCodePoint(codePoint)) ? 0 : 2;
}

function isNarrow(codePoint: number): boolean {
  const text = String.fromCodePoint(codePoint);
  return NARROW_RANGES.test(text) && !DOUBTFUL.test(text);
}

/** Latin, Greek, Cyrillic, punctuation, arrows, mathematics, technical, box drawing, blocks, shapes, dingbats, Braille. */
const NARROW_RANGES =
  /[\u00a1-\u02ff\u0370-\u052f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u209c\u20a0-\u20c0\u2100-\u218b\u2190-\u2426\u2500-\u28ff\u2900-\u2bff\u2c60-\u2c7f\ua720-\ua7ff]/u;

/**
 * Those of them that the dashboard itself draws with, and nobody doubts: known without a look at the properties of all characters, of
 * which the first would keep the first frame.
 */
const PLAIN_RANGES =
  /[\u00a1-\u00a8\u00aa-\u00ac\u00af-\u02ff\u2010-\u2027\u2030-\u203b\u2190-\u2193\u2212\u22ef\u2500-\u25a9\u25ac-\u25b5\u25b7-\u25bf\u25c1-\u25fa\u2713\u2717\u2800-\u28ff]/u;

/** Kana, bopomofo, ideographs, Hangul syllables, fullwidth forms. */
const WIDE_RANGES =
  /[\u3001-\u303e\u3041-\u30ff\u3105-\u312f\u3131-\u318e\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufa6d\uff01-\uff60\uffe0-\uffe6]/u;

/** Whatever may be shown as an emoji, joins its neighbours, or is not assigned (in this version of Unicode). */
const DOUBTFUL = /[\p{Extended_Pictographic}\p{Emoji_Component}\p{M}\p{Cf}\p{Cn}]/u;
