/**
 * The bytes of a terminal's keyboard, cut into tokens: characters, control bytes, whole escape sequences, pastes. Chunks may
 * end anywhere. What a token means is key-names.ts's business.
 */
import { StringDecoder } from "node:string_decoder";

export type Token =
  /** One character, control bytes included. `alt` when ESC came right before it. */
  | { readonly kind: "character"; readonly text: string; readonly alt: boolean }
  /** `ESC [ parameters final`; `alt` when a further ESC came before. */
  | { readonly kind: "csi"; readonly parameters: string; readonly final: string; readonly alt: boolean }
  /** `ESC O final`. */
  | { readonly kind: "ss3"; readonly final: string; readonly alt: boolean }
  /** `ESC [ M` and three bytes: a mouse report of the oldest kind. */
  | { readonly kind: "x10-mouse"; readonly bytes: readonly [number, number, number] }
  | { readonly kind: "paste"; readonly text: string };

const ESC = 0x1b;
const PASTE_START = Buffer.from("\x1b[200~");
const PASTE_END = Buffer.from("\x1b[201~");
/** Strings and sequences longer than this are no answer of a terminal; the rest is read as keys again. */
const MAX_SEQUENCE = 4096;
/** A longer paste is handed on in parts (bytes). */
const MAX_PASTE = 1024 * 1024;

export class KeyTokens {
  /** Begun and not complete. */
  #rest: Buffer = Buffer.alloc(0);
  #inPaste = false;
  #paste: Buffer[] = [];
  #pasteBytes = 0;
  readonly #utf8 = new StringDecoder("utf8");

  /** Whether something waits for more bytes that may never come: a lone ESC is a key too. */
  get pending(): boolean {
    return this.#rest.length > 0;
  }

  /** The next tokens, usually one, and the bytes after them: a key may change who reads those. */
  next(bytes: Uint8Array): { readonly tokens: readonly Token[]; readonly rest: Uint8Array } {
    let input =
      this.#rest.length === 0 ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) : Buffer.concat([this.#rest, bytes]);
    this.#rest = Buffer.alloc(0);
    const tokens: Token[] = [];
    while (input.length > 0 && tokens.length === 0) {
      const used = this.#inPaste ? this.#readPaste(input, tokens) : this.#readKey(input, tokens);
      if (used === 0) {
        this.#rest = Buffer.from(input);
        return { tokens, rest: input.subarray(input.length) };
      }
      input = input.subarray(used);
    }
    return { tokens, rest: input };
  }

  /** All tokens of these bytes. */
  push(bytes: Uint8Array): Token[] {
    const all: Token[] = [];
    for (let rest = bytes; rest.length > 0; ) {
      const read = this.next(rest);
      all.push(...read.tokens);
      rest = read.rest;
    }
    return all;
  }

  /** Nothing more came for a while: what waits is what was typed. */
  flush(): Token[] {
    const rest = this.#rest;
    this.#rest = Buffer.alloc(0);
    if (rest.length === 0) return [];
    if (this.#inPaste) {
      this.#keepPaste(rest);
      return [];
    }
    if (rest[0] !== ESC) return [];
    // ESC, or Alt with the first character of what could have been a longer sequence.
    if (rest.length === 1) return [{ kind: "character", text: "\x1b", alt: false }];
    const alt = rest.length === 2 && rest[0] === ESC;
    // Escape twice in a hurry, or while the machine was busy: two keys. As Alt with Escape, which nothing is bound to, both would be lost.
    if (alt && rest[1] === ESC) return [0, 1].map(() => ({ kind: "character", text: "\x1b", alt: false }));
    if (alt && (rest[1] ?? 0) < 0x80) return [{ kind: "character", text: String.fromCharCode(rest[1] ?? 0), alt: true }];
    // The beginning of an answer that never ended.
    return [];
  }

  /** A paste that somebody else has read so far; `rest` may be the beginning of its end mark. */
  goOnWithPaste(rest: Uint8Array): void {
    this.#inPaste = true;
    this.#rest = Buffer.from(rest);
  }

