/** Files that are never seen half written, and a lock for the one file that several stand-ins write. */
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Writes beside the file and renames over it. Makes the folder if it is missing. */
export function writeWhole(file: string, text: string): void {
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true });
  const draft = join(folder, `.${basename(file)}.${process.pid}.tmp`);
  writeFileSync(draft, text);
  renameSync(draft, file);
}

/** The text of a file, or null when it is not there or not readable. */
export function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

/** A lock older than this, ms, was left by a process that died: writing takes a few ms. */
const STALE_MS = 2000;
const RETRY_MS = 15;

/** Does `act` while no other process holds the lock file. */
export async function withLock(lock: string, act: () => void): Promise<void> {
  for (;;) {
    try {
      closeSync(openSync(lock, "wx"));
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      if (isStale(lock)) rmSync(lock, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
  try {
    act();
  } finally {
    rmSync(lock, { force: true });
  }
}

function isStale(lock: string): boolean {
  try {
    return Date.now() - statSync(lock).mtimeMs > STALE_MS;
  } catch {
    return false; // released meanwhile
  }
}
