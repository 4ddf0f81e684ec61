/** Reads one file of a scratchpad without trusting it: it may be half there, huge, a device, a link to anywhere, or no text. */
import { constants, type Stats } from "node:fs";
import { lstat, open, realpath, stat, type FileHandle } from "node:fs/promises";
import { extname, relative, isAbsolute } from "node:path";

export interface ScratchContent {
  readonly bytes: number;
  /** "" when it was not read. */
  readonly text: string;
  /** Why it was not read, or not whole; null when it was. */
  readonly note: string | null;
}

/** Of a larger file only its beginning and its end are read, bytes. */
const WHOLE_BYTES = 1024 * 1024;
const HEAD_BYTES = 256 * 1024;
const TAIL_BYTES = WHOLE_BYTES - HEAD_BYTES;
/** A NUL within so many bytes means that it is no text; git looks as far. */
const BINARY_BYTES = 8000;

/**
 * The content of a file below `root` (a real path). Null when there is no file of that name: nothing, or a folder.
 * Only `.md` and `.txt` are read. Never opens what is not a regular file, and follows a link only to a file below `root`.
 */
export async function readScratchFile(path: string, root: string): Promise<ScratchContent | null> {
  const found = await lstatOrNull(path);
  if (found === null || found.isDirectory()) return null;
  if (!found.isSymbolicLink()) return readRegular(path, path, found);
  const target = await realpath(path).catch(() => null);
  if (target === null) return unread(found, "a link that leads nowhere");
  if (!isBelow(target, root)) return unread(found, "a link out of the folder: not followed");
  const stats = await stat(target).catch(() => null);
  if (stats === null || stats.isDirectory()) return unread(found, "a link to a folder: not followed");
  return readRegular(path, target, stats);
}

/** Changes whenever the file is written, replaced or renamed; null when there is none. */
export async function stampOf(path: string): Promise<{ readonly stamp: string; readonly changedAt: number } | null> {
  const stats = await lstatOrNull(path);
  return stats === null || stats.isDirectory() ? null : { stamp: stampFrom(stats), changedAt: stats.ctimeMs };
}

export function stampFrom(stats: Stats): string {
  return `${stats.dev}:${stats.ino}:${stats.size}:${stats.mtimeMs}:${stats.ctimeMs}`;
}

/** Whether a real path is the folder or something in it. */
export function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith("../") && !isAbsolute(way));
}

async function readRegular(path: string, target: string, stats: Stats): Promise<ScratchContent | null> {
  if (!stats.isFile()) return unread(stats, `${kindOf(stats)}: not opened`);
  if (![".md", ".txt"].includes(extname(path).toLowerCase())) return unread(stats, "not read: only .md and .txt are");
  let file: FileHandle;
  try {
    // Whatever took its place since: no waiting for a fifo's writer, no following of a new link.
    file = await open(target, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return null;
    return unread(stats, code === "EACCES" || code === "EPERM" ? "no permission to read it" : `cannot be opened (${code})`);
  }
  try {
    const opened = await file.stat();
    return opened.isFile() ? await readOpened(file, opened) : unread(opened, `${kindOf(opened)}: not opened`);
  } catch (error) {
    return unread(stats, `cannot be read (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})`);
  } finally {
    await file.close();
  }
}

async function readOpened(file: FileHandle, stats: Stats): Promise<ScratchContent> {
  if (stats.size <= WHOLE_BYTES) return decode(stats, await readAt(file, 0, stats.size), null);
  const head = await readAt(file, 0, HEAD_BYTES);
  const tail = await readAt(file, stats.size - TAIL_BYTES, TAIL_BYTES);
  // Cut at line ends, so that no half line is taken for a whole one.
  const upTo = head.lastIndexOf("\n") + 1;
  const from = tail.indexOf("\n") + 1;
  const note = `${(stats.size / WHOLE_BYTES).toFixed(1)} MB: only the first ${HEAD_BYTES / 1024} KB and the last ${TAIL_BYTES / 1024} KB were read; line numbers leave out the rest`;
  return decode(stats, Buffer.concat([head.subarray(0, upTo), tail.subarray(from)]), note);
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(bytes, done, length - done, position + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
}

function decode(stats: Stats, bytes: Buffer, note: string | null): ScratchContent {
  const wide = bytes.length >= 2 && bytes[0] === 0xff && bytes[1] === 0xfe;
  if (!wide && bytes.subarray(0, BINARY_BYTES).includes(0)) return unread(stats, "binary: not read");
  const text = new TextDecoder(wide ? "utf-16le" : "utf-8").decode(bytes);
  const broken = !wide && text.includes("\ufffd") && !isUtf8(bytes) ? "not valid UTF-8: broken characters are shown as \ufffd" : null;
  return { bytes: stats.size, text, note: [note, broken].filter((part) => part !== null).join("; ") || null };
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function unread(stats: Stats, note: string): ScratchContent {
  return { bytes: stats.size, text: "", note };
}

function kindOf(stats: Stats): string {
  if (stats.isFIFO()) return "a pipe";
  if (stats.isSocket()) return "a socket";
  return stats.isCharacterDevice() || stats.isBlockDevice() ? "a device" : "no regular file";
}

async function lstatOrNull(path: string): Promise<Stats | null> {
  try {
    return await lstat(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Anything else (an unreachable disk, no permission on the folder) does not mean that the file is gone.
    if (code === "ENOENT" || code === "ENOTDIR" || code === "ENAMETOOLONG") return null;
    throw error;
  }
}
