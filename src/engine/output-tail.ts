/** The last lines that a program put out, as evidence when it fails: its own words only, without the terminal's history. */
import { stripVTControlCharacters } from "node:util";

/** Enough for twenty lines of a usual width, bytes. */
const KEPT_BYTES = 8 * 1024;
/** Chunks may be small parts of large arrays: no more of them are kept alive. */
const MOST_CHUNKS = 16;

export class OutputTail {
  /** The newest chunks, as they came: joined only when somebody asks. */
  #chunks: Uint8Array[] = [];
  #bytes = 0;

  /** The bytes are not copied and must not change. */
  add(bytes: Uint8Array): void {
    this.#chunks.push(bytes);
    this.#bytes += bytes.length;
    for (let first = this.#chunks[0]; first && this.#bytes - first.length >= KEPT_BYTES; first = this.#chunks[0]) {
      this.#chunks.shift();
      this.#bytes -= first.length;
    }
    if (this.#chunks.length > MOST_CHUNKS) this.#join();
  }

  /** Plain text, oldest first, blank lines left out. Of a line that was written over (`\r`) the last version counts. */
  lines(count: number): readonly string[] {
    return stripVTControlCharacters(new TextDecoder().decode(this.#join()))
      .split("\n")
      .map((line) => line.replace(/\r+$/, "").split("\r").at(-1)?.trimEnd() ?? "")
      .filter((line) => line !== "")
      .slice(-count);
  }

  #join(): Uint8Array {
    const kept = Uint8Array.from(Buffer.concat(this.#chunks).subarray(-KEPT_BYTES));
    this.#chunks = [kept];
    this.#bytes = kept.length;
    return kept;
  }
}

/** The last lines of a screen that have anything on them. */
export function lastWritten(lines: readonly string[], most: number): readonly string[] {
  return lines.filter((line) => line.trim() !== "").slice(-most);
}
