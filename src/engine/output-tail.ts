/** The last lines that a program put out, as evidence when it fails: its own words only, without the terminal's history. */
import { stripVTControlCharacters } from "node:util";

/** Enough for twenty lines of a usual width, bytes. */
const KEPT_BYTES = 8 * 1024;

export class OutputTail {
  #kept: Uint8Array = new Uint8Array(0);

  add(bytes: Uint8Array): void {
    this.#kept = bytes.length >= KEPT_BYTES ? bytes.subarray(-KEPT_BYTES) : Buffer.concat([this.#kept, bytes]).subarray(-KEPT_BYTES);
  }

  /** Plain text, oldest first, blank lines left out. Of a line that was written over (`\r`) the last version counts. */
  lines(count: number): readonly string[] {
    return stripVTControlCharacters(new TextDecoder().decode(this.#kept))
      .split("\n")
      .map((line) => line.replace(/\r+$/, "").split("\r").at(-1)?.trimEnd() ?? "")
      .filter((line) => line !== "")
      .slice(-count);
  }
}

/** The last lines of a screen that have anything on them. */
export function lastWritten(lines: readonly string[], most: number): readonly string[] {
  return lines.filter((line) => line.trim() !== "").slice(-most);
}
