/** What the journal's writer asks of a file system; a fake of it can be full, slow or broken. */
import { closeSync, fstatSync, fsync, ftruncateSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { syncFolder } from "./atomic-file.ts";

export interface JournalDisk {
  /** Creates a segment that must not exist yet (0600) and makes its name durable. */
  create(path: string): number;
  /** Writes some of the bytes and says how many; throws with an errno code. */
  write(fd: number, bytes: Uint8Array): number;
  truncate(fd: number, length: number): void;
  sync(fd: number, done: (error: Error | null) => void): void;
  /** Whether the open segment still has a name in its folder. */
  linked(fd: number): boolean;
  close(fd: number): void;
}

export const realDisk: JournalDisk = {
  create(path) {
    const fd = openSync(path, "ax", 0o600);
    try {
      syncFolder(dirname(path));
    } catch (error) {
      closeSync(fd);
      throw error;
    }
    return fd;
  },
  write: (fd, bytes) => writeSync(fd, bytes),
  truncate: (fd, length) => ftruncateSync(fd, length),
  sync: (fd, done) => fsync(fd, done),
  linked: (fd) => fstatSync(fd).nlink > 0,
  close: (fd) => closeSync(fd),
};
