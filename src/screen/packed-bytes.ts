/** Bytes that grow at their end, and reading them back: varints (LEB128), UTF-8, words. */

export class PackedBytes {
  bytes: Uint8Array;
  /** Where the next byte goes. */
  at = 0;

  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity);
  }

  /** Makes room for so many more bytes; `bytes` may be another array afterwards. Whoever adds bytes has made room for them. */
  reserve(count: number): void {
    if (this.at + count <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.at + count, this.bytes.length * 2));
    larger.set(this.bytes.subarray(0, this.at));
    this.bytes = larger;
  }

  /** The same bytes without room for more. */
  copy(): PackedBytes {
    const copy = new PackedBytes(0);
    copy.bytes = this.bytes.slice(0, this.at);
    copy.at = this.at;
    return copy;
  }

  byte(value: number): void {
    this.bytes[this.at++] = value;
  }

  varint(value: number): void {
    let rest = value;
    while (rest > 0x7f) {
      this.bytes[this.at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.bytes[this.at++] = rest;
  }

  pair(first: number, second: number): void {
    this.varint(first);
    this.varint(second);
  }

  /** The length in bytes, and the text in UTF-8: three bytes a unit and `VARINT_BYTES` at most. */
  text(text: string): void {
    this.varint(utf8Length(text));
    for (const character of text) {
      const codePoint = character.codePointAt(0) ?? 0;
      if (codePoint < 0x80) this.byte(codePoint);
      else this.at = putCodePoint(this.bytes, this.at, codePoint);
    }
  }
}

/** Writes a code point from 0x80 on in UTF-8; answers where the next byte goes. */
export function putCodePoint(bytes: Uint8Array, at: number, codePoint: number): number {
  let to = at;
  if (codePoint < 0x800) {
    bytes[to++] = 0xc0 | (codePoint >>> 6);
  } else {
    if (codePoint < 0x10000) {
      bytes[to++] = 0xe0 | (codePoint >>> 12);
    } else {
      bytes[to++] = 0xf0 | (codePoint >>> 18);
      bytes[to++] = 0x80 | ((codePoint >>> 12) & 0x3f);
    }
    bytes[to++] = 0x80 | ((codePoint >>> 6) & 0x3f);
  }
  bytes[to++] = 0x80 | (codePoint & 0x3f);
  return to;
}

function utf8Length(text: string): number {
  let length = 0;
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    length += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }
  return length;
}

/** A varint of a 32-bit number. */
export const VARINT_BYTES = 5;

/** Reads from `at` on what was packed so. */
export class PackedReader {
  readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  byte(): number {
    return this.bytes[this.at++] ?? 0;
  }

  varint(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }

  codePoint(): number {
    const first = this.byte();
    const more = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    let value = first & (0x3f >> more);
    for (let i = 0; i < more; i++) value = (value << 6) | (this.byte() & 0x3f);
    return value;
  }

  text(): string {
    const length = this.varint();
    const start = this.bytes.byteOffset + this.at;
    this.at += length;
    return Buffer.from(this.bytes.buffer as ArrayBuffer, start, length).toString("utf8");
  }

  passText(): void {
    const length = this.varint();
    this.at += length;
  }

  /** 32 bits, little endian. */
  word(): number {
    return (this.byte() | (this.byte() << 8) | (this.byte() << 16) | (this.byte() << 24)) >>> 0;
  }
}
