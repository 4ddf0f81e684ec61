/** What is written to a terminal, gathered as UTF-8: most of it is ASCII, character by character. */

const FIRST_ROOM = 16 * 1024;
/** A sequence or a cluster of so many UTF-16 units takes three times as many bytes at most. */
const UNIT_BYTES = 3;

export class FrameBytes {
  #bytes = Buffer.allocUnsafeSlow(FIRST_ROOM);
  #at = 0;

  get length(): number {
    return this.#at;
  }

  /** A character of ASCII. */
  ascii(code: number): void {
    if (this.#at === this.#bytes.length) this.#grow(1);
    this.#bytes[this.#at++] = code;
  }

  text(text: string): void {
    if (text === "") return;
    if (this.#at + text.length * UNIT_BYTES > this.#bytes.length) this.#grow(text.length * UNIT_BYTES);
    const bytes = this.#bytes;
    let to = this.#at;
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      if (unit >= 0x80) {
        this.#at = to + bytes.write(text.slice(index), to, "utf8");
        return;
      }
      bytes[to++] = unit;
    }
    this.#at = to;
  }

  /** All of it between two texts of ASCII, in memory of its own; what comes next begins anew. */
  take(before: string, after: string): Buffer {
    const taken = Buffer.allocUnsafe(before.length + this.#at + after.length);
    taken.write(before, 0, "latin1");
    taken.set(this.#bytes.subarray(0, this.#at), before.length);
    taken.write(after, before.length + this.#at, "latin1");
    this.#at = 0;
    return taken;
  }

  #grow(count: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#at + count, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#at));
    this.#bytes = larger;
  }
}

/** The sequence that moves the cursor to this place, from 0. */
export function cup(x: number, y: number): string {
  return x === 0 ? (y === 0 ? "\x1b[H" : `\x1b[${y + 1}H`) : `\x1b[${y + 1};${x + 1}H`;
}
