/** Small files that are either as they were or as they should be, whatever happens in between. */
import { closeSync, fsyncSync, openSync, renameSync, unlinkSync, writeSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { basename, dirname, join } from "node:path";

/**
 * Replaces a file in one step: temporary file beside it, fsync, rename, fsync of the folder.
 * On any error the old content stays, the temporary file is removed, and the error is thrown.
 * Mode 0600 unless told; a symbolic link at `path` is replaced, not followed.
 */
export function writeFileAtomic(path: string, content: string | Uint8Array, mode = 0o600): void {
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path).slice(0, 200)}.${randomBytes(6).toString("hex")}.tmp`);
  const bytes = typeof content === "string" ? Buffer.from(content, "utf8") : content;
  try {
    writeDurably(temporary, bytes, mode);
    renameSync(temporary, path);
  } catch (error) {
    removeQuietly(temporary);
    throw error;
  }
  syncFolder(folder);
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

function writeDurably(path: string, bytes: Uint8Array, mode: number): void {
  const fd = openSync(path, "wx", mode);
  try {
    // A full disk shows first as a short write, and as an error only at the next one.
    for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
    fsyncSync(fd);
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
