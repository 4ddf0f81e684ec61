/**
 * Text as a JSON string, from UTF-8 to UTF-8. All that a terminal prints goes through this on its way to disk; by way of
 * JavaScript's strings it takes three times as long (test/bench/NOTES.md).
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const HEX = Buffer.from("0123456789abcdef", "latin1");
/** `\u001b`: what a byte becomes at most. */
const LONGEST = 6;

/** For bytes that must not stand in a JSON string as they are (RFC 8259, section 7): what follows the backslash; else 0. */
const ESCAPES = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x20 || byte === QUOTE || byte === BACKSLASH ? (JSON.stringify(String.fromCharCode(byte)).codePointAt(2) ?? 0) : 0,
);
const HEXADECIMAL = 0x75;

let scratch = new Uint8Array(0);

/** The quoted string of a text that may come in pieces, in memory of its own. */
export function jsonString(...pieces: readonly Uint8Array[]): Buffer {
  const most = pieces.reduce((sum, piece) => sum + piece.length, 0) * LONGEST + 2;
  if (scratch.length < most) scratch = new Uint8Array(most);
  scratch[0] = QUOTE;
  let end = 1;
  for (const piece of pieces) end = escaped(piece, scratch, end);
  scratch[end++] = QUOTE;
  return Buffer.from(scratch.subarray(0, end));
}

/** Writes the text from `start` on; answers where it ends. */
function escaped(text: Uint8Array, into: Uint8Array, start: number): number {
  let end = start;
  for (let at = 0; at < text.length; at++) {
    const byte = text[at] ?? 0;
    const escape = ESCAPES[byte] ?? 0;
    if (escape === 0) {
      into[end++] = byte;
      continue;
    }
    into[end++] = BACKSLASH;
    into[end++] = escape;
    if (escape !== HEXADECIMAL) continue;
    into[end] = into[end + 1] = 0x30;
    into[end + 2] = HEX[byte >> 4] ?? 0;
    into[end + 3] = HEX[byte & 15] ?? 0;
    end += 4;
  }
  return end;
}
