/** Recordings in memory, on a disk that can be full, stuck, or die in the middle of a write. */
import type { LogFolder, LogPart } from "../../src/engine/log-folder.ts";

export class FakeLogFolder implements LogFolder {
  readonly path = "/logs";
  readonly files = new Map<string, Buffer>();
  free = 1024 ** 4;
  /** Bytes that may still be written before writes fail. */
  capacity = Number.POSITIVE_INFINITY;
  /** Writes wait for this. */
  stuck: Promise<void> = Promise.resolve();
  opened = 0;

  parts(terminal: number): Promise<readonly number[]> {
    const numbers = [...this.files.keys()].flatMap((name) => (name.startsWith(`${terminal}-`) ? [Number(name.split("-")[1])] : []));
    return Promise.resolve(numbers.sort((a, b) => a - b));
  }

  open(terminal: number, part: number): Promise<LogPart> {
    const name = `${terminal}-${part}`;
    const read = () => this.files.get(name) ?? Buffer.alloc(0);
    this.files.set(name, read());
    this.opened++;
    return Promise.resolve({
      size: read().length,
      append: async (pieces: readonly Uint8Array[]) => {
        await this.stuck;
        const bytes = Buffer.concat(pieces);
        const fits = bytes.subarray(0, Math.min(bytes.length, this.capacity));
        this.capacity -= fits.length;
        this.files.set(name, Buffer.concat([read(), fits]));
        if (fits.length < bytes.length) throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
      },
      read: (from: number, length: number) => Promise.resolve(read().subarray(from, from + length)),
      truncate: (size: number) => {
        this.files.set(name, read().subarray(0, size));
        return Promise.resolve();
      },
      close: () => {
        this.opened--;
        return Promise.resolve();
      },
    });
  }

  remove(terminal: number, part: number): Promise<void> {
    this.files.delete(`${terminal}-${part}`);
    return Promise.resolve();
  }

  room(): Promise<number> {
    return Promise.resolve(this.free);
  }

  /** The lines of a part as they are on disk. */
  lines(name: string): string[] {
    return (this.files.get(name)?.toString("utf8") ?? "").split("\n");
  }
}
