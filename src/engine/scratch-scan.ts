/** Lists a scratchpad folder with all below it: the slow, sure way that backs up the watcher. */
import type { Dirent } from "node:fs";
import { lstat, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { isTemporary } from "./file-watcher.ts";
import { stampFrom } from "./scratch-file.ts";

export interface Scan {
  /** Every file (also links, pipes …) with its stamp. */
  readonly files: ReadonlyMap<string, string>;
  /** Every folder with its identity: another one may have been put into its place. */
  readonly folders: ReadonlyMap<string, string>;
  /** What could not be listed, in words. What stands below these is unknown, which is not the same as gone. */
  readonly faults: readonly string[];
  readonly unlisted: readonly string[];
}

/** A scratchpad with more files than this is listed in part, and so said. */
const MAX_FILES = 20_000;
const MAX_DEPTH = 16;

/** Paths begin with `root` as given, which may be a link. Null when it does not exist. Other links are not followed, so there are no loops. */
export async function scanFolder(root: string): Promise<Scan | null> {
  const scan: GrowingScan = { files: new Map(), folders: new Map(), faults: [], unlisted: [] };
  await scanInto(scan, root, 0);
  return scan.folders.size === 0 && scan.faults.length === 0 ? null : scan;
}

interface GrowingScan extends Scan {
  readonly files: Map<string, string>;
  readonly folders: Map<string, string>;
  readonly faults: string[];
  readonly unlisted: string[];
}

async function scanInto(scan: GrowingScan, folder: string, depth: number): Promise<void> {
  let entries: Dirent[];
  try {
    // Only the outermost may be a link: the others are known to be folders.
    const stats = await stat(folder);
    scan.folders.set(folder, `${stats.dev}:${stats.ino}`);
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isGone(error)) {
      scan.folders.delete(folder);
      return;
    }
    scan.faults.push(`cannot list ${folder}: ${(error as Error).message}`);
    scan.unlisted.push(folder);
    return;
  }
  for (const entry of entries) {
    if (isTemporary(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (depth < MAX_DEPTH) await scanInto(scan, path, depth + 1);
    } else if (scan.files.size < MAX_FILES) {
      const stats = await lstat(path).catch(() => null);
      if (stats && !stats.isDirectory()) scan.files.set(path, stampFrom(stats));
    } else {
      scan.faults.push(`more than ${MAX_FILES} files in the scratchpad: the rest is not looked at. Move old ones elsewhere.`);
      scan.unlisted.push(folder);
      return;
    }
  }
}

function isGone(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOENT" || code === "ENOTDIR";
}
