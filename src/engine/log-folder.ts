/** The recordings of a marathon's terminals as files: `terminal-04-000007.cast`, each terminal's parts counting up from 1. */
import { constants } from "node:fs";
import { open, readdir, statfs, unlink, type FileHandle } from "node:fs/promises";
import { join } from "node:path";

/** What the recorder asks of a file system; a fake of it can be full, slow or broken. Every call may reject. */
export interface LogFolder {
  readonly path: string;
  /** Numbers of a terminal's parts, oldest first. */
  parts(terminal: number): Promise<readonly number[]>;
  /** Opens a part for appending and reading (0600); makes it when it is not there. */
  open(terminal: number, part: number): Promise<LogPart>;
  remove(terminal: number, part: number): Promise<void>;
  /** Bytes that we may still write to this disk. */
  room(): Promise<number>;
}

export interface LogPart {
  /** Bytes at the moment of opening. */
  readonly size: number;
  /** Appends all of it. When it rejects, some of it may have been written. */
  append(pieces: readonly Uint8Array[]): Promise<void>;
  read(from: number, length: number): Promise<Buffer>;
  truncate(size: number): Promise<void>;
  close(): Promise<void>;
}

export function logFolder(path: string): LogFolder {
  return {
    path,
    parts: async (terminal) => partNumbers(await readdir(path), terminal),
    open: (terminal, part) => openPart(join(path, partName(terminal, part))),
    remove: (terminal, part) => unlink(join(path, partName(terminal, part))),
    async room() {
      const { bavail, bsize } = await statfs(path);
      return bavail * bsize;
    },
  };
}

export function partName(terminal: number, part: number): string {
  return `terminal-${String(terminal).padStart(2, "0")}-${String(part).padStart(6, "0")}.cast`;
}

/** The parts of a terminal among the names of a folder, oldest first. */
export function partNumbers(names: readonly string[], terminal: number): readonly number[] {
  return names
    .flatMap((name) => {
      const match = /^terminal-(\d{2})-(\d{6,})\.cast$/u.exec(name);
      return match && Number(match[1]) === terminal ? [Number(match[2])] : [];
    })
    .sort((a, b) => a - b);
}

async function openPart(path: string): Promise<LogPart> {
  // A link in its place would be somebody's trap; it is refused.
  const file = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_APPEND | constants.O_NOFOLLOW, 0o600);
  try {
    return new FilePart(file, (await file.stat()).size);
  } catch (error) {
    await file.close();
    throw error;
  }
}

class FilePart implements LogPart {
  readonly size: number;
  readonly #file: FileHandle;

  constructor(file: FileHandle, size: number) {
    this.#file = file;
    this.size = size;
  }

  async append(pieces: readonly Uint8Array[]): Promise<void> {
    const { bytesWritten } = await this.#file.writev([...pieces]);
    const all = pieces.reduce((sum, piece) => sum + piece.length, 0);
    if (bytesWritten === all) return;
    // As much as fits is written before a disk is full; the next write says so.
    const bytes = Buffer.concat(pieces);
    for (let at = bytesWritten; at < all; ) at += (await this.#file.write(bytes, at, all - at)).bytesWritten;
  }

  async read(from: number, length: number): Promise<Buffer> {
    const buffer = Buffer.alloc(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await this.#file.read(buffer, filled, length - filled, from + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  }

  truncate(size: number): Promise<void> {
    return this.#file.truncate(size);
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