  /** A paste that lost its end: gives what came of it. */
  endPaste(): Token[] {
    if (!this.#inPaste) return [];
    this.#keepPaste(this.#rest);
    this.#rest = Buffer.alloc(0);
    this.#inPaste = false;
    return this.#takePaste();
  }

  get inPaste(): boolean {
    return this.#inPaste;
  }

  /** Reads one token; 0 when it is not complete. */
  #readKey(input: Buffer, tokens: Token[]): number {
    if (input[0] !== ESC) return this.#readCharacter(input, 0, tokens);
    const alt = input[1] === ESC;
    const start = alt ? 2 : 1;
    const kind = input[start];
    if (kind === undefined) return 0;
    if (kind === 0x5b) return this.#readCsi(input, start + 1, alt, tokens);
    if (kind === 0x4f) return readSs3(input, start + 1, alt, tokens);
    if (kind === 0x5d || kind === 0x50 || kind === 0x5f || kind === 0x5e) return skipString(input, start + 1);
    if (alt) {
      // ESC ESC and something else: the first was the key.
      tokens.push({ kind: "character", text: "\x1b", alt: false });
      return 1;
    }
    return this.#readCharacter(input, 1, tokens);
  }

  #readCharacter(input: Buffer, start: number, tokens: Token[]): number {
    const first = input[start] ?? 0;
    const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
    const end = start + length;
    const complete = input.length >= end;
    const valid = [...input.subarray(start + 1, end)].every((byte) => (byte & 0xc0) === 0x80);
    if (!complete && valid) return 0;
    if (first >= 0x80 && (length === 1 || !valid)) return start + 1;
    tokens.push({ kind: "character", text: input.toString("utf8", start, end), alt: start > 0 });
    return end;
  }

  #readCsi(input: Buffer, start: number, alt: boolean, tokens: Token[]): number {
    if (input[start] === 0x4d) return readX10Mouse(input, start + 1, tokens);
    let end = start;
    while (end < input.length && (input[end] ?? 0) >= 0x20 && (input[end] ?? 0) < 0x40) end++;
    const final = input[end];
    if (final === undefined) return end - start > MAX_SEQUENCE ? end : 0;
    // A byte that belongs into no sequence: what came so far was none.
    if (final < 0x40 || final > 0x7e) return end;
    const parameters = input.toString("latin1", start, end);
    if (parameters === "200" && final === 0x7e) this.#inPaste = true;
    else tokens.push({ kind: "csi", parameters, final: String.fromCharCode(final), alt });
    return end + 1;
  }

  #readPaste(input: Buffer, tokens: Token[]): number {
    const end = input.indexOf(PASTE_END);
    if (end >= 0) {
      this.#keepPaste(input.subarray(0, end));
      this.#inPaste = false;
      tokens.push(...this.#takePaste());
      return end + PASTE_END.length;
    }
    // The end mark may begin in the last bytes.
    const safe = input.length - endingPrefix(input, PASTE_END);
    this.#keepPaste(input.subarray(0, safe));
    if (this.#pasteBytes >= MAX_PASTE) tokens.push(...this.#takePaste(false));
    return safe;
  }

  #keepPaste(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.#paste.push(Buffer.from(bytes));
    this.#pasteBytes += bytes.length;
  }

  #takePaste(last = true): Token[] {
    const bytes = Buffer.concat(this.#paste);
    this.#paste = [];
    this.#pasteBytes = 0;
    const text = this.#utf8.write(bytes) + (last ? this.#utf8.end() : "");
    return text === "" ? [] : [{ kind: "paste", text }];
  }
}

function readSs3(input: Buffer, start: number, alt: boolean, tokens: Token[]): number {
  const final = input[start];
  if (final === undefined) return 0;
  if (final < 0x20 || final > 0x7e) return start;
  tokens.push({ kind: "ss3", final: String.fromCharCode(final), alt });
  return start + 1;
}

function readX10Mouse(input: Buffer, start: number, tokens: Token[]): number {
  if (input.length < start + 3) return 0;
  tokens.push({ kind: "x10-mouse", bytes: [input[start] ?? 0, input[start + 1] ?? 0, input[start + 2] ?? 0] });
  return start + 3;
}

/** OSC, DCS, APC, PM: answers of the terminal to somebody's question, which are not for us. */
function skipString(input: Buffer, start: number): number {
  for (let at = start; at < input.length; at++) {
    if (input[at] === 0x07) return at + 1;
    if (input[at] === ESC) {
      if (at + 1 === input.length) return 0;
      return input[at + 1] === 0x5c ? at + 2 : at;
    }
  }
  return input.length - start > MAX_SEQUENCE ? input.length : 0;
}

/** How many bytes at the end of `bytes` are a beginning of `mark`. */
export function endingPrefix(bytes: Uint8Array, mark: Uint8Array): number {
  for (let length = Math.min(mark.length - 1, bytes.length); length > 0; length--) {
    let same = true;
    for (let at = 0; at < length && same; at++) same = bytes[bytes.length - length + at] === mark[at];
    if (same) return length;
  }
  return 0;
}

export { PASTE_END, PASTE_START };
