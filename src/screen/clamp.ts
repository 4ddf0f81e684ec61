/**
 * A filter for a terminal program's output, in front of the emulator. It bounds what would cost the emulator, and with it
 * every other terminal, far more than its bytes are worth:
 *   - numbers in control sequences (`ESC [ 1000000000 L` keeps xterm.js 6 busy for minutes),
 *   - many costly sequences at once (output is cut into pieces after them),
 *   - strings that never end (OSC, DCS: xterm.js collects up to 10 MB each),
 *   - clusters of endless combining marks (a cell would hold millions of characters).
 * Everything else passes unchanged. It reads the bytes as the parser of xterm.js does (the DEC parser of vt100.net, C1
 * controls only as UTF-8), so what it takes for a sequence is one.
 *
 * A chunk that needs no change is passed on itself. A sequence or character that a chunk leaves unfinished is held back and
 * leads the next chunk: the parser could do nothing with it yet, and xterm.js 6 loses some characters cut between chunks.
 */
import { isTransparent, plainLength } from "./byte-classes.ts";
import { FILL_COST, largestNumber, RESET_COST, sequenceCost } from "./costs.ts";
import { completeLength, decodeUtf8 } from "./utf8.ts";

/** How the parser of xterm.js groups code points into cells: `(kind << 3) | (width << 1) | joins`. */
export interface ClusterRules {
  charProperties(codePoint: number, preceding: number): number;
}

/** Output is cut after sequences that together cost this much (µs), so that others have their turn in between. */
const MAX_COST = 500;
/** A control sequence longer than this is none; the emulator reads 32 numbers at most. */
const MAX_SEQUENCE_BYTES = 1024;
/** tmux allows as much. A clipboard write (OSC 52) is the longest that programs mean. */
const MAX_STRING_BYTES = 1024 * 1024;
/** Code points of one cluster that are kept; the longest emoji sequences have 10. */
const MAX_CLUSTER = 32;

const ESC = 0x1b;
const CAN = 0x18;
const SUB = 0x1a;
const BEL = 0x07;

/** `preceding` after a character that starts a cluster and is nothing special: kind Other, width 1. */
const PLAIN = 1 << 1;

type StringKind = "osc" | "other";

export class Clamp {
  readonly #clusters: ClusterRules;
  #held: Uint8Array = new Uint8Array(0);
  /** The string that we are in, if any, and how much of it has passed. */
  #string: StringKind | null = null;
  #stringBytes = 0;
  /** The escape at hand also ends a string, and the emulator has not seen it yet. */
  #endsString = false;
  #preceding = 0;
  #joined = 0;

  // Of the chunk at hand: what is changed so far, and from where on the chunk is still to be passed.
  #chunk: Uint8Array = this.#held;
  #pieces: Uint8Array[] = [];
  #from = 0;
  /** Whether the chunk is a copy of ours, that may be written to. */
  #owned = false;
  /** Cost of the sequences since the last cut, and the finished pieces before it. */
  #cost = 0;
  #cut: Uint8Array[] = [];

  constructor(clusters: ClusterRules) {
    this.#clusters = clusters;
  }

  /** Nothing is held back, and no string is open. */
  get idle(): boolean {
    return this.#held.length === 0 && this.#string === null;
  }

  /** The bytes that may go on to the emulator, in pieces of which none costs it long. */
  push(bytes: Uint8Array): readonly Uint8Array[] {
    const chunk = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    this.#held = chunk.subarray(chunk.length);
    this.#chunk = chunk;
    this.#from = 0;
    this.#owned = false;
    let at = 0;
    while (at < chunk.length) {
      const next = this.#string === null ? this.#text(at) : this.#insideString(at);
      if (this.#cost >= MAX_COST) this.#cutAt(next);
      if (next === at) break;
      at = next;
    }
    // Settled is what comes before `at`; the rest waits for the next chunk.
    if (at < chunk.length) this.#held = Uint8Array.from(this.#chunk.subarray(at));
    this.#cutAt(at);
    const pieces = this.#cut;
    this.#cut = [];
    return pieces;
  }

  #cutAt(end: number): void {
    const rest = this.#chunk.subarray(this.#from, end);
    this.#from = end;
    this.#cost = 0;
    if (this.#pieces.length > 0) {
      this.#pieces.push(rest);
      this.#cut.push(Buffer.concat(this.#pieces));
      this.#pieces = [];
    } else if (rest.length > 0) {
      this.#cut.push(rest);
    }
  }

