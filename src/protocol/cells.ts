/**
 * A cell of a terminal as three 32-bit words, in the layout of xterm.js (BufferLine.ts, Constants.ts of 6.0), so that rows are
 * copied and never translated:
 *   content  bits 0–20 code point, 21 combined (the text stands beside the words), 22–23 width (0, 1 or 2)
 *   fg       bits 0–23 colour, 24–25 colour mode, 26 inverse, 27 bold, 28 underline, 29 blink, 30 invisible, 31 strike
 *   bg       bits 0–23 colour, 24–25 colour mode, 26 italic, 27 dim, 28 extended attributes, 29 protected, 30 overline
 */
export const CELL_WORDS = 3;

export const Content = { codePoint: 0x1fffff, combined: 0x200000, widthShift: 22, widthMask: 0xc00000 } as const;

export const ColorMode = { mask: 0x3000000, default: 0, p16: 0x1000000, p256: 0x2000000, rgb: 0x3000000 } as const;

export const Fg = {
  inverse: 0x4000000,
  bold: 0x8000000,
  underline: 0x10000000,
  blink: 0x20000000,
  invisible: 0x40000000,
  strike: 0x80000000,
  flags: 0xfc000000,
} as const;

/** `flags` leaves out *protected*, which changes nothing that can be seen, and *extended*, which `Extra` answers. */
export const Bg = { italic: 0x4000000, dim: 0x8000000, extended: 0x10000000, overline: 0x40000000, flags: 0x4c000000 } as const;

/** An empty cell in default colours. Cells that were never written and spaces look alike and are the same here. */
export const BLANK = 0x20 | (1 << Content.widthShift);

/** What does not fit into the three words. Immutable: cells share it. */
export interface Extra {
  /** The whole cluster of a cell whose content has the combined bit; else "". */
  readonly text: string;
  /** 2 double, 3 curly, 4 dotted, 5 dashed; 0 for none or single. */
  readonly underline: number;
  /** Underline colour in the words' colour layout (mode and value); 0 for the text's own. */
  readonly underlineColor: number;
  /** Target of an OSC 8 link; "" for none. Written by the program: untrusted. */
  readonly link: string;
  /** Cells with the same number are one link, on however many rows; 0 for none or not known. Unique within an engine. */
  readonly linkId: number;
}

export const NO_EXTRA: Extra = Object.freeze({ text: "", underline: 0, underlineColor: 0, link: "", linkId: 0 });

export function sameExtra(a: Extra, b: Extra): boolean {
  if (a === b) return true;
  return (
    a.text === b.text && a.underline === b.underline && a.underlineColor === b.underlineColor && a.link === b.link && a.linkId === b.linkId
  );
}

export function widthOf(content: number): number {
  return (content & Content.widthMask) >>> Content.widthShift;
}

/** Whether a cell of these words has an `Extra` beside it. */
export function hasExtra(content: number, bg: number): boolean {
  return (content & Content.combined) !== 0 || (bg & Bg.extended) !== 0;
}

/** Colour bits without what xterm.js leaves above the value from an earlier, wider colour. */
export function cleanColor(word: number): number {
  switch (word & ColorMode.mask) {
    case ColorMode.rgb:
      return word & 0x3ffffff;
    case ColorMode.default:
      return 0;
    default:
      return word & 0x30000ff;
  }
}

/** An fg word in which equal looks are equal bits. */
export function cleanFg(word: number): number {
  return ((word & Fg.flags) | cleanColor(word)) >>> 0;
}

/** A bg word in which equal looks are equal bits; the extended bit is left out. */
export function cleanBg(word: number): number {
  return ((word & Bg.flags) | cleanColor(word)) >>> 0;
}
