/** The one place that knows chokidar: tells that something about a path has changed, and when it cannot tell any more. */
import { dirname, relative, sep } from "node:path";
import { watch } from "chokidar";

export interface FileWatcher {
  close(): Promise<void>;
}

export interface FileWatcherEvents {
  /** A file appeared, changed or went; look at it. */
  touched(path: string): void;
  /** A folder appeared or went; look at everything. */
  foldersChanged(): void;
  /** Some or all of the folder is not watched. May be called often, and for one folder of many. */
  failed(error: Error): void;
}

export type WatchFolder = (folder: string, events: FileWatcherEvents) => FileWatcher;

/** Watches a folder and all below it. Links are not followed; names that `isTemporary` are not reported. */
export const watchFolder: WatchFolder = (folder, events) => {
  const watcher = watch(folder, {
    ignoreInitial: true,
    followSymlinks: false,
    ignored: (path) => isTemporary(relative(folder, path)),
  });
  watcher.on("all", (event, path) => {
    if (event === "addDir" || event === "unlinkDir") events.foldersChanged();
    else events.touched(path);
  });
  watcher.on("error", (error) => events.failed(error instanceof Error ? error : new Error(String(error))));
  return { close: () => watcher.close() };
};

/** Watches single files, also those that an editor replaces by another of the same name. `touched` may be called often. */
export function watchFiles(files: readonly string[], touched: () => void, failed: (error: Error) => void): FileWatcher {
  const wanted = new Set(files);
  const folders = new Set(files.map((file) => dirname(file)));
  const watcher = watch([...folders], {
    ignoreInitial: true,
    depth: 0,
    ignored: (path) => !wanted.has(path) && !folders.has(path),
  });
  watcher.on("all", (_event, path) => {
    if (wanted.has(path)) touched();
  });
  watcher.on("error", (error) => failed(error instanceof Error ? error : new Error(String(error))));
  return { close: () => watcher.close() };
}

/** Whether a path below a watched folder is an editor's or program's own business: hidden names, and back-ups that end in `~`. */
export function isTemporary(path: string): boolean {
  return path !== "" && path.split(sep).some((name) => name !== ".." && (name.startsWith(".") || name.endsWith("~")));
}