  /** Leaves out the bytes from `start` to `end`, with `instead` in their place. */
  #replace(start: number, end: number, instead?: Uint8Array): void {
    if (start > this.#from) this.#pieces.push(this.#chunk.subarray(this.#from, start));
    if (instead) this.#pieces.push(instead);
    this.#from = end;
  }

  /** Text and what starts a sequence. Answers where to go on; `at` when the chunk ends in the middle of something. */
  #text(at: number): number {
    const chunk = this.#chunk;
    let i = at;
    let byte = chunk[i] ?? 0;
    while (i < chunk.length) {
      const start = i;
      while (byte < 0x80 && byte !== ESC && i < chunk.length) byte = chunk[++i] ?? 0;
      if (i > start) {
        this.#preceding = (chunk[i - 1] ?? 0) < 0x20 ? 0 : PLAIN;
        this.#joined = 0;
        if (i === chunk.length) return i;
      }
      if (byte === ESC) return i > at ? i : this.#escape(i);
      const next = this.#nonAscii(i);
      if (next === i || this.#string !== null || this.#cost >= MAX_COST) return next === i && i > at ? i : next;
      i = next;
      byte = chunk[i] ?? 0;
    }
    return i;
  }

  #nonAscii(at: number): number {
    const chunk = this.#chunk;
    const plain = plainLength(chunk, at);
    if (plain > 0) {
      this.#preceding = PLAIN;
      this.#joined = 0;
      return at + plain;
    }
    const { length, codePoint } = decodeUtf8(chunk, at);
    if (length === 0 || codePoint < 0) return at + length;
    if (codePoint < 0xa0) return this.#c1(codePoint, at, at + length);
    const properties = this.#clusters.charProperties(codePoint, this.#preceding);
    this.#joined = (properties & 1) === 0 ? 1 : this.#joined + 1;
    if (this.#joined > MAX_CLUSTER) this.#replace(at, at + length);
    else this.#preceding = properties;
    return at + length;
  }

  #escape(at: number): number {
    this.#preceding = 0;
    const next = this.#chunk[at + 1];
    if (next === undefined) return at;
    if (isTransparent(this.#chunk, at + 1)) return this.#moveEscape(at);
    this.#endsString = false;
    if (next === 0x5b) return this.#controlSequence(at, at + 2);
    if (next === 0x5d) return this.#startString("osc", at + 2);
    if (next === 0x50 || next === 0x58 || next === 0x5e || next === 0x5f) return this.#startString("other", at + 2);
    if (next === 0x63) this.#cost += RESET_COST;
    if (next === 0x23) this.#cost += FILL_COST;
    return at + 1;
  }

  /**
   * Controls inside a sequence act at once and the sequence goes on, and bytes that are no character vanish: `ESC LF [` is
   * `LF ESC [`. Rewritten so, the escape may still become one of those above. One that also ends a string does so first.
   */
  #moveEscape(at: number): number {
    const chunk = this.#chunk;
    let end = at + 1;
    while (end < chunk.length && isTransparent(chunk, end)) end++;
    // Stray bytes are left out: in another place they could complete a character.
    const controls = chunk.subarray(this.#endsString ? at : at + 1, end).filter((byte) => byte < 0x80);
    this.#replace(at, end, controls);
    this.#endsString = false;
    if (!this.#owned) this.#chunk = Uint8Array.from(chunk);
    this.#owned = true;
    this.#chunk[end - 1] = ESC;
    this.#from = end - 1;
    return end - 1;
  }

  #c1(code: number, at: number, end: number): number {
    this.#preceding = 0;
    if (code === 0x9b) return this.#controlSequence(at, end);
    if (code === 0x9d) return this.#startString("osc", end);
    if (code === 0x90 || code === 0x98 || code === 0x9e || code === 0x9f) return this.#startString("other", end);
    return end;
  }

  #startString(kind: StringKind, at: number): number {
    this.#string = kind;
    this.#stringBytes = 0;
    return at;
  }

