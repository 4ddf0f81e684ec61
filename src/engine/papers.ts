/** Files that people and agents also write: read, created, added to and replaced with care for what is theirs. */
import {
  appendFileSync,
  closeSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { writeFileAtomic } from "./atomic-file.ts";

export interface Papers {
  /** The text; null when there is no such file. Throws for what is no ordinary file, or too large. */
  read(path: string): string | null;
  /** What changes whenever the file does: its dates, size and number. Null when there is none. */
  stamp(path: string): string | null;
  /** Whether links lead the path out of that folder, wherever it seems to lie. */
  leadsOut(path: string, folder: string): boolean;
  /** Makes a new file, whole or not at all; false when there is one, which then stays as it is. Throws what the disk throws. */
  create(path: string, text: string): boolean;
  /** Adds to the end, so that nothing that somebody else writes at the same moment is lost. */
  append(path: string, text: string): void;
  /** Replaces the whole file in one step. */
  replace(path: string, text: string): void;
}

/** A note of a person or an agent is not larger than this; whatever is, is something else. */
const MOST_BYTES = 4 * 1024 * 1024;
const MODE = 0o644;

export const papers: Papers = {
  read(path) {
    const stat = ordinary(path);
    if (stat === null) return null;
    if (stat.size > MOST_BYTES) throw new Error(`${path} has ${stat.size} bytes: too large for a note, it was left alone`);
    return readFileSync(path, "utf8");
  },
  stamp(path) {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    return stat ? `${stat.mtimeMs} ${stat.ctimeMs} ${stat.size} ${stat.ino}` : null;
  },
  leadsOut: (path, folder) => !`${realOf(dirname(path))}/`.startsWith(`${realOf(folder)}/`),
  create(path, text) {
    mkdirSync(dirname(path), { recursive: true });
    let fd: number;
    try {
      fd = openSync(path, "wx", MODE);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
      throw error;
    }
    try {
      writeFileSync(fd, text);
    } catch (error) {
      // Half a file would pass for what somebody has written, and nothing would ever take its place.
      rmSync(path, { force: true });
      throw error;
    } finally {
      closeSync(fd);
    }
    return true;
  },
  append(path, text) {
    ordinary(path);
    // eslint-disable-next-line no-bitwise -- flags of open(2)
    const flag = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW;
    appendFileSync(path, text, { flag, mode: MODE } as unknown as Parameters<typeof appendFileSync>[2]);
  },
  replace(path, text) {
    ordinary(path);
    writeFileAtomic(path, text, MODE);
  },
};

/** A link could lead our words into any file of the person's: it is refused. */
function ordinary(path: string): { readonly size: number } | null {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat) return null;
  if (!stat.isFile()) throw new Error(`${path} is ${stat.isSymbolicLink() ? "a link" : "no ordinary file"}: nothing was written there`);
  return stat;
}

/** With links resolved, as far as it exists. */
function realOf(path: string): string {
  return existsSync(path) || dirname(path) === path ? realpathSync(path) : realOf(dirname(path));
}
