/** Bytes that wait to be parsed, in order; slices are cut from the front. */
import { characterBoundary } from "./utf8.ts";

export class OutputQueue {
  #chunks: Uint8Array[] = [];
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
  }

  /**
   * The next bytes, `limit` at most or a few more, and never across two chunks. A character is never cut: xterm.js 6 loses
   * some of those (any with a byte 0x80 before the cut).
   */
  take(limit: number): Uint8Array | null {
    const chunk = this.#chunks[0];
    if (!chunk) return null;
    const end = Math.max(characterBoundary(chunk, limit), Math.min(4, chunk.length));
    if (end >= chunk.length) this.#chunks.shift();
    else this.#chunks[0] = chunk.subarray(end);
    const slice = chunk.subarray(0, end);
    this.#bytes -= slice.length;
    return slice;
  }

  clear(): void {
    this.#chunks = [];
    this.#bytes = 0;
  }
}
