/** Small files that are either as they were or as they should be, whatever happens in between. */
import { closeSync, fsyncSync, openSync, renameSync, unlinkSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * Replaces a file in one step: temporary file beside it, fsync, rename, fsync of the folder.
 * On any error the old content stays, the temporary file is removed, and the error is thrown.
 * Mode 0600 unless told; a symbolic link at `path` is replaced, not followed.
 */
export function writeFileAtomic(path: string, content: string | Uint8Array, mode = 0o600): void {
  replace(path, content, { mode, durable: true });
  syncFolder(dirname(path));
}

/**
 * The same without a wait for the disk, for what is made anew by whoever needs it: whoever reads it finds the old content or
 * the new, but a power cut may leave an empty file.
 */
export function replaceFile(path: string, content: string): void {
  replace(path, content, { mode: 0o600, durable: false });
}

interface How {
  readonly mode: number;
  readonly durable: boolean;
}

function replace(path: string, content: string | Uint8Array, { mode, durable }: How): void {
  const temporary = join(dirname(path), `.${basename(path).slice(0, 200)}.${unusedWord()}.tmp`);
  const bytes = typeof content === "string" ? Buffer.from(content, "utf8") : content;
  try {
    write(temporary, bytes, { mode, durable });
    renameSync(temporary, path);
  } catch (error) {
    removeQuietly(temporary);
    throw error;
  }
}

/** A process is at one place in time only once; `wx` refuses what is there all the same. */
function unusedWord(): string {
  return `${process.pid.toString(36)}-${process.hrtime.bigint().toString(36)}`;
}

/** Makes created, renamed and removed names of a folder durable. File systems that cannot do so are left alone. */
export function syncFolder(folder: string): void {
  const fd = openSync(folder, "r");
  try {
    fsyncSync(fd);
  } catch (error) {
    // Some network and FUSE file systems refuse fsync of a folder; the rename itself has happened.
    if (!["EINVAL", "ENOTSUP", "EPERM", "EBADF"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  } finally {
    closeSync(fd);
  }
}

function write(path: string, bytes: Uint8Array, { mode, durable }: How): void {
  const fd = openSync(path, "wx", mode);
  try {
    // A full disk shows first as a short write, and as an error only at the next one.
    for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
    if (durable) fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It may never have been made.
  }
}
