/**
 * A program's bytes as text and back. Asciicasts hold text, and programs write bytes: characters cut between two reads, and
 * now and then something that is no UTF-8 at all. Nothing is lost: a byte that belongs to no character becomes a character
 * of its own from a private plane (U+10FE80 for 0x80 … U+10FEFF for 0xff), as `surrogateescape` does in Python, but with
 * characters that JSON readers of every language accept. Such characters in the output itself are taken apart into bytes.
 */
import { isUtf8 } from "node:buffer";

const FIRST_ESCAPED = 0x10fe80;
const ESCAPE_BASE = 0x10fe00;
/** Only text with this unit can hold an escaped byte, and UTF-8 with this byte. */
const HIGH_SURROGATE = "\udbff";
const LEAD_BYTE = 0xf4;
const ESCAPED = /[\u{10fe80}-\u{10feff}]/gu;

const EMPTY = Buffer.alloc(0);

/** Turns chunks of bytes into text as UTF-8; a character that a chunk leaves unfinished leads the next one. */
export class BytesToText {
  #held: Buffer = EMPTY;

  /** Bytes that were given and are in no text yet. */
  get held(): number {
    return this.#held.length;
  }

  /** Often the very bytes that were given. */
  push(bytes: Uint8Array): Buffer {
    const chunk = this.#held.length === 0 ? asBuffer(bytes) : Buffer.concat([this.#held, bytes]);
    const end = beforeUnfinished(chunk);
    this.#held = end === chunk.length ? EMPTY : Buffer.from(chunk.subarray(end));
    return asText(chunk.subarray(0, end));
  }

  /** What is still held: the character will not be finished any more. */
  end(): Buffer {
    const rest = asText(this.#held);
    this.#held = EMPTY;
    return rest;
  }
}

/** The bytes that `BytesToText` made this text of. */
export function textToBytes(text: string): Uint8Array {
  if (!text.includes(HIGH_SURROGATE)) return Buffer.from(text, "utf8");
  const parts: Uint8Array[] = [];
  let from = 0;
  for (const match of text.matchAll(ESCAPED)) {
    parts.push(Buffer.from(text.slice(from, match.index), "utf8"), Uint8Array.of((match[0].codePointAt(0) ?? 0) - ESCAPE_BASE));
    from = match.index + match[0].length;
  }
  parts.push(Buffer.from(text.slice(from), "utf8"));
  return Buffer.concat(parts);
}

/** The text as other programs should have it: a byte that is no character is what every terminal shows for one, U+FFFD. */
export function withoutEscapedBytes(text: string): string {
  return text.includes(HIGH_SURROGATE) ? text.replace(ESCAPED, "\ufffd") : text;
}

function asText(bytes: Buffer): Buffer {
  return isUtf8(bytes) && !bytes.includes(LEAD_BYTE) ? bytes : escapeBytes(bytes);
}

function escapeBytes(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = characterLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    parts.push(bytes.subarray(from, at), Buffer.from(String.fromCodePoint(ESCAPE_BASE + (bytes[at] ?? 0)), "utf8"));
    from = ++at;
  }
  return Buffer.concat([...parts, bytes.subarray(from)]);
}

/** Bytes of the character at `at`; 0 when there is none, or one that stands for a byte. */
function characterLength(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = sequenceLength(first);
  const character = bytes.subarray(at, at + length);
  if (length === 0 || character.length < length || !isUtf8(character)) return 0;
  const codePoint = length === 4 ? (character.toString("utf8").codePointAt(0) ?? 0) : 0;
  return codePoint >= FIRST_ESCAPED && codePoint <= ESCAPE_BASE + 0xff ? 0 : length;
}

/** Where the bytes end before a character that is not finished yet: at most 3 bytes before their end. */
function beforeUnfinished(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) return sequenceLength(byte) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** How long a character with this first byte is; 0 for a byte that can begin none. */
function sequenceLength(first: number): number {
  if (first >= 0xc2 && first <= 0xdf) return 2;
  if (first >= 0xe0 && first <= 0xef) return 3;
  return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