  #insideString(at: number): number {
    const chunk = this.#chunk;
    for (let i = at; i < chunk.length; i++) {
      const byte = chunk[i] ?? 0;
      if (byte === ESC) {
        this.#endsString = true;
        return this.#endString(at, i, i);
      }
      if (byte === CAN || byte === SUB || (byte === BEL && this.#string === "osc")) return this.#endString(at, i, i + 1);
      if (byte === 0xc2) {
        const next = chunk[i + 1];
        if (next === undefined) return this.#passString(at, i);
        if (next >= 0x80 && next < 0xa0) return this.#endString(at, i, i);
      }
    }
    return this.#passString(at, Math.max(at, completeLength(chunk)));
  }

  #endString(at: number, end: number, next: number): number {
    this.#passString(at, end);
    // The terminator of a string that was cut off has nothing to end any more; ESC and C1 may start something new.
    if (this.#stringBytes > MAX_STRING_BYTES && next > end) this.#replace(end, next);
    this.#string = null;
    return next === end && end === at ? this.#text(at) : next;
  }

  /** Counts the string's bytes; when they become too many the string is cancelled, so that nothing acts on its first part. */
  #passString(at: number, end: number): number {
    const before = this.#stringBytes;
    this.#stringBytes += end - at;
    if (this.#stringBytes > MAX_STRING_BYTES && end > at) {
      this.#replace(at, end, before <= MAX_STRING_BYTES ? Uint8Array.of(CAN) : undefined);
    }
    return end;
  }

  /** A control sequence that starts at `at` with its parameters from `parameters` on. */
  #controlSequence(at: number, parameters: number): number {
    const chunk = this.#chunk;
    let digits = 0;
    let number = 0;
    let largest = 0;
    let first = -1;
    for (let i = parameters; i < chunk.length; ) {
      const byte = chunk[i] ?? 0;
      if (byte >= 0x30 && byte <= 0x39) {
        number = Math.min(number * 10 + byte - 0x30, 1e9);
        if (number > largest) largest = number;
        digits++;
      } else if (byte >= 0x20 && byte < 0x40) {
        if (first < 0 && digits > 0) first = number;
        number = digits = 0;
      } else if (byte >= 0x40 && byte < 0x7f) {
        const limit = largestNumber(byte);
        this.#cost += sequenceCost(byte, first < 0 ? Math.max(1, number) : first);
        if (i - at > MAX_SEQUENCE_BYTES) this.#replace(at, i + 1);
        else if (largest > limit) this.#replaceNumbers(at, parameters, i + 1, limit);
        return i + 1;
      } else if (byte === CAN || byte === SUB) {
        return i + 1;
      } else if (byte === ESC) {
        return i;
      } else if (byte >= 0x80) {
        const { length, codePoint } = decodeUtf8(chunk, i);
        if (length === 0) return this.#holdSequence(at, i);
        // Bytes that are no character vanish in the decoder; a character ends the sequence.
        if (codePoint >= 0) return i;
        i += length;
        continue;
      }
      i++;
    }
    return this.#holdSequence(at, chunk.length);
  }

  #holdSequence(at: number, end: number): number {
    if (end - at <= 2 * MAX_SEQUENCE_BYTES) return at;
    // Cancelled before it grows without limit; what follows is text then.
    this.#replace(at, end, Uint8Array.of(CAN));
    return end;
  }

  #replaceNumbers(start: number, parameters: number, end: number, limit: number): void {
    const bytes = this.#chunk.subarray(start, end);
    const head = Buffer.from(bytes.subarray(0, parameters - start)).toString("latin1");
    const printable = Buffer.from(bytes.subarray(parameters - start)).toString("latin1");
    // Controls between the digits act before the sequence does.
    const controls = printable.replace(/[^\u0000-\u001f]/gu, "");
    const clamped = printable
      .replace(/[^\u0020-\u007e]/gu, "")
      .replace(/\d+/gu, (digits) => (Number(digits) > limit ? String(limit) : digits));
    this.#replace(start, end, Buffer.from(head + controls + clamped, "latin1"));
  }
}
