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
  if (isWithin(PLAIN, codePoint)) return 1;
  const width = isWithin(WIDE, codePoint) ? 2 : isWithin(NARROW, codePoint) ? 1 : 0;
  return width === 0 || DOUBTFUL.test(String.fromCodePoint(codePoint)) ? 0 : width;
}

/** First and last of each range, in order. Numbers: an expression has to be made first, which the first frame would wait for. */
type Ranges = readonly (readonly [from: number, to: number])[];

function isWithin(ranges: Ranges, codePoint: number): boolean {
  for (const range of ranges) {
    if (codePoint < range[0]) return false;
    if (codePoint <= range[1]) return true;
  }
  return false;
}

/** Latin, Greek, Cyrillic, punctuation, arrows, mathematics, technical, box drawing, blocks, shapes, dingbats, Braille. */
const NARROW: Ranges = [
  [0x00a1, 0x02ff],
  [0x0370, 0x052f],
  [0x1e00, 0x1fff],
  [0x2010, 0x2027],
  [0x2030, 0x205e],
  [0x2070, 0x209c],
  [0x20a0, 0x20c0],
  [0x2100, 0x218b],
  [0x2190, 0x2426],
  [0x2500, 0x28ff],
  [0x2900, 0x2bff],
  [0x2c60, 0x2c7f],
  [0xa720, 0xa7ff],
];

/**
 * Those of them that the dashboard itself draws with, and nobody doubts: known without a look at the properties of all characters, of
 * which the first would keep the first frame.
 */
const PLAIN: Ranges = [
  [0x00a1, 0x00a8],
  [0x00aa, 0x00ac],
  [0x00af, 0x02ff],
  [0x2010, 0x2027],
  [0x2030, 0x203b],
  [0x2190, 0x2193],
  [0x2212, 0x2212],
  [0x22ef, 0x22ef],
  [0x2500, 0x25a9],
  [0x25ac, 0x25b5],
  [0x25b7, 0x25bf],
  [0x25c1, 0x25fa],
  [0x2713, 0x2713],
  [0x2717, 0x2717],
  [0x2800, 0x28ff],
];

/** Kana, bopomofo, ideographs, Hangul syllables, fullwidth forms. */
const WIDE: Ranges = [
  [0x3001, 0x303e],
  [0x3041, 0x30ff],
  [0x3105, 0x312f],
  [0x3131, 0x318e],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xac00, 0xd7a3],
  [0xf900, 0xfa6d],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
];

/** Whatever may be shown as an emoji, joins its neighbours, or is not assigned (in this version of Unicode). */
const DOUBTFUL = /[\p{Extended_Pictographic}\p{Emoji_Component}\p{M}\p{Cf}\p{Cn}]/u;
