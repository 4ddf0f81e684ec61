/** A disk for the journal's writer that is real underneath but can be full, stutter, or fail. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { realDisk, type JournalDisk } from "../../src/engine/journal-disk.ts";

export class FakeDisk implements JournalDisk {
  /** Bytes that still fit; a write takes what fits and then throws ENOSPC. */
  room = Number.POSITIVE_INFINITY;
  /** A write takes at most this many bytes. */
  chunk = Number.POSITIVE_INFINITY;
  /** errno codes thrown by the next writes and fsyncs, in order; null lets one pass. */
  writeErrors: (string | null)[] = [];
  syncErrors: (string | null)[] = [];
  truncateErrors: string[] = [];
  /** fsync requests that wait for `finishSync`, when `holdSync` is set. */
  holdSync = false;
  held: (() => void)[] = [];
  syncs = 0;
  open = 0;

  create(path: string): number {
    const fd = realDisk.create(path);
    this.open += 1;
    return fd;
  }

  write(fd: number, bytes: Uint8Array): number {
    const error = this.writeErrors.shift();
    if (error) throw errno(error);
    if (this.room === 0) throw errno("ENOSPC");
    const written = realDisk.write(fd, bytes.subarray(0, Math.min(this.chunk, this.room)));
    this.room -= written;
    return written;
  }

  truncate(fd: number, length: number): void {
    const error = this.truncateErrors.shift();
    if (error) throw errno(error);
    realDisk.truncate(fd, length);
  }

  sync(fd: number, done: (error: Error | null) => void): void {
    this.syncs += 1;
    const error = this.syncErrors.shift();
    const finish = () => (error ? setImmediate(() => done(errno(error))) : realDisk.sync(fd, done));
    if (this.holdSync) this.held.push(finish);
    else finish();
  }

  /** Lets the fsyncs that were held go on. */
  finishSync(): void {
    for (const finish of this.held.splice(0)) finish();
  }

  linked(fd: number): boolean {
    return realDisk.linked(fd);
  }

  close(fd: number): void {
    this.open -= 1;
    realDisk.close(fd);
  }
}

/** All segments of a journal as text, by name. */
export function segmentsOf(folder: string): Record<string, string> {
  const names = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

function errno(code: string): Error {
  return Object.assign(new Error(`${code}: injected`), { code });
}
