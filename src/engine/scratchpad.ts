/**
 * Watches the folders in which agents and people leave reports. Whatever way a file takes to its content, in the end
 * what was reported is what it says: a watcher tells quickly, a rescan finds what the watcher missed, and a file is read
 * only after it has been left alone for a moment.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, realpathSync } from "node:fs";
import { mkdir, realpath } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import type { ScratchReading } from "../plan/report-types.ts";
import { watchFolder, type FileWatcher, type FileWatcherEvents, type WatchFolder } from "./file-watcher.ts";
import { isBelow, readScratchFile, stampOf } from "./scratch-file.ts";
import { scanFolder, type Scan } from "./scratch-scan.ts";
import { TurnTaker } from "./turn-taker.ts";

export interface ScratchpadOptions {
  /** Missing folders are made below this one only. */
  readonly project: string;
  /** Makes sense of a file's name and text; see plan/scratch.ts. */
  read(path: string, text: string): ScratchReading | Promise<ScratchReading>;
  /** A file is new or says something new. `note`: why it was not read whole, if so. */
  reading(path: string, bytes: number, reading: ScratchReading, note: string | null): void;
  /** A file that was reported is not there any more. */
  removed(path: string): void;
  /** Something is not as it should be, in words for a person; each is told once. */
  fault(text: string): void;
  readonly watch?: WatchFolder;
  /** Shortest time between two rescans, ms. */
  readonly rescanMs?: number;
}

export interface Scratchpad {
  /** Looks at everything now; resolves when all that was found is reported. */
  look(): Promise<void>;
  /** No callback comes after this was called; resolves when nothing is at work any more. */
  close(): Promise<void>;
}

/** With the watcher at work the rescan is for what it misses; without it, it is all there is. */
const RESCAN_MS = 1500;
const POLL_MS = 500;
/**
 * A rescan may take no more than one part in so many of the time, yet the next one is never put off for longer than so many times the
 * usual: one during which the machine slept, or had no time for us, seemed to take for ever.
 */
const RESCAN_SHARE = 50;
const MOST_TIMES = 10;
/** A file that did not change for this long is taken for finished, ms. */
const SETTLE_MS = 70;
/** One that goes on changing is read all the same after this long, ms: a log is never finished. */
const RESTLESS_MS = 600;
/** Files that are waited for, and that are open, at the same time. */
const SETTLERS = 1000;
const READERS = 16;

/** Watches until closed. Never throws; what goes wrong is told through `fault`. */
export function watchScratchpad(folders: readonly string[], options: ScratchpadOptions): Scratchpad {
  for (const folder of folders) makeAtOnce(resolve(folder), options.project);
  const watches = folders.map((folder) => new FolderWatch(resolve(folder), options));
  for (const watch of watches) void watch.look();
  return {
    look: async () => void (await Promise.all(watches.map((watch) => watch.look()))),
    close: async () => void (await Promise.all(watches.map((watch) => watch.close()))),
  };
}

class FolderWatch {
  /** As it was given: all paths begin with it. */
  readonly #folder: string;
  readonly #options: ScratchpadOptions;
  #watcher: FileWatcher | null = null;
  #newlyWatched = false;
  #polling = false;
  #folders: ReadonlyMap<string, string> = new Map();
  /** Stamp of each file when it was last read. */
  readonly #stamps = new Map<string, string>();
  /** Hash of what was reported of each file. */
  readonly #reported = new Map<string, string>();
  readonly #faults = new Set<string>();
  readonly #settling = new TurnTaker(SETTLERS, (path) => this.#guarded(() => this.#settle(path)));
  readonly #reading = new TurnTaker(READERS, (path) => this.#guarded(() => this.#read(path)));
  #timer: NodeJS.Timeout | null = null;
  #rescanning: Promise<void> | null = null;
  #closed = false;

  constructor(folder: string, options: ScratchpadOptions) {
    this.#folder = folder;
    this.#options = options;
  }

  /** A rescan that begins after this call, and the reports of what it finds. */
  async look(): Promise<void> {
    await this.#rescanning;
    await this.#rescan();
    await this.#settling.idle();
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#rescanning;
    await this.#stopWatching();
    await this.#settling.idle();
  }

