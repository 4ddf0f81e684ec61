/** What the bytes at a place decode to. */
export interface Decoded {
  /** Bytes used; 0 when the character is not complete yet. */
  length: number;
  /** -1 for bytes that are no character, which the emulator drops. */
  codePoint: number;
}

// One object for all calls: this runs for each character that is not ASCII.
const decoded: Decoded = { length: 0, codePoint: -1 };

/**
 * Decodes the character at `at` (a byte ≥ 0x80) with the rules of xterm.js 6: a wrong continuation drops what came before
 * it and is read again; surrogates, overlong forms and the byte order mark are dropped whole. The answer is valid until the
 * next call.
 */
export function decodeUtf8(bytes: Uint8Array, at: number): Readonly<Decoded> {
  const first = bytes[at] ?? 0;
  const needed = (first & 0xe0) === 0xc0 ? 2 : (first & 0xf0) === 0xe0 ? 3 : (first & 0xf8) === 0xf0 ? 4 : 1;
  if (needed === 1) return result(1, -1);
  let codePoint = first & (0xff >> (needed + 1));
  for (let i = 1; i < needed; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) return result(0, -1);
    if ((byte & 0xc0) !== 0x80) return result(i, -1);
    codePoint = (codePoint << 6) | (byte & 0x3f);
  }
  if (needed === 2 && codePoint < 0x80) return result(1, -1);
  if (needed === 3 && (codePoint < 0x800 || (codePoint >= 0xd800 && codePoint <= 0xdfff) || codePoint === 0xfeff)) return result(3, -1);
  if (needed === 4 && (codePoint < 0x10000 || codePoint > 0x10ffff)) return result(4, -1);
  return result(needed, codePoint);
}

function result(length: number, codePoint: number): Decoded {
  decoded.length = length;
  decoded.codePoint = codePoint;
  return decoded;
}

/** Where a slice that should end at `end` may end without cutting a character. Never more than 3 bytes earlier. */
export function characterBoundary(bytes: Uint8Array, end: number): number {
  if (end >= bytes.length) return bytes.length;
  for (let back = 0; back < 4 && end - back > 0; back++) {
    if (((bytes[end - back] ?? 0) & 0xc0) !== 0x80) return end - back;
  }
  return end;
}

/** How many of the bytes are whole characters: those of one that is not complete yet at the end are left out. */
export function completeLength(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if ((byte & 0xc0) !== 0x80) return decodeUtf8(bytes, bytes.length - back).length === 0 ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
