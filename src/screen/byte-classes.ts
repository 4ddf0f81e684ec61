/** What single bytes are to the parser of a terminal. */
import { decodeUtf8 } from "./utf8.ts";

/** Whether this byte leaves the parser in the middle of its sequence: a control that acts at once, DEL, a stray byte. */
export function isTransparent(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at] ?? 0;
  if (byte < 0x80) return byte === 0x7f || (byte < 0x20 && byte !== 0x1b && byte !== 0x18 && byte !== 0x1a);
  const { length, codePoint } = decodeUtf8(bytes, at);
  return length > 0 && codePoint < 0;
}

/**
 * Length of a frequent character that joins nothing and needs no look at the tables, else 0: Latin, Greek, Cyrillic, box
 * drawing, blocks, Braille, CJK ideographs.
 */
export function plainLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  const second = bytes[at + 1] ?? 0;
  if ((second & 0xc0) !== 0x80) return 0;
  if (first < 0xe0) return (first >= 0xc3 && first <= 0xcb) || (first >= 0xce && first <= 0xd1) ? 2 : 0;
  const third = bytes[at + 2] ?? 0;
  if ((third & 0xc0) !== 0x80) return 0;
  if (first >= 0xe4 && first <= 0xe9) return 3;
  const frequent = second === 0x94 || second === 0x95 || (second === 0x96 && third < 0xa0) || (second >= 0xa0 && second <= 0xa3);
  return first === 0xe2 && frequent ? 3 : 0;
}