  /** One at a time. The next one is due when this one is over. */
  #rescan(): Promise<void> {
    this.#rescanning ??= this.#lookThrough().finally(() => {
      this.#rescanning = null;
    });
    return this.#rescanning;
  }

  async #lookThrough(): Promise<void> {
    const began = performance.now();
    await this.#guarded(async () => {
      const scan = this.#closed ? null : ((await scanFolder(this.#folder)) ?? (await this.#makeFolder()));
      if (this.#closed) return;
      if (scan) await this.#compare(scan);
      else await this.#everythingGone();
    });
    const least = this.#polling ? Math.min(POLL_MS, this.#options.rescanMs ?? POLL_MS) : (this.#options.rescanMs ?? RESCAN_MS);
    // What was done between a look and the beginning of a watch, nobody has seen.
    const most = this.#newlyWatched ? least : least * MOST_TIMES;
    this.#newlyWatched = false;
    this.#rescanIn(Math.min(most, Math.max(least, (performance.now() - began) * RESCAN_SHARE)));
  }

  #rescanIn(ms: number): void {
    if (this.#timer) clearTimeout(this.#timer);
    if (!this.#closed) this.#timer = setTimeout(() => void this.#rescan(), ms);
  }

  async #compare(scan: Scan): Promise<void> {
    const replaced = [...this.#folders].some(([path, identity]) => (scan.folders.get(path) ?? identity) !== identity);
    this.#folders = scan.folders;
    // A watch stays with a folder that was moved away and sees nothing of the one in its place.
    if (replaced) await this.#stopWatching();
    await this.#startWatching();
    for (const fault of scan.faults) this.#fault(fault);
    for (const [path, stamp] of scan.files) if (this.#stamps.get(path) !== stamp) this.#touched(path);
    const unknown = (path: string) => scan.unlisted.some((folder) => isBelow(path, folder));
    for (const path of this.#stamps.keys()) if (!scan.files.has(path) && !unknown(path)) this.#touched(path);
  }

  async #everythingGone(): Promise<void> {
    this.#folders = new Map();
    await this.#stopWatching();
    for (const path of this.#stamps.keys()) this.#touched(path);
  }

  /** Ours to make only below the project: elsewhere it may be a disk that is not mounted. */
  async #makeFolder(): Promise<Scan | null> {
    const project = await realpath(this.#options.project);
    if (isBelow(await nearestReal(this.#folder), project)) {
      await mkdir(this.#folder, { recursive: true });
      return scanFolder(this.#folder);
    }
    this.#fault(`the scratchpad ${this.#folder} does not exist and lies outside the project: make it, and it will be watched`);
    return null;
  }

  async #startWatching(): Promise<void> {
    if (this.#watcher || this.#polling) return;
    const real = await realpath(this.#folder);
    if (this.#closed) return;
    const events: FileWatcherEvents = {
      touched: (path) => this.#touched(join(this.#folder, relative(real, path))),
      foldersChanged: () => this.#rescanIn(SETTLE_MS),
      failed: (error) => this.#watchingFailed(error),
    };
    this.#newlyWatched = true;
    try {
      this.#watcher = (this.#options.watch ?? watchFolder)(real, events);
    } catch (error) {
      this.#watchingFailed(error as Error);
    }
  }

  async #stopWatching(): Promise<void> {
    const watcher = this.#watcher;
    this.#watcher = null;
    await watcher?.close();
  }

  /** Most often a limit of the system (ENOSPC: watches, EMFILE: instances). Part of the folder may still be watched; that does no harm. */
  #watchingFailed(error: NodeJS.ErrnoException): void {
    const code = error.code ?? error.message;
    const advice = code === "ENOSPC" || code === "EMFILE" ? " (raise fs.inotify.max_user_watches and max_user_instances)" : "";
    this.#fault(`the scratchpad cannot be watched: ${code}${advice}; it is looked through every ${POLL_MS / 1000} s instead`);
    if (this.#polling) return;
    this.#polling = true;
    if (!this.#rescanning) this.#rescanIn(POLL_MS);
  }

  #touched(path: string): void {
    if (!this.#closed) void this.#settling.add(path);
  }

  /** Waits until the file is left alone, or is clearly never going to be, and has it read. */
  async #settle(path: string): Promise<void> {
    const began = performance.now();
    let last = await stampOf(path);
    // Written long ago: nothing to wait for. At the start there may be thousands of them.
    const old = last !== null && Date.now() - last.changedAt > 2 * RESTLESS_MS;
    while (!old && !this.#closed && performance.now() - began < RESTLESS_MS) {
      await new Promise((go) => setTimeout(go, SETTLE_MS));
      const now = await stampOf(path);
      if (now?.stamp === last?.stamp) break;
      last = now;
    }
    if (!this.#closed) await this.#reading.add(path);
  }

  async #read(path: string): Promise<void> {
    const before = await stampOf(path);
    const root = await realpath(this.#folder).catch(() => null);
    const content = before && root ? await readScratchFile(path, root) : null;
    if (this.#closed) return;
    if (!before || !content) return this.#gone(path);
    this.#stamps.set(path, before.stamp);
    const hash = createHash("sha1")
      .update(`${content.note ?? ""}\0${content.text}`)
      .digest("hex");
    if (this.#reported.get(path) === hash) return;
    const reading = await this.#options.read(path, content.text);
    if (this.#closed) return;
    this.#reported.set(path, hash);
    this.#options.reading(path, content.bytes, reading, content.note);
  }

  #gone(path: string): void {
    this.#stamps.delete(path);
    if (this.#reported.delete(path)) this.#options.removed(path);
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#fault(`cannot look into the scratchpad ${this.#folder}: ${(error as Error).message}`);
    }
  }

  #fault(text: string): void {
    if (this.#closed || this.#faults.has(text)) return;
    this.#faults.add(text);
    this.#options.fault(text);
  }
}

/** An agent may write its report as the first thing that it does. What cannot be made is told by the first look. */
function makeAtOnce(folder: string, project: string): void {
  try {
    let above = folder;
    while (!existsSync(above) && dirname(above) !== above) above = dirname(above);
    if (isBelow(realpathSync(above), realpathSync(project))) mkdirSync(folder, { recursive: true });
  } catch {
    // See above.
  }
}

/** The real path of the nearest folder above (or at) a path that exists. */
async function nearestReal(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return dirname(path) === path ? path : nearestReal(dirname(path));
  }
}
